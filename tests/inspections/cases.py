"""What the tests of inspections share: a plan that is carried out, and its visitors."""

import datetime

from django.test import TestCase
from django.utils import timezone

from inspections.workflow import CLOSE, OPEN, perform
from schools.enums import Role
from tests.factories.criteria import load_catalogues
from tests.factories.inspections import make_inspection
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory, make_cast, make_user

DAY = datetime.datetime(2025, 3, 18, 8, 0, tzinfo=timezone.get_default_timezone())


class InspectionCase(TestCase):
    """`visitor` is a principal of another school under the office, in every team."""

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(
            2024,
            school=cls.cast.school,
            rows=3,
            status="issued",
            number=5,
            issued_on="2024-10-01",
        )
        neighbour = SchoolFactory(authority=cls.cast.office)
        cls.visitor = make_user(Role.PRINCIPAL, neighbour)

    def person(self, name):
        return self.visitor if name == "visitor" else getattr(self.cast, name)

    def inspection(self, status="planned", **fields):
        return make_inspection(
            self.plan,
            status,
            authority=self.cast.office,
            leader=self.cast.leader,
            members=[self.visitor],
            **fields,
        )

    def start(self, inspection, by=None, at=DAY):
        return perform(
            OPEN, inspection, by=by or self.cast.leader, changes={"starts_at": at}
        )

    def end(self, inspection, by=None, at=None):
        at = at or DAY + datetime.timedelta(hours=3)
        return perform(
            CLOSE, inspection, by=by or self.cast.leader, changes={"ends_at": at}
        )
