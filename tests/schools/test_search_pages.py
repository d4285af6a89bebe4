"""Searching by name on the pages of schools and of people."""

from django.test import TestCase
from django.urls import reverse

from tests.factories.schools import SchoolFactory, make_cast


class SearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()
        cls.found = SchoolFactory(
            authority=cls.cast.office, name="Trường Mầm non Đông Hòa"
        )

    def setUp(self):
        self.client.force_login(self.cast.leader)

    def schools(self, asked):
        answer = self.client.get(reverse("schools:list"), {"q": asked})
        return [school for school, _ in answer.context["rows"]]

    def test_school_is_found_without_accents(self):
        for asked in ("Đông Hòa", "dong  hoa", " MAM NON "):
            with self.subTest(asked=asked):
                self.assertEqual(self.schools(asked), [self.found])
        self.assertEqual(len(self.schools("")), 2)

    def test_control_characters_find_what_the_rest_finds(self):
        self.assertEqual(self.schools("dong\x00 hoa"), [self.found])
        answer = self.client.get(reverse("schools:people"), {"q": "\x00"})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(len(answer.context["page_obj"]), 8)
