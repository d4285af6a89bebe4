"""Every deed on the lines of a plan is a plain form, for browsers without JavaScript."""

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.case import BrowserTestCase
from tests.factories.plans import criteria_of, make_plan

GOAL = "Kết quả cần đạt (so với hiện trạng)"


class PlainFormTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.plan = make_plan(2024, school=self.school)
        self.first, self.second = criteria_of(self.plan)[:2]
        self.page = self.visit(self.principal, java_script_enabled=False).page
        self.page.goto(self.plan.get_absolute_url())
        self.goals = steps.cells_named(self.page, "dong", GOAL)

    def add_line(self, criterion, goal):
        self.page.get_by_role("link", name="Thêm nội dung").click()
        choices = {"Tiêu chí": str(criterion.pk), "Mức": "1"}
        steps.fill(self.page, {GOAL: goal}, choices)
        steps.save(self.page)
        steps.says(self.page, "Đã lưu nội dung.")

    def test_principal_adds_lines_and_reads_what_the_criterion_asks_for(self):
        self.page.get_by_role("link", name="Thêm nội dung").click()
        panel = self.page.get_by_role("complementary", name="Yêu cầu của tiêu chí")
        for criterion in (self.first, self.second):
            choices = {"Tiêu chí": str(criterion.pk), "Mức": "1"}
            steps.fill(self.page, {GOAL: "Đạt mức 2"}, choices)
            self.page.get_by_role("button", name="Hiện yêu cầu").click()
            expect(panel).to_contain_text(criterion.requirements.first().summary)
            expect(self.page.get_by_label(GOAL)).to_have_value("Đạt mức 2")
        expect(self.page.locator(".error-summary")).to_have_count(0)
        steps.save(self.page)
        expect(self.goals).to_have_text(["Đạt mức 2"])

    def test_a_line_without_its_criterion_is_refused_above_the_form_and_at_the_field(
        self,
    ):
        self.page.get_by_role("link", name="Thêm nội dung").click()
        self.page.get_by_label(GOAL).fill("Đạt mức 2")
        with self.visitors[0].refusal(422):
            steps.save(self.page)
            link = self.page.get_by_role("alert").get_by_role("link")
            expect(link).to_have_text("Tiêu chí: Hãy chọn tiêu chí.")
        link.click()
        expect(self.page.locator("#id_criterion")).to_be_focused()
        expect(self.page.get_by_label(GOAL)).to_have_value("Đạt mức 2")

    def test_principal_edits_duplicates_moves_and_deletes(self):
        self.add_line(self.first, "Một")
        self.add_line(self.second, "Hai")
        expect(self.goals).to_have_text(["Một", "Hai"])

        steps.row_action(self.page, "dong", 2, "Sửa").click()
        steps.fill(self.page, {GOAL: "Hai, đã sửa"})
        steps.save(self.page)
        expect(self.goals).to_have_text(["Một", "Hai, đã sửa"])

        steps.row_action(self.page, "dong", 1, "Nhân bản").click()
        steps.says(self.page, "Đã nhân bản nội dung.")
        expect(self.goals).to_have_text(["Một", "Một", "Hai, đã sửa"])

        steps.row_action(self.page, "dong", 3, "Lên").click()
        steps.says(self.page, "Đã chuyển nội dung lên.")
        expect(self.goals).to_have_text(["Một", "Hai, đã sửa", "Một"])

        steps.row_action(self.page, "dong", 1, "Xuống").click()
        steps.says(self.page, "Đã chuyển nội dung xuống.")
        expect(self.goals).to_have_text(["Hai, đã sửa", "Một", "Một"])

        steps.row_action(self.page, "dong", 2, "Xóa").click()
        self.page.get_by_role("button", name="Xóa nội dung").click()
        steps.says(self.page, "Đã xóa nội dung.")
        expect(self.goals).to_have_text(["Hai, đã sửa", "Một"])
