"""A principal brings in last year's Word file, and fills in the plan in Excel."""

import tempfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from plans.models import ImprovementPlan
from tests.browser.case import BrowserTestCase
from tests.plans.wordfiles import LIBRARY, YARD, word_plan


@pytest.mark.browser
class IncomingTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.page = self.visit(self.principal).page

    def test_word_file_comes_in_and_goes_home_as_a_workbook(self):
        self.bring_in_word()
        plan = ImprovementPlan.objects.get()
        self.assertEqual(
            [row.criterion.code for row in plan.rows.all()], ["3.6", "3.2"]
        )
        self.fill_in_excel(plan)
        self.assertEqual(plan.rows.first().goal, "=Mỗi lớp một tủ sách")

    def bring_in_word(self):
        page, path = self.page, self.folder / "ke hoach cu.docx"
        word_plan(("1", "Tiêu chí 3.6", *LIBRARY), ("2", "Sân trường", *YARD)).save(
            path
        )
        page.goto(f"{self.live_server_url}/")
        page.get_by_role("link", name="Đã có kế hoạch trong Word?").first.click()
        page.get_by_label("Tệp kế hoạch hoặc báo cáo").set_input_files(path)
        page.get_by_role("button", name="Tải lên và đọc tệp").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(
            "Xem lại trước khi"
        )
        expect(page.get_by_text("Không thấy số của tiêu chí")).to_be_visible()
        self.assertEqual(ImprovementPlan.objects.count(), 0)
        page.get_by_label("Tiêu chí").last.fill("3.2")
        page.get_by_role("button", name="Nhận vào").first.click()
        expect(page.get_by_text("Đã nhận tệp cũ vào năm học 2023-2024")).to_be_visible()

    def fill_in_excel(self, plan):
        page, path = self.page, self.folder / "ve nha.xlsx"
        page.get_by_role("link", name="Soạn bằng Excel").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Tải tệp Excel để soạn").click()
        download.value.save_as(path)
        book = load_workbook(path)
        cell = book["Bảng kế hoạch"]["E2"]
        cell.value = "=Mỗi lớp một tủ sách"
        cell.data_type = "s"
        book.save(path)
        page.get_by_label("Tệp Excel đã điền").set_input_files(path)
        page.get_by_role("button", name="Tải lên và so sánh").click()
        expect(page.get_by_text("Ô thay đổi (1)")).to_be_visible()
        page.get_by_role("button", name="Nhận các thay đổi này").click()
        expect(page.get_by_text("Đã nhận từ tệp Excel: 1 ô.")).to_be_visible()
