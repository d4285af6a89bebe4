"""What holds for every template: the strict policy of the pages allows no inline code,
and addresses that this house does not serve are not linked."""

import re
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.test import SimpleTestCase

ROOT = Path(settings.BASE_DIR, "templates")
INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a <style>": re.compile(r"<style\b", re.IGNORECASE),
    "a <script> without src": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "code in an attribute": re.compile(r"<[^>]*\son\w+\s*=", re.IGNORECASE),
    "htmx code in an attribute": re.compile(r"\s(data-)?hx-on\b", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "something from another site": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"'](?:https?:)?//",
        re.IGNORECASE,
    ),
}


class TemplateTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.texts = {
            str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
            for path in sorted(ROOT.rglob("*"))
            if path.suffix in {".html", ".txt"}
        }

    def test_no_template_holds_code_or_style(self):
        found = [
            f"{name}: {what}"
            for name, text in self.texts.items()
            for what, pattern in INLINE.items()
            if pattern.search(text)
        ]
        self.assertEqual(found, [])

    def test_a_remark_ends_on_its_line(self):
        """Django prints a {# #} of several lines on the page."""
        open_remark = re.compile(r"\{#(?!.*#\})")
        found = [name for name, text in self.texts.items() if open_remark.search(text)]
        self.assertEqual(found, [])

    def test_every_template_can_be_parsed(self):
        for name in self.texts:
            with self.subTest(name):
                engines["django"].get_template(name)

    def test_templates_stay_short(self):
        lines = {name: text.count("\n") for name, text in self.texts.items()}
        self.assertEqual({n: count for n, count in lines.items() if count > 120}, {})

    def test_no_page_links_to_an_address_of_allauth_that_is_not_served(self):
        linked = set()
        for text in self.texts.values():
            linked |= set(
                re.findall(r"{% url ['\"]((?:account|mfa|social)\w*)['\"]", text)
            )
        self.assertLessEqual(
            linked,
            {
                "account_login",
                "account_logout",
                "account_change_password",
                "account_reset_password",
                "account_reauthenticate",
            },
        )
