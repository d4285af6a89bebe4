"""The story of a plan: written by a principal, returned and approved by an officer,
issued and downloaded by the principal."""

import re
from urllib.parse import quote

from playwright.sync_api import expect

from criteria.models import Criterion
from plans.models import ImprovementPlan
from tests.browser import steps
from tests.browser.case import BrowserTestCase
from tests.browser.papers import squeezed, texts_of_docx, texts_of_pdf
from tests.browser.stories import MAU_SO_2, NINE_COLUMNS

REASON = "Mục tiêu chưa đo được; ghi rõ tỉ lệ & thời điểm."
BETTER_GOAL = "Đạt 90% vào cuối học kỳ I"
WRITING = re.compile("^(Sửa|Thêm|Xóa|Nhân bản|Lên|Xuống)")


class PlanStoryTests(BrowserTestCase):
    def test_plan_of_57_2026_from_first_word_to_download(self):
        self.let_the_office_approve(2026)
        self.tell(MAU_SO_2)

    def test_plan_of_17_2018_from_first_word_to_download(self):
        self.tell(NINE_COLUMNS)

    def tell(self, story):
        principal, officer = self.visit(self.principal), self.visit(self.officer)
        self.write(principal, story)
        self.submit(principal)
        self.return_with_reason(officer, story)
        self.correct(principal, story)
        self.approve(officer, story)
        self.issue(principal, story)
        self.download(principal, story)
        self.nothing_can_be_written(principal, officer)

    # --- the principal writes ---------------------------------------------------------

    def write(self, visitor, story):
        page = visitor.page
        steps.begin_plan(page, story.year)
        expect(page.get_by_role("main")).to_contain_text(story.form_name)
        self.plan = ImprovementPlan.objects.get()
        self.criteria = Criterion.objects.filter(
            standard__circular=self.plan.circular, standard__number=1
        ).order_by("position")
        if story.issue:
            self.add_issue(page, story)
        self.add_first_line(page, story)
        self.add_second_line(page, story)
        self.rearrange(page, story)
        self.fill_the_gaps(page, story)
        self.look_at_the_paper(page, story)

    def add_issue(self, page, story):
        editor = steps.open_editor(page, "van-de")
        steps.fill(editor, story.issue, {"Tiêu chí": str(self.criteria[0].pk)})
        steps.save(editor)
        steps.says(page, "Đã lưu vấn đề.")
        steps.something_has_focus(page)

    def add_first_line(self, page, story):
        """The requirements stand beside the fields and follow the chosen criterion."""
        first, second = self.criteria[:2]
        editor = steps.open_editor(page, "dong")
        panel = editor.get_by_role("complementary", name="Yêu cầu của tiêu chí")
        expect(panel).to_contain_text("Chọn tiêu chí để xem yêu cầu")
        for shown, hidden in ((second, first), (first, second)):
            steps.fill(editor, {}, {"Tiêu chí": str(shown.pk)})
            expect(panel).to_contain_text(shown.requirements.first().summary)
            expect(panel).not_to_contain_text(hidden.requirements.first().summary)
            steps.something_has_focus(page)
        steps.fill(editor, story.line, story.choices)
        steps.save(editor)
        steps.says(page, "Đã lưu nội dung.")
        steps.something_has_focus(page)
        shown = steps.cells_named(page, "dong", story.goal_label)
        expect(shown).to_have_text([story.line[story.goal_label]])

    def add_second_line(self, page, story):
        editor = steps.open_editor(page, "dong")
        choices = {"Tiêu chí": str(self.criteria[1].pk), **story.choices}
        steps.fill(editor, {story.goal_label: "Nháp"}, choices)
        steps.save(editor)
        expect(steps.lines(page, "dong")).to_have_count(2)

    def rearrange(self, page, story):
        """Edit the second line, copy it, move the copy up, delete both."""
        goals = steps.cells_named(page, "dong", story.goal_label)
        goal = story.line[story.goal_label]
        editor = steps.open_editor(page, "dong", 2)
        steps.fill(editor, {story.goal_label: "Nháp đã sửa"})
        steps.save(editor)
        expect(goals).to_have_text([goal, "Nháp đã sửa"])
        steps.row_action(page, "dong", 1, "Nhân bản").click()
        expect(goals).to_have_text([goal, goal, "Nháp đã sửa"])
        steps.something_has_focus(page)
        steps.row_action(page, "dong", 3, "Lên").click()
        expect(goals).to_have_text([goal, "Nháp đã sửa", goal])
        steps.something_has_focus(page)
        steps.row_action(page, "dong", 2, "Xuống").click()
        expect(goals).to_have_text([goal, goal, "Nháp đã sửa"])
        for left in ([goal, goal], [goal]):
            steps.delete(page, "dong", len(left) + 1)
            steps.says(page, "Đã xóa nội dung.")
            expect(goals).to_have_text(left)
            steps.something_has_focus(page)

    def fill_the_gaps(self, page, story):
        """Each line of the list leads to its field, and is gone once that is filled."""
        remaining = list(story.gaps)
        while remaining:
            page.get_by_role("link", name="Còn thiếu gì?").click()
            listed = page.locator(".gap-list a")
            expect(listed).to_have_count(len(remaining))
            self.assertCountEqual(
                listed.all_inner_texts(), [gap.message for gap in remaining]
            )
            gap = remaining.pop(0)
            listed.filter(has_text=gap.message).click()
            text_field = page.get_by_label(gap.label, exact=True)
            if gap.is_cell:
                expect(text_field).to_be_focused()
            text_field.fill(gap.text)
            page.get_by_role("button", name="Lưu").click()
            steps.says(page, "Đã lưu")
        page.get_by_role("link", name="Còn thiếu gì?").click()
        expect(page.get_by_role("main")).to_contain_text("Kế hoạch đã đủ nội dung")
        steps.open_plan(page)

    def look_at_the_paper(self, page, story):
        page.get_by_role("link", name="Xem bản in").click()
        sheets = steps.paper(page)
        count = sheets.count()
        self.assertGreater(count, 1)
        expect(page.get_by_role("main")).to_contain_text(f"{count} trang khổ A4.")
        paper = squeezed("".join(sheets.all_inner_texts()))
        for text in story.typed:
            self.assertIn(squeezed(text), paper)
        sheets.get_by_role("link", name=re.compile("^Sửa")).last.click()
        expect(page.get_by_label("Nội dung")).to_have_value(story.gaps[-1].text)
        steps.open_plan(page)

    # --- submitted, returned, corrected, approved -------------------------------------

    def submit(self, visitor):
        steps.take_step(visitor.page, "Trình duyệt")
        steps.says(visitor.page, "Đã trình kế hoạch.")
        steps.status_is(visitor.page, "Đã trình")

    def open_from_the_waiting_list(self, page, story):
        steps.choose_year(page, story.year)
        waiting = page.get_by_role("region", name="Chờ xem xét")
        waiting.get_by_role("link", name=self.school.name).click()
        steps.status_is(page, "Đã trình")

    def return_with_reason(self, visitor, story):
        page = visitor.page
        self.open_from_the_waiting_list(page, story)
        steps.take_step(page, "Trả lại để sửa")
        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        message = "Hãy ghi: lý do trả lại, điều cần sửa."
        expect(summary).to_contain_text(message)
        expect(page.locator(".invalid-feedback")).to_have_text(message)
        page.get_by_role("textbox").fill(REASON)
        page.get_by_role("button", name="Trả lại để sửa").click()
        steps.says(page, "Đã trả lại kế hoạch.")
        steps.status_is(page, "Bị trả lại")

    def correct(self, visitor, story):
        page = visitor.page
        steps.choose_year(page, story.year)
        expect(page.get_by_role("main")).to_contain_text(REASON)
        page.get_by_role("link", name="Soạn kế hoạch").click()
        expect(page.get_by_role("main")).to_contain_text(REASON)
        editor = steps.open_editor(page, "dong", 1)
        steps.fill(editor, {story.goal_label: BETTER_GOAL})
        steps.save(editor)
        goals = steps.cells_named(page, "dong", story.goal_label)
        expect(goals).to_have_text([BETTER_GOAL])
        self.submit(visitor)

    def approve(self, visitor, story):
        page = visitor.page
        self.open_from_the_waiting_list(page, story)
        expect(steps.cells_named(page, "dong", story.goal_label)).to_have_text(
            [BETTER_GOAL]
        )
        steps.take_step(page, "Phê duyệt")
        steps.says(page, "Đã phê duyệt kế hoạch.")
        steps.status_is(page, "Đã duyệt")

    # --- issued and downloaded --------------------------------------------------------

    def issue(self, visitor, story):
        page = visitor.page
        page.reload()
        page.get_by_role("link", name="Ban hành", exact=True).click()
        number = page.get_by_label("Số", exact=True)
        number.fill("5")
        day = page.get_by_label("Ngày ban hành")
        day.fill(story.wrong_day)
        page.get_by_role("button", name="Ban hành").click()
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.locator("#div_id_issued_on .invalid-feedback")).to_have_text(
            story.wrong_day_message
        )
        expect(number).to_have_value("5")
        day.fill(story.day)
        page.get_by_role("button", name="Ban hành").click()
        steps.says(page, "Đã ban hành kế hoạch, Số: 05/KH-BA.")
        steps.status_is(page, "Đã ban hành")

    def download(self, visitor, story):
        typed = [text for text in story.typed if text != story.line[story.goal_label]]
        expected = [*typed, BETTER_GOAL, "Số: 05/KH-BA", story.printed_day]
        expected.append(self.principal.full_name)
        for word, extension, texts_of in (
            ("Word", "docx", texts_of_docx),
            ("PDF", "pdf", texts_of_pdf),
        ):
            content = self.downloaded(visitor, word, extension, story)
            texts = texts_of(content)
            missing = [t for t in expected if squeezed(t) not in texts]
            self.assertEqual(missing, [], extension)

    def downloaded(self, visitor, word, extension, story):
        """The file behind the link, under both of its names."""
        link = visitor.page.get_by_role("link", name=f"Tải bản {word}")
        with visitor.page.expect_download() as download:
            link.click()
        name = f"KH-05-TH Bình An-{story.year}.{extension}"
        self.assertEqual(download.value.suggested_filename, name)
        answer = visitor.context.request.get(link.get_attribute("href"))
        plain = f"KH-05-TH Binh An-{story.year}.{extension}"
        self.assertEqual(
            answer.headers["content-disposition"],
            f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        )
        content = download.value.path().read_bytes()
        self.assertEqual(content, answer.body())
        return content

    def nothing_can_be_written(self, *visitors):
        for visitor in visitors:
            page = visitor.page
            page.goto(self.plan.get_absolute_url())
            steps.status_is(page, "Đã ban hành")
            for role in ("link", "button"):
                expect(page.get_by_role(role, name=WRITING)).to_have_count(0)
            page.get_by_role("link", name="Xem bản in").click()
            expect(page.locator(".paper a")).to_have_count(0)
