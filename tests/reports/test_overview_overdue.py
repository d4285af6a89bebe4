"""What is overdue in the overview of an office."""

import datetime
from unittest import mock

from django.test import TestCase
from django.utils import timezone

from plans.due import school_year_states
from plans.models import ActionRow
from reports.overview.schools import Overview
from reports.overview.scope import OVERDUE, Filters
from schools.enums import AuthorityKind, Role
from schools.models import ReviewSetting, School
from tests.factories.criteria import load_catalogues
from tests.factories.schools import (
    AuthorityFactory,
    make_user,
    school_year,
)
from tests.reports.overviewcase import (
    assessed,
    make_school,
    reported,
)


class OverdueTests(TestCase):
    """The database counts what `plans.due` says of each school, in both generations."""

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.province = AuthorityFactory(kind=AuthorityKind.PROVINCE)
        cls.offices = [AuthorityFactory(parent=cls.province) for _ in range(2)]
        cls.officer = make_user(Role.OFFICE_VIEWER, cls.province)
        for first_year in (2024, 2026):
            ReviewSetting.objects.create(
                authority=cls.offices[0],
                school_year=school_year(first_year),
                mode="office",
                report_mode="office",
                plan_due_on=datetime.date(first_year, 10, 15),
                midyear_due_on=datetime.date(first_year + 1, 1, 5),
                result_due_on=datetime.date(first_year + 1, 5, 20),
            )
        cls.make_all(2024)
        cls.make_all(2026)

    @classmethod
    def make_all(cls, first_year):
        """Schools that differ in all that the rule asks for."""
        for office in cls.offices:
            for status in (None, "draft", "submitted", "approved", "issued", "closed"):
                for progress in ("", "in_progress", "done"):
                    cls.make_one(office, status, progress, first_year)

    @classmethod
    def make_one(cls, office, status, progress, first_year):
        name = f"Trường {office.pk} {status} {progress} {first_year}"
        school = make_school(office, name, status, first_year=first_year)
        plan = school.plans.first()
        if progress == "done":
            assessed(school, 1, first_year)
        if plan is None:
            return
        ActionRow.objects.filter(plan=plan).update(progress=progress)
        if progress == "in_progress":
            reported(school, "submitted", first_year)
            plan.monitoring.filter(pk=plan.monitoring.first().pk).update(
                result="Tốt"
            ) if plan.monitoring.exists() else None
        if progress == "done" and status == "issued":
            plan.monitoring.update(result="Tốt")

    def test_counts_and_list_agree_with_the_rule_on_any_day(self):
        for first_year in (2024, 2026):
            year = school_year(first_year)
            for month, day in (
                (8, 20),
                (10, 20),
                (13, 10),
                (13, 20),
                (17, 25),
                (18, 30),
            ):
                today = datetime.date(
                    first_year + (month > 12), (month - 1) % 12 + 1, day
                )
                with self.subTest(today=today):
                    self.assert_agrees(year, today)

    def assert_agrees(self, year, today):
        schools = School.objects.for_user(self.officer)
        expected = {
            state.school.name
            for state in school_year_states(schools, year)
            if state.overdue(today)
        }
        with mock.patch("reports.overview.schools.timezone.localdate") as clock:
            clock.return_value = timezone.localdate() if today is None else today
            counted = Overview(self.officer, year, Filters(year=year.name))
            listed = Overview(
                self.officer, year, Filters(year=year.name, state=OVERDUE)
            )
            rows = listed.rows()
        self.assertEqual({row.school.name for row in rows}, expected)
        self.assertEqual(
            next(c.count for c in counted.counts if c.key == OVERDUE), len(expected)
        )
        self.assertTrue(all(row.days_overdue > 0 for row in rows))
