"""A page as axe-core sees it: on a screen of 320 pixels, on a desk, and with text of twice
the size."""

from pathlib import Path

from django.conf import settings

from tests.browser import probes
from tests.browser.examining import PagesTestCase
from tests.browser.visitor import DESK

AXE = Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# What larger text can spoil: the other rules ask nothing about sizes.
OF_SIZE = ["target-size", "scrollable-region-focusable"]
_RUN = """async ([type, values]) => {
    const options = { runOnly: { type, values }, resultTypes: ["violations"] };
    const { violations } = await axe.run(document, options);
    return violations.map(({ id, nodes }) =>
        `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}"""
_TEXT_SIZE = "(size) => { document.documentElement.style.fontSize = size; }"
_BEFORE_AXE = "Boolean(window.axe)"
NARROW = {"width": 320, "height": 640}


class AxeCase(PagesTestCase):
    def setUp(self):
        super().setUp()
        self.assertTrue(AXE.exists(), f"{AXE} is missing: `npm ci` brings it")
        self.axe = AXE.read_text()

    def violations(self, page, asked=("tag", TAGS)):
        if not page.evaluate(_BEFORE_AXE):
            page.evaluate(self.axe)
        return page.evaluate(_RUN, list(asked))

    def examine(self, page):
        found = {}
        for size in (NARROW, DESK):
            page.set_viewport_size(size)
            found[f"{size['width']} px"] = self.violations(page)
            found[f"beyond {size['width']} px"] = probes.too_wide(page)
        page.evaluate(_TEXT_SIZE, "200%")
        found["200 %"] = self.violations(page, ("rule", OF_SIZE))
        page.evaluate(_TEXT_SIZE, "")
        return {name: wrong for name, wrong in found.items() if wrong}

    def look_at(self, pages, user=None):
        page = self.visit(user).page
        for name, *address in pages:
            with self.subTest(page=name):
                page.goto(self.address(*address))
                self.assertEqual(self.examine(page), {})
        return page
