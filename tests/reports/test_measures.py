from dataclasses import replace
from unittest import TestCase

from reports.official import arrangement, measures
from reports.official.document import Column, Orientation
from reports.official.lettering import bold_width_mm, line_count, name_width_mm
from reports.official.wording import addressee_lines, clean, recipient_lines
from tests.forms import PLAN_HEAD
from tests.reports import documents


class PageTests(TestCase):
    def test_text_is_165_or_252_mm_wide(self):
        expected = {Orientation.PORTRAIT: 165, Orientation.LANDSCAPE: 252}
        self.assertEqual(measures.TEXT_WIDTH_MM, expected)

    def test_letterhead_and_closing_fill_the_text_width(self):
        for widths in (measures.LETTERHEAD_MM, measures.CLOSING_MM):
            sums = {orientation: sum(pair) for orientation, pair in widths.items()}
            self.assertEqual(sums, measures.TEXT_WIDTH_MM)


class TableTests(TestCase):
    def test_ten_columns_are_set_smaller(self):
        self.assertEqual([measures.table_size_pt(n) for n in (5, 9, 10)], [12, 12, 11])

    def test_widths_of_the_forms_stay_as_they_are(self):
        plan = documents.table(PLAN_HEAD, documents.LEGACY_WIDTHS, [])
        widths = measures.column_widths_mm(plan, Orientation.LANDSCAPE)
        self.assertEqual(widths, documents.LEGACY_WIDTHS)

    def test_odd_widths_are_scaled_to_whole_millimetres_of_the_text(self):
        plan = documents.table(("a", "b", "c"), (1, 1, 1), [])
        plan = replace(plan, columns=(Column(33.3), Column(33.3), Column(33.3)))
        widths = measures.column_widths_mm(plan, Orientation.PORTRAIT)
        self.assertEqual(widths, (55, 55, 55))


class RuleTests(TestCase):
    def test_motto_is_as_long_as_measured_in_the_face(self):
        for text, size, expected in (
            (measures.NATION, 12, 88.3),
            (measures.MOTTO, 13, 56.1),
            ("TRƯỜNG TIỂU HỌC NGUYỄN SƠN HÀ", 12, 77.6),
        ):
            with self.subTest(text):
                self.assertAlmostEqual(bold_width_mm(text, size), expected, delta=0.5)

    def test_rule_is_a_third_to_a_half_of_every_wrapped_name(self):
        for name in (
            "TRƯỜNG MẦM NON 20/10",
            "TRƯỜNG TIỂU HỌC NGUYỄN SƠN HÀ",
            "TRƯỜNG TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ NGUYỄN BỈNH KHIÊM",
            "TRUNG TÂM GIÁO DỤC NGHỀ NGHIỆP - GIÁO DỤC THƯỜNG XUYÊN QUẬN 3",
        ):
            line = arrangement.ruled_line(name, 12, 71, measures.PARTIAL_RULE)
            last = _last_line(name, line.width_mm)
            with self.subTest(name):
                ratio = line.rule_mm / bold_width_mm(last, 12)
                self.assertTrue(1 / 3 <= ratio <= 1 / 2, ratio)

    def test_long_name_is_broken_in_the_middle(self):
        line = arrangement.issuer_line(documents.portrait_report())
        self.assertEqual(_last_line(line.text, line.width_mm), "NGUYỄN SƠN HÀ")


class NameTests(TestCase):
    """An office's name that needs two lines of the letterhead (71 mm) wraps before its
    place, and not in the middle of a word of two syllables."""

    NAMES = (
        ("ỦY BAN NHÂN DÂN", "PHƯỜNG AN PHƯỚC"),
        ("PHÒNG VĂN HÓA - XÃ HỘI", "PHƯỜNG AN PHƯỚC"),
        ("PHÒNG VĂN HÓA - XÃ HỘI", "XÃ PHƯỚC ĐÔNG"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "THÀNH PHỐ HẢI BÌNH"),
        # Names without a place wrap into even lines.
        ("TRƯỜNG TIỂU HỌC", "NGUYỄN SƠN HÀ"),
    )

    def test_lines_break_before_the_place(self):
        for first, second in self.NAMES:
            with self.subTest(name=f"{first} {second}"):
                width = name_width_mm(f"{first} {second}", 13, 71)
                self.assertLessEqual(width, 71)
                longer = f"{first} {second.split()[0]}"
                self.assertLessEqual(bold_width_mm(first, 13), width)
                self.assertLessEqual(bold_width_mm(second, 13), width)
                self.assertGreater(bold_width_mm(longer, 13), width)

    def test_short_and_very_long_names_take_the_lines_they_need(self):
        self.assertEqual(line_count("UBND PHƯỜNG AN", 13, 71), 1)
        self.assertEqual(
            line_count("UBND PHƯỜNG AN", 13, name_width_mm("UBND PHƯỜNG AN", 13, 71)), 1
        )
        long = f"{' '.join(['TRUNG TÂM'] * 6)} THÀNH PHỐ HẢI BÌNH"
        self.assertEqual(
            line_count(long, 13, name_width_mm(long, 13, 71)), line_count(long, 13, 71)
        )


class WordingTests(TestCase):
    def test_recipients_get_bullets_and_marks(self):
        given = ("- UBND xã (để b/c);", "Trang TTĐT", "Lưu: VT, HĐTĐG.")
        expected = ("- UBND xã (để b/c);", "- Trang TTĐT;", "- Lưu: VT, HĐTĐG.")
        self.assertEqual(recipient_lines(given), expected)

    def test_nobody_receives_nothing(self):
        self.assertEqual(recipient_lines(("", " ; ")), ())

    def test_one_addressee_stands_on_the_line_of_the_label(self):
        self.assertEqual(addressee_lines(("UBND xã;",)), ("Kính gửi: UBND xã",))

    def test_several_addressees_stand_on_a_line_each(self):
        expected = ("Kính gửi:", "- UBND xã;", "- Sở GD&ĐT.")
        self.assertEqual(addressee_lines(("UBND xã", "Sở GD&ĐT")), expected)

    def test_texts_become_nfc_without_control_characters(self):
        self.assertEqual(
            clean("Ho\u0300a\x00\x0b\ud800\ufffe Xa\u0301\r\n"), "Hòa Xá\n"
        )


def _last_line(text, width):
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        line = longer if bold_width_mm(longer, 12) <= width else word
    return line
