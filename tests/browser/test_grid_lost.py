"""Whatever goes away in the middle of a word (the server, the line, the session, the tab),
every character is there afterwards."""

from playwright.sync_api import expect

from plans.models import LineChange
from schools.enums import Role
from tests.browser import editor_steps as grid
from tests.browser import steps
from tests.browser.case import PASSWORD
from tests.browser.editor_steps import GridCase, KillableGridCase
from tests.factories.plans import ROW_2026

SENTENCE = " Thư viện mở cửa cả tuần, mỗi lớp hai tiết đọc; 45 đầu sách mới."


class ServerTests(KillableGridCase):
    def test_a_server_killed_in_mid_typing_loses_no_character(self):
        page = self.page
        third = len(SENTENCE) // 3
        grid.write(page, 1, "goal", SENTENCE[:third], leave=False)
        self.kill()
        page.keyboard.type(SENTENCE[third : 2 * third])
        grid.state_is(page, "offline", "Mất kết nối – nội dung vẫn giữ trên máy này")
        page.keyboard.press("Tab")
        page.keyboard.type(SENTENCE)
        self.assertEqual(grid.kept(page), 2)
        self.revive()
        page.keyboard.press("Shift+Tab")
        page.keyboard.type(SENTENCE[2 * third :])
        grid.saved(page)
        self.visitor.take_faults()  # that there was no server
        self.assertEqual(self.stored()[0], ROW_2026["goal"] + SENTENCE)
        self.assertEqual(self.stored("actions")[0], ROW_2026["actions"] + SENTENCE)
        self.assertEqual(grid.kept(page), 0)

    def test_a_tab_closed_while_the_server_is_away_gives_its_texts_back(self):
        page = self.page
        self.kill()
        grid.write(page, 2, "goal", SENTENCE)
        grid.state_is(page, "offline")
        page.close()
        self.revive()
        self.visitor.take_faults()
        page = self.visitor.context.new_page()
        grid.open_grid(page, self.url)
        expect(page.locator("#thong-bao")).to_contain_text("Đã khôi phục 1 ô chưa lưu.")
        expect(grid.cell(page, 2, "goal")).to_have_text(ROW_2026["goal"] + SENTENCE)
        grid.saved(page)
        self.assertEqual(self.stored()[1], ROW_2026["goal"] + SENTENCE)
        self.assertEqual(grid.kept(page), 0)


class LineTests(GridCase):
    def test_without_the_line_texts_wait_and_are_saved_once(self):
        page = self.page
        self.visitor.context.set_offline(True)
        grid.write(page, 1, "goal", SENTENCE)
        grid.write(page, 2, "goal", SENTENCE)
        grid.state_is(page, "offline")
        expect(grid.cell(page, 1, "goal")).to_have_attribute("data-mark", "Chưa lưu")
        self.assertEqual(self.stored()[0], ROW_2026["goal"])
        self.visitor.context.set_offline(False)
        grid.saved(page)
        self.visitor.take_faults()
        self.assertEqual(self.stored()[:2], [ROW_2026["goal"] + SENTENCE] * 2)
        self.assertEqual(
            LineChange.objects.count(), 2, "each of the two lines changed once"
        )
        self.assertNotIn(
            "data-mark", grid.cell(page, 1, "goal").evaluate("td => td.outerHTML")
        )

    def test_an_answer_lost_on_the_way_is_no_conflict_with_oneself(self):
        page = self.page
        dropped = []

        def swallow(route):
            if not dropped:
                dropped.append(route.fetch())  # the server has saved it
                return route.abort()
            return route.continue_()

        page.route("**/o/", swallow)
        grid.write(page, 1, "goal", " một", leave=False)
        grid.state_is(page, "offline")
        page.keyboard.type(" hai")
        with self.visitor.refusal(409):  # which nobody sees
            grid.saved(page)
        self.visitor.take_faults()
        expect(page.get_by_role("button", name="Giữ của tôi")).to_have_count(0)
        self.assertEqual(self.stored()[0], ROW_2026["goal"] + " một hai")

    def test_two_tabs_of_one_person_do_not_quarrel(self):
        first, second = self.page, self.visitor.context.new_page()
        grid.open_grid(second, self.url)
        grid.write(first, 1, "goal", " một")
        grid.saved(first)
        expect(grid.cell(second, 1, "goal")).to_have_text(ROW_2026["goal"] + " một")
        grid.write(second, 1, "goal", " hai")
        grid.saved(second)
        grid.write(first, 1, "goal", " ba")
        grid.saved(first)
        self.assertEqual(self.stored()[0], ROW_2026["goal"] + " một hai ba")


class SessionTests(GridCase):
    def sign_out(self):
        other = self.visitor.context.new_page()
        other.goto("/")
        other.get_by_role("button", name="Đăng xuất").click()
        other.get_by_label("Mật khẩu").wait_for()
        return other

    def sign_in(self, page, user):
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_role("heading", level=1, name="Việc cần làm").wait_for()

    def test_signed_out_in_another_tab_while_typing_goes_on_after_signing_in(self):
        page = self.page
        grid.write(page, 1, "goal", " Trước;", leave=False)
        grid.saved(page)
        other = self.sign_out()
        with self.visitor.refusal(401):
            page.keyboard.type(" sau.")
            grid.state_is(page, "signed-out", "nội dung vẫn giữ trên máy này")
        expect(page.get_by_role("link", name="Đăng nhập ở thẻ mới")).to_be_visible()
        self.sign_in(other, self.principal)
        grid.saved(page)
        self.visitor.take_faults()  # further refused attempts
        self.assertEqual(self.stored()[0], ROW_2026["goal"] + " Trước; sau.")
        self.assertEqual(grid.kept(page), 0)

    def test_somebody_else_signing_in_does_not_save_in_his_name(self):
        page = self.page
        colleague = self.person(Role.EDITOR, self.school, "Lê Thị Mai")
        other = self.sign_out()
        with self.visitor.refusal(401):
            grid.write(page, 1, "goal", " của hiệu trưởng")
            grid.state_is(page, "signed-out")
        self.sign_in(other, colleague)
        page.get_by_role("button", name="Thử ngay").click()
        grid.state_is(page, "signed-out")
        page.close()
        # The text is the principal's: nobody else sees it, and it comes back to her.
        grid.open_grid(other, self.url)
        expect(grid.cell(other, 1, "goal")).to_have_text(ROW_2026["goal"])
        other = self.sign_out()
        self.sign_in(other, self.principal)
        grid.open_grid(other, self.url)
        grid.saved(other)
        self.visitor.take_faults()
        self.assertEqual(self.stored()[0], ROW_2026["goal"] + " của hiệu trưởng")

    def test_signing_out_asks_about_unsaved_texts_and_leaves_none(self):
        page = self.page
        page.route("**/o/", lambda route: route.abort())
        grid.write(page, 1, "goal", " chưa lưu")
        grid.state_is(page, "offline")
        button = page.get_by_role("button", name="Đăng xuất")
        question = steps.asked(page, button, "dismiss")
        self.assertIn("Còn 1 ô bạn đã gõ nhưng chưa lưu", question)
        expect(page.locator("#luoi")).to_be_visible()
        self.assertEqual(steps.asked(page, button, "accept"), question)
        page.get_by_label("Mật khẩu").wait_for()
        self.visitor.take_faults()
        self.assertEqual(grid.kept(page), 0)
