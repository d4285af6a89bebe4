"""What a stubborn stranger tries in the grid to lose a text or to see a wrong one."""

from playwright.sync_api import expect

from tests.browser import editor_steps as grid
from tests.browser import steps
from tests.browser.editor_steps import GridCase
from tests.factories.plans import ROW_2026

GOAL = ROW_2026["goal"]
# Room for short texts only, as a storage that is nearly full has.
_NEARLY_FULL = """() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, text) {
        if (text.length > 5000) throw new DOMException("full", "QuotaExceededError");
        return setItem.call(this, key, text);
    };
}"""
# Holds for what a page sends while it closes as well.
_NO_ANSWER = "() => { window.fetch = () => Promise.reject(new TypeError()); }"
_LISTEN = """() => {
    window.heard = [];
    const reader = document.getElementById("doc-len");
    const hear = () => window.heard.push(reader.textContent);
    new MutationObserver(hear).observe(reader, { childList: true });
}"""


class StubbornTests(GridCase):
    def panel(self):
        return self.page.get_by_role("group", name="Lê Thị Mai vừa sửa")

    def hold(self, address):
        """The first answer from `address` is held back: [(route, response)], filled when
        the page knows `window.isHeld`."""
        held = []

        def take(route):
            if held:
                return route.continue_()
            held.append((route, route.fetch()))
            return self.page.evaluate("window.isHeld = true")

        self.page.route(address, take)
        return held

    def is_held(self):
        self.page.wait_for_function("() => window.isHeld")

    def test_a_clash_met_after_a_lost_line_holds_nothing_else_up(self):
        page, other = self.page, self.colleague().page
        self.visitor.context.set_offline(True)
        grid.write(page, 1, "goal", " tôi")
        grid.state_is(page, "offline")
        grid.write(other, 1, "goal", " Mai")
        grid.saved(other)
        self.visitor.context.set_offline(False)
        grid.state_is(page, "conflict")
        with page.expect_response("**/o/"):
            grid.write(page, 2, "goal", " sau đó")
        grid.state_is(page, "conflict")
        self.assertEqual(self.stored()[:2], [GOAL + " Mai", GOAL + " sau đó"])
        # What is shown as one's own is what would be saved, also after Esc and Ctrl+Z.
        mine = self.panel().locator(".clash-mine .lines")
        grid.write(page, 1, "goal", " nữa", leave=False)
        expect(mine).to_have_text(GOAL + " tôi nữa")
        page.keyboard.press("Escape")
        expect(mine).to_have_text(GOAL + " tôi")
        page.keyboard.press("Control+z")
        expect(mine).to_have_text(GOAL + " tôi nữa")
        # A page opened anew decides nothing by itself.
        page.reload()
        grid.state_is(page, "conflict")
        self.visitor.take_faults()
        expect(self.panel()).to_contain_text(GOAL + " tôi nữa")
        self.assertEqual(self.stored()[0], GOAL + " Mai")

    def test_undo_and_typing_reach_rows_that_came_anew(self):
        page = self.page
        goals = grid.rows(page).locator("td[data-field=goal]")
        grid.select(page, 1, "goal")
        page.keyboard.press("Alt+b")
        expect(goals).to_have_count(4)
        grid.write(page, 2, "goal", " khác")
        grid.write(page, 1, "goal", " viết")
        grid.select(page, 2, "goal")
        page.keyboard.press("Alt+g")
        expect(goals).to_have_count(3)
        # Undone while the line is lost, it can be undone once more.
        self.visitor.context.set_offline(True)
        page.keyboard.press("Control+z")
        expect(page.locator("#thong-bao")).to_contain_text("Mất kết nối")
        self.visitor.context.set_offline(False)
        page.keyboard.press("Control+z")
        expect(goals).to_have_count(4)
        grid.select(page, 1, "goal")
        page.keyboard.press("Control+z")
        expect(goals.first).to_have_text(GOAL)
        grid.saved(page)
        self.visitor.take_faults()
        self.assertEqual(self.stored()[:2], [GOAL, GOAL + " khác"])

    def test_what_is_typed_into_a_row_while_it_takes_in_another_stays(self):
        page = self.page
        grid.select(page, 1, "goal")
        page.keyboard.press("Alt+b")
        expect(grid.rows(page)).to_have_count(4)
        grid.write(page, 2, "goal", " khác")
        grid.saved(page)
        merged = self.hold("**/o/gop/")
        page.keyboard.press("Alt+g")
        self.is_held()
        with self.visitor.refusal(409):
            grid.write(page, 1, "goal", " trong lúc gộp")
            grid.state_is(page, "conflict")
        route, response = merged[0]
        route.fulfill(response=response)
        expect(grid.rows(page)).to_have_count(3)
        expect(grid.cell(page, 1, "goal")).to_have_text(GOAL + " trong lúc gộp")
        page.get_by_role("button", name="Gộp cả hai").click()
        grid.saved(page)
        texts = [GOAL, GOAL + " khác", GOAL + " trong lúc gộp"]
        self.assertEqual(self.stored()[0].split("\n"), texts)

    def test_where_the_browser_has_no_room_leaving_asks_first(self):
        page = self.page
        page.evaluate(_NEARLY_FULL)
        page.route("**/o/", lambda route: route.abort())
        grid.select(page, 1, "goal")
        page.keyboard.press("F2")
        page.keyboard.insert_text("dài " * 2000)
        page.keyboard.press("Control+Enter")
        grid.write(page, 2, "goal", " ngắn")
        grid.state_is(page, "offline")
        sign_out = page.get_by_role("button", name="Đăng xuất")
        question = steps.asked(page, sign_out, "dismiss")
        self.assertIn("Còn 2 ô bạn đã gõ nhưng chưa lưu", question)
        # So does the browser, of whoever closes the tab.
        leave = "() => dispatchEvent(new Event('beforeunload', { cancelable: true }))"
        self.assertFalse(page.evaluate(leave))
        self.visitor.take_faults()

    def test_what_is_not_the_servers_own_answer_is_asked_again(self):
        page = self.page
        line = self.plan.rows.first().pk
        answers = [
            {"status": 409, "body": "<html>"},
            {"status": 404, "body": "<html>"},
            {"status": 200, "json": {}},
            {"status": 410, "json": {"gone": [{"table": "van-de", "line": line}]}},
        ]
        page.route("**/o/", lambda route: route.fulfill(**answers[0]))
        grid.write(page, 1, "goal", " x")
        grid.state_is(page, "offline")
        while answers[1:]:
            answers.pop(0)
            with page.expect_response("**/o/"):
                page.get_by_role("button", name="Thử ngay").click()
            grid.state_is(page, "offline")
        page.unroute("**/o/")
        grid.saved(page)
        self.assertEqual(self.stored()[0], GOAL + " x")
        # A refusal is told no longer than it is true.
        grid.select(page, 1, "goal")
        page.keyboard.press("F2")
        page.keyboard.insert_text("a" * 30_000)
        expect(page.get_by_role("alert")).to_contain_text("quá mức 30.000 ký tự")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("ngắn")
        grid.saved(page)
        expect(page.get_by_role("alert")).to_have_count(0)
        self.visitor.take_faults()

    def test_two_closed_tabs_give_two_texts_of_one_cell_back(self):
        first, second = self.page, self.visitor.context.new_page()
        grid.open_grid(second, self.url)
        for page, text in ((first, " thẻ một"), (second, " thẻ hai")):
            page.evaluate(_NO_ANSWER)
            grid.write(page, 1, "goal", text)
            grid.state_is(page, "offline")
        self.assertEqual(grid.kept(second), 2)
        broken = f"soan:{self.principal.pk}:{self.plan.pk}:dong:1:goal:cũ"
        second.evaluate("(key) => localStorage.setItem(key, '{')", broken)
        first.close()
        second.close()
        page = self.visitor.context.new_page()
        grid.open_grid(page, self.url)
        grid.saved(page)
        texts = [f"{GOAL} thẻ {number}" for number in ("hai", "một")]
        self.assertEqual(sorted(self.stored()[0].split("\n")), texts)

    def test_a_link_followed_while_an_answer_is_on_its_way_loses_no_word(self):
        page = self.page
        self.hold("**/o/")
        grid.write(page, 1, "goal", " một", leave=False)
        self.is_held()
        page.keyboard.type(" hai")
        page.get_by_role("link", name="Soạn từng dòng bằng biểu mẫu").click()
        goals = steps.cells_named(page, "dong", "Mục tiêu cải tiến")
        expect(goals.first).to_be_visible()
        self.visitor.take_faults()
        self.assertEqual(self.stored()[0], GOAL + " một hai")

    def test_a_screen_reader_hears_of_saving_when_the_hands_rest(self):
        page = self.page
        page.clock.install()
        grid.open_grid(page, self.url)
        page.evaluate(_LISTEN)
        grid.select(page, 1, "goal")
        page.keyboard.press("F2")
        page.clock.pause_at("2100-01-01")
        for _ in range(3):
            page.keyboard.type(" chữ")
            page.clock.run_for(600)
            grid.saved(page)
            page.clock.run_for(1000)
        self.assertEqual(page.evaluate("window.heard"), [])
        page.clock.run_for(2000)
        self.assertEqual(len(page.evaluate("window.heard")), 1)
