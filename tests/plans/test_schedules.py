import unittest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plans.schedules import FIRST_YEAR, LAST_YEAR, parse


def span(*numbers):
    first, last = numbers[:3], numbers[3:]
    return date(*first), date(*last)


READ_IN_2026 = {
    "Tháng 9/2026": span(2026, 9, 1, 2026, 9, 30),
    "tháng 02/2027": span(2027, 2, 1, 2027, 2, 28),
    "Tháng 12 năm 2022 đến tháng 8 năm 2026": span(2022, 12, 1, 2026, 8, 31),
    "Tháng 9/2021\nTháng 5/2022": span(2021, 9, 1, 2022, 5, 31),
    "Tháng 9/2021-tháng 5/2022": span(2021, 9, 1, 2022, 5, 31),
    "Tháng 8, 9/2020 và tháng 5/2021": span(2020, 8, 1, 2021, 5, 31),
    "Từ 05/9/2022 đến 31/5/2026": span(2022, 9, 5, 2026, 5, 31),
    "Từ 15/10/2024 đến 15/01/2025": span(2024, 10, 15, 2025, 1, 15),
    "Từ 05/9 đến 31/12": span(2026, 9, 5, 2026, 12, 31),
    "Tháng 10": span(2026, 10, 1, 2026, 10, 31),
    "Từ tháng 10 đến tháng 3": span(2026, 10, 1, 2027, 3, 31),
    "10/2026": span(2026, 10, 1, 2026, 10, 31),
    "Học kỳ I": span(2026, 9, 1, 2027, 1, 15),
    "HK2": span(2027, 1, 16, 2027, 5, 31),
    "Học kỳ I và II": span(2026, 9, 1, 2027, 5, 31),
    "Học kỳ I: 01 bài/khối\nHọc kỳ II: 01 bài/khối": span(2026, 9, 1, 2027, 5, 31),
    "Học kỳ I, năm học 2025 - 2026": span(2025, 9, 1, 2026, 1, 15),
    "Cả năm học": span(2026, 9, 1, 2027, 5, 31),
    "Hằng quý": span(2026, 9, 1, 2027, 5, 31),
    "Thường xuyên": span(2026, 9, 1, 2027, 5, 31),
}
NOT_READ = (
    "",
    "Khi có kinh phí",
    "Tuần 18",
    "1/3 số lớp",
    "Tháng 13/2026",
    "Ngày 31/02/2027",
    "Từ tháng 6 năm 2023 đến tháng 5 của năm học sau.",
    "Từ tháng 1 năm 2023 đến những năm tiếp theo",
    "Từ tháng 6 từng năm học đến tháng 8 năm học",
)


class ScheduleTests(unittest.TestCase):
    def test_what_people_type_is_read(self):
        for text, expected in READ_IN_2026.items():
            with self.subTest(text):
                self.assertEqual(parse(text, 2026), expected)

    def test_what_cannot_be_told_is_left_alone(self):
        for text in NOT_READ:
            with self.subTest(text):
                self.assertIsNone(parse(text, 2026))


DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(2099, 12, 31))
WORDS = [
    "tháng",
    "học kỳ",
    "từ",
    "đến",
    "năm",
    "I",
    "II",
    "/",
    "-",
    ",",
    "2026",
    "ngày",
]
# Words and numbers of schedules in any order, besides any text at all.
SCRAPS = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.integers(0, 40).map(str),
        st.text(max_size=5),
    ),
    max_size=12,
).map(" ".join)


class AnyScheduleTests(unittest.TestCase):
    @given(st.one_of(st.text(), SCRAPS), st.integers(2018, 2100))
    def test_any_text_is_nothing_or_a_span_in_order(self, text, first_year):
        found = parse(text, first_year)
        if found is not None:
            start, end = found
            self.assertLessEqual(start, end)
            self.assertGreaterEqual(start.year, FIRST_YEAR)
            self.assertLessEqual(end.year, LAST_YEAR)

    @given(DAYS, st.integers(0, 400), st.integers(2018, 2098))
    def test_two_days_written_out_are_read_exactly(self, start, length, first_year):
        end = min(start + timedelta(days=length), date(2099, 12, 31))
        text = f"Từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}"
        self.assertEqual(parse(text, first_year), (start, end))

    @given(st.integers(1, 12), st.integers(2018, 2098))
    def test_month_without_a_year_falls_into_the_school_year(self, month, first_year):
        start, end = parse(f"Tháng {month}", first_year)
        self.assertEqual(start.month, month)
        self.assertTrue(date(first_year, 7, 1) <= start <= end)
        self.assertLess(end, date(first_year + 1, 7, 1))

    @given(st.sampled_from(["", "và tháng 6", "năm học"]), st.integers(2018, 2098))
    def test_reading_ignores_case_and_accents(self, noise, first_year):
        text = f"Học kỳ II {noise}"
        self.assertEqual(
            parse(text.upper(), first_year), parse(text.lower(), first_year)
        )
