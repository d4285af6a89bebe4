from datetime import date

from django.test import TestCase

from plans import completeness
from plans.models import FocusIssue, Monitoring
from tests.factories.criteria import load_catalogues
from tests.factories.plans import ISSUE, add_rows, complete, criteria_of, make_plan


class GapTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.plan = complete(make_plan(2026))

    def gaps(self, blocks=True):
        return [g for g in completeness.gaps(self.plan) if g.blocks is blocks]

    def test_complete_plan_has_none(self):
        self.assertEqual(self.gaps(), [])

    def test_each_legal_field_of_57_2026_is_asked_for(self):
        legal = ["content", "goal", "actions", "indicator", "schedule", "responsible"]
        row = self.plan.rows.first()
        for field in legal:
            kept = getattr(row, field)
            setattr(row, field, " ")
            row.save()
            with self.subTest(field):
                gap = self.gaps()[0]
                self.assertEqual(len(self.gaps()), 1)
                self.assertTrue(gap.url.endswith(f"/dong/{row.pk}/#id_{field}"))
            setattr(row, field, kept)
            row.save()

    def test_resources_and_evidence_are_advice(self):
        self.plan.rows.update(resources="", expected_evidence="")
        self.assertEqual(self.gaps(), [])
        self.assertEqual(len(self.gaps(blocks=False)), 4)

    def test_progress_and_reviews_may_be_empty_at_submission(self):
        self.plan.monitoring.update(result="", assessor="", content="")
        self.assertEqual(self.gaps(), [])

    def test_focus_issue_without_a_standard_is_named(self):
        issue = FocusIssue.objects.create(plan=self.plan, position=9, **ISSUE)
        gap = self.gaps()[0]
        self.assertEqual(gap.message, "Vấn đề 2: chưa chọn tiêu chuẩn")
        self.assertTrue(gap.url.endswith(f"/van-de/{issue.pk}/#id_standard"))

    def test_empty_tables_and_untouched_sections_are_named(self):
        plan = make_plan(2024)
        messages = [gap.message for gap in completeness.gaps(plan)]
        self.assertIn("Bảng kế hoạch: chưa có dòng nào", messages)
        self.assertIn("Mục “TỔ CHỨC THỰC HIỆN”: chưa có nội dung của trường", messages)

    def test_plan_for_more_than_half_of_the_criteria_is_advised_against(self):
        add_rows(self.plan, len(criteria_of(self.plan)))
        advice = self.gaps(blocks=False)
        self.assertIn("15 trong 15 tiêu chí", advice[-1].message)
        self.assertEqual(self.gaps(), [])


class ClosingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.plan = make_plan(2026)

    def obstacle(self, day):
        return completeness.closing_obstacle(self.plan, day)

    def test_year_is_closed_after_the_31st_of_may_only(self):
        Monitoring.objects.update(result="Đạt")
        self.assertIn("chưa kết thúc (31/5/2027)", self.obstacle(date(2027, 5, 31)))
        self.assertEqual(self.obstacle(date(2027, 6, 1)), "")

    def test_57_2026_asks_for_two_reviews_with_results(self):
        self.plan.monitoring.filter(position=1).update(result="Đạt")
        self.assertIn("02 lần", self.obstacle(date(2027, 6, 1)))

    def test_2018_generation_has_no_reviews_to_ask_for(self):
        plan = make_plan(2024)
        self.assertEqual(completeness.closing_obstacle(plan, date(2025, 6, 1)), "")
