"""The pages of the year under 57/2026: mandatory criteria and two levels, the reviews of a
plan, and the way there from a plan of 2018."""

import re

from playwright.sync_api import expect

from criteria.models import Criterion
from plans.models import Assessment, ImprovementPlan
from tests.browser import steps
from tests.browser import year_steps as year
from tests.browser.case import BrowserTestCase
from tests.browser.papers import squeezed
from tests.factories.assessments import meet
from tests.factories.evidence import carried_out
from tests.factories.plans import complete, make_plan
from tests.factories.reports import enter

HIGHER = re.compile("Mức [34]")
MANDATORY_COUNT = 8
WEAK = "Mới 41% học sinh mượn sách hằng tuần. Sách cũ chiếm 38%."
CAUSE = "Khối 1, 2 chưa có tiết đọc (<1 tiết/tuần)."
MID_YEAR = "Đã xếp tiết đọc cho 18/18 lớp."
WHOLE_YEAR = "82% học sinh mượn sách hằng tuần."


class AssessmentOf2026Tests(BrowserTestCase):
    def test_principal_assesses_by_two_levels_and_takes_a_limitation_into_an_issue(
        self,
    ):
        self.page = self.visit(self.principal).page
        self.begin()
        self.assess()
        self.wish()
        self.take()

    def begin(self):
        page = self.page
        year.open_assessment(page, "2026-2027")
        self.assessment = Assessment.objects.get()
        self.criterion = Criterion.objects.get(
            standard__circular=self.assessment.circular, code="1.3"
        )
        expect(page.get_by_text("Bắt buộc", exact=True)).to_have_count(MANDATORY_COUNT)
        self.shows_two_levels()
        meet(self.assessment, 2, without=("1.3",))
        page.reload()
        year.result_is(page, "Chưa xem xét xong")

    def assess(self):
        """Criterion 1.3 is mandatory: alone it holds back the school."""
        page = self.page
        for level, name, reason in (
            (0, "Không đạt Mức 1", "Tiêu chí bắt buộc chưa đạt Mức 1: 1.3."),
            (1, "Mức 1", "Tiêu chí bắt buộc chưa đạt Mức 2: 1.3."),
        ):
            year.open_review(page, "1.3")
            self.shows_two_levels()
            year.answer(page, self.criterion, level)
            page.get_by_label("Hạn chế", exact=True).fill(WEAK)
            page.get_by_label("Nguyên nhân của hạn chế", exact=True).fill(CAUSE)
            year.save_review(page, "1.3")
            self.shows_two_levels()
            year.open_assessment_above(page)
            year.result_is(page, name)
            year.explains(page, reason)
            self.shows_two_levels()

    def wish(self):
        page = self.page
        offered = page.get_by_label("Thử xem còn thiếu gì").locator("option")
        expect(offered).to_have_text(["Mức 1", "Mức 2"])
        expect(year.wish(page, 2)).to_have_text([re.compile("^Tiêu chí 1.3: chưa đạt")])
        self.shows_two_levels()

    def take(self):
        """The limitation becomes a focus issue and the row that answers it."""
        page = self.page
        plan = make_plan(2026, school=self.school)
        page.get_by_role("link", name="Hạn chế và kế hoạch cải tiến").click()
        self.shows_two_levels()
        year.take_limitation(page, "1.3")
        steps.says(page, "Đã đưa vào kế hoạch năm học 2026-2027.")
        for slug, text in (("van-de", CAUSE), ("dong", "Mới 41% học sinh mượn sách")):
            expect(steps.lines(page, slug)).to_have_count(1)
            expect(steps.lines(page, slug)).to_contain_text(text)
        self.assertEqual(plan.rows.get().focus_issue, plan.focus_issues.get())

    def shows_two_levels(self):
        expect(self.page.get_by_text(HIGHER)).to_have_count(0)


class MonitoringTests(BrowserTestCase):
    def test_principal_records_both_reviews_and_reads_them_on_the_paper(self):
        plan = complete(carried_out(2026, school=self.school))
        page = self.visit(self.principal).page
        page.goto(plan.get_absolute_url())
        page.get_by_role("link", name="Thực hiện và theo dõi").click()
        reviews = page.get_by_role("region", name="Theo dõi và đánh giá")
        recorded = reviews.get_by_role("link", name=re.compile("^Ghi kết quả"))
        for index, result in enumerate((MID_YEAR, WHOLE_YEAR)):
            expect(recorded).to_have_count(2)
            recorded.nth(index).click()
            page.get_by_label("Kết quả thực hiện").fill(result)
            page.get_by_label("Người đánh giá").fill("Tổ giám sát")
            page.get_by_role("button", name="Lưu").click()
            steps.says(page, "Đã lưu lần theo dõi.")
            expect(reviews).to_contain_text(result)
        page.get_by_role("link", name="Xem bản in đang cập nhật").click()
        paper = squeezed("".join(steps.paper(page).all_inner_texts()))
        for text in (MID_YEAR, WHOLE_YEAR, "Tổ giám sát"):
            self.assertIn(squeezed(text), paper)
        steps.open_plan(page)
        page.get_by_role("link", name="Kết thúc năm học").click()
        expect(page.get_by_role("main")).to_contain_text(
            "Chưa kết thúc được: năm học 2026-2027 chưa kết thúc"
        )


class CrosswalkTests(BrowserTestCase):
    def test_principal_carries_a_plan_of_2018_into_the_form_of_2026(self):
        old = complete(carried_out(2025, school=self.school, rows=4))
        ImprovementPlan.objects.filter(pk=old.pk).update(status="closed")
        rows = list(old.rows.order_by("position"))
        enter(rows[0], "done", "2026-05-10", done="Đã làm xong.")
        enter(rows[1], "not_done", "2026-05-10", reason="Chưa có kinh phí.")
        page = self.visit(self.principal).page
        steps.choose_year(page, "2026-2027")
        page.get_by_role("link", name="Lập từ kế hoạch 2025-2026").click()
        going = page.get_by_role("region", name="1. Chuyển sang năm mới")
        expect(going.locator("tbody tr")).to_have_count(3)
        expect(going.locator("tbody tr").first).to_contain_text("Chưa có kinh phí.")
        # One criterion of 2018 has nothing to go on into: that row waits for a decision.
        going.locator("input[name=rows]:not(:checked)").check()
        chosen = self.choose_another_criterion(page, going)
        self.look_at_the_preview(going, rows[1])
        page.get_by_role("button", name="Lập kế hoạch 2026-2027").click()
        steps.says(page, "Đã lập kế hoạch năm học 2026-2027 và chuyển 3 nội dung.")
        new = ImprovementPlan.objects.exclude(pk=old.pk).get()
        carried = new.rows.get(carried_from=rows[1])
        self.assertEqual((carried.criterion_id, carried.goal), (chosen, rows[1].goal))
        self.assertFalse(new.rows.filter(carried_from=rows[0]).exists())
        expect(page.get_by_text("Chuyển từ năm trước")).to_have_count(3)

    def choose_another_criterion(self, page, going):
        """The crosswalk suggests; the person decides. The pk of the one chosen."""
        expect(page.get_by_role("main")).to_contain_text("gợi ý theo bảng đối chiếu")
        choice = going.get_by_role("combobox").first
        suggested = choice.input_value()
        other = choice.locator("optgroup[label='Tiêu chí khác'] option").last
        chosen = other.get_attribute("value")
        self.assertNotEqual(suggested, chosen)
        choice.select_option(chosen)
        return int(chosen)

    def look_at_the_preview(self, going, row):
        """How the first row would read in the columns of Mẫu số 2."""
        going.get_by_text("Sẽ ghi vào kế hoạch mới").first.click()
        preview = going.locator("details[open] dl")
        expect(preview).to_contain_text("Chỉ số đánh giá kết quả")
        expect(preview).to_contain_text(row.goal)
        expect(preview).to_contain_text("Để trống, nhà trường bổ sung")
