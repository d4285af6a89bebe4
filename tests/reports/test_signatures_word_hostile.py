"""Files made to hurt: each is refused with its own words, and soon."""

import io
import unittest
import zipfile

from reports.official.word import write_docx
from reports.signatures.verdict import Problem
from reports.signatures.word_signing import sign_docx
from reports.signatures.word_verifying import verify_docx
from tests.effort import cpu_seconds
from tests.factories import certificates, uploads
from tests.reports import documents, wordpackages
from tests.reports.wordpackages import LINKS, SIGNATURE, changed, packed, parts

# Times an honest file; what grows with the square of a hostile one takes thousands.
SOON = 50
COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504
DTD = b'<!DOCTYPE a [<!ENTITY b "bb">]>'
ORIGIN_LINKS = "_xmlsignatures/_rels/origin.sigs.rels"
SIGNATURE_LINK = (
    "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/"
    "signature"
)
MEGABYTE = 1024**2


class HostileTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.issued = write_docx(documents.legacy_plan())
        cls.signed = sign_docx(cls.issued, certificates.person_key())
        cls.usual = min(cpu_seconds(lambda: cls.verdict(cls.signed)) for _ in range(3))

    @classmethod
    def verdict(cls, file):
        return verify_docx(file, trust=certificates.trust(), issued=cls.issued)

    def assert_refused(self, file, *problems):
        seen = []
        spent = cpu_seconds(lambda: seen.append(self.verdict(file)))
        self.assertLess(spent, SOON * self.usual)
        (found,) = seen
        self.assertFalse(found.is_valid)
        self.assertEqual(found.all_problems, problems)

    def changed(self, changes):
        return changed(self.signed, changes)

    # --- no Word file at all ----------------------------------------------------------

    def test_other_kinds_of_files(self):
        for content in (
            b"%PDF-1.7\n",
            b"{\\rtf1 }",
            "Kế hoạch".encode(),
            uploads.archive({"a.txt": "b"}),
            uploads.office("xlsx"),
            uploads.picture(),
            COMPOUND + "WordDocument".encode("utf-16-le"),
        ):
            with self.subTest(content[:8]):
                self.assert_refused(content, Problem.NOT_WORD)

    def test_file_with_a_password(self):
        locked = COMPOUND + "EncryptedPackage".encode("utf-16-le")
        self.assert_refused(locked, Problem.ENCRYPTED)

    def test_empty_and_truncated_file(self):
        self.assert_refused(b"", Problem.DAMAGED)
        for share in (0.2, 0.5, 0.95):
            cut = self.signed[: int(len(self.signed) * share)]
            self.assert_refused(cut, Problem.DAMAGED)

    def test_file_over_the_size_cap(self):
        self.assert_refused(b"PK\x03\x04" + b"\0" * 31 * MEGABYTE, Problem.TOO_LARGE)

    # --- bombs ------------------------------------------------------------------------

    def test_zip_bomb(self):
        bomb = parts(self.signed) | {"word/media/a.bin": b"\0" * 50 * MEGABYTE}
        self.assert_refused(packed(bomb), Problem.BOMB)

    def test_too_many_parts(self):
        many = {f"word/a{number}.xml": b"" for number in range(2_001)}
        self.assert_refused(packed(parts(self.signed) | many), Problem.BOMB)

    def test_entities_in_the_text_or_in_the_signature(self):
        for name in ("word/document.xml", SIGNATURE):
            change = wordpackages.replaced("?>", f"?>{DTD.decode()}")
            self.assert_refused(self.changed({name: change}), Problem.ENTITIES)

    def test_many_thousand_relationships(self):
        links = "".join(
            f'<Relationship Id="r{number}" Type="t" Target="a"/>'
            for number in range(60_000)
        )
        change = wordpackages.replaced("</Relationships>", links + "</Relationships>")
        self.assert_refused(self.changed({LINKS: change}), Problem.TOO_COMPLEX)

    def test_large_relationships_parts_together(self):
        large = b"<Relationships>" + b" " * MEGABYTE + b"</Relationships>"
        many = {f"word/_rels/a{number}.xml.rels": large for number in range(20)}
        self.assert_refused(packed(parts(self.signed) | many), Problem.BOMB)

    def test_signature_of_many_megabytes(self):
        noise = uploads.picture("BMP", (1100, 1100), noise=True).hex()
        change = wordpackages.replaced("<KeyInfo>", f"<a>{noise}</a><KeyInfo>")
        self.assert_refused(self.changed({SIGNATURE: change}), Problem.TOO_COMPLEX)

    def test_many_signatures(self):
        links = "".join(
            f'<Relationship Id="r{number}" Type="{SIGNATURE_LINK}" Target="sig1.xml"/>'
            for number in range(200)
        )
        change = wordpackages.replaced("</Relationships>", links + "</Relationships>")
        self.assert_refused(self.changed({ORIGIN_LINKS: change}), Problem.TOO_COMPLEX)

    def test_part_or_object_listed_a_thousand_times(self):
        xml = parts(self.signed)[SIGNATURE].decode()
        for opening in ('<Reference URI="/', '<Reference URI="#'):
            start = xml.index(opening)
            one = xml[start : xml.index("</Reference>", start) + len("</Reference>")]
            change = wordpackages.replaced(one, one * 1_000)
            self.assert_refused(
                self.changed({SIGNATURE: change}), Problem.UNREADABLE_SIGNATURE
            )

    # --- what does not belong there ---------------------------------------------------

    def test_macro_object_and_foreign_template(self):
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        template = wordpackages.with_link(
            "rId99", f"{kind}/attachedTemplate", "https://example.com/a", "External"
        )
        for name in ("word/vbaProject.bin", "word/embeddings/oleObject1.bin"):
            file = packed(parts(self.signed) | {name: b"a"})
            self.assert_refused(file, Problem.ACTIVE_CONTENT)
        self.assert_refused(self.changed({LINKS: template}), Problem.ACTIVE_CONTENT)

    def test_parts_of_the_same_name(self):
        content = io.BytesIO(self.signed)
        with zipfile.ZipFile(content, "a") as package:
            package.writestr("WORD/document.xml", "<a/>")
        self.assert_refused(content.getvalue(), Problem.DAMAGED)

    def test_relationships_of_the_same_id(self):
        link = wordpackages.with_link("rId1", "t", "styles.xml")
        self.assert_refused(self.changed({LINKS: link}), Problem.DAMAGED)

    def test_type_told_twice(self):
        kind = wordpackages.replaced(
            "</Types>",
            '<Override PartName="/WORD/styles.xml" ContentType="a"/></Types>',
        )
        self.assert_refused(self.changed({wordpackages.TYPES: kind}), Problem.DAMAGED)

    def test_namespace_that_is_no_address(self):
        change = wordpackages.replaced("<Manifest>", '<Manifest xmlns:a="b">')
        self.assert_refused(
            self.changed({SIGNATURE: change}), Problem.UNREADABLE_SIGNATURE
        )
