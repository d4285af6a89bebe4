import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from schools.models import Authority, Membership, SchoolYear, Supervision
from tests.factories.schools import (
    AuthorityFactory,
    SchoolFactory,
    UserFactory,
    school_year,
)

JUNE_30 = datetime.date(2025, 6, 30)
JULY_1 = datetime.date(2025, 7, 1)


class SupervisionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.school = SchoolFactory()
        cls.district = Supervision.objects.create(
            school=cls.school, authority=AuthorityFactory(), ends_on=JUNE_30
        )
        cls.commune = Supervision.objects.create(
            school=cls.school, authority=AuthorityFactory(), starts_on=JULY_1
        )

    def test_school_stands_under_the_office_of_the_day(self):
        self.assertEqual(self.school.supervision_on(JUNE_30), self.district)
        self.assertEqual(self.school.supervision_on(JULY_1), self.commune)

    def test_second_office_for_the_same_days_is_refused(self):
        third = Supervision(
            school=self.school,
            authority=AuthorityFactory(),
            starts_on=datetime.date(2025, 1, 1),
            ends_on=datetime.date(2025, 12, 31),
        )
        with self.assertRaisesMessage(ValidationError, "đã có cơ quan quản lý khác"):
            third.full_clean()

    def test_database_refuses_an_end_before_the_start(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Supervision.objects.create(
                school=self.school,
                authority=AuthorityFactory(),
                starts_on=JULY_1,
                ends_on=JUNE_30,
            )


class AuthorityTests(TestCase):
    def test_authority_cannot_stand_below_itself(self):
        province = AuthorityFactory()
        commune = AuthorityFactory(parent=province)
        province.parent = commune
        with self.assertRaises(ValidationError) as caught:
            province.full_clean()
        self.assertIn("parent", caught.exception.message_dict)
        self.assertEqual(Authority.objects.count(), 2)


class MembershipTests(TestCase):
    def test_database_refuses_a_role_in_the_wrong_place(self):
        user, school, office = UserFactory(), SchoolFactory(), AuthorityFactory()
        wrong = (
            {"role": "principal", "authority": office},
            {"role": "office_leader", "school": school},
            {"role": "principal", "school": school, "authority": office},
            {"role": "viewer"},
        )
        for fields in wrong:
            with (
                self.subTest(fields=list(fields)),
                self.assertRaises(IntegrityError),
                transaction.atomic(),
            ):
                Membership.objects.create(user=user, **fields)


class SchoolYearTests(TestCase):
    def test_name_leads_to_the_year(self):
        year = school_year(2026)
        self.assertEqual(year.name, "2026-2027")
        self.assertEqual(SchoolYear.objects.named("2026-2027"), year)
        for wrong in ("2026-2028", "2026", "x-y", "2025-2026"):
            self.assertIsNone(SchoolYear.objects.named(wrong))

    def test_year_of_a_day_changes_in_august(self):
        year = school_year(2026)
        for day, found in (
            (datetime.date(2026, 7, 31), None),
            (datetime.date(2026, 8, 1), year),
            (datetime.date(2027, 7, 31), year),
            (datetime.date(2027, 8, 1), None),
        ):
            self.assertEqual(SchoolYear.objects.current(day), found)
