from django.test import TestCase

from criteria.models import Circular
from criteria.selection import DoesNotApply, NoCircular, check_applies, circular_for
from schools.enums import LevelOfSchooling
from schools.models import SchoolYear
from tests.factories.criteria import load_catalogues


class SelectionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.year_2025 = SchoolYear.objects.create(first_year=2025)
        cls.year_2026 = SchoolYear.objects.create(first_year=2026)

    def chosen(self, year):
        found = {}
        for level in LevelOfSchooling:
            try:
                found[level.value] = str(circular_for(level, year))
            except NoCircular as error:
                found[level.value] = str(error)
        return found

    def test_year_of_2025_follows_the_circulars_of_2018(self):
        self.assertEqual(
            self.chosen(self.year_2025),
            {
                "preschool": "Thông tư 19/2018/TT-BGDĐT",
                "primary": "Thông tư 17/2018/TT-BGDĐT",
                "lower_secondary": "Thông tư 18/2018/TT-BGDĐT",
                "upper_secondary": "Thông tư 18/2018/TT-BGDĐT",
                "multi_level": "Thông tư 18/2018/TT-BGDĐT",
                "continuing": "Không có thông tư nào áp dụng cho cấp học Giáo dục "
                "thường xuyên trong năm học 2025-2026.",
            },
        )

    def test_year_of_2026_follows_the_annexes_of_57_2026(self):
        annexes = {
            "preschool": "I",
            "primary": "II",
            "lower_secondary": "II",
            "upper_secondary": "II",
            "multi_level": "II",
            "continuing": "III",
        }
        self.assertEqual(
            self.chosen(self.year_2026),
            {k: f"Thông tư 57/2026/TT-BGDĐT, Phụ lục {v}" for k, v in annexes.items()},
        )

    def test_school_without_a_level_is_told_so(self):
        with self.assertRaisesMessage(NoCircular, "Trường chưa khai báo cấp học"):
            circular_for(None, self.year_2026)

    def refusal(self, number, level, year, annex=""):
        circular = Circular.objects.get(number=f"{number}/TT-BGDĐT", annex=annex)
        with self.assertRaises(DoesNotApply) as caught:
            check_applies(circular, level, year)
        return str(caught.exception)

    def test_circular_that_applies_passes(self):
        circular = Circular.objects.get(number="17/2018/TT-BGDĐT")
        self.assertIsNone(check_applies(circular, "primary", self.year_2025))

    def test_other_level_is_named_as_the_cause(self):
        self.assertEqual(
            self.refusal("17/2018", "preschool", self.year_2025),
            "Thông tư 17/2018/TT-BGDĐT không áp dụng cho cấp học Mầm non.",
        )
        self.assertEqual(
            self.refusal("57/2026", "primary", self.year_2026, annex="I"),
            "Thông tư 57/2026/TT-BGDĐT, Phụ lục I không áp dụng cho cấp học Tiểu học.",
        )

    def test_ended_circular_is_refused_with_its_successor(self):
        self.assertEqual(
            self.refusal("17/2018", "primary", self.year_2026),
            "Thông tư 17/2018/TT-BGDĐT không áp dụng cho năm học 2026-2027; hãy dùng "
            "Thông tư 57/2026/TT-BGDĐT.",
        )

    def test_coming_circular_is_refused_without_advice_where_there_is_none(self):
        self.assertEqual(
            self.refusal("57/2026", "continuing", self.year_2025, annex="III"),
            "Thông tư 57/2026/TT-BGDĐT, Phụ lục III không áp dụng cho năm học 2025-2026.",
        )

    def test_school_without_a_level_is_told_so_by_the_check(self):
        self.assertIn("chưa khai báo", self.refusal("17/2018", None, self.year_2025))
