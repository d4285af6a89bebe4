"""An annex on paper (rule A01): its title, its note, its table, its date at the end; and
the end mark under a table."""

from io import BytesIO
from unittest import TestCase

from lxml import html
from openpyxl import load_workbook

from reports.official.arrangement import annex_line, closing_rows
from reports.official.document import Paragraph
from reports.official.ending import end_marked, is_end_mark
from reports.official.markup import sheet_html
from reports.official.pdf import write_pdf
from reports.official.word import write_docx
from reports.official.workbook import write_xlsx
from tests.reports import documents
from tests.reports.documents import W, docx_root

NOTE = "(Kèm theo Kế hoạch số 05/KH-TH ngày 05 tháng 9 năm 2026)"
SIGNED = "Hòa Xá, ngày 20 tháng 5 năm 2027"


class AnnexTests(TestCase):
    def test_note_stands_under_the_title_and_the_date_over_the_signature(self):
        annex = documents.annex()
        for text in (
            documents.docx_text(write_docx(annex)),
            html.fromstring(sheet_html(annex)).text_content(),
            "\n".join(documents.pdf_texts(write_pdf(annex))),
        ):
            places = [
                text.index(part)
                for part in ("BÁO CÁO", NOTE, "Đã tập huấn", SIGNED, "HIỆU TRƯỞNG")
            ]
            self.assertEqual(places, sorted(places))
            self.assertNotIn("CỘNG HÒA", text)

    def test_workbook_says_the_same(self):
        sheet = load_workbook(BytesIO(write_xlsx(documents.annex()))).active
        texts = [cell.value for row in sheet for cell in row if cell.value]
        self.assertEqual(texts[0], "BÁO CÁO")
        places = [texts.index(text) for text in (NOTE, SIGNED, "HIỆU TRƯỞNG")]
        self.assertEqual(places, sorted(places))

    def test_note_and_date_are_italic_in_word_and_not_bold(self):
        root = docx_root(write_docx(documents.annex()))
        for wanted in (NOTE, SIGNED):
            (run,) = [r for r in root.iter(f"{W}r") if "".join(r.itertext()) == wanted]
            properties = run.find(f"{W}rPr")
            self.assertIsNotNone(properties.find(f"{W}i"))
            self.assertIsNone(properties.find(f"{W}b"))
            self.assertEqual(properties.find(f"{W}sz").get(f"{W}val"), "26")

    def test_rule_belongs_to_the_note_and_not_to_the_title(self):
        tree = html.fromstring(sheet_html(documents.annex()))
        ruled = [e.text_content() for e in tree.find_class("ruled")]
        self.assertEqual(ruled, [NOTE])
        self.assertGreater(annex_line(documents.annex()).rule_mm, 0)
        self.assertEqual(annex_line(documents.document()).text, "")

    def test_date_stands_over_the_last_signature_only(self):
        two = documents.annex(signatures=documents.annex().signatures * 3)
        self.assertEqual([row.signed_at for row in closing_rows(two)], ["", SIGNED])


class EndMarkTests(TestCase):
    def test_mark_follows_the_last_text_or_stands_under_the_table(self):
        table = documents.table(("A",), (252,), [])
        for blocks, last in (
            ([Paragraph("Hết.")], "Hết./."),
            ([Paragraph("Hết")], "Hết./."),
            ([Paragraph("Hết./.")], "Hết./."),
            ([table], "./."),
        ):
            self.assertEqual(end_marked(blocks)[-1].text, last)
        self.assertEqual(end_marked([]), ())
        self.assertTrue(is_end_mark(end_marked([table])[-1]))

    def test_last_row_is_tied_to_the_mark_under_it_in_word(self):
        table = documents.portrait_report().blocks[1]
        root = docx_root(write_docx(documents.annex(blocks=end_marked([table]))))
        (grid,) = [
            t for t in root.iter(f"{W}tbl") if t.find(f".//{W}tblHeader") is not None
        ]
        last = list(grid.iter(f"{W}tr"))[-1]
        self.assertTrue(list(last.iter(f"{W}keepNext")))
