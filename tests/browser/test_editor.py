"""The editor inside the table keeps what was typed, whatever goes wrong around it."""

from playwright.sync_api import expect

from plans.models import ImprovementPlan
from qualityplan.text import MAX_TEXT
from tests.browser import steps
from tests.browser.case import BrowserTestCase
from tests.factories.plans import complete, make_plan

GOAL = "Mục tiêu cải tiến"
TYPED = "Mỗi lớp có hai tiết đọc"


class EditorTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.plan = complete(make_plan(2026, school=self.school, rows=3))
        self.visitor = self.visit(self.principal)
        self.page = self.visitor.page
        self.page.goto(self.plan.get_absolute_url())

    def type_into_line(self, number=1, text=TYPED):
        editor = steps.open_editor(self.page, "dong", number)
        steps.fill(editor, {GOAL: text})
        return editor

    def assert_still_typed(self, text=TYPED):
        box = self.page.locator("tr.line-editor").get_by_label(GOAL, exact=True)
        expect(box).to_have_value(text)

    def goals(self):
        return list(self.plan.rows.values_list("goal", flat=True))

    def test_a_refused_text_stays_and_the_summary_leads_to_it(self):
        too_long = "x" * (MAX_TEXT + 1)
        editor = self.type_into_line(text=too_long)
        with self.visitor.refusal(422):
            steps.save(editor)
            summary = self.page.get_by_role("alert")
            expect(summary).to_be_focused()
        self.assert_still_typed(too_long)
        summary.get_by_role("link", name=GOAL).click()
        expect(editor.get_by_label(GOAL, exact=True)).to_be_focused()

    def test_not_saving_puts_the_line_back(self):
        editor = self.type_into_line()
        editor.get_by_role("link", name="Không lưu").click()
        expect(editor).to_have_count(0)
        expect(steps.lines(self.page, "dong")).to_have_count(3)
        steps.something_has_focus(self.page)
        self.assertNotIn(TYPED, self.goals())

    def test_not_adding_closes_the_new_line(self):
        editor = steps.open_editor(self.page, "dong")
        editor.get_by_role("link", name="Không lưu").click()
        expect(editor).to_have_count(0)
        steps.something_has_focus(self.page)
        steps.open_editor(self.page, "dong")

    def test_what_would_redraw_the_table_waits_until_the_editor_is_closed(self):
        editor = self.type_into_line()
        for name in ("Sửa nội dung 3", "Nhân bản nội dung 3", "Lên: nội dung 3"):
            control = self.page.locator("#dong").get_by_text(name.split()[0]).last
            expect(control).not_to_be_visible()
        steps.save(editor)
        expect(editor).to_have_count(0)
        expect(steps.row_action(self.page, "dong", 3, "Sửa")).to_be_visible()

    def test_a_double_click_adds_one_line(self):
        editor = steps.open_editor(self.page, "dong")
        steps.fill(editor, {GOAL: TYPED})
        editor.get_by_role("button", name="Lưu").dblclick()
        expect(editor).to_have_count(0)
        self.page.goto(self.plan.get_absolute_url())
        self.assertEqual(self.goals().count(TYPED), 1)

    def test_a_person_signed_out_meanwhile_is_told_and_keeps_the_text(self):
        editor = self.type_into_line()
        self.visitor.context.clear_cookies(name="sessionid")
        steps.save(editor)
        expect(self.page.get_by_role("alert")).to_contain_text("đăng nhập")
        self.assert_still_typed()

    def test_a_line_deleted_meanwhile_is_told_and_the_text_stays(self):
        editor = self.type_into_line()
        self.plan.rows.first().delete()
        with self.visitor.refusal(404):
            steps.save(editor)
            expect(self.page.get_by_role("alert")).to_be_visible()
        self.assert_still_typed()
        expect(steps.heading(self.page)).to_have_count(1)

    def test_a_lost_connection_is_told_and_the_text_stays(self):
        editor = self.type_into_line()
        self.visitor.context.set_offline(True)
        steps.save(editor)
        expect(self.page.get_by_role("alert")).to_contain_text("chưa được lưu")
        self.assert_still_typed()
        self.visitor.context.set_offline(False)
        self.visitor.take_faults()  # that the connection was lost
        steps.save(editor)
        expect(editor).to_have_count(0)
        self.assertIn(TYPED, self.goals())

    def test_a_plan_submitted_meanwhile_says_so_and_the_text_stays(self):
        editor = self.type_into_line()
        ImprovementPlan.objects.update(status="submitted")
        with self.visitor.refusal(422):
            steps.save(editor)
            summary = self.page.get_by_role("alert")
            expect(summary).to_contain_text("Kế hoạch đã trình, không sửa được nữa.")
        self.assert_still_typed()
        self.assertNotIn(TYPED, self.goals())
