"""Rounds and teams."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from inspections import rounds, team
from inspections.editing import InspectionError, RecordLockedError
from inspections.enums import Duty, Side
from inspections.models import Inspection, InspectionRound
from schools.enums import Role
from tests.factories.inspections import make_round
from tests.factories.schools import (
    AuthorityFactory,
    SchoolFactory,
    make_user,
    school_year,
)
from tests.inspections.cases import InspectionCase


class RoundTests(InspectionCase):
    def create(self, by=None, **fields):
        told = {"title": "Đợt 1", "legal_bases": "Quyết định số 5"}
        return rounds.create_round(
            self.cast.office,
            school_year(2024),
            by=by or self.cast.officer,
            **told,
            **fields,
        )

    def test_only_the_office_itself_makes_its_rounds(self):
        for actor in ("office_viewer", "other_officer", "principal", "admin"):
            with self.subTest(actor), self.assertRaises(PermissionDenied):
                self.create(by=self.person(actor))
        self.assertEqual(self.create().created_by, self.cast.officer)

    def test_bad_dates_and_doubles_name_their_fields_and_write_nothing(self):
        day = datetime.date
        for fields, wrong in (
            ({"starts_on": day(2024, 6, 30)}, "starts_on"),
            ({"ends_on": day(2025, 9, 1)}, "ends_on"),
            ({"starts_on": day(2025, 3, 2), "ends_on": day(2025, 3, 1)}, "ends_on"),
        ):
            with self.subTest(fields), self.assertRaises(ValidationError) as raised:
                self.create(**fields)
            self.assertEqual(list(raised.exception.message_dict), [wrong])
        self.assertEqual(InspectionRound.objects.count(), 0)
        self.create()
        with self.assertRaises(ValidationError) as raised:
            self.create()
        self.assertEqual(list(raised.exception.message_dict), ["title"])

    def test_schools_are_added_once_with_their_plan_and_the_bases(self):
        round_ = self.create()
        pks = [self.cast.school.pk, self.cast.other_school.pk]
        self.assertEqual(rounds.add_schools(round_, pks, by=self.cast.officer), 1)
        self.assertEqual(rounds.add_schools(round_, pks, by=self.cast.leader), 0)
        inspection = round_.inspections.get()
        self.assertEqual(
            (inspection.school, inspection.plan), (self.cast.school, self.plan)
        )
        self.assertEqual(inspection.authority, self.cast.office)
        self.assertEqual(inspection.legal_bases, "Quyết định số 5")

    def test_more_than_the_most_adds_none(self):
        round_ = self.create()
        pks = [SchoolFactory(authority=self.cast.office).pk for _ in range(3)]
        rounds_most, rounds.MOST_SCHOOLS = rounds.MOST_SCHOOLS, 2
        self.addCleanup(setattr, rounds, "MOST_SCHOOLS", rounds_most)
        with self.assertRaisesMessage(InspectionError, "tối đa 2 trường"):
            rounds.add_schools(round_, pks, by=self.cast.officer)
        self.assertEqual(round_.inspections.count(), 0)
        self.assertEqual(rounds_most, 200)

    def test_search_finds_schools_of_the_office_and_its_branches_without_accents(self):
        branch = AuthorityFactory(parent=self.cast.office)
        near = SchoolFactory(name="Trường Tiểu học Phước Đông", authority=branch)
        SchoolFactory(name="Trường Tiểu học Phước Đông 2")
        self.assertEqual(rounds.find_schools(self.create(), "phuoc dong"), [near])
        found = rounds.find_schools(InspectionRound.objects.get(), "", "preschool")
        self.assertEqual(found, [])

    def test_dates_of_a_round_keep_the_planned_days_inside(self):
        round_ = make_round(self.cast.office, school_year(2024), [self.cast.school])
        with self.assertRaises(ValidationError) as raised:
            rounds.save_round(
                round_, by=self.cast.officer, starts_on=datetime.date(2025, 3, 2)
            )
        self.assertIn("ngoài khoảng này", raised.exception.messages[0])
        inspection = round_.inspections.get()
        self.assertIn(
            "01/03/2025 đến 31/03/2025",
            rounds.outside_round(datetime.date(2025, 4, 1), inspection),
        )

    def test_round_is_deleted_while_nothing_has_begun(self):
        round_ = make_round(self.cast.office, school_year(2024), [self.cast.school])
        round_.inspections.update(status="open")
        with self.assertRaises(InspectionError):
            rounds.delete_round(round_, by=self.cast.officer)
        round_.inspections.update(status="planned")
        rounds.delete_round(round_, by=self.cast.officer)
        self.assertFalse(Inspection.objects.exists())


class TeamTests(InspectionCase):
    def setUp(self):
        self.planned = self.inspection()
        self.planned.attendees.all().delete()

    def add(self, user, duty=Duty.MEMBER, by=None):
        by = by or self.cast.officer
        return team.add_member(self.planned, user.pk, duty, by=by)

    def test_candidates_are_staff_and_principals_of_other_schools(self):
        found = {c.user for c in team.candidates(self.planned)}
        self.assertEqual(
            found,
            {
                self.cast.leader,
                self.cast.officer,
                self.cast.office_viewer,
                self.visitor,
            },
        )

    def test_people_of_offices_above_and_of_their_branches_are_found_by_name(self):
        province = AuthorityFactory()
        self.cast.office.parent = province
        self.cast.office.save()
        sister = AuthorityFactory(parent=province)
        head = make_user(Role.PRINCIPAL, SchoolFactory(authority=sister))
        head.full_name = "Đinh Thị Xa"
        head.save()
        near = {c.user for c in team.candidates(self.planned)}
        self.assertNotIn(head, near)
        found = team.candidates(self.planned, "dinh thi xa")
        self.assertEqual([c.user for c in found], [head])

    def test_nobody_of_the_inspected_school_or_from_elsewhere_joins(self):
        for actor in ("principal", "editor", "stranger", "other_officer", "suspended"):
            with self.subTest(actor), self.assertRaises(ValidationError) as raised:
                self.add(self.person(actor))
            self.assertEqual(list(raised.exception.message_dict), ["person"])
        self.assertFalse(self.planned.attendees.exists())

    def test_nobody_joins_twice(self):
        self.add(self.visitor)
        with self.assertRaises(ValidationError):
            self.add(self.visitor)
        told = {"name": "Lê B", "job": "Giáo viên", "duty": Duty.MEMBER}
        team.add_guest(self.planned, by=self.cast.officer, **told)
        with self.assertRaises(ValidationError) as raised:
            team.add_guest(
                self.planned, by=self.cast.officer, **told | {"name": "le b"}
            )
        self.assertEqual(list(raised.exception.message_dict), ["name"])
        self.assertEqual(self.planned.attendees.count(), 2)

    def test_team_has_one_leader(self):
        first = self.add(self.cast.leader, Duty.LEADER)
        with self.assertRaises(ValidationError) as raised:
            self.add(self.cast.officer, Duty.LEADER)
        self.assertIn(self.cast.leader.full_name, raised.exception.messages[0])
        second = self.add(self.cast.officer)
        with self.assertRaises(ValidationError):
            team.change_duty(self.planned, second.pk, Duty.LEADER, by=self.cast.officer)
        team.change_duty(self.planned, first.pk, Duty.LEADER, by=self.cast.officer)
        team.change_duty(self.planned, first.pk, Duty.MEMBER, by=self.cast.officer)
        team.change_duty(self.planned, second.pk, Duty.LEADER, by=self.cast.officer)

    def test_team_of_a_finished_inspection_stays(self):
        closed = self.inspection("closed")
        member = closed.attendees.filter(side=Side.TEAM).first()
        with self.assertRaises(RecordLockedError):
            team.remove_member(closed, member.pk, by=self.cast.officer)

    def test_copying_skips_ones_own_school_and_teams_that_are_there(self):
        home = self.visitor.memberships.get().school
        third = SchoolFactory(authority=self.cast.office)
        year = school_year(2024)
        round_ = make_round(self.cast.office, year, [self.cast.school, home, third])
        first, own, other = (
            round_.inspections.get(school=s) for s in (self.cast.school, home, third)
        )
        team.add_member(first, self.visitor.pk, Duty.MEMBER, by=self.cast.officer)
        team.add_member(first, self.cast.leader.pk, Duty.LEADER, by=self.cast.officer)
        self.assertEqual(team.copy_team(first, by=self.cast.officer), 2)
        self.assertEqual(own.attendees.get().user, self.cast.leader)
        self.assertEqual(other.attendees.count(), 2)
        self.assertEqual(team.copy_team(first, by=self.cast.officer), 0)
