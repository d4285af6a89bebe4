"""Every URL by every role, plus those who must see nothing. A URL that is not in the table
fails the test, so nobody can forget to think about it.

A class for each app, so that several workers share the table.
"""

import pytest
from django.test import SimpleTestCase, TestCase

from tests.access import criteria, inspections, plans, reports, schools
from tests.access.asking import AskedByEverybody
from tests.access.urls import ELSEWHERE, url_names


@pytest.mark.one_database
class SchoolsAccessTests(AskedByEverybody, TestCase):
    rows = schools.ROWS + criteria.ROWS


@pytest.mark.one_database
class PlansAccessTests(AskedByEverybody, TestCase):
    rows = plans.ROWS


@pytest.mark.one_database
class InspectionsAccessTests(AskedByEverybody, TestCase):
    rows = inspections.ROWS


@pytest.mark.one_database
class ReportsAccessTests(AskedByEverybody, TestCase):
    rows = reports.ROWS


class TableTests(SimpleTestCase):
    def test_no_url_is_missing_from_the_tables_asked(self):
        asked = {
            row.name for case in AskedByEverybody.__subclasses__() for row in case.rows
        }
        self.assertEqual(set(url_names()), asked | ELSEWHERE)
