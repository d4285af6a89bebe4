"""What the team writes down on the day."""

import datetime

from django.core.exceptions import ValidationError

from inspections import recording
from inspections.editing import InspectionError
from tests.inspections.cases import DAY, InspectionCase


class RecordingTests(InspectionCase):
    def setUp(self):
        self.record = self.inspection("open", starts_at=DAY, recommendations=0)

    def test_finding_is_stored(self):
        finding = self.record.findings.first()
        recording.save_finding(
            self.record, finding.pk, by=self.visitor, result="unmet", remark="Thiếu."
        )
        finding.refresh_from_db()
        self.assertEqual((finding.result, finding.remark), ("unmet", "Thiếu."))

    def test_finding_written_meanwhile_is_not_written_over_unseen(self):
        finding = self.record.findings.first()
        seen = recording.fingerprint(finding, recording.FINDING)
        told = {"result": "unmet", "remark": "Của tôi."}
        recording.save_finding(
            self.record, finding.pk, by=self.cast.leader, result="met", remark="Trước."
        )
        with self.assertRaises(recording.ChangedMeanwhileError) as raised:
            recording.save_finding(
                self.record, finding.pk, by=self.visitor, seen=seen, **told
            )
        self.assertEqual(raised.exception.stored.remark, "Trước.")
        finding.refresh_from_db()
        self.assertEqual(finding.remark, "Trước.")

    def test_finding_of_another_inspection_is_not_reached(self):
        other = self.inspection("open").findings.first()
        stored = recording.save_finding(
            self.record, other.pk, by=self.cast.leader, result="unmet", remark=""
        )
        self.assertIsNone(stored)

    def test_remarks_written_meanwhile_are_not_written_over_unseen(self):
        seen = recording.fingerprint(self.record, recording.REMARKS)
        recording.save_remarks(self.record, by=self.cast.leader, strengths="Trước.")
        with self.assertRaises(recording.ChangedMeanwhileError):
            recording.save_remarks(
                self.record, by=self.visitor, seen=seen, strengths="Sau."
            )
        self.record.refresh_from_db()
        self.assertEqual(self.record.strengths, "Trước.")

    def test_presence_and_people_of_the_school(self):
        recording.add_person(
            self.record, by=self.cast.leader, name="Vũ A", job="Tổ phó"
        )
        with self.assertRaises(ValidationError):
            recording.add_person(self.record, by=self.cast.leader, name="vu a", job="")
        people = list(self.record.attendees.all())
        recording.save_presence(self.record, {people[0].pk}, by=self.cast.leader)
        present = self.record.attendees.filter(is_present=True)
        self.assertEqual(list(present), [people[0]])

    def test_team_member_is_not_removed_as_a_person_of_the_school(self):
        member = self.record.attendees.get(user=self.visitor)
        gone = recording.remove_person(self.record, member.pk, by=self.cast.leader)
        self.assertFalse(gone)
        self.assertTrue(self.record.attendees.filter(pk=member.pk).exists())

    def save(self, pk=None, **fields):
        told = {
            "text": "Bổ sung biên bản.",
            "owner": "Tổ trưởng",
            "due_on": datetime.date(2025, 5, 1),
        }
        return recording.save_recommendation(
            self.record, pk, by=self.visitor, **(told | fields)
        )

    def test_recommendations_are_numbered_and_changed(self):
        first, second = self.save(), self.save(text="Việc khác.")
        self.assertEqual((first.position, second.position), (1, 2))
        self.save(first.pk, owner="Phó hiệu trưởng")
        first.refresh_from_db()
        self.assertEqual((first.owner, first.position), ("Phó hiệu trưởng", 1))

    def test_bad_recommendations_name_their_fields_and_write_nothing(self):
        for fields in (
            {"text": " "},
            {"owner": ""},
            {"due_on": None},
            {"due_on": datetime.date(2025, 3, 17)},
            {"due_on": datetime.date(2026, 9, 1)},
        ):
            with self.subTest(fields), self.assertRaises(ValidationError) as raised:
                self.save(**fields)
            self.assertEqual(list(raised.exception.message_dict), list(fields))
        self.assertEqual(self.record.recommendations.count(), 0)

    def test_pressing_twice_stores_one_and_tells(self):
        self.save()
        with self.assertRaises(ValidationError):
            self.save()
        self.assertEqual(self.record.recommendations.count(), 1)

    def test_recommendation_the_school_has_answered_is_not_deleted(self):
        held = self.save()
        held.answers.create(text="Đã làm.", author=self.cast.principal)
        with self.assertRaises(InspectionError):
            recording.delete_recommendation(self.record, held.pk, by=self.visitor)
        other = self.save(text="Khác.")
        self.assertTrue(
            recording.delete_recommendation(self.record, other.pk, by=self.visitor)
        )
