"""One mailbox has one account, however somebody types the e-mail."""

from django.test import TestCase
from django.urls import reverse

from schools.models import User
from tests.factories.schools import UserFactory, make_cast


class AdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()

    def setUp(self):
        self.client.force_login(self.cast.admin)

    def form(self, email):
        names = ("memberships-TOTAL_FORMS", "memberships-INITIAL_FORMS")
        secret = "Phuong-An-2026"
        return {
            "email": email,
            "full_name": "Nguyễn Thị Hoa",
            "usable_password": "true",
            "password1": secret,
            "password2": secret,
            **dict.fromkeys(names, "0"),
        }

    def test_account_made_by_the_administrator_signs_in(self):
        url = reverse("admin:schools_user_add")
        answer = self.client.post(url, self.form("Hoa.NT@Truong.edu.vn"))
        self.assertEqual(answer.status_code, 302)
        person = User.objects.get(email="hoa.nt@truong.edu.vn")
        self.client.logout()
        told = {"login": "Hoa.NT@truong.edu.vn", "password": "Phuong-An-2026"}
        self.client.post(reverse("account_login"), told)
        self.assertEqual(self.client.session["_auth_user_id"], str(person.pk))

    def test_second_account_of_a_mailbox_is_refused(self):
        UserFactory(email="hoa@truong.edu.vn")
        url = reverse("admin:schools_user_add")
        answer = self.client.post(url, self.form("HOA@truong.edu.vn"))
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(
            User.objects.filter(email__iexact="hoa@truong.edu.vn").count(), 1
        )
