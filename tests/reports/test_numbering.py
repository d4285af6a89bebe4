from datetime import date
from unittest import TestCase

from qualityplan.text import roman
from reports.official.numbering import date_text, number_text


class NumberTests(TestCase):
    def test_numbers_follow_the_decree(self):
        vectors = {
            (5, "KH", "TH"): "Số: 05/KH-TH",
            (48, "BC", "NSH"): "Số: 48/BC-NSH",
            (100, "KH", "MN2010"): "Số: 100/KH-MN2010",
        }
        for arguments, expected in vectors.items():
            with self.subTest(expected):
                self.assertEqual(number_text(*arguments), expected)

    def test_a_text_without_number_leaves_room_for_it(self):
        self.assertEqual(number_text(None, "KH", "TH"), "Số:      /KH-TH")


class DateTests(TestCase):
    def test_day_and_first_two_months_get_a_leading_zero(self):
        vectors = {
            date(2026, 9, 5): "Hòa Xá, ngày 05 tháng 9 năm 2026",
            date(2026, 1, 15): "Hòa Xá, ngày 15 tháng 01 năm 2026",
            date(2026, 2, 9): "Hòa Xá, ngày 09 tháng 02 năm 2026",
            date(2026, 10, 1): "Hòa Xá, ngày 01 tháng 10 năm 2026",
            date(2026, 8, 31): "Hòa Xá, ngày 31 tháng 8 năm 2026",
        }
        for day, expected in vectors.items():
            with self.subTest(expected):
                self.assertEqual(date_text("Hòa Xá", day), expected)

    def test_a_draft_has_dots_for_the_date(self):
        expected = "Phường 3, ngày … tháng … năm …"
        self.assertEqual(date_text("Phường 3", None), expected)


class RomanTests(TestCase):
    def test_sections_are_counted_in_roman_numerals(self):
        numbers = [1, 4, 8, 9, 14, 40, 90]
        numerals = ["I", "IV", "VIII", "IX", "XIV", "XL", "XC"]
        self.assertEqual([roman(number) for number in numbers], numerals)

    def test_there_is_no_numeral_for_nothing(self):
        with self.assertRaises(ValueError):
            roman(0)
