"""The story of the managing office, as its people and those of the schools see it: from
the first comment on a plan to the last word about a recommendation."""

from playwright.sync_api import expect

from inspections.models import Inspection, Recommendation
from reports.models import IssuedDocument
from tests.browser import steps
from tests.browser.office_review import BETTER, REMARK, YEAR, OfficeReviewCase
from tests.browser.papers import squeezed, texts_of_docx, texts_of_pdf
from tests.browser.year_steps import downloaded

ROUND = "Kiểm tra việc thực hiện kế hoạch học kỳ II"
RESULTS = ("Đạt", "Đạt một phần", "Không kiểm tra")
FOUND = "Biên bản của 2/5 tổ còn thiếu chữ ký."
GOOD = "Hồ sơ được lưu đầy đủ, dễ tra cứu."
WEAK = "Một số nội dung chậm <1 tháng>."
OPINION = "Nhà trường thống nhất với nhận xét của đoàn."
TASK = "Bổ sung chữ ký vào biên bản họp tổ của học kỳ I."
OWNER = "Phó hiệu trưởng"
DONE = "Đã bổ sung đủ chữ ký cho 5/5 tổ."
SETTLED = "Đã xem hồ sơ tại trường."
RECORD = "Số: 01/BB-VHXH"


class OfficeStoryTests(OfficeReviewCase):
    def test_office_returns_approves_inspects_and_the_school_follows_up(self):
        self.submit()
        self.comment_on_a_cell()
        self.return_with_reason()
        self.answer_and_correct()
        self.see_the_difference_and_approve()
        self.issue()
        self.plan_a_round()
        self.form_a_team()
        self.start()
        self.guest_reads_the_plan()
        self.record_findings()
        self.record_remarks()
        self.recommend()
        self.close()
        self.guest_reads_nothing_more()
        self.issue_the_record()
        self.answer_the_recommendation()
        self.settle_it()
        self.check_the_code()

    # --- before the day ---------------------------------------------------------------

    def plan_a_round(self):
        page = self.office_page
        page.get_by_role("link", name="Đợt kiểm tra").click()
        page.get_by_role("link", name="Lập đợt kiểm tra").first.click()
        page.get_by_label("Năm học").select_option(label=YEAR)
        page.get_by_label("Tên đợt kiểm tra").fill(ROUND)
        page.get_by_label("Từ ngày").fill("2025-03-10")
        page.get_by_label("Đến ngày").fill("2025-03-21")
        page.get_by_role("button", name="Lập đợt, rồi chọn trường").click()
        steps.says(page, "Đã lập đợt kiểm tra.")
        page.get_by_label("Tìm trường theo tên").fill("binh an")
        page.get_by_role("button", name="Tìm", exact=True).click()
        page.get_by_role("checkbox", name=self.school.name).check()
        page.get_by_role("button", name="Thêm các trường đã đánh dấu").click()
        expect(page.locator("tbody tr")).to_have_count(1)
        self.inspection = Inspection.objects.get()

    def form_a_team(self):
        """An officer leads; the principal of another school is a member."""
        page = self.office_page
        page.get_by_role("link", name=f"Lập đoàn cho {self.school.name}").click()
        for person in (self.officer, self.guest):
            page.get_by_role("button", name=f"Thêm {person.full_name}").click()
            steps.says(page, f"{person.full_name} đã vào đoàn.")
        page.get_by_role("link", name="Quay lại cuộc kiểm tra").click()
        expect(page.get_by_role("main")).to_contain_text(
            "Lê Văn Phúc (trưởng đoàn); Đỗ Thị Lan (thành viên)"
        )
        self.guest_visitor = self.visit(self.guest)
        self.guest_page = self.guest_visitor.page
        self.guest_sees_no_plan()

    def guest_opens_the_visit(self):
        page = self.guest_page
        page.goto("/")
        page.get_by_role("link", name="Kiểm tra", exact=True).click()
        mine = page.get_by_role("region", name="Bạn tham gia đoàn kiểm tra")
        mine.get_by_role("link", name=self.school.name).click()

    def guest_sees_no_plan(self):
        """Being named is not yet a key."""
        page = self.guest_page
        self.guest_opens_the_visit()
        expect(page.get_by_role("link", name="Kế hoạch và minh chứng")).to_have_count(0)
        self.is_hidden_from_guest(f"{self.inspection.get_absolute_url()}ke-hoach/")

    def is_hidden_from_guest(self, *urls):
        for url in urls:
            with self.guest_visitor.refusal(404):
                self.guest_page.goto(url)

    # --- on the day -------------------------------------------------------------------

    def start(self):
        page = self.office_page
        page.get_by_role("link", name="Bắt đầu kiểm tra").click()
        page.get_by_label("Bắt đầu lúc").fill("2025-03-18T08:00")
        page.get_by_role("button", name="Bắt đầu kiểm tra").click()
        steps.says(page, "Đã bắt đầu kiểm tra.")
        steps.status_is(page, "Đang kiểm tra")

    def guest_reads_the_plan(self):
        page = self.guest_page
        self.guest_opens_the_visit()
        page.get_by_role("link", name="Kế hoạch và minh chứng").click()
        expect(page.get_by_role("main")).to_contain_text(BETTER)
        self.is_hidden_from_guest(self.plan_url)

    def record_findings(self):
        """The guest writes one row, the leader the others: both work on one record."""
        self.guest_page.goto(self.inspection.get_absolute_url())
        for page, numbers in ((self.guest_page, [2]), (self.office_page, [1, 3])):
            page.get_by_role("link", name="Kết quả từng nội dung").click()
            for number in numbers:
                card = page.locator("article.finding").nth(number - 1)
                if number == 2:
                    card.get_by_label("Nhận xét").fill(FOUND)
                result = card.get_by_role(
                    "button", name=RESULTS[number - 1], exact=True
                )
                result.click()
                expect(card.get_by_role("status")).to_have_text("Đã lưu")
                expect(result).to_have_attribute("aria-pressed", "true")
                steps.something_has_focus(page)
        self.office_page.reload()
        expect(self.office_page.locator("article.finding").nth(1)).to_contain_text(
            FOUND
        )

    def record_remarks(self):
        page = self.office_page
        parts = page.get_by_role("navigation", name="Các phần của biên bản")
        parts.get_by_role("link", name="Thành phần").click()
        page.get_by_role("button", name="Thêm Trần Thị Hiền").click()
        steps.says(page, "Đã thêm Trần Thị Hiền.")
        parts.get_by_role("link", name="Nhận xét").click()
        for label, text in (
            ("Ưu điểm", GOOD),
            ("Hạn chế", WEAK),
            ("Ý kiến của nhà trường", OPINION),
        ):
            page.get_by_role("textbox", name=label).fill(text)
        page.get_by_role("button", name="Lưu nhận xét").click()
        steps.says(page, "Đã lưu nhận xét.")

    def recommend(self):
        """Without who and until when it is no recommendation."""
        page = self.office_page
        parts = page.get_by_role("navigation", name="Các phần của biên bản")
        parts.get_by_role("link", name="Kiến nghị").click()
        page.get_by_role("textbox", name="Kiến nghị").fill(TASK)
        with self.visitors[1].refusal(422):
            page.get_by_role("button", name="Thêm kiến nghị").click()
            expect(page.get_by_role("alert")).to_be_focused()
        page.get_by_label("Người thực hiện").fill(OWNER)
        page.get_by_label("Hạn khắc phục").fill("2025-05-15")
        page.get_by_role("button", name="Thêm kiến nghị").click()
        steps.says(page, "Đã lưu kiến nghị 1.")

    def close(self):
        """The school reads the record when the team has finished, not before."""
        url = self.inspection.get_absolute_url()
        self.page.goto(url)
        expect(self.page.get_by_role("main")).not_to_contain_text(GOOD)
        page = self.office_page
        page.goto(url)
        page.get_by_role("link", name="Kết thúc kiểm tra").click()
        page.get_by_label("Kết thúc lúc").fill("2025-03-18T11:30")
        page.get_by_role("button", name="Kết thúc kiểm tra").click()
        steps.says(page, "Đã kết thúc kiểm tra.")
        steps.status_is(page, "Đã kết thúc")
        self.page.reload()
        expect(self.page.get_by_role("main")).to_contain_text(GOOD)

    def guest_reads_nothing_more(self):
        url = self.inspection.get_absolute_url()
        self.is_hidden_from_guest(f"{url}ke-hoach/", self.plan_url)
        self.guest_page.goto("/kiem-tra/")
        expect(self.guest_page.get_by_role("main")).not_to_contain_text(
            self.school.name
        )

    # --- the record, and after it -----------------------------------------------------

    def issue_the_record(self):
        """Under the next number of the office's register."""
        page = self.office_page
        page.get_by_role("link", name="Ban hành biên bản").click()
        page.get_by_label("Ký hiệu cơ quan").fill("VHXH")
        page.get_by_label("Ngày ban hành").fill("19/3/2025")
        page.get_by_role("button", name="Ban hành biên bản").click()
        steps.says(page, f"Đã ban hành biên bản, {RECORD}.")
        typed = (FOUND, GOOD, WEAK, OPINION, TASK, OWNER, "Trần Thị Hiền", "Đỗ Thị Lan")
        for word, texts_of in (("Word", texts_of_docx), ("PDF", texts_of_pdf)):
            link = page.get_by_role("link", name=f"Tải bản {word}")
            texts = texts_of(downloaded(page, link)[1])
            missing = [text for text in (*typed, RECORD) if squeezed(text) not in texts]
            self.assertEqual(missing, [], word)

    def answer_the_recommendation(self):
        page = self.page
        page.goto("/")
        asked = page.get_by_role("region", name="Kiến nghị sau kiểm tra")
        expect(asked).to_contain_text("Quá hạn")
        asked.get_by_role("link", name=TASK).click()
        page.get_by_label("Nhà trường đã làm gì").fill(DONE)
        page.get_by_role("button", name="Gửi câu trả lời").click()
        steps.says(page, "Đã gửi câu trả lời.")

    def settle_it(self):
        page = self.office_page
        page.goto("/")
        waiting = page.get_by_role("region", name="Kiến nghị chờ kết luận")
        waiting.get_by_role("link", name=TASK).click()
        expect(page.get_by_role("main")).to_contain_text(DONE)
        page.get_by_label("Ý kiến của cơ quan").fill(SETTLED)
        page.get_by_role("button", name="Đã khắc phục").click()
        steps.says(page, "Đã kết luận: đã khắc phục.")
        self.assertEqual(Recommendation.objects.get().state, "closed")
        self.page.reload()
        expect(self.page.get_by_role("main")).to_contain_text(SETTLED)
        expect(self.page.get_by_role("button", name="Gửi câu trả lời")).to_have_count(0)

    def check_the_code(self):
        """Anybody who holds the plan can ask about it; nothing inside is told."""
        document = IssuedDocument.objects.get(plan=self.plan)
        page = self.visit().page
        page.goto("/tra-cuu/")
        page.get_by_label("Mã tra cứu").fill(document.code.lower())
        page.get_by_role("button", name="Tra cứu").click()
        main = page.get_by_role("main")
        expect(main).to_contain_text(document.number_and_symbol)
        for text in (BETTER, REMARK):
            expect(main).not_to_contain_text(text)
        page.get_by_label("Tệp cần đối chiếu").set_input_files(
            {
                "name": "ke-hoach.pdf",
                "mimeType": "application/pdf",
                "buffer": bytes(document.files.get(format="pdf").content),
            }
        )
        page.get_by_role("button", name="Đối chiếu", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("Tệp giống hệt bản đang lưu")
