from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import SimpleTestCase, TestCase

from plans.editing import PlanLockedError
from plans.models import ActionRow, FocusIssue, ImprovementPlan
from plans.taking import (
    AlreadyTakenError,
    CannotTakeError,
    first_sentence,
    plans_for,
    take_limitation,
    why_no_plan,
)
from tests.factories.assessments import (
    WEAKNESS,
    make_assessment,
    meet,
    review_of,
    write_weakness,
)
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory, make_cast


class TakeCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()

    def take(self, review, plan, by=None):
        return take_limitation(review, plan, by=by or self.cast.contributor)


class Take2026Tests(TakeCase):
    def setUp(self):
        self.plan = make_plan(2026, school=self.cast.school)
        self.review = write_weakness(make_assessment(2026, school=self.cast.school))

    def test_limitation_becomes_an_issue_and_its_row(self):
        row = self.take(self.review, self.plan)
        issue = self.plan.focus_issues.get()
        self.assertEqual(self.plan.rows.get(), row)
        self.assertEqual(issue.limitation, WEAKNESS["limitations"])
        self.assertEqual(issue.current_state, WEAKNESS["current_state"])
        self.assertEqual(issue.cause, WEAKNESS["cause"])
        self.assertEqual(row.content, "Ít học sinh mượn sách.")
        self.assertEqual(row.focus_issue, issue)
        for line in (issue, row):
            self.assertEqual(line.source_review, self.review)
            self.assertEqual(line.criterion, self.review.criterion)
            self.assertEqual(line.standard, self.review.criterion.standard)

    def test_never_twice(self):
        self.take(self.review, self.plan)
        with self.assertRaisesMessage(AlreadyTakenError, "1.3 Ít học sinh mượn sách."):
            self.take(self.review, self.plan)
        self.assertEqual(ActionRow.objects.count(), 1)
        self.assertEqual(FocusIssue.objects.count(), 1)

    def test_database_itself_refuses_a_second_row(self):
        row = self.take(self.review, self.plan)
        row.pk, row._state.adding = None, True
        with self.assertRaises(IntegrityError), transaction.atomic():
            row.save()

    def test_row_deleted_by_the_school_can_be_taken_again_under_its_issue(self):
        self.take(self.review, self.plan).delete()
        FocusIssue.objects.update(limitation="Đã viết lại.")
        row = self.take(self.review, self.plan)
        self.assertEqual(row.focus_issue.limitation, "Đã viết lại.")
        self.assertEqual(FocusIssue.objects.count(), 1)

    def test_review_without_a_limitation_is_refused(self):
        empty = review_of(self.review.assessment, "1.4")
        with self.assertRaises(CannotTakeError):
            self.take(empty, self.plan)
        self.assertEqual(ActionRow.objects.count(), 0)

    def test_plan_of_another_school_or_a_far_year_is_refused(self):
        for plan in (
            make_plan(2026),
            make_plan(2025, school=self.cast.school),
            make_plan(2028, school=self.cast.school),
        ):
            with self.subTest(plan=plan), self.assertRaises(CannotTakeError):
                take_limitation(self.review, plan, by=None)

    def test_locked_plan_is_refused(self):
        ImprovementPlan.objects.update(status="submitted")
        with self.assertRaises(PlanLockedError):
            self.take(self.review, self.plan)

    def test_viewer_and_stranger_are_refused(self):
        for actor in ("viewer", "officer", "stranger"):
            with self.subTest(actor), self.assertRaises(PermissionDenied):
                self.take(self.review, self.plan, by=getattr(self.cast, actor))


class TakeOfSeveralLevelsTests(TakeCase):
    def test_row_stands_under_its_level_of_schooling(self):
        levels = ["lower_secondary", "upper_secondary"]
        school = SchoolFactory(levels=levels)
        plan = make_plan(2026, school=school)
        assessment = make_assessment(2026, school=school)
        for code in reversed(levels):
            review = write_weakness(assessment, schooling=code)
            take_limitation(review, plan, by=None)
        found = plan.rows.values_list("education_level", flat=True)
        self.assertEqual(list(found), levels)


class Take2018Tests(TakeCase):
    def setUp(self):
        self.assessment = make_assessment(2024, school=self.cast.school)
        self.review = write_weakness(self.assessment, "1.3")

    def test_weak_point_becomes_a_row_at_the_next_level(self):
        plan = make_plan(2024, school=self.cast.school)
        for reached, expected in ((0, "1"), (1, "2"), (2, "3"), (3, "3")):
            self.review.checks.all().delete()
            ActionRow.objects.all().delete()
            meet(self.assessment, reached)
            with self.subTest(reached=reached):
                row = self.take(self.review, plan)
                self.assertEqual(row.level, expected)
                self.assertEqual(
                    row.goal,
                    "Khắc phục điểm yếu: Ít học sinh mượn sách.\n"
                    f"Tiêu chí 1.3 đạt Mức {expected}.",
                )
            self.assessment.level_four_checks.all().delete()
            self.clear_checks()

    def clear_checks(self):
        for review in self.assessment.reviews.all():
            review.checks.all().delete()

    def test_row_takes_the_criterion_with_its_title(self):
        row = self.take(self.review, make_plan(2024, school=self.cast.school))
        self.assertEqual(row.criterion, self.review.criterion)
        self.assertEqual(row.criterion_title, self.review.criterion.title)
        self.assertEqual(FocusIssue.objects.count(), 0)

    def test_into_a_plan_of_2026_the_crosswalk_suggests_the_criterion(self):
        review = write_weakness(make_assessment(2025, school=self.cast.school), "1.1")
        plan = make_plan(2026, school=self.cast.school)
        row = self.take(review, plan)
        suggested = review.criterion.crosswalk.to.all()
        self.assertIn(row.criterion, suggested)
        self.assertEqual(row.standard.circular, plan.circular)
        self.assertEqual(row.focus_issue.criterion, row.criterion)
        self.assertEqual(row.source_review, review)


class PlansForTests(TakeCase):
    def setUp(self):
        self.assessment = make_assessment(2025, school=self.cast.school)

    def test_open_plans_of_the_same_and_the_next_year_are_offered(self):
        for year in (2024, 2025, 2026, 2027):
            make_plan(year, school=self.cast.school)
        make_plan(2026)
        years = [plan.school_year.first_year for plan in plans_for(self.assessment)]
        self.assertEqual(years, [2025, 2026])

    def test_reason_says_what_to_do(self):
        self.assertIn("Hãy lập kế hoạch", why_no_plan(self.assessment))
        make_plan(2026, school=self.cast.school, status="submitted")
        self.assertFalse(plans_for(self.assessment).exists())
        self.assertIn("rút lại", why_no_plan(self.assessment))


class FirstSentenceTests(SimpleTestCase):
    def test_names_a_limitation(self):
        for text, expected in (
            ("Thiếu phòng học.", "Thiếu phòng học."),
            ("- Thiếu phòng. Thiếu sách.", "Thiếu phòng."),
            ("Thiếu phòng\nThiếu sách", "Thiếu phòng"),
            (
                "Có 1.250 bản sách, thiếu 2.5 m. Đã cũ.",
                "Có 1.250 bản sách, thiếu 2.5 m.",
            ),
            ("  Chưa đạt (TT. 17). ", "Chưa đạt (TT. 17)."),
            ("Sách, v.v. đã cũ.", "Sách, v.v. đã cũ."),
        ):
            with self.subTest(text):
                self.assertEqual(first_sentence(text), expected)
