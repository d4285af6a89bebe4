"""Pages ask the database the same number of questions for one row as for three hundred."""

from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse

from tests.factories.criteria import load_catalogues
from tests.factories.plans import add_rows, make_plan
from tests.factories.schools import SchoolFactory, make_cast
from tests.queries import queries_of

MOST = 12


class QueryCountTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()

    def count(self, user, url):
        self.client.force_login(get_user_model().objects.get(pk=user.pk))
        return queries_of(self.client, url)

    def test_plan_page_is_constant_for_1_30_and_300_rows(self):
        for year, user in (
            (2024, self.cast.principal),
            (2026, self.cast.principal),
            (2024, self.cast.officer),
            (2026, self.cast.officer),
        ):
            plan = make_plan(year, school=SchoolFactory(authority=self.cast.office))
            user.memberships.create(school=plan.school, role="principal")
            counts = set()
            for more in (1, 29, 270):
                add_rows(plan, more)
                counts.add(self.count(user, plan.get_absolute_url()))
            with self.subTest(year=year, user=user):
                self.assertEqual(plan.rows.count(), 300)
                self.assertEqual(len(counts), 1, counts)
                self.assertLessEqual(max(counts), MOST)

    def test_plan_list_is_constant_for_1_and_3_plans(self):
        counts = set()
        for more in (1, 2):
            for _ in range(more):
                school = SchoolFactory(authority=self.cast.office)
                make_plan(2024, school=school, rows=3)
            url = reverse("plans:list") + "?nam=2024-2025"
            counts.add(self.count(self.cast.officer, url))
        self.assertEqual(len(counts), 1, counts)
        self.assertLessEqual(max(counts), MOST)

    def test_lists_of_schools_and_office_home_are_constant(self):
        for name in ("schools:list", "home"):
            counts = set()
            for _ in range(2):
                school = SchoolFactory(authority=self.cast.office)
                make_plan(2024, school=school, rows=1)
                url = reverse(name) + "?nam=2024-2025"
                counts.add(self.count(self.cast.officer, url))
            with self.subTest(name):
                self.assertEqual(len(counts), 1, counts)
                self.assertLessEqual(max(counts), MOST)
