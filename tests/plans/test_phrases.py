from django.test import TestCase

from plans.models import ActionRow
from plans.phrases import MOST, phrases
from plans.tables import FOCUS_ISSUES, MONITORING, ROWS
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory


class PhrasesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.school = SchoolFactory()
        cls.last = make_plan(2025, school=cls.school)
        cls.plan = make_plan(2026, school=cls.school)

    def write(self, *texts, plan=None, field="responsible"):
        ActionRow.objects.bulk_create(
            ActionRow(plan=plan or self.last, position=number, **{field: text})
            for number, text in enumerate(texts, start=1)
        )

    def test_texts_of_the_school_most_used_first_then_the_latest(self):
        self.write("Tổ trưởng", "Phó hiệu trưởng", "Kế toán", "Phó hiệu trưởng")
        self.write("Phó hiệu trưởng", "Thư viện", plan=self.plan)
        self.assertEqual(
            phrases(self.plan, ROWS, "responsible"),
            ["Phó hiệu trưởng", "Thư viện", "Kế toán", "Tổ trưởng"],
        )

    def test_at_most_eight(self):
        self.write(*(f"Người {number}" for number in range(20)))
        self.assertEqual(len(phrases(self.plan, ROWS, "responsible")), MOST)

    def test_empty_and_long_texts_are_no_phrases(self):
        self.write("", "x" * 201, "Không", field="resources")
        self.assertEqual(phrases(self.plan, ROWS, "resources"), ["Không"])

    def test_texts_of_other_schools_are_not_offered(self):
        self.write("Của trường khác", plan=make_plan(2026))
        self.assertEqual(phrases(self.plan, ROWS, "responsible"), [])

    def test_texts_that_differ_from_row_to_row_are_not_offered(self):
        self.write("Mục tiêu", field="goal")
        self.assertEqual(phrases(self.plan, ROWS, "goal"), [])
        self.assertEqual(phrases(self.plan, FOCUS_ISSUES, "cause"), [])

    def test_people_who_review_the_plan_are_offered(self):
        self.plan.monitoring.update(assessor="Hiệu trưởng")
        self.assertEqual(phrases(self.plan, MONITORING, "assessor"), ["Hiệu trưởng"])
