"""The way of an inspection: every deed by every person in every state, and what it needs."""

import datetime
from unittest.mock import patch

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from inspections import recording, workflow
from inspections.editing import (
    InspectionError,
    RecordLockedError,
    arranging,
    delete,
)
from inspections.editing import recording as guard
from inspections.enums import InspectionStatus, Side
from inspections.models import Inspection
from inspections.workflow import CLOSE, ISSUE, OPEN, REOPEN, TRANSITIONS, perform
from tests.factories.plans import add_rows
from tests.factories.schools import SchoolFactory
from tests.inspections.cases import DAY, InspectionCase

OFFICE = {"leader", "officer"}
EXPECTED = {
    (OPEN, "planned", "open"): OFFICE | {"visitor"},
    (CLOSE, "open", "closed"): OFFICE | {"visitor"},
    (REOPEN, "closed", "open"): OFFICE,
    (ISSUE, "closed", "issued"): OFFICE,
}
ACTORS = (
    "leader",
    "officer",
    "office_viewer",
    "other_officer",
    "principal",
    "editor",
    "admin",
    "visitor",
    "stranger",
)


class TransitionTests(InspectionCase):
    def test_every_deed_by_every_person_in_every_state(self):
        for transition in TRANSITIONS.values():
            for status in InspectionStatus.values:
                inspection = self.inspection(status)
                for actor in ACTORS:
                    with self.subTest(deed=transition.key, state=status, by=actor):
                        self.check(transition, inspection, status, actor)

    def check(self, transition, inspection, status, actor):
        """`perform` and `available` agree with the table EXPECTED."""
        target = next(
            (t for (d, s, t) in EXPECTED if d is transition and s == status), None
        )
        allowed = set().union(
            *(w for (d, _, _), w in EXPECTED.items() if d is transition)
        )
        user = self.person(actor)
        is_open = target is not None and actor in allowed
        self.assertEqual(transition in workflow.available(inspection, user), is_open)
        with (
            patch.dict(workflow._CHECKS, clear=True),
            patch.dict(workflow._EFFECTS, clear=True),
        ):
            if actor not in allowed:
                with self.assertRaises(PermissionDenied):
                    perform(transition, inspection, by=user, note="Ghi sai.")
            elif target is None:
                with self.assertRaises(workflow.TransitionError):
                    perform(transition, inspection, by=user, note="Ghi sai.")
            else:
                done = perform(transition, inspection, by=user, note="Ghi sai.")
                self.assertEqual(done.status, target)
                self.assertEqual(done.events.first().actor, user)
                Inspection.objects.filter(pk=inspection.pk).update(status=status)

    def test_reopening_needs_a_reason_and_leaves_it_as_a_trace(self):
        inspection = self.inspection("closed")
        with self.assertRaises(workflow.TransitionError) as raised:
            perform(REOPEN, inspection, by=self.cast.officer, note="  ")
        self.assertIn("note", raised.exception.fields)
        perform(REOPEN, inspection, by=self.cast.officer, note="Ghi nhầm tên.")
        self.assertEqual(inspection.events.first().note, "Ghi nhầm tên.")

    def test_a_stale_page_loses_and_is_told(self):
        inspection = self.inspection()
        mine, theirs = (Inspection.objects.get(pk=inspection.pk) for _ in range(2))
        self.start(mine)
        with self.assertRaises(workflow.TransitionError) as raised:
            self.start(theirs, by=self.cast.officer)
        self.assertTrue(raised.exception.is_of_state)
        self.assertIn("Đang kiểm tra", str(raised.exception))
        self.assertEqual(inspection.events.count(), 1)
        self.assertEqual(inspection.findings.count(), 3)


class StartTests(InspectionCase):
    def test_start_takes_the_rows_of_the_plan_once(self):
        inspection = self.start(self.inspection())
        found = list(inspection.findings.all())
        rows = list(self.plan.rows.all())
        self.assertEqual([f.row for f in found], rows)
        self.assertEqual({f.result for f in found}, {""})
        self.assertIn(rows[0].criterion.code, found[0].place)
        self.assertEqual(found[0].content, rows[0].goal)

    def test_start_without_a_leader_is_refused_and_writes_nothing(self):
        inspection = self.inspection()
        inspection.attendees.filter(duty="leader").delete()
        with self.assertRaises(workflow.TransitionError) as raised:
            self.start(inspection, by=self.cast.officer)
        self.assertIn("trưởng đoàn", raised.exception.fields[""][0])
        inspection.refresh_from_db()
        self.assertEqual((inspection.status, inspection.starts_at), ("planned", None))

    def test_before_the_planned_day_only_the_office_opens_the_schools_papers(self):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        inspection = self.inspection(planned_on=tomorrow)
        with self.assertRaisesMessage(workflow.TransitionError, "đổi ngày"):
            self.start(inspection, by=self.visitor)
        self.assertEqual(self.start(inspection, by=self.cast.officer).status, "open")

    def test_start_time_is_needed_within_the_year_and_not_ahead(self):
        ahead = timezone.now() + datetime.timedelta(hours=1)
        before = DAY.replace(year=2023)
        for at in (None, ahead, before):
            with (
                self.subTest(at),
                self.assertRaises(workflow.TransitionError) as raised,
            ):
                self.start(self.inspection(), at=at)
            self.assertEqual(list(raised.exception.fields), ["starts_at"])

    def test_a_plan_made_after_the_round_is_picked_up(self):
        inspection = self.inspection()
        Inspection.objects.filter(pk=inspection.pk).update(plan=None)
        self.assertEqual(self.start(inspection).plan, self.plan)
        self.assertEqual(inspection.findings.count(), 3)

    def test_a_school_without_a_plan_is_inspected_without_rows(self):
        school = SchoolFactory(authority=self.cast.office)
        inspection = Inspection.objects.create(
            authority=self.cast.office,
            school=school,
            school_year=self.plan.school_year,
        )
        inspection.attendees.create(
            side=Side.TEAM, position=1, user=self.cast.leader, name="A", duty="leader"
        )
        self.assertEqual(self.start(inspection).findings.count(), 0)


class EndTests(InspectionCase):
    def test_end_of_a_complete_record(self):
        inspection = self.end(self.inspection("open", starts_at=DAY))
        self.assertEqual(inspection.status, "closed")

    def refusal(self, inspection, at=None):
        with self.assertRaises(workflow.TransitionError) as raised:
            self.end(inspection, at=at)
        inspection.refresh_from_db()
        self.assertEqual((inspection.status, inspection.ends_at), ("open", None))
        return raised.exception.fields

    def test_end_before_start_is_refused_at_its_field(self):
        inspection = self.inspection("open", starts_at=DAY)
        fields = self.refusal(inspection, DAY - datetime.timedelta(minutes=1))
        self.assertIn("sau giờ bắt đầu (08:00 18/03/2025)", fields["ends_at"][0])

    def test_end_at_the_minute_of_the_start_is_accepted(self):
        inspection = self.end(self.inspection("open", starts_at=DAY), at=DAY)
        self.assertEqual(inspection.ends_at, DAY)

    def test_a_row_without_a_result_is_named(self):
        inspection = self.inspection("open", starts_at=DAY)
        inspection.findings.filter(position=2).update(result="")
        self.assertIn("Còn 1 nội dung", self.refusal(inspection)[""][0])

    def test_a_row_added_to_the_plan_meanwhile_is_named_and_can_be_fetched(self):
        inspection = self.inspection("open", starts_at=DAY)
        add_rows(self.plan, 1)
        self.assertIn("thêm 1 nội dung", self.refusal(inspection)[""][0])
        count = recording.fetch_new_rows(inspection, by=self.cast.leader)
        self.assertEqual((count, inspection.findings.count()), (1, 4))
        self.assertEqual(inspection.findings.last().position, 4)

    def test_nobody_of_the_school_is_told(self):
        inspection = self.inspection("open", starts_at=DAY)
        inspection.attendees.filter(side=Side.SCHOOL).update(is_present=False)
        self.assertIn("phía nhà trường", self.refusal(inspection)[""][0])

    def test_a_day_taken_over_that_has_passed_is_told(self):
        inspection = self.inspection("open", starts_at=DAY)
        inspection.recommendations.update(due_on=DAY.date())
        self.end(inspection)
        inspection = self.inspection("open", starts_at=DAY)
        inspection.recommendations.update(due_on=DAY.date() - datetime.timedelta(1))
        self.assertIn("đặt hạn mới", self.refusal(inspection)[""][0])

    def test_a_recommendation_without_an_owner_is_told(self):
        inspection = self.inspection("open", starts_at=DAY)
        inspection.recommendations.update(owner="")
        self.assertIn("người thực hiện", self.refusal(inspection)[""][0])


class GuardTests(InspectionCase):
    def test_record_is_written_by_office_and_team_while_it_is_open(self):
        inspection = self.inspection("open")
        allowed = set()
        for actor in ACTORS:
            try:
                with guard(inspection, by=self.person(actor)):
                    allowed.add(actor)
            except PermissionDenied:
                pass
        self.assertEqual(allowed, OFFICE | {"visitor"})

    def test_no_write_before_the_start_or_after_the_end(self):
        for status in ("planned", "closed", "issued"):
            inspection = self.inspection(status)
            with self.subTest(status), self.assertRaises(RecordLockedError):
                recording.save_remarks(
                    inspection, by=self.cast.leader, strengths="Tốt."
                )

    def test_team_is_arranged_by_the_office_alone(self):
        planned = self.inspection()
        with self.assertRaises(PermissionDenied), arranging(planned, by=self.visitor):
            self.fail("the team may not choose itself")

    def test_a_person_who_left_the_house_is_in_no_team(self):
        inspection = self.inspection("open")
        self.visitor.memberships.update(ends_on=datetime.date(2025, 1, 1))
        left = type(self.visitor).objects.get(pk=self.visitor.pk)
        with self.assertRaises(PermissionDenied), guard(inspection, by=left):
            self.fail("left")
        self.assertFalse(Inspection.objects.for_user(left).exists())

    def test_only_a_planned_inspection_is_deleted(self):
        for status in InspectionStatus.values:
            inspection = self.inspection(status)
            if status == "planned":
                delete(inspection, by=self.cast.officer)
                self.assertFalse(Inspection.objects.filter(pk=inspection.pk).exists())
                continue
            with self.assertRaises(RecordLockedError):
                delete(inspection, by=self.cast.officer)

    def test_writing_to_what_was_deleted_is_told(self):
        inspection = self.inspection()
        delete(Inspection.objects.get(pk=inspection.pk), by=self.cast.officer)
        with self.assertRaisesMessage(InspectionError, "không còn nữa"):
            self.start(inspection)
