import datetime

from django.test import TestCase

from plans.yearfile.schools import spelling_key, supervise
from schools.models import Authority, School, SchoolYear, Supervision
from tests.factories.schools import SchoolFactory, school_year
from tests.plans.yearfiles import YearFileCase, changed, sample

WARD = "ỦY BAN NHÂN DÂN PHƯỜNG AN PHƯỚC"
DISTRICT = "ỦY BAN NHÂN DÂN QUẬN 3"


def spans(school):
    held = Supervision.objects.filter(school=school).select_related("authority")
    return [(s.authority.header_line, s.starts_on, s.ends_on) for s in held]


class SuperviseTests(TestCase):
    def setUp(self):
        self.school = SchoolFactory()

    def supervise(self, superior, first_year):
        return supervise(self.school, superior, school_year(first_year))

    def test_past_year_is_recorded_from_september_to_august(self):
        self.supervise(DISTRICT, 2022)
        self.assertEqual(
            spans(self.school),
            [(DISTRICT, datetime.date(2022, 9, 1), datetime.date(2023, 8, 31))],
        )

    def test_running_year_stays_open(self):
        self.supervise(WARD, 2090)
        self.assertEqual(
            spans(self.school)[0][2], None, "a guessed end would hide the school"
        )

    def test_next_year_under_the_same_office_continues_its_span(self):
        for first_year in (2022, 2023, 2021):
            self.supervise(DISTRICT, first_year)
        self.assertEqual(
            spans(self.school),
            [(DISTRICT, datetime.date(2021, 9, 1), datetime.date(2024, 8, 31))],
        )

    def test_next_year_under_another_office_begins_after_it(self):
        self.supervise("UỶ BAN NHÂN DÂN QUẬN 1", 2022)
        self.supervise(DISTRICT, 2023)
        self.assertEqual([line for line, *_ in spans(self.school)][1], DISTRICT)
        for supervision in Supervision.objects.all():
            supervision.full_clean()

    def test_district_ends_with_the_districts(self):
        self.supervise(DISTRICT, 2024)
        self.assertEqual(spans(self.school)[0][2], datetime.date(2025, 6, 30))

    def test_known_time_is_left_as_it_is(self):
        self.supervise(DISTRICT, 2022)
        self.assertEqual(self.supervise(WARD, 2022), [])
        self.assertEqual(len(spans(self.school)), 1)

    def test_kind_and_name_are_read_from_the_line(self):
        cases = (
            (DISTRICT, 2022, "district", "Ủy ban nhân dân Quận 3"),
            ("ỦY BAN NHÂN DÂN THỊ XÃ BẾN CÁT", 2022, "district", None),
            ("ỦY BAN NHÂN DÂN THÀNH PHỐ VŨNG TÀU", 2022, "district", None),
            ("ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", 2026, "province", None),
            ("ỦY BAN NHÂN DÂN XÃ HÒA XÁ", 2026, "commune", "Ủy ban nhân dân Xã Hòa Xá"),
            ("ỦY BAN NHÂN DÂN ĐẶC KHU CÔN ĐẢO", 2026, "commune", None),
            ("SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH LÂM ĐỒNG", 2023, "province", None),
        )
        for superior, first_year, kind, name in cases:
            with self.subTest(superior):
                Supervision.objects.all().delete()
                authority = self.supervise(superior, first_year)[0]
                self.assertEqual(authority.kind, kind)
                if name:
                    self.assertEqual(authority.name, name)


class SchoolTests(YearFileCase):
    def test_school_is_created_as_the_file_describes_it(self):
        self.load(sample())
        school = School.objects.get()
        self.assertEqual(
            (school.name, school.place, school.symbol, school.level_codes),
            ("Trường Tiểu học Long Thuận", "Tân Hòa", "LT", ["primary"]),
        )

    def test_school_name_is_found_whatever_its_blanks(self):
        self.load(sample())
        document = sample("plan-2026")
        document["school"]["name"] = " Trường  Tiểu học Long Thuận "
        self.load(document)
        self.assertEqual(School.objects.count(), 1)

    def test_named_school_stands_in_where_the_file_names_none(self):
        document = changed(sample(), ("school", "name"), None)
        plan = self.load_one(document, school_name="Trường Tiểu học Mới")
        self.assertEqual(plan.school.name, "Trường Tiểu học Mới")

    def test_school_name_of_the_file_goes_before_the_named_one(self):
        plan = self.load_one(sample(), school_name="Trường Tiểu học Mới")
        self.assertEqual(plan.school.name, "Trường Tiểu học Long Thuận")

    def test_two_spellings_of_an_office_are_one_office(self):
        self.load(
            sample(), changed(sample("plan-2026"), ("school", "superior"), "UỶ BAN X")
        )
        document = sample("plan-2026")
        document["school"] |= {"name": "Trường B", "superior": "ỦY BAN X"}
        plan = self.load(document).changed[-1]
        self.assertEqual(Authority.objects.count(), 2)
        self.assertEqual(self.dumped(plan), document)

    def test_symbol_that_the_school_may_not_have_stays_with_the_plan(self):
        document = changed(sample(), ("school", "symbol"), "th lt")
        plan = self.load_one(document)
        self.assertEqual(plan.school.symbol, "")
        self.assertEqual(self.dumped(plan), document)

    def test_unchanged_plan_leaves_the_offices_alone(self):
        self.load(sample())
        Supervision.objects.all().delete()
        self.assertEqual(self.load(sample()).changed, [])
        self.assertFalse(Supervision.objects.exists())

    def test_years_of_one_school_may_name_different_offices_or_none(self):
        documents = []
        for first_year, superior in ((2021, None), (2022, DISTRICT), (2023, None)):
            document = sample("plan-preschool-2018")
            document["school_year"] = f"{first_year}-{first_year + 1}"
            document["school"]["superior"] = superior
            documents.append(document)
        outcome = self.load(*documents)
        plans = [row for row in outcome.changed if hasattr(row, "grouping")]
        self.assertEqual([self.dumped(plan) for plan in plans], documents)
        self.assertEqual(SchoolYear.objects.count(), 3)


class SpellingKeyTests(TestCase):
    def test_place_of_the_tone_mark_does_not_matter(self):
        for one, other in (("UỶ BAN", "ủy ban"), ("HOÀ BÌNH", "Hòa  Bình")):
            self.assertEqual(spelling_key(one), spelling_key(other))

    def test_other_letters_and_tones_do(self):
        for one, other in (("Hòa", "Hóa"), ("Hoa", "Hòa"), ("Quận 3", "Quân 3")):
            self.assertNotEqual(spelling_key(one), spelling_key(other))
