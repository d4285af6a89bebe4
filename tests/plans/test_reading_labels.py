"""Names, years and numbers in the ways they are written."""

import datetime
import unittest

from plans.reading import facts, labels, letterhead
from plans.reading.continuation import joined


class LabelTests(unittest.TestCase):
    def test_levels(self):
        for text, wanted in (
            ("MỨC 1", "1"),
            ("MỤC 2", "2"),
            ("Mức 1, 2, 3", "1, 2, 3"),
            ("mức 1-3:", "1, 2, 3"),
            ("Mức độ 3", "3"),
            ("MỨC 2 và 1", "1, 2"),
            ("Mức 4: Trường không có kế hoạch", None),
            ("Đạt được mức 2", None),
            ("Mức lương 2", None),
        ):
            with self.subTest(text=text):
                self.assertEqual(labels.level(text), wanted)

    def test_standards(self):
        for text, wanted in (
            ("Tiêu chuẩn 1: Tổ chức", ("1", "Tổ chức")),
            ("TIÊU CHUẨN III. Cơ sở vật chất", ("3", "Cơ sở vật chất")),
            ("Tiêu chuẩn 4:", ("4", "")),
            ("Tiêu chuan 5 - Kết quả", ("5", "Kết quả")),
            ("Tiêu chuẩn của Bộ", None),
        ):
            with self.subTest(text=text):
                found = labels.standard(text)
                self.assertEqual(found and (found.code, found.title), wanted)

    def test_criteria(self):
        for text, wanted in (
            ("Tiêu chí 2. 3\nĐối với nhân viên", ("2.3", "Đối với nhân viên")),
            ("TC 3.5", ("3.5", "")),
            ("TC3.5:", ("3.5", "")),
            ("1.10", ("1.10", "")),
            ("Tiêu chí 1.10. An ninh", ("1.10", "An ninh")),
            ("Tiêu chí số 3.1", ("3.1", "")),
            ("Tiêu chí 4", ("2.4", "")),
            ("Khoảng 1.10 điểm", None),
            ("3.5% học sinh", None),
        ):
            with self.subTest(text=text):
                found = labels.criterion(text, 2)
                self.assertEqual(found and (found.code, found.title), wanted)


class LetterheadTests(unittest.TestCase):
    def test_numbers(self):
        for text, wanted in (
            ("Số : 48/BC-NSH", (48, "BC", "NSH")),
            ("Số: 05/KH-TH", (5, "KH", "TH")),
            ("Số:      /KH-MN2010", (None, "KH", "MN2010")),
            ("Số: …/KH-", (None, "KH", "")),
            ("Số học sinh: 3/4", None),
        ):
            with self.subTest(text=text):
                self.assertEqual(letterhead.number_and_symbol(text), wanted)

    def test_places_and_dates(self):
        day = datetime.date(2023, 5, 16)
        for text, wanted in (
            ("Phường 3, ngày 16 tháng 5 năm 2023", ("Phường 3", day)),
            ("..., ngày .... tháng ... năm 20….", ("", None)),
            ("Tân Bình, ngày 31 tháng 02 năm 2023", ("Tân Bình", None)),
            ("Từ ngày mai", None),
            ("Quận 5, ngày 16/5/2023", ("Quận 5", day)),
            ("Kế hoạch số 12/KH-GD, ngày 16 tháng 5 năm 2023", None),
        ):
            with self.subTest(text=text):
                self.assertEqual(letterhead.place_and_date(text), wanted)


class FactTests(unittest.TestCase):
    def test_names_of_schools_in_sentences(self):
        for text, wanted in (
            ("của trường Tiểu học Yên Lạc)", ["Trường Tiểu học Yên Lạc"]),
            ("Trường Mầm non 20/10.", ["Trường Mầm non 20/10"]),
            ("Trường TH Lá Phong lập kế hoạch", ["Trường TH Lá Phong"]),
            ("Hiệu trưởng tiểu học Lá Phong", []),
            ("giáo viên trường mình", []),
        ):
            with self.subTest(text=text):
                self.assertEqual(list(facts.school_names(text)), wanted)

    def test_circular_of_each_level_and_year(self):
        self.assertEqual(facts.circular_for("primary", 2022), "17/2018/TT-BGDĐT")
        self.assertEqual(facts.circular_for("primary", 2026), "57/2026/TT-BGDĐT")
        self.assertIsNone(facts.circular_for("continuing", 2022))
        self.assertIsNone(facts.circular_for("primary", None))

    def test_halves_of_a_cell(self):
        self.assertEqual(
            joined("Kết quả năm", "2021 kết nạp"), "Kết quả năm 2021 kết nạp"
        )
        self.assertEqual(joined("Xong.", "Tiếp tục"), "Xong.\nTiếp tục")
        self.assertEqual(joined("- Một", "- Hai"), "- Một\n- Hai")
        self.assertEqual(
            joined("Tháng 9/2021", "Tháng 5/2022"), "Tháng 9/2021\nTháng 5/2022"
        )
