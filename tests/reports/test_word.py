import unicodedata
from datetime import UTC, datetime
from io import BytesIO
from unittest import TestCase
from zipfile import ZipFile

import docx
from docx.enum.section import WD_ORIENT

from reports.official.document import Paragraph
from reports.official.lettering import bold_width_mm
from reports.official.word import write_docx
from tests.reports import documents
from tests.reports.documents import W, docx_root

TNR = {"ascii", "hAnsi", "eastAsia", "cs"}
TWIPS_PER_MM = 1440 / 25.4


class SectionTests(TestCase):
    def test_page_is_a4_with_the_margins_of_the_decree(self):
        upright, wide = (11906, 16838), (16838, 11906)
        for plan, size, orientation in (
            (documents.legacy_plan(), wide, WD_ORIENT.LANDSCAPE),
            (documents.portrait_report(), upright, WD_ORIENT.PORTRAIT),
        ):
            (section,) = docx.Document(BytesIO(write_docx(plan))).sections
            self.assertEqual(
                (section.page_width.twips, section.page_height.twips), size
            )
            self.assertEqual(section.orientation, orientation)
            self.assertEqual(_margins(section), (1134, 1134, 1701, 850))

    def test_page_number_is_a_centred_field_in_the_header_but_not_on_page_1(self):
        package = docx.Document(BytesIO(write_docx(documents.document())))
        (section,) = package.sections
        header, first = section.header._element, section.first_page_header._element
        self.assertTrue(section.different_first_page_header_footer)
        self.assertEqual("".join(first.itertext()), "")
        self.assertEqual(header.findtext(f".//{W}instrText").strip(), "PAGE")
        self.assertEqual(header.find(f".//{W}jc").get(f"{W}val"), "center")
        sizes = {size.get(f"{W}val") for size in header.iter(f"{W}sz")}
        self.assertEqual(sizes, {"28"})


class TypeTests(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = write_docx(documents.legacy_plan())
        cls.root = docx_root(cls.file)

    def test_every_run_is_times_new_roman_black_and_nfc(self):
        for part in ("word/document.xml", "word/header1.xml", "word/styles.xml"):
            root = docx_root(self.file, part)
            for properties in root.iter(f"{W}rPr"):
                fonts = properties.find(f"{W}rFonts")
                names = {fonts.get(f"{W}{script}") for script in TNR}
                self.assertEqual(names, {"Times New Roman"})
                self.assertIsNone(properties.find(f"{W}color"))
        text = documents.docx_text(self.file)
        self.assertEqual(text, unicodedata.normalize("NFC", text))

    def test_body_is_justified_indented_and_spaced(self):
        (paragraph,) = _paragraphs(self.root, "1. Khắc phục điểm yếu.")
        properties = paragraph.find(f"{W}pPr")
        spacing = properties.find(f"{W}spacing")
        values = [spacing.get(f"{W}{name}") for name in ("before", "after", "lineRule")]
        self.assertEqual(values, ["120", "0", "auto"])
        self.assertTrue(240 <= int(spacing.get(f"{W}line")) <= 360)
        self.assertEqual(properties.find(f"{W}jc").get(f"{W}val"), "both")
        self.assertEqual(properties.find(f"{W}ind").get(f"{W}firstLine"), "567")

    def test_bases_are_italic_and_keep_their_marks(self):
        for text in ("Căn cứ Luật Giáo dục;", "Căn cứ Thông tư số 57/2026/TT-BGDĐT."):
            (paragraph,) = _paragraphs(self.root, text)
            self.assertEqual(_look(paragraph), ("28", False, True))

    def test_last_paragraph_of_the_body_carries_the_end_mark(self):
        last = "Các bộ phận thực hiện nghiêm túc kế hoạch này./."
        (paragraph,) = _paragraphs(self.root, last)
        following = {sibling.tag for sibling in paragraph.itersiblings()}
        after = [
            "".join(sibling.itertext()) for sibling in paragraph.itersiblings(f"{W}p")
        ]
        self.assertIn(f"{W}tbl", following)
        self.assertEqual("".join(after), "")


class LetterheadTests(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = docx_root(write_docx(documents.document()))

    def test_lines_have_the_words_sizes_and_weights_of_the_decree(self):
        expected = {
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": ("24", True, False),
            "Độc lập - Tự do - Hạnh phúc": ("26", True, False),
            "UBND XÃ HÒA XÁ": ("24", False, False),
            "TRƯỜNG TIỂU HỌC HỒNG QUANG": ("24", True, False),
            "Số: 05/KH-TH": ("26", False, False),
            "Hòa Xá, ngày 05 tháng 9 năm 2026": ("26", False, True),
            "KẾ HOẠCH": ("28", True, False),
            "HIỆU TRƯỞNG": ("28", True, False),
            "Nguyễn Thị Thanh Hương": ("28", True, False),
            "Nơi nhận:": ("24", True, True),
        }
        looks = {text: _look(_paragraphs(self.root, text)[0]) for text in expected}
        self.assertEqual(looks, expected)

    def test_rules_are_drawn_as_long_as_the_decree_wants(self):
        ratios = {}
        for text, size, box in (
            ("Độc lập - Tự do - Hạnh phúc", 13, 142),
            ("TRƯỜNG TIỂU HỌC HỒNG QUANG", 12, 110),
            ("Cải tiến chất lượng giáo dục năm học 2026 - 2027", 14, 252),
        ):
            (line,) = _paragraphs(self.root, text)
            ratios[text] = _rule_mm(line.getnext(), box) / bold_width_mm(text, size)
        motto, issuer, subject = ratios.values()
        self.assertAlmostEqual(motto, 1, delta=0.03)
        self.assertTrue(1 / 3 <= issuer <= 1 / 2 and 1 / 3 <= subject <= 1 / 2, ratios)

    def test_nothing_is_underlined(self):
        self.assertEqual(list(self.root.iter(f"{W}u")), [])

    def test_record_without_place_and_date_has_none(self):
        record = documents.document(letterhead=documents.letterhead(place_and_date=""))
        self.assertNotIn("ngày", documents.docx_text(write_docx(record)).split("KẾ")[0])


class TableTests(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = docx_root(write_docx(documents.legacy_plan()))
        tables = cls.root.iter(f"{W}tbl")
        (cls.table,) = (
            t for t in tables if t.find(f"{W}tblPr/{W}tblBorders") is not None
        )

    def test_head_is_repeated_and_no_row_is_split(self):
        rows = list(self.root.iter(f"{W}tr"))
        split = [row for row in rows if row.find(f"{W}trPr/{W}cantSplit") is None]
        self.assertEqual(split, [])
        heads = [
            row.find(f"{W}trPr/{W}tblHeader") is not None
            for row in self.table.iter(f"{W}tr")
        ]
        self.assertEqual(heads, [True] + [False] * (len(heads) - 1))

    def test_layout_is_fixed_with_the_widths_of_the_form(self):
        layout = self.table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type")
        columns = self.table.iter(f"{W}gridCol")
        widths = [round(int(c.get(f"{W}w")) / TWIPS_PER_MM) for c in columns]
        self.assertEqual(layout, "fixed")
        self.assertEqual(tuple(widths), documents.LEGACY_WIDTHS)

    def test_every_row_fills_the_grid(self):
        for plan in (documents.legacy_plan(), documents.portrait_report()):
            for table in docx_root(write_docx(plan)).iter(f"{W}tbl"):
                count = len(list(table.iter(f"{W}gridCol")))
                for row in table.iter(f"{W}tr"):
                    spans = [_span(cell) for cell in row.iter(f"{W}tc")]
                    self.assertEqual(sum(spans), count)

    def test_heading_rows_keep_with_the_next_row(self):
        for row in self.table.iter(f"{W}tr"):
            is_heading = "".join(row.itertext()).startswith(("MỨC 1", "1Tiêu", "2Tiêu"))
            is_kept = row.find(f".//{W}keepNext") is not None
            self.assertEqual(is_kept, is_heading)


class ClosingTests(TestCase):
    def test_recipients_are_a_list_with_marks(self):
        root = docx_root(write_docx(documents.document()))
        for text in (
            "- UBND xã Hòa Xá (để b/c);",
            "- Trang TTĐT;",
            "- Lưu: VT, HĐTĐG.",
        ):
            (paragraph,) = _paragraphs(root, text)
            self.assertEqual(_look(paragraph), ("22", False, False))

    def test_block_is_tied_to_the_last_paragraph(self):
        root = docx_root(write_docx(documents.document(Paragraph("Đoạn cuối./."))))
        (last,) = _paragraphs(root, "Đoạn cuối./.")
        gap = last.getnext()
        kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in (last, gap)]
        self.assertEqual((kept, gap.getnext().tag), ([True, True], f"{W}tbl"))

    def test_two_signatures_stand_side_by_side_above_the_recipients(self):
        signatures = (
            documents.signature("head", "Người A"),
            documents.signature("director", "Người B"),
        )
        file = write_docx(documents.document(signatures=signatures))
        *_, closing = docx_root(file).iter(f"{W}tbl")
        texts = [
            ["".join(cell.itertext()) for cell in row.iter(f"{W}tc")]
            for row in closing.iter(f"{W}tr")
        ]
        self.assertEqual(texts[0], ["HIỆU TRƯỞNGNgười A", "GIÁM ĐỐCNgười B"])
        self.assertTrue(texts[1][0].startswith("Nơi nhận:"))


class PackageTests(TestCase):
    def test_properties_are_ours(self):
        at = datetime(2026, 9, 5, 8, tzinfo=UTC)
        file = write_docx(documents.document(), written_at=at)
        properties = docx.Document(BytesIO(file)).core_properties
        title = "KẾ HOẠCH Cải tiến chất lượng giáo dục năm học 2026 - 2027"
        self.assertEqual((properties.title, properties.language), (title, "vi-VN"))
        self.assertEqual((properties.author, properties.comments), ("", ""))
        self.assertEqual((properties.created, properties.modified), (at, at))

    def test_nothing_of_the_template_is_left(self):
        names = set(ZipFile(BytesIO(write_docx(documents.document()))).namelist())
        expected = {
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/document.xml",
            "word/_rels/document.xml.rels",
            "word/styles.xml",
            "word/settings.xml",
            "word/header1.xml",
            "word/header2.xml",
        }
        self.assertEqual(names, expected)

    def test_same_document_gives_the_same_bytes(self):
        plan = documents.legacy_plan()
        self.assertEqual(write_docx(plan), write_docx(plan))

    def test_unknown_block_is_refused(self):
        with self.assertRaises(TypeError):
            write_docx(documents.document(object()))


def _margins(section):
    sides = ("top", "bottom", "left", "right")
    return tuple(getattr(section, f"{side}_margin").twips for side in sides)


def _paragraphs(root, text):
    return [p for p in root.iter(f"{W}p") if "".join(p.itertext()) == text]


def _look(paragraph):
    (properties,) = {r.find(f"{W}rPr") for r in paragraph.iter(f"{W}r")}
    size = properties.find(f"{W}sz").get(f"{W}val")
    return (
        size,
        properties.find(f"{W}b") is not None,
        properties.find(f"{W}i") is not None,
    )


def _rule_mm(paragraph, box_mm):
    """Length of the border that is drawn above an empty paragraph."""
    properties = paragraph.find(f"{W}pPr")
    assert properties.find(f"{W}pBdr/{W}top").get(f"{W}val") == "single"
    indents = properties.find(f"{W}ind")
    twips = sum(int(indents.get(f"{W}{side}")) for side in ("left", "right"))
    return box_mm - twips / TWIPS_PER_MM


def _span(cell):
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val"))
