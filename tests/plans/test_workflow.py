from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.test import TestCase

from plans import workflow
from plans.enums import ISSUED_STATUSES, PlanStatus
from plans.models import ImprovementPlan
from schools.enums import ReviewMode
from schools.models import ReviewSetting, Supervision, User
from tests.deeds import HEAD, OFFICE, ROLES, EveryDeedCase, until_approved
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.reports import make_report
from tests.factories.schools import make_cast, school_year

LEGAL = until_approved(workflow) | {
    workflow.ISSUE: ({"approved", "adjusting"}, HEAD),
    workflow.ADJUST: ({"issued"}, HEAD),
    workflow.KEEP: ({"adjusting"}, HEAD),
    workflow.REPORT: ({"issued"}, HEAD),
    workflow.CLOSE: ({"issued", "reported"}, HEAD),
}
BY_APPROVER = (workflow.RETURN, workflow.APPROVE, workflow.REOPEN)


@pytest.mark.one_database
class EveryTransitionTests(EveryDeedCase, TestCase):
    """Every state by every deed by every role: what is not legal is refused."""

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = complete(make_plan(2024, school=cls.cast.school))
        # Without it nobody may say that the year is reported.
        make_report(cls.plan, status="issued", number=9, issued_on="2025-05-20")

    def attempt(self, transition, status, role):
        fields = {"status": status}
        if status in ISSUED_STATUSES or transition is workflow.ISSUE:
            fields |= {"number": 5, "issued_on": "2024-10-01"}
        ImprovementPlan.objects.filter(pk=self.plan.pk).update(**fields)
        self.plan.events.all().delete()  # what was received once is not received again
        user = User.objects.get(pk=getattr(self.cast, role).pk)
        try:
            workflow.perform(transition, self.plan, by=user, note="Lý do")
        except PermissionDenied:
            return "denied"
        except workflow.TransitionError:
            return "refused"
        return "done"

    def status(self):
        return ImprovementPlan.objects.get(pk=self.plan.pk).status

    def test_the_table_of_the_test_names_every_deed(self):
        self.assertEqual(set(LEGAL), set(workflow.TRANSITIONS.values()))

    def test_where_the_office_approves(self):
        self.check(LEGAL, PlanStatus.values)

    def test_where_the_head_of_school_approves(self):
        ReviewSetting.objects.create(
            authority=self.cast.office,
            school_year=self.plan.school_year,
            mode=ReviewMode.SCHOOL,
        )
        legal = LEGAL | {t: (LEGAL[t][0], HEAD) for t in BY_APPROVER}
        received = ({"issued", "reported", "closed"}, OFFICE)
        self.check(legal | {workflow.RECEIVE: received}, PlanStatus.values)

    def test_buttons_are_those_that_would_succeed(self):
        for status, role in product(PlanStatus.values, ROLES):
            ImprovementPlan.objects.filter(pk=self.plan.pk).update(
                status=status, number=5, issued_on="2024-10-01"
            )
            plan = ImprovementPlan.objects.with_header().get(pk=self.plan.pk)
            user = User.objects.get(pk=getattr(self.cast, role).pk)
            offered = {t.key for t in workflow.available(plan, user)}
            legal = {
                t.key
                for t, (states, roles) in LEGAL.items()
                if status in states and role in roles
            }
            with self.subTest(status=status, role=role):
                self.assertEqual(offered, legal)


class PerformTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(2024, school=cls.cast.school)

    def submitted(self):
        complete(self.plan)
        return workflow.perform(workflow.SUBMIT, self.plan, by=self.cast.principal)

    def test_incomplete_plan_is_not_submitted(self):
        with self.assertRaisesMessage(workflow.TransitionError, "chỗ chưa đủ"):
            workflow.perform(workflow.SUBMIT, self.plan, by=self.cast.principal)
        self.plan.refresh_from_db()
        self.assertEqual(self.plan.status, "draft")

    def test_return_without_a_reason_is_refused(self):
        plan = self.submitted()
        with self.assertRaisesMessage(workflow.TransitionError, "lý do trả lại"):
            workflow.perform(workflow.RETURN, plan, by=self.cast.officer, note="  ")
        self.assertEqual(plan.events.filter(deed="tra-lai").count(), 0)

    def test_every_deed_leaves_a_trace(self):
        plan = self.submitted()
        workflow.perform(
            workflow.RETURN, plan, by=self.cast.officer, note="Thiếu chỉ số."
        )
        event = plan.events.first()
        self.assertEqual(
            (event.deed, event.actor, event.note),
            ("tra-lai", self.cast.officer, "Thiếu chỉ số."),
        )

    def test_second_click_is_told_that_the_deed_is_done(self):
        plan = self.submitted()
        workflow.perform(workflow.APPROVE, plan, by=self.cast.officer)
        with self.assertRaisesMessage(workflow.TransitionError, "“Đã duyệt”"):
            workflow.perform(workflow.APPROVE, plan, by=self.cast.leader)

    def test_year_is_not_reported_without_an_issued_report(self):
        plan = make_plan(
            2023,
            school=self.cast.school,
            status="issued",
            number=5,
            issued_on="2023-10-05",
        )
        with self.assertRaisesMessage(workflow.TransitionError, "chưa ban hành"):
            workflow.perform(workflow.REPORT, plan, by=self.cast.principal)

    def test_running_year_is_not_closed(self):
        plan = make_plan(
            2090,
            school=self.cast.school,
            status="issued",
            number=5,
            issued_on="2090-09-05",
        )
        with self.assertRaisesMessage(workflow.TransitionError, "chưa kết thúc"):
            workflow.perform(workflow.CLOSE, plan, by=self.cast.principal)


class ReviewModeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()

    def test_office_approves_until_2025_2026_and_the_head_since(self):
        modes = {
            year: workflow.review_mode(make_plan(year, school=self.cast.school))
            for year in (2025, 2026)
        }
        self.assertEqual(modes, {2025: ReviewMode.OFFICE, 2026: ReviewMode.SCHOOL})

    def test_office_may_set_it_otherwise_for_a_year(self):
        ReviewSetting.objects.create(
            authority=self.cast.office,
            school_year=school_year(2026),
            mode=ReviewMode.OFFICE,
        )
        plan = make_plan(2026, school=self.cast.school)
        self.assertEqual(workflow.review_mode(plan), ReviewMode.OFFICE)

    def test_school_without_an_office_approves_itself(self):
        Supervision.objects.all().delete()
        plan = make_plan(2024, school=self.cast.school)
        self.assertEqual(workflow.review_mode(plan), ReviewMode.SCHOOL)
