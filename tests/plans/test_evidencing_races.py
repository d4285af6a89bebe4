"""Several people add evidence of the same criterion at the same moment."""

import unittest
from functools import partial
from unittest import mock

from django.db import IntegrityError, connection
from django.test import TransactionTestCase

from plans import evidencing
from plans.models import EvidenceSeries
from tests.factories.criteria import load_catalogues
from tests.factories.evidence import carried_out, make_evidence
from tests.factories.plans import criteria_of
from tests.factories.schools import make_cast
from tests.races import through, together

PEOPLE = 8


class RaceTests(TransactionTestCase):
    def setUp(self):
        load_catalogues()
        self.cast = make_cast()
        self.plan = carried_out(school=self.cast.school)
        self.criterion = criteria_of(self.plan)[0]

    def race(self):
        """The codes issued, and how many were refused by the constraint."""
        add = partial(
            make_evidence,
            self.plan,
            by=self.cast.principal,
            criterion=self.criterion,
        )
        results = together([partial(add, name=f"Sổ {n}") for n in range(PEOPLE)])
        codes = [piece.code for piece in through(results, IntegrityError)]
        return sorted(codes), PEOPLE - len(codes)

    def test_codes_have_neither_gaps_nor_doubles(self):
        wanted = [f"[H1-1.1-{n:02d}]" for n in range(1, PEOPLE + 1)]
        self.assertEqual(self.race(), (wanted, 0))

    @unittest.skipUnless(
        connection.vendor == "postgresql",
        "On SQLite a transaction that will write keeps all others waiting from its first "
        "statement (BEGIN IMMEDIATE): without the lock on the row there is no race.",
    )
    def test_without_the_lock_the_same_number_is_given_twice(self):
        """The control: the race is real, and the constraint is the last net."""
        EvidenceSeries.objects.create(
            school=self.plan.school,
            school_year=self.plan.school_year,
            criterion=self.criterion,
        )

        def unlocked(school, school_year, criterion):
            return EvidenceSeries.objects.get(
                school=school, school_year=school_year, criterion=criterion
            )

        with mock.patch.object(evidencing, "_locked_series", unlocked):
            codes, refused = self.race()
        self.assertGreater(refused, 0)
        self.assertEqual(len(set(codes)), len(codes))
