"""Tables as schools really make them: heads, and what stands around a table."""

import unittest

import docx

from tests.forms import PLAN_HEAD
from tests.plans.wordfiles import (
    KEYS,
    LIBRARY,
    STANDARD_3,
    YARD,
    add_table,
    leftovers,
    messages,
    read,
    rows_of,
    word_plan,
)


def reordered(order, row):
    return tuple(row[index] for index in order)


class HeadTests(unittest.TestCase):
    def test_columns_in_another_order_without_tt(self):
        order = (1, 3, 2, 5, 4, 8, 6, 7)
        row = ("", "Tiêu chí 3.6. Thư viện", *LIBRARY)
        reading = read(
            word_plan(reordered(order, row), head=reordered(order, PLAN_HEAD))
        )
        self.assertEqual(rows_of(reading, *KEYS), [LIBRARY])
        self.assertEqual(
            rows_of(reading, "standard", "criterion", "criterion_title"),
            [(3, "3.6", "Thư viện")],
        )
        self.assertEqual(reading.report.entries, [])

    def test_head_without_accents_with_slips_and_other_words(self):
        head = (
            "STT",
            "TIEU CHUAN / TIEU CHI",
            "Ket qua can đạt",
            "Giải pháp thực hiên",
            "Người phụ trách",
            "THỜI GIAN",
            "Kinh phí",
            "Điều kiện hổ trợ",
            "Ghi chú",
        )
        reading = read(word_plan(("", "TC 3.6 Thư viện", *LIBRARY), head=head))
        self.assertEqual(rows_of(reading, *KEYS), [LIBRARY])

    def test_extra_column_is_told_and_its_texts_are_listed(self):
        head = (*PLAN_HEAD, "Mã hồ sơ lưu")
        reading = read(word_plan(("", "Tiêu chí 3.6", *LIBRARY, "HS-12"), head=head))
        self.assertEqual(rows_of(reading, *KEYS), [LIBRARY])
        self.assertEqual(messages(reading), ["Cột “Mã hồ sơ lưu” không có trong mẫu."])
        self.assertEqual(leftovers(reading), ["HS-12"])

    def test_head_of_two_rows_with_merged_cells(self):
        document = docx.Document()
        table = document.add_table(3, 8)
        upper, lower, body = (row.cells for row in table.rows)
        upper[2].merge(upper[3]).text = "ND Kế hoạch cải tiến năm học 2023-2024"
        upper[4].merge(upper[6]).text = "Kết quả thực hiện"
        for place, text in ((0, "TT"), (1, "Tiêu chuẩn, tiêu chí"), (7, "Ghi chú")):
            upper[place].merge(lower[place]).text = text
        for place, text in enumerate(
            (
                "Kế hoạch xây dựng đầu năm",
                "Kế hoạch đã được điều chỉnh",
                "Công việc đã triển khai xong",
                "Công việc đang triển khai",
                "Công việc chưa triển khai",
            ),
            start=2,
        ):
            lower[place].text = text
        for place, text in enumerate(("", "Tiêu chí 2.4", *"abcdef")):
            body[place].text = text
        reading = read(document)
        keys = ("planned", "adjusted", "done", "in_progress", "not_done", "note")
        self.assertEqual(rows_of(reading, *keys), [tuple("abcdef")])
        self.assertEqual(reading.as_json()["kind"], "result_report")
        self.assertEqual(reading.as_json()["school_year"], "2023-2024")

    def test_short_labels_of_a_result_are_told_apart(self):
        head = (
            "TT",
            "Tiêu chuẩn, tiêu chí",
            "Nội dung kế hoạch đầu năm",
            "Nội dung đã điều chỉnh",
            "Đã triển khai xong",
            "Đang triển khai hoặc chậm",
            "Chưa triển khai",
            "Ghi chú",
        )
        keys = ("planned", "adjusted", "done", "in_progress", "not_done", "note")
        reading = read(word_plan(("", "Tiêu chí 2.4", *"abcdef"), head=head))
        self.assertEqual(rows_of(reading, *keys), [tuple("abcdef")])
        self.assertEqual(reading.report.entries, [])

    def test_numbers_under_the_head_and_a_head_repeated_are_no_rows(self):
        numbers = tuple(f"({n})" for n in range(1, 10))
        row = ("", "Tiêu chí 3.6", *LIBRARY)
        reading = read(word_plan(numbers, row, PLAN_HEAD, row))
        self.assertEqual(rows_of(reading, *KEYS), [LIBRARY, LIBRARY])


class CaptionTests(unittest.TestCase):
    def test_tables_of_their_own_under_levels_and_standards(self):
        document = docx.Document()
        document.add_paragraph("III. NỘI DUNG")
        for standard, code, cells in (("1", "1.4", LIBRARY), ("3", "3.6", YARD)):
            document.add_paragraph("MỨC 2")
            document.add_paragraph(f"Tiêu chuẩn {standard}: Tên gọi {standard}")
            add_table(document, [PLAN_HEAD, ("", f"Tiêu chí {code}", *cells)])
        reading = read(document)
        self.assertEqual(
            rows_of(reading, "level", "standard", "criterion", *KEYS),
            [("2", 1, "1.4", *LIBRARY), ("2", 3, "3.6", *YARD)],
        )
        self.assertEqual(reading.as_json()["sections"][0]["content"], "rows")
        self.assertEqual(leftovers(reading), [])

    def test_number_of_the_criterion_in_the_column_before(self):
        reading = read(word_plan(("3.6", "Thư viện", *LIBRARY)))
        self.assertEqual(
            rows_of(reading, "standard", "criterion", "criterion_title", *KEYS),
            [(3, "3.6", "Thư viện", *LIBRARY)],
        )

    def test_standard_and_criterion_on_one_line(self):
        reading = read(
            word_plan(("", "Tiêu chuẩn 3, Tiêu chí 3.6: Thư viện", *LIBRARY))
        )
        self.assertEqual(
            rows_of(reading, "standard", "criterion", "criterion_title"),
            [(3, "3.6", "Thư viện")],
        )

    def test_rows_under_levels_of_schooling(self):
        row = ("", "Tiêu chí 3.6", *LIBRARY)
        reading = read(
            word_plan(
                ("TIỂU HỌC",),
                ("MỨC 2",),
                STANDARD_3,
                row,
                ("TRUNG HỌC CƠ SỞ",),
                ("MỨC 1",),
                STANDARD_3,
                row,
            )
        )
        self.assertEqual(
            rows_of(reading, "education_level", "level"),
            [("primary", "2"), ("lower_secondary", "1")],
        )

    def test_head_in_a_table_of_its_own(self):
        document = word_plan()
        add_table(document, [("", "Tiêu chí 3.6", *LIBRARY)])
        self.assertEqual(rows_of(read(document), *KEYS), [LIBRARY])

    def test_plan_that_mentions_an_inspection_team_stays_a_plan(self):
        document = word_plan(("", "Tiêu chí 3.6", *LIBRARY))
        document.paragraphs[3].insert_paragraph_before("Thành lập tổ kiểm tra nội bộ;")
        self.assertEqual(read(document).as_json()["kind"], "improvement_plan")
