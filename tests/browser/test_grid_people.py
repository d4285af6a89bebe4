"""Two people in one plan: nobody's text is lost, whoever is faster."""

from playwright.sync_api import expect

from tests.browser import editor_steps as grid
from tests.browser import steps
from tests.browser.editor_steps import GridCase
from tests.factories.plans import ROW_2026

# Types into the cells of every second row, one after another, as fast as hands never do;
# every cell gets what was there and " <name>".
_TYPE = """([name, first]) => {
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    const type = async () => {
        const rows = [...document.querySelectorAll("table[data-table=dong] tr[data-line]")];
        let count = 0;
        for (let at = first; at < rows.length; at += 2) {
            for (const td of rows[at].querySelectorAll("td[data-seen]")) {
                td.focus();
                td.dispatchEvent(new KeyboardEvent("keydown", { key: "F2", bubbles: true }));
                const box = td.querySelector("textarea");
                box.value += ` ${name}`;
                box.dispatchEvent(new Event("input", { bubbles: true }));
                count += 1;
                await wait(20);
            }
        }
        document.activeElement.blur();
        return count;
    };
    window.typed = null;
    type().then((count) => (window.typed = count));
}"""


class OneCellTests(GridCase):
    def clash(self):
        """Two people write in one cell; the colleague is first."""
        self.other = self.colleague()
        grid.write(self.other.page, 1, "goal", " (của Mai)")
        grid.saved(self.other.page)
        with self.visitor.refusal(409):
            grid.write(self.page, 1, "goal", " (của tôi)")
            grid.state_is(self.page, "conflict", "Có người khác vừa sửa")
        panel = self.page.get_by_role("group", name="Lê Thị Mai vừa sửa")
        expect(panel).to_contain_text(ROW_2026["goal"] + " (của tôi)")
        expect(panel).to_contain_text(ROW_2026["goal"] + " (của Mai)")
        self.assertEqual(self.stored()[0], ROW_2026["goal"] + " (của Mai)")
        return panel

    def choose(self, panel, word):
        panel.get_by_role("button", name=word).click()
        expect(panel).to_have_count(0)
        steps.something_has_focus(self.page)
        grid.saved(self.page)
        return self.stored()[0]

    def test_both_texts_are_shown_other_cells_go_on_and_mine_can_stay(self):
        panel = self.clash()
        grid.write(self.page, 2, "goal", " còn lại")
        grid.state_is(self.page, "conflict")
        expect(panel).to_be_visible()
        self.assertEqual(self.stored()[1], ROW_2026["goal"] + " còn lại")
        stored = self.choose(panel, "Giữ của tôi")
        self.assertEqual(stored, ROW_2026["goal"] + " (của tôi)")

    def test_theirs_can_be_taken_and_mine_brought_back(self):
        panel = self.clash()
        stored = self.choose(panel, "Lấy của người kia")
        self.assertEqual(stored, ROW_2026["goal"] + " (của Mai)")
        expect(grid.cell(self.page, 1, "goal")).to_have_text(stored)
        self.page.keyboard.press("Control+z")
        grid.saved(self.page)
        self.assertEqual(self.stored()[0], ROW_2026["goal"] + " (của tôi)")

    def test_both_can_be_joined_and_a_clash_outlives_a_closed_tab(self):
        self.clash()
        self.page.close()
        self.page = self.visitor.context.new_page()
        with self.visitor.refusal(409):
            grid.open_grid(self.page, self.url)
            grid.state_is(self.page, "conflict")
        panel = self.page.get_by_role("group", name="Lê Thị Mai vừa sửa")
        stored = self.choose(panel, "Gộp cả hai")
        both = f"{ROW_2026['goal']} (của Mai)\n{ROW_2026['goal']} (của tôi)"
        self.assertEqual(stored, both)

    def test_others_are_seen_and_a_row_deleted_by_them_keeps_the_text(self):
        other = self.colleague()
        expect(other.page.locator("#nguoi-cung-mo")).to_contain_text("Trần Thị Hiền")
        grid.select(other.page, 1, "goal")
        other.page.keyboard.press("Control+Delete")
        expect(grid.rows(other.page)).to_have_count(2)
        with self.visitor.refusal(410):
            grid.write(self.page, 1, "goal", " đang viết dở")
            notice = self.page.locator("#thong-bao").get_by_role("alert")
            expect(notice).to_contain_text("Người khác vừa xóa dòng bạn đang viết")
        expect(notice.get_by_label("Chữ của dòng đã bị xóa")).to_have_value(
            f"Dòng 1, Mục tiêu cải tiến: {ROW_2026['goal']} đang viết dở"
        )


class ManyEditsTests(GridCase):
    rows = 50

    def test_two_people_on_different_rows_lose_none_of_four_hundred_edits(self):
        other = self.colleague()
        both = ((self.page, "Hiền", 0), (other.page, "Mai", 1))
        for page, name, first in both:
            page.evaluate(_TYPE, [name, first])
        for page, _, _ in both:
            page.wait_for_function("() => window.typed !== null")
            self.assertEqual(page.evaluate("window.typed"), 200)
            grid.saved(page)
            self.assertEqual(grid.kept(page), 0)
        fields = [c.field for c in self.plan.layout.rows if c.field != "progress"]
        names = ("Hiền", "Mai")
        expected = [
            [f"{ROW_2026[field]} {names[index % 2]}" for field in fields]
            for index in range(50)
        ]
        found = [list(texts) for texts in self.plan.rows.values_list(*fields)]
        self.assertEqual(found, expected)
