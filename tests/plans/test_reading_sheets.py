"""Plans and results typed in Excel."""

import datetime
import unittest

from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.forms import PLAN_HEAD
from tests.plans.wordfiles import (
    KEYS,
    LIBRARY,
    YARD,
    excel,
    leftovers,
    messages,
    read,
    rows_of,
)


class SheetTests(unittest.TestCase):
    def test_plan_typed_in_excel_without_merged_cells(self):
        reading = read(
            excel(
                [
                    [
                        "UBND QUẬN TÂN HÒA",
                        None,
                        None,
                        None,
                        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                    ],
                    [
                        "TRƯỜNG TIỂU HỌC LÁ PHONG",
                        None,
                        None,
                        None,
                        "Độc lập - Tự do - Hạnh phúc",
                    ],
                    [None],
                    [None, "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2023-2024"],
                    [None],
                    list(PLAN_HEAD),
                    ["MỨC 2"],
                    [1, "Tiêu chuẩn 3: Cơ sở vật chất"],
                    [None, "Tiêu chí 3.6", *LIBRARY],
                    [None, "Tiêu chí 3.1", *YARD],
                    [None],
                    ["Nơi nhận:", None, None, None, None, "HIỆU TRƯỞNG"],
                    ["- Lưu: VT."],
                    [None, None, None, None, None, "Đào Thị Lụa"],
                ]
            )
        )
        data = reading.as_json()
        self.assertEqual(rows_of(reading, *KEYS), [LIBRARY, YARD])
        self.assertEqual(rows_of(reading, "level", "standard"), [("2", 3)] * 2)
        self.assertEqual(data["school"]["name"], "Trường Tiểu học Lá Phong")
        self.assertEqual(data["school"]["superior"], "UBND QUẬN TÂN HÒA")
        self.assertEqual(data["recipients"], ["Lưu: VT"])
        self.assertEqual(
            data["signatures"], [{"capacity": "HIỆU TRƯỞNG", "name": "Đào Thị Lụa"}]
        )

    def test_two_rows_of_head_and_cells_merged_downwards(self):
        rows = [
            [
                "TT",
                "Tiêu chí",
                "Nội dung kế hoạch",
                None,
                "Kết quả thực hiện",
                None,
                None,
            ],
            [
                None,
                None,
                "Xây dựng đầu năm học theo kế hoạch",
                "Kế hoạch đã điều chỉnh",
                "Đã hoàn thành",
                "Đang thực hiện",
                "Chưa thực hiện",
            ],
            [1, "3.6", "Lập tủ sách", "", "Xong", "", ""],
            [None, None, "Góp sách", "", "", "Còn 2 lớp", ""],
        ]
        merges = ("A1:A2", "B1:B2", "C1:D1", "E1:G1", "B3:B4")
        reading = read(excel(rows, merges))
        self.assertEqual(
            rows_of(reading, "criterion", "planned", "done", "in_progress"),
            [("3.6", "Lập tủ sách", "Xong", ""), ("3.6", "Góp sách", "", "Còn 2 lớp")],
        )

    def test_numbers_and_dates_read_as_they_are_shown(self):
        book = Workbook()
        day = datetime.date(2023, 10, 5)
        book.active.append(list(PLAN_HEAD))
        book.active.append([1, 1.1, 0.975, "a", "b", day, 30_000_000, "c", 7])
        for place, shape in (
            ("B", "0.00"),
            ("C", "0.0%"),
            ("F", "mm/yyyy"),
            ("G", "#,##0"),
        ):
            book.active[f"{place}2"].number_format = shape
        self.assertEqual(
            rows_of(read(book), "criterion", *KEYS),
            [("1.10", "97,5%", "a", "b", "10/2023", "30.000.000", "c", "7")],
        )

    def test_hidden_sheet_is_told_and_left_alone(self):
        book = Workbook()
        book.active.append(list(PLAN_HEAD))
        book.active.append(["", "Tiêu chí 3.6", *LIBRARY])
        hidden = book.create_sheet("Nháp")
        hidden.append(["Bản nháp cũ"])
        hidden.sheet_state = "hidden"
        reading = read(book)
        self.assertIn("Trang tính bị ẩn nên không được đọc.", messages(reading))
        self.assertEqual(leftovers(reading), [])


class BesideTheCellsTests(unittest.TestCase):
    """What Excel shows another way, or not at all."""

    def setUp(self):
        self.book = Workbook()
        self.page = self.book.active
        self.page.append(list(PLAN_HEAD))
        self.page.append(["", "Tiêu chí 3.6", *LIBRARY])
        self.page.append(["", "Tiêu chí 3.1", *YARD])

    def warned(self):
        self.reading = read(self.book)
        return [
            (entry["place"], entry["message"])
            for entry in self.reading.report.warnings
            if entry["place"]
        ]

    def test_hidden_rows_and_columns_are_told(self):
        self.page.row_dimensions[3].hidden = True
        self.page.column_dimensions["G"].hidden = True
        self.assertEqual(
            self.warned(),
            [
                (
                    "trang tính “Sheet”",
                    "Cột bị ẩn (G) vẫn được đọc; hãy xem lại.",
                ),
                ("trang tính “Sheet”, dòng 3", "Dòng này bị ẩn trong tệp."),
            ],
        )
        self.assertEqual(rows_of(self.reading, *KEYS), [LIBRARY, YARD])

    def test_formula_without_a_value_and_one_with_an_error_are_told(self):
        self.page["G2"] = "=1000+2000"
        self.page["G3"] = "#DIV/0!"
        self.page["G3"].data_type = "e"
        told = dict(self.warned())
        self.assertIn(
            "Ô G2 có công thức chưa có kết quả", told["trang tính “Sheet”, dòng 2"]
        )
        self.assertIn("Ô G3 báo lỗi công thức", told["trang tính “Sheet”, dòng 3"])

    def test_comment_of_a_cell_is_listed(self):
        self.page["D2"].comment = Comment("Xem lại số đầu sách", "phó")
        self.warned()
        self.assertEqual(leftovers(self.reading), ["Xem lại số đầu sách"])

    def test_list_of_people_below_the_table_is_no_row_of_it(self):
        self.page.append([])
        self.page.append(["TT", "Họ và tên", "Chức vụ"])
        self.page.append([1, "Bùi Thị Na", "Hiệu trưởng"])
        self.warned()
        self.assertEqual(rows_of(self.reading, *KEYS), [LIBRARY, YARD])
        self.assertEqual(self.reading.as_json()["signatures"], [])

    def test_plans_of_two_years_on_two_sheets_are_doubted(self):
        self.page.title = "2024-2025"
        other = self.book.create_sheet("2023-2024")
        for row in (list(PLAN_HEAD), ["", "Tiêu chí 3.6", *LIBRARY]):
            other.append(row)
        ((place, message),) = self.warned()
        self.assertEqual(place, "trang tính “2023-2024”")
        self.assertIn("năm học 2023-2024", message)
