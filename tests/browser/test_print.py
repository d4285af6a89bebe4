"""Pages printed from the browser: a sheet of A4 is narrower than a tablet, but no phone."""

from tests.browser import probes
from tests.browser.examining import PagesTestCase
from tests.browser.pages_year import YearOfASchool

# What A4 leaves between margins of 1 cm, in CSS pixels.
PORTRAIT = {"width": 717, "height": 1046}
LANDSCAPE = {"width": 1046, "height": 717}
_HOW = "e => getComputedStyle(e).display"


class PrintedPagesTests(YearOfASchool, PagesTestCase):
    def printed(self, size, *address):
        page = self.visit(self.principal).page
        page.emulate_media(media="print")
        page.set_viewport_size(size)
        page.goto(self.address(*address))
        return page

    def assert_is_a_table(self, page):
        row = page.locator(".plan-table tbody tr").first
        self.assertEqual(row.evaluate(_HOW), "table-row")
        self.assertEqual(probes.too_wide(page), [])

    def test_tables_stay_tables(self):
        self.carry_out()
        for page in (
            self.printed(PORTRAIT, "plans:evidence-list", "school", 2022),
            self.printed(PORTRAIT, "plans:year", "issued"),
            self.printed(LANDSCAPE, "plans:progress", "issued"),
        ):
            with self.subTest(page=page.url):
                self.assert_is_a_table(page)

    def test_columns_of_a_plan_fit_on_the_sheet_and_buttons_are_left_out(self):
        self.carry_out()
        for size in (PORTRAIT, LANDSCAPE):
            with self.subTest(**size):
                page = self.printed(size, "plans:detail", "issued")
                self.assert_is_a_table(page)
                last = page.locator(".plan-lines th.line-actions").first
                self.assertEqual(last.evaluate(_HOW), "none")

    def test_sheets_are_printed_at_their_size_and_alone(self):
        self.carry_out()
        page = self.printed(PORTRAIT, "reports:plan-preview", "issued")
        sheet = page.locator(".paper").first
        self.assertEqual(sheet.evaluate("e => getComputedStyle(e).zoom"), "1")
        self.assertEqual(page.locator(".page-head").evaluate(_HOW), "none")
