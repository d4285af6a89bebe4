"""Files made to break the reader: each ends in a refusal, soon, and in nothing else."""

import io
import re
import time
import zlib
from unittest import TestCase, mock

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from qualityplan import limited_child
from reports.signatures import pdf_verify
from reports.signatures.pdf_verify import LARGEST_BYTES, verify_pdf
from reports.signatures.problems import Problem
from reports.signatures.verdict import FileVerdict
from tests.factories import certificates
from tests.reports import pdfsignatures as made

# The child's own limit, and whatever else the machine has to do.
SECONDS = pdf_verify.SECONDS + 60


def small(*objects, trailer="", catalog=""):
    """A PDF of one page with a form, and `objects` (bytes) from number 5 on."""
    parts = [
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm 4 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Fields [5 0 R] /SigFlags 3 >>",
        *objects,
    ]
    target, places = io.BytesIO(b"%PDF-1.7\n"), []
    target.seek(0, io.SEEK_END)
    for number, part in enumerate(parts, start=1):
        places.append(target.tell())
        target.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = target.tell()
    target.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    target.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    size = len(parts) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    target.write(end.encode())
    return target.getvalue()


def field(rest):
    return f"<< /FT /Sig /T (A) {rest} >>".encode()


def stream(head, data):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


class RefusalTests(TestCase):
    def refused(self, pdf, *expected):
        started = time.monotonic()
        with self.settle():
            verdict = verify_pdf(pdf, trust=certificates.trust(), issued=made.issued())
        self.assertLess(time.monotonic() - started, SECONDS)
        self.assertIsInstance(verdict, FileVerdict)
        self.assertFalse(verdict.is_valid)
        if expected:
            self.assertIn(verdict.all_problems[0], expected)
        return verdict

    def settle(self):
        """The log of a child that ended early belongs to no test."""
        return mock.patch.object(limited_child.logger, "warning")

    def test_no_pdf_no_signature_too_large(self):
        for pdf in (b"", b"abc", b"PK\x03\x04" + b"x" * 5000, b"x" * 2000 + b"%PDF-"):
            with self.subTest(start=pdf[:8]):
                self.refused(pdf, Problem.NOT_PDF)
        verdict = self.refused(made.issued(), Problem.NO_SIGNATURE)
        self.assertTrue(verdict.is_the_issued_document)
        large = made.by_person() + b"\0" * LARGEST_BYTES
        self.refused(large, Problem.TOO_LARGE)

    def test_truncated(self):
        length = len(made.by_both())
        for end in (9, 300, length // 3, length - 200, length - 1):
            with self.subTest(end=end):
                self.refused(made.by_both()[:end])

    def test_encrypted(self):
        writer = copy_into_new_writer(PdfFileReader(io.BytesIO(made.issued())))
        writer.encrypt(owner_pass="a", user_pass="b")
        target = io.BytesIO()
        writer.write(target)
        self.refused(target.getvalue(), Problem.ENCRYPTED)

    def test_nothing_but_a_header(self):
        self.refused(b"%PDF-1.7\n", Problem.DAMAGED)
        self.refused(b"%PDF-1.7\nstartxref\n0\n%%EOF", Problem.DAMAGED)

    def test_no_signature_in_the_field(self):
        self.refused(small(field("")), Problem.NO_SIGNATURE)
        for value in ("/V 7", "/V (a)", "/V << >>", "/V 99 0 R", "/V 5 0 R"):
            with self.subTest(value=value):
                self.refused(small(field(value)))

    def test_signature_of_nonsense(self):
        shape = "/Type /Sig /SubFilter /ETSI.CAdES.detached"
        ranges = ("[0 1 2]", "[0 10 20 -5]", "[0 9999999999 1 9999999999]", "7")
        contents = ("<00>", "<30820000>", "(a)", f"<{'30' * 3000}>")
        for hole, value in zip(ranges, contents, strict=True):
            entry = f"/V << {shape} /ByteRange {hole} /Contents {value} >>"
            with self.subTest(hole=hole):
                self.refused(small(field(entry)), Problem.OTHER_DOCUMENT)

    def test_endless_loops(self):
        pages = b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
        looping = small(field("")).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
        self.assertIn(pages, looping)
        kids = small(b"<< /T (A) /Kids [5 0 R] >>")
        start = re.search(rb"startxref\n(\d+)", small(field(""))).group(1).decode()
        chain = small(field(""), trailer=f"/Prev {start}".ljust(14))
        for name, pdf in (("pages", looping), ("fields", kids), ("sections", chain)):
            with self.subTest(name):
                self.refused(pdf)

    def test_deep_nesting(self):
        for start, end in (("[", "]"), ("<< /A ", ">>")):
            deep = f"/Lock {start * 200_000}{end * 200_000}"
            with self.subTest(start=start):
                self.refused(small(field(deep)))

    def test_claims_of_size(self):
        many = small(field("")).replace(b"/Size 6", b"/Size 999999999")
        self.refused(many)
        fields = small(
            field("/V 6 0 R"), b"<< /Type /Sig /Contents <00> /ByteRange [0 1 2 3] >>"
        )
        repeated = fields.replace(
            b"/Fields [5 0 R]", b"/Fields [" + b"5 0 R " * 99_000 + b"]"
        )
        self.refused(repeated)

    def test_compressed_bombs(self):
        """300 MB of zeros where the reader must look: objects in a stream."""
        zeros = zlib.compress(zlib.compress(b"\0" * 300_000_000, 9), 9)
        head = b"/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]"
        bomb = small(field("/V 7 0 R"), stream(head, zeros))
        xref = bomb.replace(b"%%EOF\n", b"")
        self.refused(bomb)
        plain = zlib.compress(b"\0" * 300_000_000, 9)
        head = b"/Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode"
        section = b"7 0 obj\n" + stream(head, plain) + b"\nendobj\n"
        start = len(xref)
        self.refused(xref + section + b"startxref\n%d\n%%%%EOF\n" % start)


class LimitTests(TestCase):
    def test_time_is_limited(self):
        with mock.patch.object(pdf_verify, "SECONDS", 0.05):
            verdict = made.safely(made.by_both())
        self.assertEqual(verdict.problems, (Problem.TOO_COMPLEX,))

    def test_a_child_that_dies_is_a_refusal_and_is_logged(self):
        answer = mock.Mock(returncode=-9, stderr=b"", stdout=b"")
        with (
            mock.patch.object(limited_child.subprocess, "run", return_value=answer),
            self.assertLogs("qualityplan.limited_child", "WARNING"),
        ):
            verdict = made.safely(made.by_both())
        self.assertEqual(verdict.problems, (Problem.TOO_COMPLEX,))

    def test_the_child_answers_as_this_process_does(self):
        now = made.datetime.now(made.UTC)
        found = verify_pdf(
            made.by_both(), trust=certificates.trust(), issued=made.issued(), at=now
        )
        self.assertEqual(found, made.verdict(made.by_both(), at=now))
        self.assertTrue(found.is_valid)

    def test_the_child_has_no_secrets(self):
        dead = mock.patch.object(limited_child.subprocess, "run", side_effect=KeyError)
        with dead as run, self.assertRaises(KeyError):
            made.safely(made.by_both())
        self.assertEqual(set(run.call_args.kwargs["env"]), {"PYTHONPATH", "PATH"})

    def test_a_long_scan_that_is_signed_passes(self):
        """25 MB of pictures are no attack."""
        heavy = made.with_ballast(made.issued(), 25_000_000)
        pdf = made.sealed(made.signed(heavy))
        verdict = verify_pdf(pdf, trust=certificates.trust(), issued=heavy)
        self.assertTrue(verdict.is_valid, verdict.sentences())
