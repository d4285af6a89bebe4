"""Rows that Word tore apart, merged or keeps the changes of."""

import unittest

from tests.forms import PLAN_HEAD
from tests.plans.wordfiles import (
    KEYS,
    LIBRARY,
    YARD,
    add_table,
    messages,
    read,
    rows_of,
    word_plan,
    xml,
)


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
