"""Every kind of page, on a phone and on a desk: nothing scrolls sideways, every control
has a name, the keyboard gets past the navigation, and the browser has nothing to complain
about. QUALITYPLAN_SHOTS=folder leaves a picture of each, for people to look at."""

import os
from pathlib import Path

from django.urls import reverse

from tests.browser import probes
from tests.browser.case import BrowserTestCase
from tests.browser.visitor import DESK, PHONE

SHOTS = os.environ.get("QUALITYPLAN_SHOTS")
# As people paste it into a cell: one word without a place to break.
LONG_WORD = "https://drive.google.com/drive/folders/" + "1aB2cD3eF4gH" * 6


class PagesTestCase(BrowserTestCase):
    """`known` maps the words in the lists of pages to what stands in their addresses."""

    types_password = False

    def setUp(self):
        super().setUp()
        self.known = {"school": self.school.pk}

    def address(self, name, *args):
        return reverse(name, args=[self.known.get(arg, arg) for arg in args])

    def examine(self, visitor, role, name):
        """What is wrong with the page as it now stands, at both widths."""
        page = visitor.page
        wrong = {
            "complaints": visitor.take_faults(),
            "without a name": probes.nameless(page),
            "same id": probes.repeated_ids(page),
        }
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            wrong[f"beyond {size['width']}"] = probes.too_wide(page)
            if SHOTS:
                shot = Path(SHOTS) / f"{role}-{name}-{size['width']}.png"
                # What sticks to the window would be drawn in the middle of the page.
                page.evaluate("scrollTo(0, 0)")
                page.screenshot(path=shot, full_page=True)
        page.set_viewport_size(DESK)
        return {what: found for what, found in wrong.items() if found}

    def go_through(self, pages, role, user=None):
        visitor = self.visit(user)
        for name, *address in pages:
            with self.subTest(role=role, page=name):
                visitor.page.goto(self.address(*address))
                probes.skip_link_works(visitor.page)
                self.assertEqual(self.examine(visitor, role, name), {})
