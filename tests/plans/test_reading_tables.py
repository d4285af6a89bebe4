"""Tables as schools really make them: the reader finds each row and says what it did."""

import datetime
import unittest

import docx
from openpyxl import Workbook

from tests.plans.wordfiles import (
    LIBRARY,
    PLAN_HEAD,
    YARD,
    add_table,
    excel,
    leftovers,
    messages,
    read,
    rows_of,
    word_plan,
    xml,
)

STANDARD_3 = ("1", "Tiêu chuẩn 3: Cơ sở vật chất")
KEYS = ("goal", "actions", "responsible", "schedule", "budget", "support", "note")


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


class LabelTests(unittest.TestCase):
    def criteria(self, *spellings):
        rows = [("", text, *LIBRARY) for text in spellings]
        return rows_of(read(word_plan(*rows)), "criterion", "criterion_title")

    def test_criteria_in_all_spellings(self):
        self.assertEqual(
            self.criteria(
                "Tiêu chí 2. 3\nĐối với nhân viên",
                "TC 3.5",
                "1.10",
                "Tiêu chí 1.8:",
                "Tiêu chí\n3.1",
                "TIÊU CHÍ 3.5. Thiết bị",
                "Tiêu chí 1,4 - Tổ chuyên môn",
            ),
            [
                ("2.3", "Đối với nhân viên"),
                ("3.5", ""),
                ("1.10", ""),
                ("1.8", ""),
                ("3.1", ""),
                ("3.5", "Thiết bị"),
                ("1.4", "Tổ chuyên môn"),
            ],
        )

    def levels(self, *rows):
        reading = read(word_plan(*rows))
        return rows_of(reading, "level", "standard"), reading

    def test_levels_above_the_standards(self):
        row = ("", "Tiêu chí 3.6", *LIBRARY)
        found, reading = self.levels(
            ("MỤC 2",), STANDARD_3, row, ("Mức 1, 2, 3",), STANDARD_3, row
        )
        self.assertEqual(found, [("2", 3), ("1, 2, 3", 3)])
        self.assertEqual(reading.as_json()["grouping"], "level_first")
        self.assertEqual(reading.as_json()["standard_titles"], {"3": "Cơ sở vật chất"})

    def test_levels_inside_the_standards(self):
        row = ("", "Tiêu chí 3.6", *LIBRARY)
        level_row = ("", "Mức 3", *[""] * 7)
        found, reading = self.levels(
            ("1", "Tiêu chuẩn 3: Cơ sở vật chất\nMức 2"), row, level_row, row
        )
        self.assertEqual(found, [("2", 3), ("3", 3)])
        self.assertEqual(reading.as_json()["grouping"], "standard_first")

    def test_standard_and_level_in_columns_of_their_own(self):
        head = ("Tiêu chuẩn", "Mức", "Tiêu chí", *PLAN_HEAD[2:])
        document = word_plan(
            ("3. Cơ sở vật chất", "2", "3.1", *YARD),
            ("", "", "3.6", *LIBRARY),
            head=head,
        )
        cells = document.tables[0].columns
        cells[0].cells[1].merge(cells[0].cells[2])
        cells[1].cells[1].merge(cells[1].cells[2])
        reading = read(document)
        self.assertEqual(
            rows_of(reading, "level", "standard", "criterion"),
            [("2", 3, "3.1"), ("2", 3, "3.6")],
        )
        self.assertEqual(rows_of(reading, *KEYS), [YARD, LIBRARY])

    def test_standard_and_criterion_in_one_cell(self):
        text = "Tiêu chuẩn 3: Cơ sở vật chất\nTiêu chí 3.6: Thư viện"
        reading = read(word_plan(("1", text, *LIBRARY)))
        self.assertEqual(
            rows_of(reading, "standard", "criterion", "criterion_title", *KEYS),
            [(3, "3.6", "Thư viện", *LIBRARY)],
        )

    def test_row_without_a_number_keeps_its_texts_and_is_flagged(self):
        reading = read(word_plan(STANDARD_3, ("", "Thư viện", *LIBRARY)))
        self.assertEqual(
            rows_of(reading, "standard", "criterion", "criterion_title"),
            [(3, "", "Thư viện")],
        )
        self.assertEqual(
            messages(reading), ["Không thấy số của tiêu chí; hãy chọn tiêu chí."]
        )

    def test_row_over_the_table_at_its_end_closes_it(self):
        closing = "Mức 4: Trường không có kế hoạch cải tiến vì không đạt."
        reading = read(word_plan(("", "Tiêu chí 3.6", *LIBRARY), (closing,)))
        self.assertEqual(reading.as_json()["closing_rows"], [closing])


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


class BrokenRowTests(unittest.TestCase):
    def test_sentence_torn_by_a_page_is_joined(self):
        torn = ("", "Tiêu chí 3.6", "Đủ sách", "Mỗi lớp lập", *LIBRARY[2:])
        rest = ("", "", "", "một tủ sách.", *[""] * 5)
        reading = read(word_plan(torn, rest))
        self.assertEqual(rows_of(reading, "actions"), [("Mỗi lớp lập một tủ sách.",)])
        self.assertEqual(
            messages(reading), ["Dòng này được nối vào tiêu chí 3.6 ở trên."]
        )

    def test_new_lines_of_a_broken_row_stay_lines(self):
        torn = ("", "Tiêu chí 3.6", "Đủ sách", "- Lập tủ sách.", *LIBRARY[2:])
        rest = ("", "", "", "- Góp sách.", *[""] * 5)
        reading = read(word_plan(torn, rest))
        self.assertEqual(
            rows_of(reading, "actions"), [("- Lập tủ sách.\n- Góp sách.",)]
        )

    def test_whole_row_without_criterion_is_another_of_the_same(self):
        reading = read(word_plan(("", "Tiêu chí 3.6", *LIBRARY), ("", "", *YARD)))
        self.assertEqual(
            rows_of(reading, "criterion", *KEYS), [("3.6", *LIBRARY), ("3.6", *YARD)]
        )

    def test_criterion_merged_over_two_rows_holds_for_both(self):
        document = word_plan(("", "Tiêu chí 3.6", *LIBRARY), ("", "", *YARD))
        cells = document.tables[0].columns[1].cells
        cells[1].merge(cells[2])
        reading = read(document)
        self.assertEqual(
            rows_of(reading, "criterion", *KEYS), [("3.6", *LIBRARY), ("3.6", *YARD)]
        )
        self.assertEqual(messages(reading), [])

    def test_cell_merged_over_rows_counts_for_each(self):
        document = word_plan(
            ("", "Tiêu chí 3.1", *YARD), ("", "Tiêu chí 3.6", *LIBRARY)
        )
        table = document.tables[0]
        table.cell(2, 4).text = ""
        table.cell(1, 4).merge(table.cell(2, 4))
        self.assertEqual(
            rows_of(read(document), "responsible"), [("Kế toán",), ("Kế toán",)]
        )

    def test_table_split_over_sections_goes_on(self):
        document = word_plan(("", "Tiêu chí 3.1", *YARD))
        document.add_section()
        add_table(document, [("", "Tiêu chí 3.6", *LIBRARY)])
        document.add_page_break()
        add_table(document, [PLAN_HEAD, ("", "Tiêu chí 3.5", *YARD)])
        reading = read(document)
        self.assertEqual(rows_of(reading, "criterion"), [("3.1",), ("3.6",), ("3.5",)])
        self.assertEqual(rows_of(reading, *KEYS), [YARD, LIBRARY, YARD])

    def test_row_that_lost_a_cell_is_flagged(self):
        document = word_plan(("", "Tiêu chí 3.6", *LIBRARY[:-1], "Đã hoàn thành"))
        row = document.tables[0].rows[1]._tr
        row.remove(row.tc_lst[6])
        reading = read(document)
        self.assertEqual(
            messages(reading), ["Dòng thiếu ô so với đầu bảng; hãy xem lại các cột."]
        )
        self.assertEqual(rows_of(reading, "note"), [("Đã hoàn thành",)])

    def test_row_that_lost_its_first_cell_is_put_right(self):
        document = word_plan(("", "Tiêu chí 3.6", *LIBRARY))
        row = document.tables[0].rows[1]._tr
        row.remove(row.tc_lst[0])
        reading = read(document)
        self.assertEqual(rows_of(reading, *KEYS), [LIBRARY])
        self.assertEqual(
            messages(reading), ["Các ô bị lệch cột, đã xếp lại theo tiêu chí."]
        )


class TrackedChangesTests(unittest.TestCase):
    def setUp(self):
        self.document = word_plan(
            ("", "Tiêu chí 3.6", *LIBRARY), ("", "Tiêu chí 3.1", *YARD)
        )
        self.table = self.document.tables[0]

    def test_inserted_text_counts_and_deleted_text_is_gone(self):
        paragraph = self.table.cell(1, 2).paragraphs[0]._p
        paragraph.append(xml("<w:ins><w:r><w:t> mới</w:t></w:r></w:ins>"))
        paragraph.append(xml("<w:del><w:r><w:delText> cũ</w:delText></w:r></w:del>"))
        paragraph.append(xml("<w:moveFrom><w:r><w:t> đi</w:t></w:r></w:moveFrom>"))
        goals = rows_of(read(self.document), "goal")
        self.assertEqual(goals[0], (f"{LIBRARY[0]} mới",))

    def test_deleted_row_is_gone(self):
        row = self.table.rows[1]._tr
        row.insert(0, xml("<w:trPr><w:del w:id='1' w:author='a'/></w:trPr>"))
        self.assertEqual(rows_of(read(self.document), "criterion"), [("3.1",)])

    def test_deleted_paragraph_mark_joins_two_lines(self):
        cell = self.table.cell(1, 2)
        cell.text = "Tủ sách\n"
        cell.text = "Tủ sách "
        cell.add_paragraph("lớp học")
        mark = xml("<w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>")
        cell.paragraphs[0]._p.insert(0, mark)
        self.assertEqual(rows_of(read(self.document), "goal")[0], ("Tủ sách lớp học",))


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
