"""Who keeps whose roles, and what a person has who leaves."""

import datetime

from django.core.exceptions import PermissionDenied
from django.test import TestCase, TransactionTestCase
from django.urls import reverse
from django.utils import timezone

from schools.enums import AuthorityKind, Role
from schools.models import Membership, User
from schools.people import PeopleError, add_role, end_role, people, reach
from tests.factories.schools import (
    AuthorityFactory,
    SchoolFactory,
    UserFactory,
    make_cast,
    make_user,
)
from tests.races import together


class Base(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()
        User.objects.filter(pk=cls.cast.editor.pk).delete()
        cls.editor = UserFactory(full_name="Đặng Thị Ánh", email="anh@example.edu.vn")
        Membership.objects.create(
            user=cls.editor, role=Role.EDITOR, school=cls.cast.school
        )

    def role(self, person):
        return Membership.objects.get(user=person)


class ReachTests(Base):
    def test_who_keeps_anybody(self):
        self.assertTrue(reach(self.cast.leader).is_leader)
        self.assertFalse(reach(self.cast.principal).is_leader)
        for other in (self.cast.officer, self.cast.office_viewer, self.cast.viewer):
            self.assertIsNone(reach(other))
        self.assertIsNone(reach(self.cast.admin))

    def test_leader_of_a_province_keeps_nobody_of_its_communes(self):
        province = AuthorityFactory(kind=AuthorityKind.PROVINCE)
        self.cast.office.parent = province
        self.cast.office.save()
        found = reach(make_user(Role.OFFICE_LEADER, province))
        self.assertFalse(found.holds(self.cast.office))
        self.assertFalse(found.holds(self.cast.school))

    def test_principal_keeps_the_own_school_alone(self):
        found = reach(self.cast.principal)
        self.assertTrue(found.holds(self.cast.school))
        self.assertFalse(found.holds(self.cast.office))
        self.assertFalse(found.holds(self.cast.other_school))


class DeedTests(Base):
    def test_roles_out_of_reach_are_refused(self):
        for by, role, place in (
            (self.cast.principal, Role.OFFICE_LEADER, self.cast.office),
            (self.cast.principal, Role.VIEWER, self.cast.other_school),
            (self.cast.leader, Role.VIEWER, self.cast.other_school),
            (self.cast.officer, Role.VIEWER, self.cast.school),
        ):
            with self.subTest(by=by, place=place), self.assertRaises(PermissionDenied):
                add_role(UserFactory(), role, place, by=by)

    def test_role_must_fit_the_place_and_comes_once(self):
        with self.assertRaises(PeopleError):
            add_role(self.editor, Role.PRINCIPAL, self.cast.office, by=self.cast.leader)
        with self.assertRaises(PeopleError):
            add_role(self.editor, Role.EDITOR, self.cast.school, by=self.cast.leader)

    def test_own_last_keeping_role_cannot_be_ended(self):
        for person in (self.cast.leader, self.cast.principal):
            with self.assertRaises(PeopleError):
                end_role(self.role(person), by=person)

    def test_one_of_two_own_keeping_roles_can_be_ended(self):
        school = SchoolFactory(authority=self.cast.office)
        second = add_role(
            self.cast.principal, Role.PRINCIPAL, school, by=self.cast.leader
        )
        end_role(second, by=self.cast.principal)
        self.assertFalse(
            reach(User.objects.get(pk=self.cast.principal.pk)).holds(school)
        )

    def test_role_begun_today_ends_too(self):
        held = self.role(self.editor)
        held.starts_on = timezone.localdate()
        held.save()
        end_role(held, by=self.cast.principal)
        self.assertEqual(User.objects.get(pk=self.editor.pk).standing.school_ids, [])


class LeavingTests(Base):
    def test_next_request_of_a_signed_in_person_sees_nothing(self):
        self.client.force_login(self.editor)
        school = reverse("schools:detail", args=[self.cast.school.pk])
        self.assertEqual(self.client.get(school).status_code, 200)
        keeper = self.client_class()
        keeper.force_login(self.cast.principal)
        keeper.post(reverse("schools:role-end", args=[self.role(self.editor).pk]))
        self.assertEqual(self.client.get(school).status_code, 404)
        home = self.client.get(reverse("home"))
        self.assertContains(home, "Tài khoản chưa có vai trò")

    def test_a_keeper_who_leaves_keeps_nobody(self):
        second = make_user(Role.OFFICE_LEADER, self.cast.office)
        self.client.force_login(second)
        self.assertEqual(self.client.get(reverse("schools:people")).status_code, 200)
        end_role(self.role(second), by=self.cast.leader)
        self.assertEqual(self.client.get(reverse("schools:people")).status_code, 403)


class ListTests(Base):
    def names(self, by, **asked):
        return {person.pk for person in people(reach(by), **asked)}

    def test_found_by_name_mail_and_school_without_accents(self):
        for text in ("dang thi anh", "ĐẶNG", "anh@example", self.cast.school.name):
            with self.subTest(text=text):
                self.assertIn(self.editor.pk, self.names(self.cast.leader, text=text))
        self.assertEqual(self.names(self.cast.leader, text="khong ai ten nay"), set())

    def test_people_of_other_places_are_not_listed(self):
        for by in (self.cast.leader, self.cast.principal):
            self.assertNotIn(self.cast.stranger.pk, self.names(by))
        self.assertNotIn(self.cast.leader.pk, self.names(self.cast.principal))

    def test_who_has_left_is_in_the_other_list(self):
        self.assertNotIn(self.cast.former_principal.pk, self.names(self.cast.leader))
        left = self.names(self.cast.leader, left=True)
        self.assertEqual(left, {self.cast.former_principal.pk})

    def test_roles_beyond_reach_are_not_shown(self):
        Membership.objects.create(
            user=self.editor, role=Role.VIEWER, school=self.cast.other_school
        )
        (person,) = people(reach(self.cast.leader), text="dang thi anh")
        self.assertEqual([role.role for role in person.roles], [Role.EDITOR])

    def test_page_asks_the_same_number_of_queries_for_many(self):
        self.client.force_login(self.cast.leader)
        url = reverse("schools:people")
        self.client.get(url)
        with self.assertNumQueries(7):
            self.client.get(url)
        for _ in range(60):
            make_user(Role.VIEWER, self.cast.school)
        with self.assertNumQueries(7):
            page = self.client.get(url)
        self.assertEqual(len(page.context["page_obj"].object_list), 50)


class PageTests(Base):
    def setUp(self):
        self.client.force_login(self.cast.leader)

    def test_giving_and_ending_a_role(self):
        page = reverse("schools:person", args=[self.editor.pk])
        data = {"place": f"truong-{self.cast.school.pk}", "role": "contributor"}
        self.assertRedirects(self.client.post(page, data), page)
        held = self.editor.memberships.get(role="contributor")
        end = reverse("schools:role-end", args=[held.pk])
        self.assertContains(self.client.get(end), "Kết thúc vai trò")
        self.assertContains(self.client.post(end, follow=True), "Đã kết thúc vai trò")
        held.refresh_from_db()
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        self.assertEqual(held.ends_on, yesterday)

    def test_wrong_role_and_past_day_are_told_at_the_fields(self):
        page = reverse("schools:person", args=[self.editor.pk])
        data = {
            "place": f"truong-{self.cast.school.pk}",
            "role": "office_leader",
            "ends_on": "2020-01-01",
        }
        response = self.client.post(page, data)
        self.assertContains(response, "Vai trò không hợp", status_code=422)
        self.assertContains(response, "Ngày này đã qua", status_code=422)

    def test_place_of_another_office_is_no_choice(self):
        page = reverse("schools:person", args=[self.editor.pk])
        data = {"place": f"truong-{self.cast.other_school.pk}", "role": "viewer"}
        self.assertEqual(self.client.post(page, data).status_code, 422)
        self.assertEqual(self.editor.memberships.count(), 1)

    def test_own_last_role_is_kept_with_a_message(self):
        end = reverse("schools:role-end", args=[self.role(self.cast.leader).pk])
        response = self.client.post(end, follow=True)
        self.assertContains(response, "vai trò quản lý duy nhất của chính bạn")
        self.assertIsNone(self.role(self.cast.leader).ends_on)

    def test_people_and_roles_of_others_are_not_found(self):
        stranger = self.cast.stranger
        for name, pk in (
            ("schools:person", stranger.pk),
            ("schools:role-end", self.role(stranger).pk),
        ):
            url = reverse(name, args=[pk])
            self.assertEqual(self.client.get(url).status_code, 404)


class RaceTests(TransactionTestCase):
    def test_two_leaders_who_end_each_other_leave_one(self):
        office = AuthorityFactory()
        first, second = (make_user(Role.OFFICE_LEADER, office) for _ in range(2))
        roles = {m.user_id: m for m in Membership.objects.all()}
        results = together(
            [
                lambda: end_role(roles[second.pk], by=first),
                lambda: end_role(roles[first.pk], by=second),
            ]
        )
        self.assertEqual(
            sorted(type(r).__name__ for r in results),
            [
                "NoneType",
                "PermissionDenied",
            ],
        )
        left = Membership.objects.filter(ends_on__isnull=True)
        self.assertEqual(left.count(), 1)


class FreshTests(Base):
    def test_the_keeper_is_read_anew_before_a_deed(self):
        held = self.cast.leader.standing  # remembered for this request
        self.assertTrue(held.roles_at_authority)
        Membership.objects.filter(user=self.cast.leader).delete()
        with self.assertRaises(PermissionDenied):
            end_role(self.role(self.editor), by=self.cast.leader)
