"""The first half of a year's story: from the self-assessment to the issued plan."""

import re

from playwright.sync_api import expect

from criteria.models import Criterion
from plans.models import Assessment, ImprovementPlan, RequirementCheck
from tests.browser import steps
from tests.browser import year_steps as year
from tests.browser.case import BrowserTestCase
from tests.factories.assessments import meet
from tests.factories.plans import complete

NOW = "2024-2025"
WEAK = {
    "1.2": "Hội đồng trường chưa họp đủ kỳ. Năm qua mới họp 1 trong 3 kỳ.",
    "1.3": "Chi đoàn hoạt động chưa đều <2 tháng/lần>.",
}
GOAL = "Kết quả cần đạt (so với hiện trạng)"
MONEY = "Dự kiến kinh phí"
LINE = {
    "Công việc/giải pháp cần thực hiện": "- Xếp lịch họp cả năm & công khai.",
    "Chủ trì và phối hợp thực hiện": "Hiệu trưởng chủ trì",
    "Thời gian thực hiện và hoàn thành": "Tháng 9/2024 - tháng 5/2025",
    MONEY: "15 triệu đồng",
}
ADDED_GOAL = "Rà soát chiến lược có cha mẹ học sinh tham gia"
FIRST = "Số: 05/KH-BA"


class FirstHalfCase(BrowserTestCase):
    """What the principal does before the year begins, step by step."""

    def setUp(self):
        super().setUp()
        self.principal_visitor = self.visit(self.principal)
        self.page = self.principal_visitor.page

    def second_window(self, url):
        """Another window of the principal, which does not see what happens meanwhile."""
        window = self.principal_visitor.context.new_page()
        window.goto(url)
        return window

    # --- self-assessment --------------------------------------------------------------

    def assess(self):
        page = self.page
        year.open_assessment(page, NOW)
        year.result_is(page, "Chưa xem xét")
        self.assessment = Assessment.objects.get()
        circular = self.assessment.circular
        criteria = Criterion.objects.filter(standard__circular=circular)
        self.criteria = {c.code: c for c in criteria}
        # Of the other criteria somebody has found Mức 2, but not more.
        meet(self.assessment, 2, without=("1.1", "1.2", "1.3"))
        page.reload()
        year.result_is(page, "Chưa xem xét xong")
        self.review("1.1", 2)
        self.review("1.2", 1)
        self.review("1.3", 1, without=[(1, "c")])
        year.result_is(page, "Không đạt Mức 1")
        year.explains(page, "Tiêu chí chưa đạt Mức 1: 1.3.")
        self.review("1.3", 1)
        year.result_is(page, "Mức 1")
        year.explains(page, "Tiêu chí chưa đạt Mức 2: 1.2, 1.3.")

    def review(self, code, level, **points):
        """Answer the requirements of a criterion and write its texts; back to all."""
        page = self.page
        year.open_review(page, code)
        year.answer(page, self.criteria[code], level, **points)
        page.get_by_label("Mô tả hiện trạng", exact=True).fill(f"Hiện trạng {code}")
        page.get_by_label("Điểm yếu", exact=True).fill(WEAK.get(code, ""))
        year.save_review(page, code)
        year.open_assessment_above(page)

    def try_a_wish(self):
        """What is missing to Mức 2; nothing of it is saved."""
        page = self.page
        before = RequirementCheck.objects.count(), self.updated_at()
        missing = year.wish(page, 2)
        expect(missing).to_have_count(2)
        expect(missing.first).to_contain_text("Tiêu chí 1.2: chưa đạt")
        year.result_is(page, "Mức 1")
        self.assertEqual((RequirementCheck.objects.count(), self.updated_at()), before)

    def updated_at(self):
        return Assessment.objects.values_list("updated_at").get()

    # --- the plan ---------------------------------------------------------------------

    def take_limitations(self):
        page = self.page
        page.get_by_role("link", name="Điểm yếu và kế hoạch cải tiến").click()
        expect(page.locator(".check-note")).to_contain_text(
            f"Chưa có kế hoạch năm học {NOW}"
        )
        limitations = page.url
        expect(page.locator("td.taken").get_by_role("button")).to_have_count(0)
        steps.begin_plan(page, NOW)
        self.plan = ImprovementPlan.objects.get()
        page.goto(limitations)
        late = self.second_window(limitations)
        for code in WEAK:
            page.goto(limitations)
            year.take_limitation(page, code)
            steps.says(page, f"Đã đưa vào kế hoạch năm học {NOW}.")
        goals = steps.cells_named(page, "dong", GOAL)
        expect(goals.first).to_contain_text(
            "Khắc phục điểm yếu: Hội đồng trường chưa họp đủ kỳ."
        )
        page.goto(limitations)
        expect(page.locator("td.taken")).to_have_text(
            [re.compile(f"Đã đưa vào kế hoạch năm học {NOW}")] * 2
        )
        expect(page.locator("td.taken").get_by_role("button")).to_have_count(0)
        year.take_limitation(late, "1.2")
        steps.something_is_wrong(
            late, f"Hạn chế này đã được đưa vào kế hoạch năm học {NOW}"
        )
        late.close()
        self.assertEqual(self.plan.rows.count(), 2)

    def complete_the_plan(self):
        page = self.page
        page.goto(self.plan.get_absolute_url())
        for number in (1, 2):
            editor = steps.open_editor(page, "dong", number)
            steps.fill(editor, LINE)
            steps.save(editor)
            steps.says(page, "Đã lưu nội dung.")
        editor = steps.open_editor(page, "dong")
        choices = {"Tiêu chí": str(self.criteria["1.1"].pk), "Mức": "3"}
        steps.fill(editor, {GOAL: ADDED_GOAL} | LINE, choices)
        steps.save(editor)
        expect(steps.lines(page, "dong")).to_have_count(3)
        complete(self.plan)
        steps.take_step(page, "Trình duyệt")
        steps.says(page, "Đã trình kế hoạch.")

    def approve_and_issue(self):
        officer = self.visit(self.officer).page
        officer.goto(self.plan.get_absolute_url())
        steps.take_step(officer, "Phê duyệt")
        steps.says(officer, "Đã phê duyệt kế hoạch.")
        self.page.reload()
        year.issue(self.page, 5, "05/9/2024")
        steps.says(self.page, f"Đã ban hành kế hoạch, {FIRST}.")
        steps.status_is(self.page, "Đã ban hành")
