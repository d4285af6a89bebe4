from io import BytesIO
from itertools import combinations

from django.test import SimpleTestCase
from openpyxl import load_workbook

from reports.official import measures
from reports.official.document import (
    Align,
    Cell,
    Column,
    Document,
    Heading,
    Letterhead,
    Orientation,
    Paragraph,
    Row,
    RowKind,
    Signature,
    Table,
)
from reports.official.workbook import write_xlsx

HEAD = (Row((Cell("TT"), Cell("Tiêu chí"), Cell("Công việc"))),)
COLUMNS = (Column(12, Align.CENTER), Column(60), Column(180))


def table(*rows, columns=COLUMNS, head=HEAD):
    return Table(columns=columns, head=head, body=rows)


def texts(*values):
    return Row(tuple(Cell(value) for value in values))


def document(*blocks, **fields):
    return Document(
        **{
            "letterhead": Letterhead(
                superior="ỦY BAN NHÂN DÂN PHƯỜNG AN PHƯỚC",
                issuer="TRƯỜNG TIỂU HỌC AN PHƯỚC",
                number="Số: 05/KH-THAP",
                place_and_date="An Phước, ngày 08 tháng 9 năm 2026",
            ),
            "title": "KẾ HOẠCH",
            "subject": "Cải tiến chất lượng",
            "blocks": blocks,
            "bases": ("Căn cứ Thông tư;",),
            "recipients": ("Lưu: VT",),
            "signatures": (Signature(("HIỆU TRƯỞNG",), "Trần Văn Bình"),),
        }
        | fields
    )


def sheet_of(paper):
    return load_workbook(BytesIO(write_xlsx(paper))).active


def values(sheet):
    return [cell.value for row in sheet for cell in row if cell.value is not None]


def row_with(sheet, text):
    return next(c for row in sheet for c in row if c.value == text).row


class WorkbookTests(SimpleTestCase):
    def test_texts_stand_in_the_order_of_the_paper(self):
        paper = document(
            Heading("I. MỤC ĐÍCH"),
            Paragraph("Đoạn một\nĐoạn hai"),
            table(texts("1", "1.1", "- Việc\n- Việc khác")),
        )
        self.assertEqual(
            values(sheet_of(paper)),
            [
                "ỦY BAN NHÂN DÂN PHƯỜNG AN PHƯỚC",
                measures.NATION,
                "TRƯỜNG TIỂU HỌC AN PHƯỚC",
                measures.MOTTO,
                "Số: 05/KH-THAP",
                "An Phước, ngày 08 tháng 9 năm 2026",
                "KẾ HOẠCH",
                "Cải tiến chất lượng",
                "Căn cứ Thông tư;",
                "I. MỤC ĐÍCH",
                "Đoạn một",
                "Đoạn hai",
                *("TT", "Tiêu chí", "Công việc"),
                *("1", "1.1", "- Việc\n- Việc khác"),
                "Nơi nhận:",
                "HIỆU TRƯỞNG",
                "- Lưu: VT.",
                "Trần Văn Bình",
            ],
        )

    def test_every_cell_is_text_whatever_it_begins_with(self):
        hostile = ("=SUM(A1)", "+1", "-2+3", "@ai", "#N/A", "0012", "'nháy")
        sheet = sheet_of(document(*[table(texts(t, "", "")) for t in hostile]))
        cells = [c for row in sheet for c in row if c.value in hostile]
        self.assertEqual([c.value for c in cells], list(hostile))
        self.assertEqual({c.data_type for c in cells}, {"s"})
        self.assertTrue(cells[0].quotePrefix)

    def test_control_characters_and_excels_escapes_do_no_harm(self):
        sheet = sheet_of(
            document(table(texts("a\x07b\x00\ud800", "_x0041_", "ả" * 30_000)))
        )
        self.assertIn("ab", values(sheet))
        self.assertIn("_x005F_x0041_", values(sheet))  # Excel shows _x0041_
        self.assertIn("ả" * 30_000, values(sheet))

    def test_spanning_cells_are_merged(self):
        paper = document(
            table(
                Row((Cell("MỨC 1", colspan=3),), RowKind.GROUP),
                Row((Cell("1"), Cell("1.1", rowspan=2), Cell("a"))),
                Row((Cell("2"), Cell("b"))),
            )
        )
        sheet = sheet_of(paper)
        merged = {str(span) for span in sheet.merged_cells.ranges}
        top = row_with(sheet, "MỨC 1")
        self.assertIn(f"A{top}:C{top}", merged)
        self.assertIn(f"B{top + 1}:B{top + 2}", merged)
        self.assertEqual(sheet.cell(top + 2, 3).value, "b")
        self.assertTrue(sheet.cell(top, 1).font.bold)
        self.assertEqual(sheet.cell(top + 2, 2).border.bottom.style, "thin")

    def test_tables_of_different_columns_share_one_grid(self):
        narrow = tuple(Column(63) for _ in range(4))
        head = (texts("A", "B", "C", "D"),)
        paper = document(
            table(texts("1", "2", "3")),
            table(texts("x", "y", "z", "w"), columns=narrow, head=head),
        )
        sheet = sheet_of(paper)
        spans = list(sheet.merged_cells.ranges)
        for one, other in combinations(spans, 2):
            self.assertTrue(one.isdisjoint(other), f"{one} and {other} overlap")
        self.assertEqual(sheet.max_column, 6)  # edges at 12, 63, 72, 126, 189, 252 mm

    def test_rows_are_as_high_as_their_texts(self):
        sheet = sheet_of(document(table(texts("1", "1.1", "chữ " * 400))))
        height = sheet.row_dimensions[row_with(sheet, "1.1")].height
        self.assertGreater(height, 12 * 15)
        self.assertLessEqual(height, 409)

    def test_sheet_prints_on_landscape_a4_with_the_head_on_every_page(self):
        sheet = sheet_of(document(table(texts("1", "1.1", "a"))))
        top = row_with(sheet, "TT")
        self.assertEqual(sheet.print_title_rows, f"${top}:${top}")
        setup = sheet.page_setup
        self.assertEqual((setup.orientation, setup.paperSize), ("landscape", 9))
        self.assertEqual((setup.fitToWidth, setup.fitToHeight), (1, 0))
        self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
        self.assertEqual(sheet["A1"].font.name, "Times New Roman")

    def test_paper_without_a_table_has_two_halves(self):
        paper = document(Paragraph("Đoạn"), orientation=Orientation.PORTRAIT)
        sheet = sheet_of(paper)
        self.assertEqual(
            (sheet.max_column, sheet.page_setup.orientation), (2, "portrait")
        )

    def test_same_paper_gives_the_same_texts_with_two_signatures(self):
        paper = document(
            signatures=(Signature(("THƯ KÝ",), "A"), Signature(("CHỦ TRÌ",), "B")),
            recipients=(),
        )
        sheet = sheet_of(paper)
        self.assertEqual(row_with(sheet, "THƯ KÝ"), row_with(sheet, "CHỦ TRÌ"))

    def test_unknown_block_is_refused(self):
        with self.assertRaises(TypeError):
            write_xlsx(document("một chuỗi"))
