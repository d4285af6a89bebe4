"""Several people press the same button at the same moment, on both databases; one after
the other, stale pages are told in test_workflow and test_following."""

from functools import partial

from django.core.exceptions import ValidationError
from django.test import TransactionTestCase

from inspections import following, recording, rounds, team
from inspections.editing import InspectionError
from inspections.models import Inspection, InspectionRound, Recommendation
from inspections.workflow import OPEN, TransitionError, perform
from schools.enums import Role
from tests.factories.criteria import load_catalogues
from tests.factories.inspections import add_team, make_inspection, make_round
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory, make_cast, make_user, school_year
from tests.inspections.cases import DAY
from tests.races import CROWD, crowd, through, together


class RaceTests(TransactionTestCase):
    def setUp(self):
        load_catalogues()
        self.cast = make_cast()
        self.plan = make_plan(2024, school=self.cast.school, rows=3)

    def start(self, pk):
        inspection = Inspection.objects.get(pk=pk)
        return perform(
            OPEN, inspection, by=self.cast.leader, changes={"starts_at": DAY}
        )

    def test_an_inspection_starts_once(self):
        pk = make_inspection(self.plan, leader=self.cast.leader).pk
        won = through(crowd(lambda: self.start(pk)), TransitionError)
        self.assertEqual(len(won), 1)
        self.assertEqual(won[0].findings.count(), 3)

    def test_of_inspections_that_open_together_one_takes_the_open_recommendations(self):
        make_inspection(self.plan, "closed", recommendations=2)
        made = [make_inspection(self.plan, leader=self.cast.leader) for _ in range(6)]
        results = together([partial(self.start, inspection.pk) for inspection in made])
        self.assertEqual(len(through(results, TransitionError)), len(made))
        taken = Recommendation.objects.filter(carried_from__isnull=False)
        self.assertEqual(taken.count(), 2)
        self.assertEqual(taken.values("inspection").distinct().count(), 1)

    def test_a_round_is_made_once_and_a_school_stands_in_it_once(self):
        year = school_year(2024)
        made = crowd(
            lambda: rounds.create_round(
                self.cast.office, year, by=self.cast.officer, title="Đợt 1"
            )
        )
        self.assertEqual(len(through(made, ValidationError)), 1)
        round_ = InspectionRound.objects.get()
        pks = [self.cast.school.pk, SchoolFactory(authority=self.cast.office).pk]
        counts = crowd(lambda: rounds.add_schools(round_, pks, by=self.cast.officer))
        self.assertEqual(sorted(counts), [0] * (CROWD - 1) + [2])

    def test_a_person_joins_once_and_there_is_one_leader(self):
        inspection = make_round(
            self.cast.office, self.plan.school_year, [self.cast.school]
        ).inspections.get()
        head = make_user(Role.PRINCIPAL, SchoolFactory(authority=self.cast.office))
        joined = crowd(
            lambda: team.add_member(inspection, head.pk, "leader", by=self.cast.officer)
        )
        self.assertEqual(len(through(joined, ValidationError)), 1)
        self.assertEqual(inspection.attendees.count(), 1)

    def test_of_findings_from_the_same_page_one_is_kept(self):
        inspection = make_inspection(self.plan, "open", leader=self.cast.leader)
        finding = inspection.findings.first()
        seen = recording.fingerprint(finding, recording.FINDING)
        results = crowd(
            lambda: recording.save_finding(
                inspection,
                finding.pk,
                by=self.cast.leader,
                result="unmet",
                remark="Thiếu.",
                seen=seen,
            )
        )
        self.assertEqual(len(through(results, recording.ChangedMeanwhileError)), 1)

    def test_a_recommendation_is_answered_and_closed_once(self):
        closed = make_inspection(self.plan, "closed", recommendations=1)
        held = closed.recommendations.get()
        answered = crowd(
            lambda: following.answer(held, by=self.cast.principal, text="Đã làm.")
        )
        self.assertEqual(len(through(answered, InspectionError)), 1)
        settled = crowd(
            lambda: following.settle(held, by=self.cast.officer, note="Đủ.")
        )
        self.assertEqual(len(through(settled, InspectionError)), 1)

    def test_a_team_is_copied_once(self):
        schools = [SchoolFactory(authority=self.cast.office) for _ in range(3)]
        round_ = make_round(self.cast.office, self.plan.school_year, schools)
        first = round_.inspections.first()
        add_team(first, self.cast.leader)
        counts = crowd(lambda: team.copy_team(first, by=self.cast.officer))
        self.assertEqual(sorted(counts), [0] * (CROWD - 1) + [2])
