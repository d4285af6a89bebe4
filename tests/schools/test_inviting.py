"""Invitations: one person, one role, once, seven days."""

import datetime
from unittest import mock

from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import TestCase, TransactionTestCase
from django.urls import reverse
from django.utils import timezone

from schools import inviting
from schools.enums import Role
from schools.models import Invitation, Mail, Membership, User
from schools.people import PeopleError, end_role
from tests.factories.schools import make_cast, make_user
from tests.races import together

PASSWORD = "hoa-sen-no-2026"


def invite(cast, **told):
    held = {
        "by": cast.principal,
        "email": "moi@example.edu.vn",
        "full_name": "Trần Thị Mới",
        "role": Role.EDITOR,
        "place": cast.school,
    }
    return inviting.invite(**(held | told))


class Base(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()

    def setUp(self):
        cache.clear()

    def page(self, secret):
        return reverse("invitation", args=[secret])

    def answer(self, secret, **data):
        told = {
            "full_name": "Trần Thị Mới",
            "password": PASSWORD,
            "repeated": PASSWORD,
        }
        return self.client.post(self.page(secret), told | data)


class InvitingTests(Base):
    def test_only_the_digest_is_stored(self):
        invitation, secret = invite(self.cast)
        inviting.mail(invitation, secret)
        self.assertEqual(invitation.digest, inviting.digest(secret))
        stored = str(list(Invitation.objects.values())) + str(
            list(Mail.objects.values())
        )
        self.assertNotIn(secret, stored)

    def test_nobody_invites_above_their_reach(self):
        cast = self.cast
        for by, role, place in (
            (cast.principal, Role.OFFICE_LEADER, cast.office),
            (cast.principal, Role.EDITOR, cast.other_school),
            (cast.leader, Role.PRINCIPAL, cast.other_school),
            (cast.officer, Role.EDITOR, cast.school),
            (cast.admin, Role.EDITOR, cast.school),
        ):
            with self.subTest(by=by), self.assertRaises(PermissionDenied):
                invite(cast, by=by, role=role, place=place)

    def test_refusals_in_words(self):
        for told in (
            {"role": Role.OFFICE_LEADER},
            {"email": self.cast.editor.email},
            {"email": self.cast.suspended.email},
        ):
            with self.subTest(told=told), self.assertRaises(PeopleError):
                invite(self.cast, **told)

    def test_a_second_one_ends_the_first(self):
        _, first = invite(self.cast)
        _, second = invite(self.cast)
        self.assertIsNone(inviting.find(first))
        self.assertIsNotNone(inviting.find(second))


class NumberTests(Base):
    """Every invitation is a mail to somebody who did not ask for it."""

    def test_one_mailbox_is_not_flooded(self):
        for _ in range(inviting.MOST_TO_ONE):
            invitation, _ = invite(self.cast)
            inviting.cancel(invitation)
        with self.assertRaisesMessage(PeopleError, inviting.TOO_MANY_TO_ONE):
            invite(self.cast)
        invite(self.cast, email="khac@example.edu.vn")
        invite(self.cast, by=self.cast.leader)

    def test_one_person_sends_so_many_a_day(self):
        with mock.patch.object(inviting, "MOST_A_DAY", 2):
            for n in range(2):
                invite(self.cast, email=f"so{n}@example.edu.vn")
            with self.assertRaisesMessage(PeopleError, inviting.TOO_MANY):
                invite(self.cast, email="so3@example.edu.vn")
            Invitation.objects.update(
                created_at=timezone.now() - datetime.timedelta(hours=25)
            )
            invite(self.cast, email="so3@example.edu.vn")


class OverTests(Base):
    def test_role_that_ended_does_not_come_back_by_an_open_link(self):
        _, secret = invite(self.cast, email=self.cast.stranger.email)
        _, other = invite(self.cast, email="khac@example.edu.vn")
        held = Membership.objects.create(
            user=self.cast.stranger, role=Role.EDITOR, school=self.cast.school
        )
        end_role(held, by=self.cast.principal)
        self.assertIsNone(inviting.find(secret))
        self.assertIsNotNone(inviting.find(other))

    def test_role_whose_last_day_is_over_is_not_given(self):
        today = timezone.localdate()
        _, secret = invite(self.cast, ends_on=today)
        self.assertIsNotNone(inviting.find(secret))
        tomorrow = today + datetime.timedelta(days=1)
        with mock.patch("schools.inviting.timezone.localdate", return_value=tomorrow):
            self.assertIsNone(inviting.find(secret))


class AcceptingTests(Base):
    def test_new_account_with_a_password_of_its_own(self):
        _, secret = invite(self.cast)
        self.assertContains(self.client.get(self.page(secret)), "Lập tài khoản")
        self.assertRedirects(self.answer(secret), reverse("home"))
        person = User.objects.get(email="moi@example.edu.vn")
        self.assertTrue(person.check_password(PASSWORD))
        held = person.memberships.get()
        self.assertEqual((held.role, held.school), (Role.EDITOR, self.cast.school))

    def test_used_once(self):
        _, secret = invite(self.cast)
        self.answer(secret)
        self.client.logout()
        self.assertEqual(self.client.get(self.page(secret)).status_code, 410)
        self.assertEqual(self.answer(secret).status_code, 410)
        self.assertEqual(
            Membership.objects.filter(user__email__contains="moi").count(), 1
        )

    def test_over_after_seven_days(self):
        _, secret = invite(self.cast)
        for days, status in ((6, 200), (8, 410)):
            now = timezone.now() + datetime.timedelta(days=days)
            with mock.patch("schools.inviting.timezone.now", return_value=now):
                response = self.client.get(self.page(secret))
            self.assertEqual(response.status_code, status)

    def test_cancelled_made_up_and_orphaned_links_open_nothing(self):
        invitation, secret = invite(self.cast)
        self.assertTrue(inviting.cancel(invitation))
        self.assertFalse(inviting.cancel(invitation))
        self.assertEqual(self.answer(secret).status_code, 410)
        self.assertEqual(self.client.get(self.page("x" * 43)).status_code, 410)
        _, secret = invite(self.cast)
        held = Membership.objects.get(user=self.cast.principal)
        end_role(held, by=self.cast.leader)
        self.assertEqual(self.client.get(self.page(secret)).status_code, 410)

    def test_weak_or_different_passwords_are_told_at_the_field(self):
        _, secret = invite(self.cast)
        self.assertEqual(
            self.answer(secret, password="1", repeated="1").status_code, 422
        )
        response = self.answer(secret, repeated="khac")
        self.assertContains(response, "không giống nhau", status_code=422)
        self.assertFalse(User.objects.filter(email="moi@example.edu.vn").exists())
        self.assertEqual(self.answer(secret).status_code, 302)

    def test_existing_account_signs_in_and_takes_the_role(self):
        _, secret = invite(self.cast, email=self.cast.stranger.email)
        page = self.client.get(self.page(secret))
        self.assertContains(page, "Đăng nhập để nhận lời mời")
        self.assertEqual(self.answer(secret).status_code, 200)
        self.assertEqual(self.cast.stranger.memberships.count(), 1)
        self.client.force_login(self.cast.stranger)
        self.assertRedirects(self.client.post(self.page(secret)), reverse("home"))
        roles = self.cast.stranger.memberships.filter(school=self.cast.school)
        self.assertEqual([held.role for held in roles], [Role.EDITOR])

    def test_somebody_else_who_is_signed_in_takes_nothing(self):
        for email in (self.cast.stranger.email, "moi@example.edu.vn"):
            _, secret = invite(self.cast, email=email)
            self.client.force_login(self.cast.viewer)
            response = self.answer(secret)
            self.assertContains(response, "Lời mời của người khác")
            self.assertEqual(self.cast.viewer.memberships.count(), 1)

    def test_no_cache_keeps_the_page(self):
        _, secret = invite(self.cast)
        page = self.client.get(self.page(secret))
        self.assertEqual(page["Cache-Control"], "no-store, private")

    def test_guessing_is_slowed_down(self):
        for _ in range(30):
            self.client.get(self.page("x"))
        self.assertEqual(self.client.get(self.page("x")).status_code, 429)


class PageTests(Base):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.cast.leader)

    def send(self, **told):
        data = {
            "email": "Moi@Example.edu.vn",
            "full_name": "Trần Thị Mới",
            "place": f"co-quan-{self.cast.office.pk}",
            "role": "office_officer",
        }
        return self.client.post(reverse("schools:invite"), data | told)

    def test_link_is_shown_and_mailed(self):
        page = self.send()
        link = page.context["link"]
        self.assertContains(page, link)
        (message,) = mail.outbox
        self.assertEqual(message.to, ["moi@example.edu.vn"])
        self.assertIn(link, message.body)
        listed = self.client.get(reverse("schools:invitations"))
        self.assertContains(listed, "moi@example.edu.vn")
        self.assertNotContains(listed, link.rstrip("/").rpartition("/")[2])

    def test_failing_mail_server_loses_no_invitation(self):
        down = mock.patch(
            "django.core.mail.EmailMessage.send", side_effect=ConnectionRefusedError
        )
        with down, self.assertLogs("schools.inviting", "WARNING"):
            page = self.send()
        self.assertContains(page, "chưa gửi được thư")
        self.assertTrue(Invitation.objects.exists())

    def test_bad_input_is_told_at_the_field(self):
        for told, words in (
            ({"email": "khong phai"}, "e-mail"),
            ({"full_name": " \u200b"}, "họ và tên"),
            ({"role": "principal"}, "Vai trò không hợp"),
            ({"email": self.cast.officer.email}, "đã có vai trò này"),
            ({"place": f"truong-{self.cast.other_school.pk}"}, "Nơi làm việc"),
        ):
            with self.subTest(told=told):
                response = self.send(**told)
                self.assertContains(response, words, status_code=422)
        self.assertFalse(Invitation.objects.exists())

    def test_cancelling_from_the_list(self):
        self.send()
        pk = Invitation.objects.get().pk
        url = reverse("schools:invitation-cancel", args=[pk])
        self.assertContains(self.client.post(url, follow=True), "Đã hủy lời mời")

    def test_invitations_of_other_offices_are_not_found(self):
        other = make_user(
            Role.OFFICE_LEADER,
            self.cast.other_officer.standing.memberships[0].authority,
        )
        invitation, _ = invite(self.cast, by=other, place=self.cast.other_school)
        url = reverse("schools:invitation-cancel", args=[invitation.pk])
        self.assertEqual(self.client.post(url).status_code, 404)


class RaceTests(TransactionTestCase):
    def test_two_who_open_the_link_at_once_make_one_account(self):
        cast = make_cast()
        _, secret = invite(cast)
        results = together(
            [lambda: inviting.accept_new(secret, "Trần Thị Mới", PASSWORD)] * 2
        )
        self.assertEqual(sum(isinstance(r, User) for r in results), 1)
        self.assertEqual(sum(isinstance(r, PeopleError) for r in results), 1)
        self.assertEqual(
            Membership.objects.filter(user__email__contains="moi").count(), 1
        )
