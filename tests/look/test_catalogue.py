"""Everything that Django and allauth may say to a person here is said in Vietnamese."""

import gettext
import re
from pathlib import Path

import allauth
import django
from django.conf import settings
from django.test import SimpleTestCase
from django.utils import translation

from tests.look.catalogues import read_po

DJANGO = Path(django.__file__).parent
ALLAUTH = Path(allauth.__file__).parent
OURS = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES"
TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])

# Nobody meets these here: the names of languages, the page of an empty project, the
# page for a missing CSRF token (templates/403_csrf.html stands in its place), and the
# administration of Django's own users.
UNSEEN = {
    "conf/global_settings.py",
    "views/templates/default_urlconf.html",
    "views/csrf.py",
    "contrib/auth/admin.py",
}
# The same in Vietnamese: signs and names.
ALIKE = {
    "…",
    "%(truncated_text)s…",
    "IPv4",
    "IPv6",
    ":?.!",
    ":",
    ", ",
    "URL",
    "Syndication",
    "%s KB",
    "%s MB",
    "%s GB",
    "%s TB",
    "%s PB",
    "%(size)d byte",
    "p.m.",
    "a.m.",
}
# Labels of the stored form of a password, which only the administration shows.
HASH_LABELS = {
    "variety",
    "version",
    "memory cost",
    "time cost",
    "parallelism",
    "block size",
}


def allauth_file_is_met(name):
    """The code of allauth.account, and its messages, mails and snippets that no
    template of ours replaces. Its pages are all replaced."""
    kinds = ("messages", "email", "snippets")
    if name.startswith("account/"):
        return True
    is_text = name.startswith(tuple(f"templates/account/{kind}/" for kind in kinds))
    return is_text and not (TEMPLATES / name.removeprefix("templates/")).exists()


def translated(entry):
    if entry.plural:
        return translation.ngettext(entry.msgid, entry.plural, 2)
    if entry.context:
        return translation.pgettext(entry.context, entry.msgid)
    return translation.gettext(entry.msgid)


class VietnameseTests(SimpleTestCase):
    def assert_vietnamese(self, entries):
        with translation.override("vi"):
            english = [
                entry.msgid
                for entry in entries
                if entry.msgid not in ALIKE | HASH_LABELS
                and translated(entry) in (entry.msgid, entry.plural)
            ]
        self.assertGreater(len(entries), 20)
        self.assertEqual(english, [])

    def test_django_core_speaks_vietnamese(self):
        entries = read_po(DJANGO / "conf/locale/en/LC_MESSAGES/django.po")
        self.assert_vietnamese([e for e in entries if e.files - UNSEEN])

    def test_django_auth_speaks_vietnamese(self):
        entries = read_po(DJANGO / "contrib/auth/locale/en/LC_MESSAGES/django.po")
        entries = [
            e for e in entries if {f.removeprefix("django/") for f in e.files} - UNSEEN
        ]
        self.assert_vietnamese(entries)

    def test_allauth_speaks_vietnamese(self):
        entries = read_po(ALLAUTH / "locale/en/LC_MESSAGES/django.po")
        met = [e for e in entries if any(map(allauth_file_is_met, e.files))]
        self.assert_vietnamese(met)

    def test_no_message_of_a_form_can_be_read_as_speaking_of_a_school(self):
        with translation.override("vi"):
            for text in ("This field is required.", "This field cannot be blank."):
                self.assertNotIn("Trường", translation.gettext(text))


class CatalogueTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = read_po(OURS / "django.po")

    def test_the_compiled_catalogue_agrees_with_its_source(self):
        with (OURS / "django.mo").open("rb") as compiled:
            catalogue = gettext.GNUTranslations(compiled)._catalog
        catalogue.pop("", None)
        source = {entry.key: entry.translation for entry in self.entries}
        self.assertEqual(catalogue, source)

    def test_no_entry_is_double_or_empty(self):
        keys = [entry.key for entry in self.entries]
        self.assertEqual(len(keys), len(set(keys)))
        self.assertEqual([e.msgid for e in self.entries if not e.translation], [])

    def test_each_entry_belongs_to_django_or_allauth(self):
        known = set()
        for path in (
            DJANGO / "conf/locale/en/LC_MESSAGES/django.po",
            DJANGO / "contrib/auth/locale/en/LC_MESSAGES/django.po",
            ALLAUTH / "locale/en/LC_MESSAGES/django.po",
        ):
            known |= {entry.key for entry in read_po(path)}
        self.assertEqual([e.msgid for e in self.entries if e.key not in known], [])

    def test_translations_take_no_value_that_the_message_does_not_have(self):
        named = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}|%([a-z])")
        for entry in self.entries:
            with self.subTest(entry.msgid):
                source = f"{entry.msgid}{entry.plural or ''}"
                found = set(named.findall(entry.translation))
                self.assertLessEqual(found, set(named.findall(source)))
