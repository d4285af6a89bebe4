"""The story of a whole year under the circulars of 2018, through real pages: from the
self-assessment to the plan of the next year."""

from playwright.sync_api import expect
from weasyprint import HTML

from plans.models import ImprovementPlan
from reports.layout import NOT_DONE
from tests.browser import steps
from tests.browser import year_steps as year
from tests.browser.first_half import ADDED_GOAL, FIRST, LINE, MONEY, NOW, FirstHalfCase
from tests.browser.papers import squeezed, texts_of_docx, texts_of_pdf

MORE_MONEY = "25 triệu đồng (quỹ khuyến học)"
DONE = "Đã họp đủ 3/3 kỳ, có biên bản."
LATE = "Mới sinh hoạt 4/9 tháng."
LATE_REASON = "Bí thư chi đoàn nghỉ thai sản."
ADJUSTED_BECAUSE = "Phường cấp thêm kinh phí từ tháng 1."
NOT_BEGUN = "Chưa lấy ý kiến cha mẹ học sinh."
NOT_BEGUN_REASON = "Lý do: chờ hướng dẫn của phường."
NEXT = "2025-2026"
SECOND, REPORT = "Số: 12/KH-BA", "Số: 20/BC-BA"


class WholeYearTests(FirstHalfCase):
    def test_a_school_walks_from_self_assessment_to_the_plan_of_the_next_year(self):
        self.assess()
        self.try_a_wish()
        self.take_limitations()
        self.complete_the_plan()
        self.approve_and_issue()
        self.record_progress()
        self.add_evidence()
        self.adjust()
        self.download_both_issues()
        self.begin_report()
        self.fill_report()
        self.issue_report()
        self.close()
        self.carry_over()
        self.carry_over_again()

    # --- the plan is carried out ------------------------------------------------------

    def record_progress(self):
        page = self.page
        year.open_progress(page, 1)
        year.record(page, "Hoàn thành", "2025-05-10", done=DONE)
        steps.says(page, "Đã ghi tiến độ.")
        year.open_progress(page, 2)
        entry = {"done": LATE, "is_late": True}
        with self.principal_visitor.refusal(422):
            year.record(page, "Đang thực hiện", "2025-03-01", **entry)
            expect(page.get_by_role("alert")).to_be_focused()
        expect(page.locator("#div_id_reason .invalid-feedback")).to_have_text(
            "Chậm so với kế hoạch thì phải nêu rõ lý do."
        )
        expect(page.get_by_label("Việc đã làm, kết quả")).to_have_value(LATE)
        year.record(page, "Đang thực hiện", "2025-03-01", reason=LATE_REASON, **entry)
        steps.says(page, "Đã ghi tiến độ.")
        expect(page.get_by_role("region", name="Các lần đã ghi")).to_contain_text(
            f"Lý do: {LATE_REASON}"
        )

    def add_evidence(self):
        page = self.page
        year.open_progress(page, 1)
        page.get_by_role("link", name="Thêm minh chứng mới").click()
        content = HTML(string="<p>Biên bản họp Hội đồng trường</p>").write_pdf()
        file = {
            "name": "Bien_ban.pdf",
            "mimeType": "application/pdf",
            "buffer": content,
        }
        page.get_by_label("Tệp", exact=True).set_input_files(file)
        page.get_by_role("button", name="Thêm minh chứng").click()
        steps.says(page, "Đã thêm 1 minh chứng: [H1-1.2-01].")
        page.get_by_role("link", name="[H1-1.2-01] Bien ban").click()
        link = page.get_by_role("link", name="Bien_ban.pdf")
        self.assertEqual(year.downloaded(page, link), ("Bien_ban.pdf", content))

    # --- adjusted ---------------------------------------------------------------------

    def adjust(self):
        page = self.page
        page.goto(self.plan.get_absolute_url())
        steps.take_step(page, "Điều chỉnh", ADJUSTED_BECAUSE)
        steps.status_is(page, "Đang điều chỉnh")
        editor = steps.open_editor(page, "dong", 1)
        steps.fill(editor, {MONEY: MORE_MONEY})
        steps.save(editor)
        steps.says(page, "Đã lưu nội dung.")
        page.get_by_role("link", name="Nội dung điều chỉnh").click()
        main = page.get_by_role("main")
        expect(main).to_contain_text(ADJUSTED_BECAUSE)
        changed = main.locator("tbody tr")
        expect(changed).to_have_count(1)
        expect(changed.locator("td[data-label='Ô']")).to_have_text(MONEY)
        expect(changed.locator("del")).to_have_text(LINE[MONEY])
        expect(changed.locator("ins")).to_have_text(MORE_MONEY)
        year.issue(page, 12, "15/01/2025")
        steps.says(page, f"Đã ban hành kế hoạch, {SECOND}.")
        steps.status_is(page, "Đã ban hành")

    def download_both_issues(self):
        """The old paper is as it was; the new one names it."""
        page = self.page
        page.get_by_role("link", name="Văn bản đã ban hành").click()
        replaced = "điều chỉnh, thay thế Kế hoạch số 05/KH-BA ngày 05 tháng 9 năm 2024"
        for number, here, absent in (
            (FIRST, LINE[MONEY], MORE_MONEY),
            (SECOND, MORE_MONEY, "thay thế Kế hoạch số 12"),
        ):
            for texts in self.papers(number):
                self.assertIn(squeezed(here), texts)
                self.assertNotIn(squeezed(absent), texts)
                self.assertEqual(squeezed(replaced) in texts, number == SECOND)

    def papers(self, number):
        """The texts of the Word file and of the PDF behind the links."""
        for word, texts_of in (("Word", texts_of_docx), ("PDF", texts_of_pdf)):
            row = self.page.locator("tr", has=self.page.get_by_text(number, exact=True))
            link = row.get_by_role("link", name=word)
            yield texts_of(year.downloaded(self.page, link)[1])

    # --- the result -------------------------------------------------------------------

    def begin_report(self):
        page = self.page
        steps.open_plan(page)
        page.get_by_role("main").get_by_role("link", name="Báo cáo kết quả").click()
        page.get_by_role("button", name="Lập báo cáo").click()
        steps.says(page, f"Đã lập báo cáo kết quả năm học {NOW}")
        main = page.get_by_role("main")
        for text in (DONE, LATE, LATE_REASON, ADDED_GOAL, self.office.name):
            expect(main).to_contain_text(text)

    def fill_report(self):
        """Nothing was recorded on the third row: the gaps lead there until it says why."""
        page = self.page
        for text, gap in (
            (NOT_BEGUN, "chưa ghi kết quả thực hiện"),
            (f"{NOT_BEGUN}\n{NOT_BEGUN_REASON}", "chưa nêu rõ lý do"),
        ):
            page.get_by_role("link", name="Còn thiếu gì?").click()
            listed = page.locator(".gap-list a")
            expect(listed).to_have_count(1)
            expect(listed).to_contain_text(gap)
            listed.click()
            page.get_by_label(NOT_DONE.label, exact=True).fill(text)
            page.get_by_role("button", name="Lưu").click()
            steps.says(page, "Đã lưu dòng báo cáo.")
        page.get_by_role("link", name="Xem bản in").click()
        paper = squeezed("".join(steps.paper(page).all_inner_texts()))
        for text in (DONE, LATE_REASON, NOT_BEGUN_REASON):
            self.assertIn(squeezed(text), paper)
        page.locator(".page-head a").click()

    def issue_report(self):
        page = self.page
        year.issue(page, 20, "30/5/2025")
        steps.says(page, f"Đã ban hành báo cáo, {REPORT}.")
        expected = ["Kính gửi", "Như trên", "ngày 30 tháng 5 năm 2025", REPORT]
        expected += [DONE, LATE, LATE_REASON, NOT_BEGUN, NOT_BEGUN_REASON]
        for word, extension, texts_of in (
            ("Word", "docx", texts_of_docx),
            ("PDF", "pdf", texts_of_pdf),
        ):
            link = page.get_by_role("link", name=f"Tải bản {word}")
            name, content = year.downloaded(page, link)
            self.assertEqual(name, f"BC-20-TH Bình An-{NOW}.{extension}")
            texts = texts_of(content)
            missing = [text for text in expected if squeezed(text) not in texts]
            self.assertEqual(missing, [], extension)

    # --- closed, and into the next year -----------------------------------------------

    def close(self):
        page = self.page
        main = page.get_by_role("main")
        main.get_by_role("link", name="Kế hoạch", exact=True).click()
        steps.status_is(page, "Đã báo cáo")
        steps.take_step(page, "Kết thúc năm học")
        steps.says(page, "Đã kết thúc kế hoạch.")
        steps.status_is(page, "Đã kết thúc")

    def carry_over(self):
        """What is unfinished goes on, with last year's result beside it; what is done
        stays behind."""
        page = self.page
        page.get_by_role("link", name="Chuyển tiếp sang năm sau").click()
        expect(steps.heading(page)).to_have_text(f"Chuyển tiếp sang năm học {NEXT}")
        ticked = page.locator("input[name=rows]")
        expect(ticked).to_have_count(3)
        self.assertEqual(
            [box.is_checked() for box in ticked.all()], [True, True, False]
        )
        going = page.get_by_role("region", name="1. Chuyển sang năm mới")
        expect(going).to_contain_text(f"Lý do: {LATE_REASON}")
        left = page.get_by_role("region", name="3. Để lại năm trước")
        expect(left).to_contain_text(DONE)
        late = self.second_window(page.url)
        page.get_by_role("button", name=f"Lập kế hoạch {NEXT}").click()
        steps.says(page, f"Đã lập kế hoạch năm học {NEXT} và chuyển 2 nội dung.")
        expect(steps.lines(page, "dong")).to_have_count(2)
        expect(page.get_by_text("Chuyển từ năm trước")).to_have_count(2)
        editor = steps.open_editor(page, "dong", 1)
        last_year = editor.get_by_role("region", name=f"Năm trước ({NOW})")
        expect(last_year).to_contain_text(LATE)
        expect(last_year).to_contain_text(f"Lý do: {LATE_REASON}")
        editor.get_by_role("link", name="Không lưu").click()
        late.get_by_role("button", name=f"Lập kế hoạch {NEXT}").click()
        steps.says(late, "Không có gì mới: các mục đã chọn được chuyển từ trước.")
        late.close()

    def carry_over_again(self):
        page = self.page
        page.goto(self.plan.get_absolute_url())
        page.get_by_role("link", name="Chuyển tiếp sang năm sau").click()
        main = page.get_by_role("main")
        expect(main).to_contain_text("Không còn nội dung nào chưa xong để chuyển.")
        expect(main.get_by_text("Đã chuyển", exact=True)).to_have_count(2)
        expect(main.locator("input[name=rows]:checked")).to_have_count(0)
        expect(main.locator("input[name=texts]")).to_have_count(0)
        self.assertEqual(ImprovementPlan.objects.count(), 2)
        new = ImprovementPlan.objects.exclude(pk=self.plan.pk).get()
        self.assertEqual(new.rows.count(), 2)
