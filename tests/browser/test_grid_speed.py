"""The grid under load: three hundred rows under the fingers, a whole plan by keyboard."""

from playwright.sync_api import expect

from plans import completeness
from tests.browser import editor_steps as grid
from tests.browser import steps
from tests.browser.editor_steps import GridCase
from tests.browser.typing_on import touched_nodes
from tests.factories.plans import add_rows

TEXTS = {
    "goal": "Đạt mức 2 vào cuối năm học",
    "actions": "- Rà soát hồ sơ\n- Bổ sung biên bản",
    "responsible": "Phó hiệu trưởng",
    "schedule": "Tháng 10/2024",
}


class ManyRowsTests(GridCase):
    """How long a task takes is measured by `make bench`; here, that none grows with the
    plan."""

    rows = 10

    def test_typing_in_a_plan_of_300_rows_touches_no_more_than_in_one_of_ten(self):
        few = touched_nodes(self.page, 5)
        self.plan.rows.all().delete()
        add_rows(self.plan, 300)
        grid.open_grid(self.page, self.url)
        expect(grid.rows(self.page)).to_have_count(300)
        many = touched_nodes(self.page, 150)
        # How often a state is told while one types depends on the server's speed.
        self.assertLess(many, few + 40)


class KeyboardOnlyTests(GridCase):
    """Nothing but keys, from the address of the grid to a complete plan."""

    first_year = 2024
    rows = 1

    def setUp(self):
        super().setUp()
        self.plan.rows.all().delete()
        add_rows(self.plan, 28)
        fields = [c.field for c in self.plan.layout.rows if c.is_required]
        self.assertEqual(set(fields), set(TEXTS))
        self.plan.rows.update(**dict.fromkeys(fields, ""))
        grid.open_grid(self.page, self.url)

    def reach_the_table(self):
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(
                "Boolean(document.activeElement.closest('table[data-table=dong]'))"
            ):
                return
        self.fail("Tab does not lead to the table")

    def test_a_plan_of_28_rows_is_filled_without_a_mouse(self):
        page = self.page
        self.reach_the_table()
        page.keyboard.press("Control+Home")
        names = [column.field for column in self.plan.layout.rows]
        page.keyboard.press("ArrowRight")
        page.keyboard.press("F2")
        for row in range(28):
            for field in names:
                page.keyboard.insert_text(TEXTS.get(field, ""))
                page.keyboard.press("Tab")
            if row % 9 == 0:
                steps.something_has_focus(page)
        grid.saved(page)
        for field, text in TEXTS.items():
            self.assertEqual(self.stored(field), [text] * 28)
        lines = self.plan.rows.all()
        self.assertEqual(lines.exclude(budget="", support="", note="").count(), 0)
        blocking = [gap.message for gap in completeness.gaps(self.plan) if gap.blocks]
        self.assertEqual(blocking, [])
        expect(page.locator("#con-thieu")).to_have_text("Đã đủ nội dung bắt buộc")
