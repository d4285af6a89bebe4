"""The pages of an inspection on a tablet in a school's meeting room, and on paper."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import probes
from tests.browser.examining import PagesTestCase
from tests.browser.pages_office import WorkOfAnOffice
from tests.browser.test_pages_office import ROUNDS, VISITS

TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
# Lower than a finger is wide (44 px). A tick is as high as its label; a row of a list is
# one link; links in running text are as high as the text.
_SMALL = """() => {
    const target = (e) => e.matches(".task > a") ? e.parentElement : e;
    const inText = (e) => e.matches("a") && getComputedStyle(e).display === "inline";
    const high = (e) => Math.max(
        ...[target(e), ...(e.labels ?? [])].map((x) => x.getBoundingClientRect().height)
    );
    const controls = "a, button, input:not([type=hidden]), select, textarea, summary";
    return [...document.querySelectorAll("main :is(" + controls + ")")]
        .filter((e) => e.checkVisibility() && !(inText(e) && target(e) === e))
        .filter((e) => high(e) < 43.5)
        .map((e) => `${(e.textContent.trim() || e.name).slice(0, 40)}: ${high(e)}`);
}"""
# The colour of its words and the one that words have on the working colour.
_COLOURS = """(e) => {
    const tokens = document.createElement("i");
    tokens.style.color = "var(--on-work)";
    e.append(tokens);
    return [getComputedStyle(e).color, getComputedStyle(tokens).color];
}"""
_DEEPEST_COLOUR = f"(e) => {{ e.className = 'heat-level-3'; return ({_COLOURS})(e); }}"


class PagesOnATabletTests(WorkOfAnOffice, PagesTestCase):
    def setUp(self):
        super().setUp()
        self.inspect()

    def test_every_control_is_large_enough_for_a_finger(self):
        visitor = self.visit(self.officer, **TABLET)
        for name, *address in VISITS + ROUNDS:
            with self.subTest(page=name):
                visitor.page.goto(self.address(*address))
                self.assertEqual(visitor.page.evaluate(_SMALL), [])
                self.assertEqual(probes.too_wide(visitor.page), [])

    def test_the_chosen_result_can_be_read_on_paper(self):
        """Browsers leave backgrounds out: white words would be gone."""
        page = self.visit(self.officer).page
        page.goto(reverse("inspections:findings", args=[self.known["open"]]))
        page.emulate_media(media="print")
        group = page.locator(".result-buttons").first
        chosen = group.locator("[aria-pressed=true]")
        expect(chosen).to_be_visible()
        self.assertNotEqual(*chosen.evaluate(_COLOURS))
        expect(group.locator("[aria-pressed=false]").first).to_be_hidden()

    def test_the_grid_of_28_criteria_is_whole_on_paper(self):
        page = self.visit(self.officer).page
        page.goto(reverse("reports:overview-heat") + "?nam=2024-2025")
        page.emulate_media(media="print")
        # A4 lying on its side, less the margins.
        page.set_viewport_size({"width": 1047, "height": 700})
        expect(page.locator(".heat thead th").nth(27)).to_be_visible()
        self.assertEqual(probes.too_wide(page), [])
        self.assertNotEqual(*page.locator(".heat td").first.evaluate(_DEEPEST_COLOUR))
