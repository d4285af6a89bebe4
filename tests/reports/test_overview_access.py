"""Whose schools the overview shows, and to whom."""

from django.test import TestCase

from schools.enums import AuthorityKind, Role
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import (
    AuthorityFactory,
    make_cast,
    make_user,
)
from tests.reports.overviewcase import (
    page,
)


class OverviewAccessTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        make_plan(2024, school=cls.cast.school, rows=1)
        make_plan(2024, school=cls.cast.other_school, rows=1)

    def seen(self, user, **asked):
        self.client.force_login(user)
        response = self.client.get(page("overview", **asked))
        return [row.school for row in response.context["rows"]]

    def test_an_office_sees_exactly_its_own_schools(self):
        self.assertEqual(self.seen(self.cast.officer), [self.cast.school])
        self.assertEqual(self.seen(self.cast.other_officer), [self.cast.other_school])

    def test_naming_another_office_shows_nothing_of_it(self):
        elsewhere = self.cast.other_school.supervisions.get().authority_id
        self.assertEqual(self.seen(self.cast.officer, coquan=elsewhere), [])

    def test_a_province_sees_its_communes_and_an_administrator_everything(self):
        province = AuthorityFactory(kind=AuthorityKind.PROVINCE)
        self.cast.office.parent = province
        self.cast.office.save()
        viewer = make_user(Role.OFFICE_LEADER, province)
        self.assertEqual(self.seen(viewer), [self.cast.school])
        everything = {self.cast.school, self.cast.other_school}
        self.assertEqual(set(self.seen(self.cast.admin)), everything)

    def test_a_head_with_a_role_at_an_office_sees_the_schools_of_that_office_alone(
        self,
    ):
        elsewhere = self.cast.other_school.supervisions.get().authority
        self.cast.principal.memberships.create(
            role=Role.OFFICE_VIEWER, authority=elsewhere
        )
        self.assertEqual(self.seen(self.cast.principal), [self.cast.other_school])

    def test_people_of_schools_are_refused_everywhere(self):
        self.client.force_login(self.cast.principal)
        for name in (
            "overview",
            "overview-download",
            "overview-heat",
            "overview-heat-download",
            "overview-standards",
            "overview-standards-download",
            "overview-years",
            "overview-years-download",
        ):
            with self.subTest(name):
                self.assertEqual(self.client.get(page(name)).status_code, 403)
