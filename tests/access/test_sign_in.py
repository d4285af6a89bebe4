"""Pages of people who have not signed in, and the administration."""

import pytest
from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse

from tests.factories.schools import make_cast


@pytest.mark.one_database
class SignInPagesTests(TestCase):
    def test_pages_before_sign_in_open_to_anybody(self):
        for name in ("alive", "account_login", "account_reset_password"):
            self.assertEqual(self.client.get(reverse(name)).status_code, 200)

    def test_nobody_can_register(self):
        self.client.post(
            reverse("account_signup"),
            {
                "email": "la@example.edu.vn",
                "password1": "x" * 12,
                "password2": "x" * 12,
            },
        )
        self.assertEqual(get_user_model().objects.count(), 0)

    def test_administration_is_closed_to_people_of_schools_and_offices(self):
        cast = make_cast()
        for actor in ("principal", "leader", "stranger"):
            self.client.force_login(getattr(cast, actor))
            response = self.client.get(reverse("admin:schools_user_changelist"))
            self.assertEqual(response.status_code, 302)
        self.client.force_login(cast.admin)
        response = self.client.get(reverse("admin:schools_user_changelist"))
        self.assertEqual(response.status_code, 200)
