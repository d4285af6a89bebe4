from django.contrib.auth.models import AnonymousUser
from django.test import TestCase

from schools.enums import Role
from schools.models import User
from schools.permissions import Ability, may, may_at_office
from tests.factories.schools import AuthorityFactory, make_cast, make_user

A = Ability
WRITER = {A.VIEW, A.WRITE_ROWS, A.ASSESS, A.RECORD}
EDITOR = WRITER | {
    A.CREATE_PLAN,
    A.ARRANGE_PLAN,
    A.SUBMIT_PLAN,
    A.RECALL_PLAN,
    A.LEAD_ASSESSMENT,
    A.WRITE_REPORT,
    A.REPLY,
    A.KEEP_REGISTER,
}
OFFICER = {A.VIEW, A.REVIEW_PLAN, A.COMMENT_PLAN, A.INSPECT}
CLERK = {A.VIEW, A.INSPECT, A.KEEP_REGISTER}
AT_OFFICE = {
    "leader": CLERK | {A.SIGN, A.MANAGE_PEOPLE, A.SET_YEAR},
    "officer": CLERK,
    "office_viewer": {A.VIEW},
    "admin": {A.VIEW},
}
EXPECTED = {
    "principal": EDITOR
    | {
        A.APPROVE_AS_HEAD,
        A.ISSUE_PLAN,
        A.ADJUST_PLAN,
        A.EDIT_SCHOOL,
        A.SIGN,
        A.PUBLISH,
        A.MANAGE_PEOPLE,
    },
    "editor": EDITOR,
    "contributor": WRITER,
    "viewer": {A.VIEW},
    "leader": OFFICER | {A.MANAGE_PEOPLE},
    "officer": OFFICER,
    "office_viewer": {A.VIEW},
    "admin": {A.VIEW},
    "stranger": set(),
    "other_officer": set(),
    "former_principal": set(),
    "suspended": set(),
}


class MayTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()

    def abilities(self, user):
        user = User.objects.get(pk=user.pk)
        return {a for a in Ability if may(user, a, self.cast.school)}

    def test_each_role_has_its_abilities_and_no_others(self):
        for name, expected in EXPECTED.items():
            with self.subTest(name):
                self.assertEqual(self.abilities(getattr(self.cast, name)), expected)

    def test_only_its_own_people_act_in_the_name_of_an_office(self):
        for name in EXPECTED:
            user = User.objects.get(pk=getattr(self.cast, name).pk)
            held = {a for a in Ability if may_at_office(user, a, self.cast.office)}
            with self.subTest(name):
                self.assertEqual(held, AT_OFFICE.get(name, set()))

    def test_nobody_signed_in_may_nothing(self):
        held = [a for a in Ability if may(AnonymousUser(), a, self.cast.school)]
        self.assertEqual(held, [])

    def test_province_looks_at_the_schools_of_its_communes_but_does_not_act(self):
        province = AuthorityFactory(kind="province")
        self.cast.office.parent = province
        self.cast.office.save()
        leader = make_user(Role.OFFICE_LEADER, province)
        self.assertEqual(self.abilities(leader), {Ability.VIEW})

    def test_administrator_who_also_is_a_principal_acts_as_one(self):
        admin = make_user(Role.PRINCIPAL, self.cast.school)
        User.objects.filter(pk=admin.pk).update(is_superuser=True)
        self.assertEqual(self.abilities(admin), EXPECTED["principal"])
