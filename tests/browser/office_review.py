"""The first half of the managing office's story: comments, a plan returned and answered,
approved, issued by the school under the next number of its register."""

import re

from playwright.sync_api import expect

from schools.enums import Role
from tests.browser import steps
from tests.browser.case import BrowserTestCase
from tests.factories.plans import ROW_2018, complete, make_plan
from tests.factories.schools import SchoolFactory

YEAR = "2024-2025"
GOAL = "Kết quả cần đạt (so với hiện trạng)"
REMARK = "Mức 2 đo bằng gì? Hãy ghi tỉ lệ & thời điểm."
REASON = "Mục tiêu chưa đo được; xem góp ý ở nội dung 2."
ANSWER = "Đã ghi tỉ lệ <90%> và tháng hoàn thành."
BETTER = "Đạt mức 2: 90% tổ có đủ biên bản vào tháng 3/2025"
NUMBER = "Số: 01/KH-BA"


class OfficeReviewCase(BrowserTestCase):
    """A plan of three rows, its principal and the officer at their browsers; and the
    principal of another school of the office, who will join the inspection."""

    def setUp(self):
        super().setUp()
        other = SchoolFactory(name="Trường Tiểu học Hòa Bình", authority=self.office)
        self.guest = self.person(Role.PRINCIPAL, other, "Đỗ Thị Lan")
        self.plan = complete(make_plan(2024, school=self.school, rows=3))
        self.plan_url = self.plan.get_absolute_url()
        self.school_visitor = self.visit(self.principal)
        self.page = self.school_visitor.page
        self.office_page = self.visit(self.officer).page

    def reviewed_cell(self, number=2):
        cells = steps.cells_named(self.office_page, "dong", GOAL)
        return cells.nth(number - 1)

    # --- submitted and returned -------------------------------------------------------

    def submit(self):
        self.page.goto(self.plan_url)
        steps.take_step(self.page, "Trình duyệt")
        steps.says(self.page, "Đã trình kế hoạch.")
        steps.status_is(self.page, "Đã trình")

    def open_review(self):
        """From the office's home page to the page on which a plan is read and decided."""
        page = self.office_page
        steps.choose_year(page, YEAR)
        waiting = page.get_by_role("region", name="Chờ xem xét")
        waiting.get_by_role("link", name=self.school.name).click()
        page.get_by_role("link", name="Xem xét, góp ý").click()
        expect(page.get_by_role("region", name="Quyết định")).to_be_visible()

    def comment_on_a_cell(self):
        page = self.office_page
        self.open_review()
        name = f"Góp ý ô {GOAL}, nội dung 2"
        page.get_by_role("link", name=name, exact=True).click()
        expect(
            page.get_by_label("Ô được góp ý").locator("option:checked")
        ).to_have_text(GOAL)
        page.get_by_role("textbox", name="Góp ý").fill(REMARK)
        page.get_by_role("button", name="Gửi góp ý").click()
        steps.says(page, "Đã gửi góp ý.")
        expect(self.reviewed_cell()).to_contain_text(REMARK)

    def return_with_reason(self):
        page = self.office_page
        deed = self.decision("Trả lại để sửa")
        deed.get_by_role("textbox").fill(REASON)
        deed.get_by_role("button", name="Trả lại để sửa").click()
        steps.says(page, "Đã trả lại kế hoạch.")
        steps.status_is(page, "Bị trả lại")

    def decision(self, label):
        """The form of one decision, at the end of what was read."""
        heading = self.office_page.get_by_role("heading", name=label, exact=True)
        return self.office_page.locator("form.deed", has=heading)

    # --- answered and submitted again -------------------------------------------------

    def answer_and_correct(self):
        page = self.page
        steps.choose_year(page, YEAR)
        expect(page.get_by_role("main")).to_contain_text(REASON)
        page.get_by_role("link", name="Xem và trả lời góp ý").click()
        thread = page.locator(".thread")
        expect(thread).to_have_count(1)
        expect(thread).to_contain_text(REMARK)
        expect(thread.locator(".quote")).to_contain_text(ROW_2018["goal"])
        thread.locator("summary", has_text="Trả lời").click()
        thread.get_by_role("textbox").fill(ANSWER)
        thread.get_by_role("button", name="Gửi trả lời").click()
        steps.says(page, "Đã gửi câu trả lời.")
        page.goto(self.plan_url)
        editor = steps.open_editor(page, "dong", 2)
        steps.fill(editor, {GOAL: BETTER})
        steps.save(editor)
        steps.says(page, "Đã lưu nội dung.")
        self.submit()

    def see_the_difference_and_approve(self):
        page = self.office_page
        self.open_review()
        expect(self.reviewed_cell()).to_contain_text("1 trả lời")
        page.get_by_role("link", name="Hiện thay đổi từ lần trình trước").click()
        expect(page.locator("td.is-changed")).to_have_count(1)
        expect(self.reviewed_cell().locator("del")).to_have_text(ROW_2018["goal"])
        expect(self.reviewed_cell()).to_contain_text(BETTER)
        self.resolve()
        self.open_review()
        self.decision("Phê duyệt").get_by_role("button").click()
        steps.says(page, "Đã phê duyệt kế hoạch.")
        steps.status_is(page, "Đã duyệt")

    def resolve(self):
        page = self.office_page
        self.reviewed_cell().get_by_role("link", name="1 trả lời").click()
        thread = page.locator(".thread")
        expect(thread.locator(".replies")).to_contain_text(ANSWER)
        expect(thread).to_contain_text("Trường đã sửa nội dung từ lúc góp ý.")
        thread.get_by_role("button", name="Đánh dấu đã xong").click()
        expect(page.get_by_role("main")).to_contain_text("tất cả đã xong")

    # --- issued -----------------------------------------------------------------------

    def issue(self):
        """No number is typed: the register has the next one."""
        page = self.page
        page.goto(self.plan_url)
        page.get_by_role("link", name="Ban hành", exact=True).click()
        page.get_by_label("Ngày ban hành").fill("05/9/2024")
        page.get_by_role("button", name="Ban hành").click()
        steps.says(page, f"Đã ban hành kế hoạch, {NUMBER}.")
        page.get_by_role("navigation").get_by_role("link", name="Sổ văn bản").click()
        page.get_by_role("link", name=re.compile("2024")).first.click()
        expect(page.get_by_role("main")).to_contain_text("01/KH-BA")
