"""Issued PDFs, pictures to sign them with, and what somebody might do to them."""

import io
import random
from datetime import UTC, datetime
from functools import cache

import pdfplumber
from PIL import Image, ImageDraw
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import (
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
)

from reports.official.pdf import write_pdf
from reports.signatures.pdf_examine import examine_pdf
from reports.signatures.pdf_sign import Appearance, KeySigner, sign_pdf
from reports.signatures.pdf_verify import verify_pdf
from reports.signatures.roles import Role
from tests.factories import certificates
from tests.reports import documents

BLUE, RED = (20, 40, 170, 255), (210, 20, 30, 255)
MM = 72 / 25.4
# A text that a forger would put on a page.
FORGED_TEXT = b"\nBT /F1 12 Tf 100 400 Td (Them) Tj ET"


@cache
def issued(**changes):
    return write_pdf(documents.document(**changes))


@cache
def by_person():
    return signed(issued())


@cache
def by_both():
    return sealed(by_person())


def signed(pdf, key=None, **options):
    """With the signature of a person, picture and all."""
    options = {"appearance": Appearance(scribble())} | options
    key = key or certificates.person_key()
    return sign_pdf(pdf, key, role=Role.PERSON, **options)


def sealed(pdf, key=None, **options):
    """With the signature of the organisation."""
    options = {"appearance": Appearance(seal())} | options
    key = key or certificates.organisation_key()
    return sign_pdf(pdf, key, role=Role.ORGANISATION, **options)


def verdict(pdf, *, of=None, trust=None, at=None):
    """In this process: the limits of the child have their own tests."""
    return examine_pdf(
        pdf,
        trust=certificates.trust() if trust is None else trust,
        issued=issued() if of is None else of,
        at=at or datetime.now(UTC),
    )


@cache
def scribble():
    """A signature in blue on transparent ground, 2.5 times as wide as high."""
    picture, pen = _canvas((620, 260))
    points = [(20, 200), (90, 20), (160, 240), (260, 60), (330, 210), (600, 100)]
    pen.line(points, fill=BLUE, width=12, joint="curve")
    return _png(picture)


@cache
def seal(ground=(0, 0, 0, 0)):
    """A round seal in red."""
    picture, pen = _canvas((600, 600), ground)
    pen.ellipse([0, 0, 599, 599], outline=RED, width=18)
    pen.ellipse([60, 60, 539, 539], outline=RED, width=8)
    pen.regular_polygon((300, 300, 110), 5, fill=RED)
    return _png(picture)


def examined(pdf):
    """Without anything to compare with."""
    now = datetime.now(UTC)
    return examine_pdf(pdf, trust=certificates.trust(), issued=None, at=now)


def safely(pdf):
    """Examined in the child, as files of strangers are."""
    return verify_pdf(pdf, trust=certificates.trust(), issued=issued())


def signed_in_box(writer, key, box):
    """With a signature whose picture fills that box of the first page."""
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name="X", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
        ),
        KeySigner(key),
        new_field_spec=SigFieldSpec("X", on_page=0, box=box),
    )
    return signer.sign_pdf(writer).getvalue()


def stamped(pdf):
    """With a time stamp over the whole file, as archives add it; nobody signs."""
    stamper = signers.PdfTimeStamper(certificates.time_stamper())
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return stamper.timestamp_pdf(writer, "sha256", bytes_reserved=16_384).getvalue()


def image_places(pdf):
    """For each signature's field its page and its box in millimetres from the left and
    from the top: (page, left, top, right, bottom)."""
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        return {
            each["data"]["T"].decode(): (
                number,
                *(round(each[side] / MM, 1) for side in ("x0", "top", "x1", "bottom")),
            )
            for number, page in enumerate(file.pages)
            for each in page.annots
        }


def words(pdf, page=-1):
    """The words of a page with their places in millimetres."""
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        return [
            (word["text"], *(word[side] / MM for side in ("x0", "top", "x1", "bottom")))
            for word in file.pages[page].extract_words(keep_blank_chars=True)
        ]


def with_text(pdf):
    """The file with a text added to its first page by an update at its end."""
    return _updated(pdf, _add_text)


def with_note(pdf):
    """With a comment on the first page."""
    return _updated(pdf, _add_note)


def with_empty_field(pdf, looks):
    """With a field on the first page that nobody has signed; `looks` is what it draws."""

    def change(writer):
        append_signature_field(writer, SigFieldSpec("X", box=(100, 100, 300, 160)))
        field = writer.root["/AcroForm"]["/Fields"][-1]
        shown = field["/AP"].raw_get("/N").get_object()
        shown._data = looks
        writer.mark_update(field["/AP"].raw_get("/N"))

    return _updated(pdf, change)


def with_title(pdf):
    """With another title in its properties, which are not on the paper."""
    return _updated(pdf, _set_title)


def with_ballast(pdf, size):
    """With a picture's worth of bytes that nothing shows."""
    content = random.Random(1).randbytes(size)  # noqa: S311 - no secret
    stream = generic.StreamObject(stream_data=content)
    return _updated(pdf, lambda writer: writer.add_object(stream))


def flipped(pdf, position):
    """With one bit of the byte there changed."""
    return pdf[:position] + bytes([pdf[position] ^ 1]) + pdf[position + 1 :]


def _updated(pdf, change):
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _add_text(writer):
    page = writer.find_page_for_modification(0)[0].get_object()
    stream = generic.StreamObject(stream_data=FORGED_TEXT)
    old = page.raw_get("/Contents")
    page["/Contents"] = generic.ArrayObject([old, writer.add_object(stream)])
    writer.update_container(page)


def _add_note(writer):
    page = writer.find_page_for_modification(0)[0].get_object()
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                generic.NumberObject(each) for each in (100, 100, 300, 200)
            ),
            generic.pdf_name("/Contents"): generic.pdf_string("Đã sửa"),
        }
    )
    notes = page["/Annots"] if "/Annots" in page else generic.ArrayObject()
    page["/Annots"] = generic.ArrayObject([*notes, writer.add_object(note)])
    writer.update_container(page)


def _set_title(writer):
    writer.set_info(
        generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("X")})
    )


def _canvas(size, ground=(0, 0, 0, 0)):
    picture = Image.new("RGBA", size, ground)
    return picture, ImageDraw.Draw(picture)


def _png(picture):
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
