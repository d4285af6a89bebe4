"""What the tests of carrying over share: a school, its plans, and the deed."""

import datetime

from django.test import TestCase

from plans import carrying
from plans.models import ProgressEntry
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast


def everything(found):
    """Take each row that is offered, with the criterion suggested for it."""
    return {
        offer.row.pk: getattr(offer.crossing.suggested, "pk", None)
        for offer in found.offers
    }


class CarryingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()

    def plan(self, first_year, rows=0, **fields):
        return make_plan(first_year, school=self.cast.school, rows=rows, **fields)

    def proposal(self, plan):
        return carrying.proposal(plan, carrying.year_after(plan))

    def carry(self, plan, rows=None, texts=(), by=None):
        found = self.proposal(plan)
        return carrying.carry_over(
            plan,
            found.new_year,
            by=by or self.cast.principal,
            rows=everything(found) if rows is None else rows,
            texts=texts,
        )

    def record(self, row, status, **fields):
        ProgressEntry.objects.create(
            row=row,
            status=status,
            **{"recorded_on": datetime.date(2025, 3, 1), **fields},
        )
