"""Files that must not be taken: each is refused with its own words, before it costs
time or memory."""

import io
import subprocess
import unittest
import zipfile
from unittest import mock

from plans.reading import DocumentRefused, conversion, packages, refusals
from plans.reading.files import read_content
from tests.forms import PLAN_HEAD
from tests.plans.wordfiles import (
    LIBRARY,
    excel,
    read,
    rebuilt,
    rows_of,
    saved,
    word_plan,
    zipped,
)

COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="{}" TargetMode="External"/></Relationships>'
)
BODY = b"<w:body>"


def compound(name):
    return COMPOUND + name.encode("utf-16-le") + b"\0" * 512


class RefusalTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.word = saved(word_plan(("", "Tiêu chí 3.6", *LIBRARY)))
        cls.excel = excel([list(PLAN_HEAD), ["", "Tiêu chí 3.6", *LIBRARY]])

    def assert_refused(self, content, message):
        with self.assertRaises(DocumentRefused) as caught:
            read_content(content)
        self.assertEqual(str(caught.exception), message)

    def changed(self, change, part="word/document.xml"):
        return rebuilt(self.word, {part: change})

    def sheet(self, change):
        return rebuilt(self.excel, {"xl/worksheets/sheet1.xml": change})

    # --- no office file at all ------------------------------------------------------

    def test_empty_file(self):
        self.assert_refused(b"", refusals.EMPTY)

    def test_other_kinds_of_files(self):
        self.assert_refused(b"%PDF-1.7\n", refusals.PDF)
        self.assert_refused(b"{\\rtf1 }", refusals.RICH_TEXT)
        self.assert_refused(zipped(a="b"), refusals.OTHER_ZIP)
        self.assert_refused(compound("Khác"), refusals.NOT_OFFICE)

    def test_file_of_a_wrong_kind_is_told_what_it_is(self):
        slides = "application/vnd.openxmlformats-officedocument.presentationml.main+xml"
        for content, message in (
            ("Kế hoạch năm học".encode(), refusals.TEXT),
            ("Kế hoạch".encode("utf-16"), refusals.TEXT),
            (b"\xef\xbb\xbf<html><table>", refusals.WEB_PAGE),
            (b"MIME-Version: 1.0\r\n", refusals.WEB_PAGE),
            (b'<?xml version="1.0"?><?mso-application progid="A"?>', refusals.FLAT_XML),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", refusals.PICTURE),
            (b"Rar!\x1a\x07\0", refusals.ARCHIVE.format(kind="RAR")),
            (zipped(**{"[Content_Types].xml": slides}), refusals.SLIDES),
            (b"\x00\x01\x02\x03", refusals.NOT_OFFICE),
        ):
            with self.subTest(message=message):
                self.assert_refused(content, message)

    def test_file_over_the_size_cap(self):
        large = b"PK\x03\x04" + b"\0" * packages.MAX_BYTES
        self.assert_refused(large, refusals.TOO_LARGE.format(limit=25))

    def test_truncated_file(self):
        for part in (0.2, 0.5, 0.95):
            with self.subTest(part=part):
                cut = self.word[: int(len(self.word) * part)]
                self.assert_refused(cut, refusals.BROKEN)

    def test_damaged_bytes_and_damaged_xml(self):
        middle = self.word.index(b"word/document.xml") + 60
        damaged = self.word[:middle] + b"\1" * 40 + self.word[middle + 40 :]
        self.assert_refused(damaged, refusals.BROKEN)
        self.assert_refused(self.changed(lambda part: part[:-20]), refusals.BROKEN)
        self.assert_refused(self.changed(lambda part: b"<a/>"), refusals.BROKEN)
        self.assert_refused(self.sheet(lambda part: part[:-20]), refusals.BROKEN)

    def test_protected_file(self):
        self.assert_refused(compound("EncryptedPackage"), refusals.ENCRYPTED)

    # --- bombs ------------------------------------------------------------------------

    def test_zip_bomb_is_refused_unread(self):
        bomb = rebuilt(self.word, parts={"word/media/a.bin": b"\0" * 50 * 1024**2})
        with mock.patch.object(zipfile.ZipFile, "read", side_effect=AssertionError):
            self.assert_refused(bomb, refusals.BOMB)

    def test_declared_size_over_the_cap(self):
        with mock.patch.object(packages, "MAX_UNPACKED", 1000):
            self.assert_refused(self.word, refusals.BOMB)

    def test_too_many_parts(self):
        many = zipped(**{f"a{n}.xml": "b" for n in range(packages.MAX_MEMBERS + 1)})
        self.assert_refused(many, refusals.TOO_MANY_PARTS.format(limit=2000))

    def test_parts_of_the_same_name(self):
        content = io.BytesIO(self.word)
        with zipfile.ZipFile(content, "a") as package:
            package.writestr("WORD/document.xml", "<a/>")
        self.assert_refused(content.getvalue(), refusals.TWICE)

    def test_tree_of_too_many_nodes(self):
        nodes = b"".join(
            b"<w:p><w:r><w:t>%d</w:t></w:r></w:p>" % n for n in range(70_000)
        )
        many = self.changed(lambda part: part.replace(BODY, BODY + nodes))
        self.assert_refused(many, refusals.TOO_LONG)

    def test_tree_of_too_many_levels(self):
        deep = b"<w:sdt>" * 5000, b"</w:sdt>" * 5000
        content = self.changed(lambda part: part.replace(BODY, BODY + b"".join(deep)))
        self.assert_refused(content, refusals.BROKEN)

    def test_entities_in_word_and_excel_and_in_another_encoding(self):
        declared = b'<!DOCTYPE a [<!ENTITY b "bb">]>'

        def with_entity(part):
            start = part.index(b"?>") + 2 if b"?>" in part[:100] else 0
            return part[:start] + declared + part[start:]

        self.assert_refused(self.changed(with_entity), refusals.ENTITIES)
        self.assert_refused(self.sheet(with_entity), refusals.ENTITIES)
        hidden = self.changed(lambda part: with_entity(part).decode().encode("utf-16"))
        self.assert_refused(hidden, refusals.ENTITIES)

    def test_sheet_that_claims_every_cell(self):
        def claim(part):
            start, stop = part.index(b"<dimension"), part.index(b"<sheetViews")
            return part[:start] + b'<dimension ref="A1:XFD1048576"/>' + part[stop:]

        message = refusals.SHEET_SIZE.format(
            claim="1.048.576 x 16.384 ô", rows="20.000", columns=60
        )
        self.assert_refused(self.sheet(claim), message)

    def test_sheet_with_a_cell_far_away(self):
        far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
        content = self.sheet(lambda part: part.replace(b"</sheetData>", far))
        message = refusals.SHEET_SIZE.format(
            claim="hơn 20.000 dòng", rows="20.000", columns=60
        )
        self.assert_refused(content, message)

    def test_merged_area_of_a_whole_sheet_costs_nothing(self):
        area = (
            b'</sheetData><mergeCells count="1"><mergeCell ref="A9:XFD1048576"/>'
            b"</mergeCells>"
        )
        content = self.sheet(lambda part: part.replace(b"</sheetData>", area))
        self.assertEqual(rows_of(read(content), "criterion"), [("3.6",)])

    # --- what a file must not carry -----------------------------------------------

    def test_macros(self):
        for name in ("word/vbaProject.bin", "xl/macrosheets/sheet1.xml"):
            with self.subTest(name=name):
                self.assert_refused(
                    rebuilt(self.word, parts={name: b"<a/>"}), refusals.MACROS
                )
        kind = self.changed(
            lambda part: part.replace(
                b"openxmlformats-officedocument.wordprocessingml.document.main",
                b"ms-word.document.macroEnabled.main",
            ),
            "[Content_Types].xml",
        )
        self.assert_refused(kind, refusals.MACROS)
        self.assert_refused(compound("_VBA_PROJECT"), refusals.MACROS)

    def test_embedded_objects(self):
        for name in ("word/embeddings/oleObject1.bin", "xl/activeX/activeX1.xml"):
            with self.subTest(name=name):
                self.assert_refused(
                    rebuilt(self.word, parts={name: b"<a/>"}), refusals.EMBEDDED
                )

    def test_external_links_but_not_those_to_click(self):
        for kind, target in (
            ("attachedTemplate", "http://demo.example/a.dotm"),
            ("image", "file:///etc/passwd"),
        ):
            with self.subTest(kind=kind):
                part = {"word/_rels/more.xml.rels": RELATION.format(kind, target)}
                self.assert_refused(rebuilt(self.word, parts=part), refusals.EXTERNAL)
        book = {"xl/externalLinks/externalLink1.xml": b"<a/>"}
        self.assert_refused(rebuilt(self.excel, parts=book), refusals.EXTERNAL)
        link = {"word/_rels/more.xml.rels": RELATION.format("hyperlink", "http://a.vn")}
        reading = read(rebuilt(self.word, parts=link))
        self.assertEqual(rows_of(reading, "criterion"), [("3.6",)])

    def test_document_without_a_table_of_ours(self):
        letter = word_plan(("a", "b", "c"), head=("Ngày", "Việc", "Người"))
        self.assert_refused(saved(letter), refusals.NO_TABLE)
        self.assert_refused(excel([["Một", "hai", "ba"]]), refusals.NO_TABLE)


class ConversionTests(unittest.TestCase):
    def test_old_file_without_libreoffice_tells_what_to_do(self):
        with (
            mock.patch.object(conversion.shutil, "which", return_value=None),
            self.assertRaisesRegex(DocumentRefused, r"dạng cũ \(\.doc\).*\.docx"),
        ):
            read_content(compound("WordDocument"))

    def test_conversion_that_hangs_is_ended(self):
        with (
            mock.patch.object(conversion.shutil, "which", return_value="/bin/sleep"),
            mock.patch.object(conversion, "TIMEOUT_S", 0.2),
            mock.patch.object(
                conversion, "_command", return_value=["/bin/sleep", "30"]
            ),
            self.assertRaisesRegex(DocumentRefused, r"Không chuyển được tệp \.doc"),
        ):
            read_content(compound("WordDocument"))

    @unittest.skipUnless(conversion.shutil.which("soffice"), "no LibreOffice here")
    def test_old_word_and_open_document_files(self):
        document = word_plan(("", "Tiêu chí 3.6", *LIBRARY))
        document.add_paragraph("II. TỔ CHỨC THỰC HIỆN")
        word = saved(document)
        for suffix in ("doc", "odt"):
            with self.subTest(suffix=suffix):
                content = self.turned(word, suffix)
                reading = read(content)
                self.assertEqual(
                    rows_of(reading, "criterion", "goal"), [("3.6", LIBRARY[0])]
                )

    def turned(self, word, suffix):
        """`word` as LibreOffice saves it in an older format."""
        with mock.patch.dict(conversion._WANTED, {".docx": suffix}):
            return conversion.converted(word, ".docx")


class TimeoutTests(unittest.TestCase):
    def test_children_of_the_program_end_with_it(self):
        with mock.patch.object(conversion, "TIMEOUT_S", 0.2):
            done = conversion._finished(["/bin/sh", "-c", "sleep 61 & wait"], "/")
        self.assertFalse(done)
        left = subprocess.run(
            ["/bin/sh", "-c", "ps -eo args | grep -c '^sleep 61$'"],
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(left.stdout.strip(), "0")
