"""How schools write levels, standards and criteria in their tables."""

import unittest

from tests.forms import PLAN_HEAD
from tests.plans.wordfiles import (
    KEYS,
    LIBRARY,
    STANDARD_3,
    YARD,
    messages,
    read,
    rows_of,
    word_plan,
)


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
