"""Signing in and out and passwords: the whole way in Vietnamese."""

import re
from pathlib import Path

import allauth
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import TestCase
from django.urls import reverse

from schools.models import User
from tests.look.catalogues import read_po

ENGLISH = [
    entry.msgid
    for entry in read_po(
        Path(allauth.__file__).parent / "locale/en/LC_MESSAGES/django.po"
    )
    if len(entry.msgid) > 8 and "%" not in entry.msgid
]
OLD, NEW = "trang-giay-2026", "cay-but-muc-2027"


class AccountPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_user("hang@a.edu.vn", OLD, full_name="Vũ Hằng")

    def setUp(self):
        cache.clear()  # the limits on how often one may try

    def assert_says(self, response, heading, *texts):
        page = response.text
        self.assertInHTML(f"<h1>{heading}</h1>", page)
        for text in texts:
            self.assertIn(text, page)
        words = re.sub(r"<[^>]+>", " ", page)
        self.assertEqual([text for text in ENGLISH if text in words], [])

    def sign_in(self, password=OLD, **post):
        post = {"login": self.user.email, "password": password} | post
        return self.client.post(reverse("account_login"), post)

    def reset_link(self):
        self.client.post(reverse("account_reset_password"), {"email": self.user.email})
        return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]

    def test_sign_in_asks_for_e_mail_and_password(self):
        response = self.client.get(reverse("account_login"))
        self.assert_says(response, "Đăng nhập", "E-mail", "Mật khẩu", "Quên mật khẩu?")

    def test_a_wrong_password_is_told_once_above_the_form(self):
        response = self.sign_in("sai")
        self.assert_says(response, "Đăng nhập", "Có lỗi cần sửa", "<title>Lỗi: ")
        self.assertIn("E-mail hoặc mật khẩu không đúng.", response.text)

    def test_empty_fields_are_named(self):
        response = self.sign_in("", login="")
        self.assert_says(response, "Đăng nhập", "E-mail: Hãy nhập hoặc chọn mục này.")

    def test_signing_in_says_nothing_and_signing_out_says_so(self):
        response = self.sign_in()
        self.assertRedirects(response, reverse("home"), fetch_redirect_response=False)
        response = self.client.post(reverse("account_logout"), follow=True)
        self.assert_says(response, "Đăng nhập", "Bạn đã đăng xuất.")
        self.assertNotIn("Đã đăng nhập", response.text)

    def test_the_page_for_signing_out_asks_first(self):
        self.client.force_login(self.user)
        response = self.client.get(reverse("account_logout"))
        self.assert_says(response, "Đăng xuất")

    def test_an_inactive_person_is_sent_to_the_office(self):
        User.objects.filter(pk=self.user.pk).update(is_active=False)
        response = self.client.post(
            reverse("account_login"),
            {"login": self.user.email, "password": OLD},
            follow=True,
        )
        self.assert_says(response, "Tài khoản đã ngừng hoạt động")
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_nobody_signs_up(self):
        response = self.client.get(reverse("account_signup"))
        self.assert_says(response, "Ở đây không tự đăng ký")
        self.client.post(
            reverse("account_signup"),
            {"email": "la@b.vn", "password1": NEW, "password2": NEW},
        )
        self.assertFalse(User.objects.filter(email="la@b.vn").exists())

    def test_a_forgotten_password_is_set_anew_by_a_link_in_a_mail(self):
        self.assert_says(
            self.client.get(reverse("account_reset_password")), "Đặt lại mật khẩu"
        )
        response = self.client.get(self.reset_link(), follow=True)
        self.assert_says(response, "Đặt mật khẩu mới", "Dài ít nhất 8 ký tự.")
        action = response.request["PATH_INFO"]
        response = self.client.post(
            action, {"password1": NEW, "password2": NEW}, follow=True
        )
        self.assert_says(response, "Đã đặt mật khẩu mới")
        self.user.refresh_from_db()
        self.assertTrue(self.user.check_password(NEW))

    def test_a_used_link_offers_a_new_one(self):
        link = self.reset_link()
        self.user.set_password(NEW)
        self.user.save()
        response = self.client.get(link, follow=True)
        self.assert_says(
            response, "Đường dẫn không còn dùng được", "Yêu cầu đường dẫn mới"
        )

    def test_the_mail_with_the_link_is_vietnamese(self):
        self.reset_link()
        message = mail.outbox[0]
        self.assertEqual(message.subject, "Cải tiến chất lượng: Đặt lại mật khẩu")
        self.assertTrue(message.body.startswith("Kính gửi Thầy/Cô,"))
        self.assertIn("trong 3 ngày", message.body)
        self.assertEqual(settings.PASSWORD_RESET_TIMEOUT, 3 * 24 * 60 * 60)
        self.assertEqual([text for text in ENGLISH if text in message.body], [])

    def test_an_unknown_address_gets_the_same_page_and_a_mail_that_explains(self):
        response = self.client.post(
            reverse("account_reset_password"), {"email": "la@b.vn"}, follow=True
        )
        self.assert_says(response, "Hãy xem hộp thư")
        body = mail.outbox[0].body
        self.assertIn("không có tài khoản nào dùng e-mail này", body)
        self.assertNotIn(reverse("account_signup"), body)

    def test_changing_the_password_leads_home(self):
        self.client.force_login(self.user)
        page = self.client.get(reverse("account_change_password"))
        self.assert_says(page, "Đổi mật khẩu", "Mật khẩu hiện tại")
        response = self.client.post(
            reverse("account_change_password"),
            {"oldpassword": OLD, "password1": NEW, "password2": NEW},
        )
        self.assertRedirects(response, reverse("home"), fetch_redirect_response=False)
        self.assertIn("Đã đổi mật khẩu.", self.said_next())

    def test_a_weak_new_password_is_told_why(self):
        self.client.force_login(self.user)
        response = self.client.post(
            reverse("account_change_password"),
            {"oldpassword": "sai", "password1": "1234", "password2": "4321"},
        )
        self.assert_says(
            response,
            "Đổi mật khẩu",
            "Mật khẩu hiện tại không đúng.",
            "Mật khẩu quá ngắn. Cần ít nhất 8 ký tự.",
            "Mật khẩu chỉ gồm chữ số.",
        )

    def test_confirming_the_password_again_is_vietnamese(self):
        self.client.force_login(self.user)
        response = self.client.get(reverse("account_reauthenticate"))
        self.assert_says(response, "Xác nhận mật khẩu")

    def test_who_tries_too_often_is_asked_to_wait(self):
        for _ in range(20):
            self.client.post(reverse("account_reset_password"), {"email": "la@b.vn"})
        response = self.client.post(
            reverse("account_reset_password"), {"email": "la@b.vn"}
        )
        self.assertEqual(response.status_code, 429)
        self.assert_says(response, "Thao tác quá nhiều lần")

    def said_next(self):
        return self.client.get(reverse("account_logout")).text
