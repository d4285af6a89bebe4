"""The control: what keeps two people's texts apart is the server's look at what the writer
had seen. Taken out, the very same typing loses a text, so the tests of two people can fail."""

from unittest import mock

from playwright.sync_api import expect

from tests.browser import editor_steps as grid
from tests.browser.editor_steps import GridCase
from tests.factories.plans import ROW_2026

# What `plans.cells` asks before it writes over a text.
CHECK = "plans.cells.refuse_stale"
BEFORE = ROW_2026["goal"]
THEIRS, MINE = f"{BEFORE} (của Mai)", f"{BEFORE} (của tôi)"


class ControlTests(GridCase):
    def write_in_one_cell(self, other, number):
        """A colleague first, then the principal, who has not seen the colleague's words."""
        grid.write(other, number, "goal", " (của Mai)")
        grid.saved(other)
        grid.write(self.page, number, "goal", " (của tôi)")

    def test_only_without_the_check_the_first_text_is_lost(self):
        other = self.colleague().page
        with mock.patch(CHECK) as check:
            self.write_in_one_cell(other, 1)
            grid.saved(self.page)
        self.assertTrue(check.called)
        self.assertEqual(self.stored()[0], MINE)
        self.assertEqual(grid.kept(self.page) + grid.kept(other), 0, "nor is it kept")
        with self.visitor.refusal(409):
            self.write_in_one_cell(other, 2)
            grid.state_is(self.page, "conflict")
        self.assertEqual(self.stored()[1], THEIRS)
        panel = self.page.get_by_role("group", name="Lê Thị Mai vừa sửa")
        for text in (THEIRS, MINE):
            expect(panel).to_contain_text(text)
