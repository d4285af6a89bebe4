"""One main button on a page: what should be done next."""

import re

from django.urls import reverse

from tests.factories.inspections import make_round
from tests.factories.schools import school_year
from tests.inspections.cases import InspectionCase

MAIN = re.compile(r'<(?:a|button) class="btn btn-primary"[^>]*>([^<]+)')


class MainButtonTests(InspectionCase):
    def setUp(self):
        self.client.force_login(self.cast.leader)

    def main_buttons(self, name, *args):
        address = reverse(f"inspections:{name}", args=args)
        page = self.client.get(address, {"nam": "2024-2025"})
        return MAIN.findall(page.content.decode())

    def test_a_round_is_begun_by_one_button(self):
        self.assertEqual(self.main_buttons("list"), ["Lập đợt kiểm tra"])
        make_round(self.cast.office, school_year(2024))
        self.assertEqual(self.main_buttons("list"), ["Lập đợt kiểm tra"])

    def test_an_inspection_is_ended_by_the_main_button_once_nothing_is_missing(self):
        lacking = self.inspection("open", results=())
        self.assertEqual(self.main_buttons("detail", lacking.pk), [])
        whole = self.inspection("open")
        self.assertEqual(self.main_buttons("detail", whole.pk), ["Kết thúc kiểm tra"])
