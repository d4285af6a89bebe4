"""Sign-in by allauth, as this house wants it. Its Vietnamese stands in
`qualityplan/locale` and in `templates/account`."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are given by the office or by the school, never taken."""
        return False

    def format_email_subject(self, subject):
        return f"Cải tiến chất lượng: {subject}"

    def get_password_change_redirect_url(self, request):
        return reverse("home")
