"""A round is deleted while one of its inspections starts."""

import threading

from django.db import connection, transaction
from django.test import TransactionTestCase

from inspections import rounds
from inspections.editing import InspectionError, lock
from inspections.models import Inspection, InspectionRound
from inspections.workflow import OPEN, TransitionError, perform
from tests.factories.criteria import load_catalogues
from tests.factories.inspections import add_team, make_round
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast
from tests.inspections.cases import DAY
from tests.races import through, together


class RoundDeletingTests(TransactionTestCase):
    def setUp(self):
        load_catalogues()
        self.cast = make_cast()
        plan = make_plan(2024, school=self.cast.school, rows=1)
        self.round = make_round(
            self.cast.office, plan.school_year, [self.cast.school], starts_on=None
        )
        self.visit = self.round.inspections.get()
        add_team(self.visit, self.cast.leader)

    def start_after(self, deleting):
        """Start the inspection while the other transaction looks at the round."""
        with transaction.atomic():
            lock(self.visit)
            self.locked.set()
            deleting.wait(2)
            perform(OPEN, self.visit, by=self.cast.leader, changes={"starts_at": DAY})

    def test_inspection_that_has_begun_is_not_deleted_with_its_round(self):
        self.locked, deleting = threading.Event(), threading.Event()

        def delete():
            self.locked.wait(5)
            if connection.vendor == "postgresql":
                threading.Timer(0.5, deleting.set).start()
            else:
                deleting.set()
            rounds.delete_round(self.round, by=self.cast.officer)

        results = together([lambda: self.start_after(deleting), delete])
        through(results, (InspectionError, TransitionError))
        self.assertIsInstance(results[1], InspectionError)
        self.assertEqual(Inspection.objects.get().status, "open")
        self.assertTrue(InspectionRound.objects.exists())
