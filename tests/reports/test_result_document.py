"""The result report on paper (format reference D3, AT09, AT14)."""

import io
import json
import unittest
from pathlib import Path

import docx
import pytest
from django.test import TestCase
from lxml import html

from plans.yearfile.loading import YearFileError
from reports.layout import COLUMNS, LEADING_WIDTHS
from reports.models import ResultReport
from reports.official.arrangement import tall_rows
from reports.official.document import Orientation
from reports.official.markup import sheet_html
from reports.official.pdf import write_pdf
from reports.official.result import result_document, result_table
from reports.official.word import write_docx
from reports.official.workbook import write_xlsx
from reports.yearfile.loading import load_files
from tests.factories.criteria import load_catalogues
from tests.reports import documents
from tests.reports.reading import (
    compact,
    docx_tables,
    docx_text,
    pdf_tables,
    pdf_text,
    require_in_order,
)

OWN = Path(__file__).resolve().parent.parent / "data"
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
CELLS = ("planned", "adjusted", "done", "in_progress", "not_done", "note")
OVER = [
    "TT",
    "Tiêu chuẩn, tiêu chí",
    "ND Kế hoạch cải tiến chất lượng giáo dục năm học {year}",
    "Kết quả thực hiện",
    "Ghi chú",
]
UNDER = [
    "ND Kế hoạch cải tiến chất lượng được xây dựng đầu năm",
    "ND Kế hoạch cải tiến chất lượng giáo dục đã được điều chỉnh",
    "Những công việc đã triển khai xong theo đúng KH (nêu rõ chất lượng, hiệu quả công "
    "việc)",
    "Những công việc đang triển khai theo KH, hoặc chậm so với KH (lý do chậm tiến độ), "
    "đánh giá sơ bộ về những ND đã triển khai",
    "Những công việc chưa triển khai (nêu rõ lý do)",
]
SPANS = [(1, 2), (1, 2), (2, 1), (3, 1), (1, 2)]  # columns, rows


class PaperCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()

    def load(self, path, **options):
        load_files([path], **options)
        self.report = ResultReport.objects.with_header().get()
        self.paper = result_document(self.report)
        return json.loads(path.read_text(encoding="utf-8"))

    def check_papers(self, data):
        self.check_text(data)
        word, pdf = write_docx(self.paper), write_pdf(self.paper)
        (table,) = docx_tables(word)
        body = [row for row in table[2:] if len(row) == 8]
        self.assertEqual(
            [row[2:] for row in body],
            [[line[name] for name in CELLS] for line in data["rows"]],
        )
        for row, line in zip(body, data["rows"], strict=True):
            self.assertIn(line["criterion"], row[1])
        rows = [row for row in pdf_tables(pdf) if len(row) == 8]
        heads = {compact(cell) for row in table[:2] for cell in row}
        for offset, name in enumerate(CELLS, start=2):
            # A cell may go on overleaf, under the head.
            texts = [compact(row[offset] or "") for row in rows]
            stream = "".join(text for text in texts if text not in heads)
            require_in_order([compact(line[name]) for line in data["rows"]], stream)
        closing = [row[0] for row in table if len(row) == 1]
        for text in data["closing_rows"]:
            self.assertIn(text, closing)

    def check_text(self, data):
        """What stands outside the table, in the order of the paper."""
        document = data["document"]
        wanted = [document["title"], document["subject"], document["annex_note"]]
        wanted += [*data.get("addressees", []), data["introduction"]]
        wanted += [*data["closing_rows"], *data.get("remarks", [])]
        end = [*data["recipients"], *(entry["name"] for entry in data["signatures"])]
        wanted = [compact(text) for text in wanted if text]
        end = [compact(text) for text in end]
        text = compact(docx_text(write_docx(self.paper)))
        require_in_order(wanted + end, text)
        # On a PDF recipients and signature stand on the same lines.
        text = compact(pdf_text(write_pdf(self.paper)))
        require_in_order(wanted, text)
        for part in end:
            self.assertIn(part, text)


@pytest.mark.one_database
class HeadTests(PaperCase):
    """AT14: labels and spans exactly as the form has them."""

    def setUp(self):
        self.load(OWN / "result-2018.json")
        self.over = [text.format(year="2023-2024") for text in OVER]

    def test_html(self):
        tree = html.fromstring(sheet_html(self.paper))
        first, second = tree.xpath("//thead/tr")
        self.assertEqual([th.text_content() for th in first], self.over)
        self.assertEqual([th.text_content() for th in second], UNDER)
        spans = [(int(th.get("colspan", 1)), int(th.get("rowspan", 1))) for th in first]
        self.assertEqual(spans, SPANS)
        widths = [col.get("class") for col in tree.xpath("//table[@class]//col")][-8:]
        self.assertEqual(
            widths, [f"mm-{mm}" for mm in (10, 34, 42, 38, 42, 40, 28, 18)]
        )

    def test_word(self):
        package = docx.Document(io.BytesIO(write_docx(self.paper)))
        (table,) = [t for t in package.tables if t._tbl.xpath(".//w:tblHeader")]
        self.assertEqual(len(table._tbl.xpath("./w:tr[w:trPr/w:tblHeader]")), 2)
        first, second = table._tbl.tr_lst[:2]
        self.assertEqual([tc.grid_span for tc in first.tc_lst], [c for c, _ in SPANS])
        merges = [tc.vMerge for tc in first.tc_lst]
        expected = ["restart" if rows == 2 else None for _, rows in SPANS]
        self.assertEqual(merges, expected)
        self.assertEqual(
            [tc.vMerge for tc in second.tc_lst],
            ["continue"] * 2 + [None] * 5 + ["continue"],
        )
        rows = documents.docx_rows(write_docx(self.paper))
        self.assertEqual(rows[:2], [self.over, UNDER])

    def test_pdf(self):
        rows = documents.pdf_rows(write_pdf(self.paper))
        squeezed = [[documents.squeezed(text) for text in row] for row in rows[:2]]
        self.assertEqual(squeezed[0], [documents.squeezed(t) for t in self.over])
        self.assertEqual(squeezed[1], [documents.squeezed(t) for t in UNDER])

    def test_workbook(self):
        self.assertTrue(write_xlsx(self.paper))


@pytest.mark.one_database
class OwnFilesTests(PaperCase):
    def test_report_of_its_own(self):
        data = self.load(OWN / "result-2018.json")
        self.check_papers(data)
        text = docx_text(write_docx(self.paper))
        self.assertIn("Kính gửi: Phòng Giáo dục và Đào tạo Quận Tân Hòa", text)
        self.assertIn("Số: 84/BC-LT", text)
        self.assertIn("Nơi nhận: - Như trên; - Lưu: VT.", " ".join(text.split()))
        self.assertIn("Tân Hòa, ngày 28 tháng 5 năm 2024", text)
        self.assertIn("./.", text)

    def test_annex_has_no_letterhead_and_its_date_at_the_end(self):
        data = self.load(OWN / "result-annex-2018.json")
        self.check_papers(data)
        for text in (
            docx_text(write_docx(self.paper)),
            pdf_text(write_pdf(self.paper)),
        ):
            self.assertNotIn("CỘNG HÒA", text)
            self.assertNotIn("Nơi nhận", text)
            require_in_order(
                [
                    "BÁO CÁO",
                    "(Kèm theo Kế hoạch số 12/KH-VT",
                    "I. TÌNH HÌNH CHUNG",
                    "II. KẾT QUẢ",
                    "Mức 3:",
                    "./.",
                    "Vĩnh Trạch, ngày 28 tháng 5 năm 2024",
                    "HIỆU TRƯỞNG",
                    "Phan Thị Hạnh",
                ],
                text,
            )

    def test_report_under_57_2026_uses_the_same_form(self):
        data = self.load(OWN / "result-2026.json")
        word = write_docx(self.paper)
        (table,) = docx_tables(word)
        body = [row for row in table[2:] if len(row) == 8]
        self.assertEqual(body[1][1], "Nhà vệ sinh khu B")
        self.assertEqual(body[1][6], data["rows"][1]["not_done"])
        text = docx_text(word)
        self.assertIn("học kỳ I năm học 2026-2027", text)
        self.assertIn("tiến độ đạt khoảng một nửa./.", text)


@pytest.mark.one_database
class RealDocumentsTests(PaperCase):
    def setUp(self):
        if not SEEDS.is_dir():
            raise unittest.SkipTest(f"no real documents in {SEEDS}")

    def test_000_the_bare_table(self):
        with self.assertRaises(YearFileError):
            self.load(SEEDS / "000.json")
        data = self.load(SEEDS / "000.json", school_name="Trường Tiểu học Thử")
        self.check_papers(data)
        table = result_table(self.report)
        usual = (*LEADING_WIDTHS, *(column.width_mm for column in COLUMNS))
        # Nothing is noted in most rows: the room goes to what is told at length.
        self.assertLess(table.columns[-1].width_mm, usual[-1])
        self.assertIn(True, tall_rows(table, Orientation.LANDSCAPE))

    def test_001_the_annex(self):
        data = self.load(SEEDS / "001.json")
        self.check_papers(data)
        text = pdf_text(write_pdf(self.paper))
        self.assertIn("Tân Bình, ngày 18 tháng 5 năm 2022", text)
