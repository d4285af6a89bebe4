"""The editing grid by keyboard and mouse, row by row and cell by cell."""

import re

from playwright.sync_api import expect

from plans.models import ImprovementPlan
from tests.browser import editor_steps as grid
from tests.browser import probes, steps
from tests.browser.editor_steps import GridCase
from tests.browser.visitor import PHONE
from tests.factories.plans import ROW_2026


class CellTests(GridCase):
    def test_the_keyboard_walks_edits_restores_and_goes_on(self):
        page = self.page
        grid.select(page, 1, "goal")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        expect(grid.cell(page, 2, "actions")).to_be_focused()
        page.keyboard.press("Home")
        expect(grid.rows(page).nth(1).get_by_role("rowheader")).to_be_focused()
        page.keyboard.press("Control+Home")
        page.keyboard.press("End")
        expect(grid.cell(page, 1, "progress")).to_be_focused()
        grid.select(page, 1, "goal")
        page.keyboard.type(" ngay")  # typing is enough
        page.keyboard.press("Escape")
        expect(grid.cell(page, 1, "goal")).to_have_text(ROW_2026["goal"])
        expect(grid.cell(page, 1, "goal")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.type(" và")
        page.keyboard.press("Enter")
        page.keyboard.type("dòng hai")
        page.keyboard.press("Tab")
        page.keyboard.type(" tiếp")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Control+Enter")
        expect(grid.cell(page, 1, "goal")).to_be_focused()
        grid.saved(page)
        self.assertEqual(self.stored()[0], ROW_2026["goal"] + " và\ndòng hai")
        self.assertEqual(self.stored("actions")[0], ROW_2026["actions"] + " tiếp")
        page.keyboard.press("Tab")  # out of the grid
        self.assertIsNone(page.evaluate("document.activeElement.closest('table')"))

    def test_one_tab_stop_and_a_second_click_edits(self):
        page = self.page
        stops = page.locator("table[data-table=dong] [tabindex='0']")
        expect(stops).to_have_count(1)
        place = grid.cell(page, 2, "goal")
        place.click()
        expect(place).to_be_focused()
        expect(stops).to_have_count(1)
        place.click()
        box = page.locator(".cell-box")
        expect(box).to_be_focused()
        self.assertEqual(box.get_attribute("aria-label"), "Dòng 2, Mục tiêu cải tiến")

    def test_clearing_a_cell_counts_its_gap_and_ctrl_z_brings_it_back(self):
        page = self.page
        expect(page.locator("#con-thieu")).to_have_text("Đã đủ nội dung bắt buộc")
        place = grid.select(page, 1, "goal")
        page.keyboard.press("Delete")
        grid.saved(page)
        expect(place).to_be_empty()
        expect(page.locator("#con-thieu")).to_have_text("Còn thiếu 1 chỗ")
        expect(grid.rows(page).nth(0).locator(".row-gaps")).to_have_text("Thiếu 1")
        expect(page.locator("[data-gaps=dong]")).to_have_text("Còn thiếu 1 chỗ")
        page.keyboard.press("Control+z")
        expect(place).to_have_text(ROW_2026["goal"])
        expect(page.locator("#con-thieu")).to_have_text("Đã đủ nội dung bắt buộc")
        self.assertEqual(self.stored()[0], ROW_2026["goal"])

    def test_text_of_a_section_is_saved_as_typed(self):
        page = self.page
        section = self.plan.sections.get(key="organisation")
        box = page.locator(f"#muc-{section.pk}")
        box.focus()
        page.keyboard.press("Control+End")
        page.keyboard.type("\n- <b>Tổ</b> =SUM(A1) & 🙂")
        grid.saved(page)
        section.refresh_from_db()
        self.assertTrue(section.text.endswith("\n- <b>Tổ</b> =SUM(A1) & 🙂"))

    def test_hostile_text_is_shown_as_text(self):
        page = self.page
        hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&amp;"
        grid.select(page, 1, "goal")
        page.keyboard.press("Delete")
        grid.write(page, 1, "goal", hostile)
        grid.saved(page)
        grid.open_grid(page, self.url)
        expect(grid.cell(page, 1, "goal")).to_have_text(hostile)
        self.assertEqual(grid.cell(page, 1, "goal").locator("*").count(), 0)


class RowTests(GridCase):
    def test_rows_are_added_copied_moved_merged_deleted_and_brought_back(self):
        page = self.page
        goals = grid.rows(page).locator("td[data-field=goal]")
        grid.write(page, 1, "goal", " A")
        page.keyboard.press("Alt+b")
        expect(goals).to_have_count(4)
        expect(goals.nth(1)).to_have_text(ROW_2026["goal"] + " A")
        steps.something_has_focus(page)
        page.keyboard.press("Alt+ArrowDown")
        expect(goals.nth(2)).to_have_text(ROW_2026["goal"] + " A")
        expect(grid.rows(page).locator(".row-number")).to_have_text(
            ["1", "2", "3", "4"]
        )
        steps.something_has_focus(page)
        page.keyboard.press("Alt+n")
        expect(goals).to_have_count(5)
        expect(goals.nth(3)).to_be_empty()
        page.keyboard.press("Control+Delete")
        expect(goals).to_have_count(4)
        steps.something_has_focus(page)
        page.keyboard.press("Control+z")
        expect(goals).to_have_count(5)
        expect(goals.nth(3)).to_be_empty()
        grid.write(page, 4, "goal", "Chỉ ở đây")
        page.keyboard.press("Alt+g")
        expect(goals).to_have_count(4)
        expect(goals.nth(2)).to_contain_text("Chỉ ở đây")
        steps.something_has_focus(page)
        page.locator("#thong-bao").get_by_role("button", name="Hoàn tác").click()
        expect(goals).to_have_count(5)
        self.assertEqual(self.stored()[2:4], [ROW_2026["goal"] + " A", "Chỉ ở đây"])

    def test_the_menu_of_a_row_does_the_same(self):
        page = self.page
        menu = page.get_by_role("menu")
        grid.rows(page).nth(0).get_by_role("button", name="Thao tác").click()
        expect(menu.get_by_role("menuitem").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        steps.something_has_focus(page)
        page.keyboard.press("Home")
        page.keyboard.press("Enter")
        menu.get_by_role("menuitem", name="Xóa dòng").click()
        expect(grid.rows(page)).to_have_count(2)
        expect(page.locator("#thong-bao")).to_contain_text("Đã xóa dòng 1.")
        steps.something_has_focus(page)
        page.get_by_role("button", name="Thêm lần theo dõi").click()
        expect(grid.rows(page, "theo-doi")).to_have_count(3)
        steps.something_has_focus(page)

    def test_a_row_for_another_criterion_asks_where(self):
        page = self.page
        page.get_by_role("button", name="Thêm nội dung").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Tiêu chí").select_option("3.2")
        dialog.get_by_role("button", name="Thêm dòng").click()
        expect(grid.rows(page)).to_have_count(4)
        page.locator("#luoi[data-ready]").wait_for()
        steps.something_has_focus(page)
        self.assertEqual(self.plan.rows.filter(criterion__code="3.2").count(), 1)

    def test_help_and_history_open_for_the_cell(self):
        page = self.page
        grid.write(page, 1, "responsible", " chính")
        grid.saved(page)
        page.keyboard.press("F1")
        dock = page.get_by_role("complementary", name="Trợ giúp")
        expect(dock).to_contain_text("Dòng 1, Đơn vị/cá nhân phụ trách")
        expect(dock).to_contain_text("Phó hiệu trưởng; nhân viên thư viện")
        self.assertNotIn("Phó hiệu trưởng;", self.stored("responsible")[0])
        phrase = dock.locator("[data-phrase]").first
        expect(phrase).to_be_visible()
        page.keyboard.press("Alt+h")
        history = page.get_by_role("dialog")
        expect(history).to_contain_text("Trần Thị Hiền")
        history.get_by_role("button", name=re.compile("Khôi phục")).first.click()
        expect(grid.cell(page, 1, "responsible")).to_have_text(ROW_2026["responsible"])
        self.assertEqual(self.stored("responsible")[0], ROW_2026["responsible"])


class GuardTests(GridCase):
    def test_a_submitted_plan_refuses_every_way_of_writing_with_words(self):
        page = self.page
        ImprovementPlan.objects.update(status="submitted")
        grid.select(page, 1, "goal")
        told = page.locator("#thong-bao").filter(has_text="không sửa được nữa")
        for keys in ("Alt+ArrowDown", "Control+Delete", "Alt+b", "Alt+n"):
            with self.subTest(keys), self.visitor.refusal(423):
                page.keyboard.press(keys)
                expect(told).to_be_visible()
                told.get_by_role("button", name="Đóng").click()
                steps.something_has_focus(page)
        with self.visitor.refusal(423):
            grid.paste(page, "dán vào")
            page.get_by_role("button", name="Dán, ghi đè").click()
            grid.state_is(page, "locked", "Bị khóa: Kế hoạch đã trình")
        grid.write(page, 2, "goal", " muộn")
        grid.state_is(page, "locked")
        expect(grid.cell(page, 2, "goal")).to_contain_text("muộn")
        self.assertEqual(grid.kept(page), 2)
        self.assertEqual(self.stored(), [ROW_2026["goal"]] * 3)
        # Returned to the school: nothing typed meanwhile is lost.
        ImprovementPlan.objects.update(status="returned")
        page.get_by_role("button", name="Thử lưu lại").click()
        grid.saved(page)
        self.assertEqual(
            self.stored(),
            ["dán vào", ROW_2026["goal"] + " muộn", ROW_2026["goal"]],
        )

    def test_on_a_phone_nothing_scrolls_sideways_and_all_has_names(self):
        page = self.page
        page.set_viewport_size(PHONE)
        grid.write(page, 1, "goal", " trên điện thoại")
        grid.saved(page)
        self.assertEqual(probes.too_wide(page), [])
        self.assertEqual(probes.nameless(page), [])
        self.assertEqual(probes.repeated_ids(page), [])
