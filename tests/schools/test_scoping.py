import datetime

from django.test import TestCase

from schools.enums import Role
from schools.models import Membership, School, Supervision, User
from tests.factories.schools import (
    AuthorityFactory,
    SchoolFactory,
    UserFactory,
    make_cast,
    make_user,
)

YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)  # noqa: DTZ011
TOMORROW = datetime.date.today() + datetime.timedelta(days=1)  # noqa: DTZ011


class ForUserTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()

    def seen_by(self, user):
        return set(School.objects.for_user(User.objects.get(pk=user.pk)))

    def test_people_of_a_school_see_their_school_alone(self):
        for name in ("principal", "editor", "contributor", "viewer"):
            with self.subTest(name):
                seen = self.seen_by(getattr(self.cast, name))
                self.assertEqual(seen, {self.cast.school})

    def test_office_sees_the_schools_it_supervises_today(self):
        self.assertEqual(self.seen_by(self.cast.officer), {self.cast.school})

    def test_office_no_longer_sees_a_school_that_went_to_another_office(self):
        Supervision.objects.filter(school=self.cast.school).update(ends_on=YESTERDAY)
        Supervision.objects.create(
            school=self.cast.school,
            authority=AuthorityFactory(),
            starts_on=datetime.date.today(),  # noqa: DTZ011
        )
        self.assertEqual(self.seen_by(self.cast.officer), set())

    def test_role_ends_with_its_last_day_and_begins_with_its_first(self):
        ended = make_user(Role.EDITOR, self.cast.school, ends_on=YESTERDAY)
        not_yet = make_user(Role.EDITOR, self.cast.school, starts_on=TOMORROW)
        self.assertEqual(self.seen_by(ended) | self.seen_by(not_yet), set())

    def test_suspended_person_sees_nothing(self):
        self.assertEqual(self.seen_by(self.cast.suspended), set())

    def test_person_without_a_role_sees_nothing(self):
        self.assertEqual(self.seen_by(UserFactory()), set())

    def test_province_sees_the_schools_of_its_communes(self):
        province = AuthorityFactory(kind="province")
        self.cast.office.parent = province
        self.cast.office.save()
        leader = make_user(Role.OFFICE_LEADER, province)
        self.assertEqual(self.seen_by(leader), {self.cast.school})

    def test_administrator_sees_all_schools(self):
        everything = {self.cast.school, self.cast.other_school}
        self.assertEqual(self.seen_by(self.cast.admin), everything)

    def test_one_person_may_belong_to_two_schools(self):
        second = SchoolFactory()
        Membership.objects.create(
            user=self.cast.principal, school=second, role=Role.VIEWER
        )
        seen = self.seen_by(self.cast.principal)
        self.assertEqual(seen, {self.cast.school, second})
