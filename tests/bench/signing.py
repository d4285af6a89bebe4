"""How long signing a long document takes, and examining its signatures."""

import io
import time
from statistics import median

import pypdfium2
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter

from reports.official.pdf import write_pdf
from reports.official.plan import plan_document
from reports.signatures.keys import load_pkcs12
from reports.signatures.pdf_sign import KeySigner
from reports.signatures.pdf_verify import verify_pdf
from tests.bench.figures import Figure, alternated, compared
from tests.factories import certificates
from tests.factories.plans import make_plan
from tests.reports import pdfsignatures

ROWS = 120
PAGES = 20
MOST_SECONDS = 1
RUNS = 9


def figures():
    pdf = write_pdf(plan_document(make_plan(2024, rows=ROWS)))
    pages = len(pypdfium2.PdfDocument(pdf))
    if pages < PAGES:
        raise AssertionError(f"The plan has {pages} pages only: take more rows")
    yield _signing(pdf, pages)
    yield _beside_pyhanko(pdf, pages)
    yield _verifying(pdf, pages)


def _signing(pdf, pages):
    """From the key file to the signed file, picture and all. Most of it is the key
    stretching of PKCS#12."""

    def sign():
        key = load_pkcs12(certificates.person_file(), certificates.PASSPHRASE)
        pdfsignatures.signed(pdf, key)

    own, reading = alternated(sign, lambda: PdfFileReader(io.BytesIO(pdf)).root, RUNS)
    return Figure(
        f"signing a PDF of {pages} pages",
        f"{own * 1000:.0f} ms",
        f"reading {reading * 1000:.0f} ms",
        own,
        MOST_SECONDS,
        " s",
    )


def _beside_pyhanko(pdf, pages):
    """Ours looks for the place in the document; pyHanko's own signer is told."""
    key = certificates.person_key()
    return compared(
        f"signature without picture on {pages} pages",
        lambda: pdfsignatures.signed(pdf, key, appearance=None),
        "pyHanko",
        lambda: _told(pdf, key),
        limit=1.25,
        runs=RUNS,
    )


def _told(pdf, key):
    details = signers.PdfSignatureMetadata(
        field_name="A", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signer = signers.PdfSigner(
        details, KeySigner(key), new_field_spec=SigFieldSpec("A")
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return signer.sign_pdf(writer, bytes_reserved=16_384)


def _verifying(pdf, pages):
    """On the clock: most of it is the start of the child that examines the file."""
    signed = pdfsignatures.sealed(pdfsignatures.signed(pdf))
    times = [_seconds(signed, pdf) for _ in range(5)]
    return Figure(
        f"verifying two signatures on {pages} pages",
        f"{median(times) * 1000:.0f} ms",
        "in a child process",
        median(times),
        3 * MOST_SECONDS,
        " s",
    )


def _seconds(signed, pdf):
    start = time.perf_counter()
    if not verify_pdf(signed, trust=certificates.trust(), issued=pdf).is_valid:
        raise AssertionError("The signatures must be valid")
    return time.perf_counter() - start
