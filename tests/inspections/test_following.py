"""After the inspection: answers, the office's word, and what the next one goes on with."""

import datetime

from django.core.exceptions import PermissionDenied

from inspections import following, taking_into_plan
from inspections.editing import InspectionError
from inspections.enums import FollowUp
from inspections.models import Recommendation
from plans.editing import PlanLockedError
from schools.enums import Role
from tests.factories.evidence import make_evidence
from tests.factories.inspections import make_inspection
from tests.factories.plans import criteria_of, make_plan
from tests.factories.schools import make_user
from tests.inspections.cases import DAY, InspectionCase


class FollowUpTests(InspectionCase):
    def setUp(self):
        self.closed = self.inspection("closed", starts_at=DAY, recommendations=1)
        self.held = self.closed.recommendations.get()

    def answer(self, by=None, text="Đã bổ sung.", **kwargs):
        by = by or self.cast.principal
        return following.answer(self.held, by=by, text=text, **kwargs)

    def state(self):
        self.held.refresh_from_db()
        return self.held.state

    def test_school_answers_with_evidence_and_the_office_closes(self):
        piece = make_evidence(self.plan, by=self.cast.editor)
        other = make_plan(2024, school=self.cast.other_school, rows=1)
        foreign = make_evidence(other, by=self.cast.stranger)
        given = self.answer(evidence=[piece, foreign])
        self.assertEqual(list(given.evidence.all()), [piece])
        self.assertEqual(self.state(), FollowUp.ANSWERED)
        following.settle(self.held, by=self.cast.officer, note="Đủ hồ sơ.")
        self.assertEqual(self.state(), FollowUp.CLOSED)
        self.assertEqual(self.held.closed_by, self.cast.officer)

    def test_office_sends_back_with_a_word_and_the_school_goes_on(self):
        self.answer()
        with self.assertRaises(InspectionError):
            following.send_back(self.held, by=self.cast.officer, note=" ")
        following.send_back(self.held, by=self.cast.officer, note="Thiếu chữ ký.")
        self.assertEqual(self.state(), FollowUp.OPEN)
        self.assertTrue(self.held.answers.last().is_from_office)
        self.answer(text="Đã ký.")
        self.assertEqual(self.state(), FollowUp.ANSWERED)

    def test_who_may_answer_and_who_may_decide(self):
        for actor in ("contributor", "viewer", "officer", "visitor", "admin"):
            with self.subTest(actor), self.assertRaises(PermissionDenied):
                self.answer(by=self.person(actor))
        for actor in (
            "principal",
            "office_viewer",
            "visitor",
            "other_officer",
            "admin",
        ):
            with self.subTest(actor), self.assertRaises(PermissionDenied):
                following.settle(self.held, by=self.person(actor), note="")
        self.assertEqual(self.state(), FollowUp.OPEN)

    def test_second_press_of_a_button_is_told(self):
        self.answer()
        with self.assertRaisesMessage(InspectionError, "đã được gửi"):
            self.answer()
        stale = Recommendation.objects.get(pk=self.held.pk)
        following.settle(self.held, by=self.cast.officer, note="Xong.")
        for deed in (following.settle, following.send_back):
            with self.assertRaises(InspectionError):
                deed(stale, by=self.cast.leader, note="Chưa.")
        with self.assertRaises(InspectionError):
            self.answer(text="Thêm nữa.")
        self.assertEqual(self.held.answers.count(), 1)

    def test_office_of_today_decides_for_one_that_has_ended(self):
        type(self.closed).objects.filter(pk=self.closed.pk).update(authority=None)
        self.answer()
        following.settle(self.held, by=self.cast.officer, note="")
        self.assertEqual(self.state(), FollowUp.CLOSED)

    def test_countdown_follows_the_rule_of_deadlines(self):
        for days, words, code in (
            (5, "Còn 5 ngày", "none"),
            (0, "Hôm nay", "due"),
            (-3, "Quá hạn 3 ngày", "overdue"),
        ):
            today = self.held.due_on - datetime.timedelta(days=days)
            found = following.countdown(self.held, today)
            self.assertEqual((found.words, found.code), (words, code))
        self.answer()
        self.held.refresh_from_db()
        late = self.held.due_on + datetime.timedelta(days=9)
        self.assertEqual(following.countdown(self.held, late).code, "none")

    def test_schools_are_told_when_the_team_has_finished(self):
        opened = self.inspection("open", recommendations=1)
        told = set(following.followed(self.cast.principal))
        self.assertEqual(told, {self.held})
        with self.assertRaises(InspectionError):
            following.answer(
                opened.recommendations.get(), by=self.cast.principal, text="Sớm."
            )

    def test_home_tells_the_school_and_then_the_office(self):
        own = following.waiting_at_home(self.cast.principal)
        self.assertEqual(
            [t.recommendation for t in own["school_follow_ups"]], [self.held]
        )
        office = following.waiting_at_home(self.cast.officer)
        self.assertEqual(office["office_follow_ups"], [])
        self.answer()
        office = following.waiting_at_home(self.cast.officer)
        self.assertEqual(
            [t.recommendation for t in office["office_follow_ups"]], [self.held]
        )


class NextInspectionTests(InspectionCase):
    def setUp(self):
        self.first = self.inspection("closed", starts_at=DAY, recommendations=2)
        self.open, self.done = self.first.recommendations.all()
        Recommendation.objects.filter(pk=self.done.pk).update(state=FollowUp.CLOSED)

    def next(self):
        return self.start(self.inspection())

    def test_next_inspection_starts_from_the_open_ones(self):
        taken = self.next().recommendations.get()
        self.assertEqual(taken.carried_from, self.open)
        self.assertEqual((taken.text, taken.owner), (self.open.text, self.open.owner))

    def test_an_open_one_is_taken_over_by_one_inspection_only(self):
        self.next()
        self.assertFalse(self.next().recommendations.exists())

    def test_the_school_has_one_task_for_it_at_any_time(self):
        second = self.next()
        tasks = following.followed(self.cast.principal).unsettled()
        self.assertEqual(list(tasks), [self.open])
        second.findings.update(result="met")
        second.attendees.create(side="school", position=1, name="A", duty="")
        self.end(second)
        self.assertEqual(list(tasks.all()), [second.recommendations.get()])

    def test_what_the_team_finds_put_right_is_settled_and_leaves_the_record(self):
        second = self.next()
        taken = second.recommendations.get()
        following.settle_on_the_day(second, taken.pk, by=self.visitor, note="Đã xem.")
        self.open.refresh_from_db()
        self.assertEqual(self.open.state, FollowUp.CLOSED)
        self.assertFalse(second.recommendations.exists())

    def test_one_of_the_record_itself_cannot_be_settled_that_way(self):
        second = self.inspection("open", recommendations=1)
        pk = second.recommendations.get().pk
        found = following.settle_on_the_day(second, pk, by=self.visitor, note="")
        self.assertIsNone(found)

    def test_the_team_deleting_its_copy_leaves_the_task(self):
        second = self.next()
        second.recommendations.all().delete()
        self.assertEqual(list(following.open_for_school(self.cast.school)), [self.open])


class IntoPlanTests(InspectionCase):
    def setUp(self):
        closed = self.inspection("closed", starts_at=DAY, recommendations=1)
        self.held = closed.recommendations.get()

    def test_row_of_each_form_begins_with_the_recommendation(self):
        for first_year, field in ((2025, "goal"), (2026, "content")):
            plan = make_plan(first_year, school=self.cast.school)
            criterion = criteria_of(plan)[0]
            row = taking_into_plan.take(
                self.held, plan, by=self.cast.editor, criterion=criterion
            )
            self.assertEqual(getattr(row, field), self.held.text)
            self.assertEqual(row.responsible, self.held.owner)
            with self.assertRaises(InspectionError):
                taking_into_plan.take(self.held, plan, by=self.cast.editor)
            self.assertEqual(plan.rows.count(), 1)

    def test_guard_of_the_plan_holds(self):
        with self.assertRaises(PlanLockedError):
            taking_into_plan.take(self.held, self.plan, by=self.cast.editor)
        plan = make_plan(2026, school=self.cast.school)
        reader = make_user(Role.VIEWER, self.cast.school)
        with self.assertRaises(PermissionDenied):
            taking_into_plan.take(self.held, plan, by=reader)


class FactoryTests(InspectionCase):
    def test_factory_tells_a_whole_day(self):
        found = make_inspection(self.plan, "issued", number=3, symbol="VHXH")
        self.assertEqual(found.findings.exclude(result="").count(), 3)
        self.assertEqual(found.authority, self.cast.office)
