"""Blocks copied from Excel and Word, as these programs put them on the clipboard."""

from playwright.sync_api import expect

from tests.browser import editor_steps as grid
from tests.browser.editor_steps import GridCase
from tests.factories.plans import ROW_2026

# Excel: <br> inside a cell, line ends of the source mean nothing.
EXCEL_HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body>
<table border=0><!--StartFragment--><tr height=20>
<td class=xl65>Mọi lớp có
  tiết đọc</td>
<td class=xl66>- Xếp lịch<br style='mso-data-placement:same-cell'>- Mua "sách" mới</td></tr>
<tr><td>=SUM(A1)</td><td></td></tr><!--EndFragment--></table></body></html>"""
EXCEL_TEXT = 'Mọi lớp có tiết đọc\t"- Xếp lịch\n- Mua ""sách"" mới"\r\n=SUM(A1)\t\r\n'
# Word: paragraphs, bullets of the Symbol font, a merged cell.
WORD_HTML = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p { color: red }</style></head><body lang=VI>
<table class=MsoTableGrid><tr><td rowspan=2><p class=MsoNormal>Mục tiêu<o:p></o:p></p></td>
<td><p class=MsoListParagraph><![if !supportLists]><span style='font-family:Symbol;
mso-list:Ignore'>\uf0b7<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Khảo sát</p>
<p class=MsoListParagraph><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Báo
cáo</p></td></tr><tr><td><ul><li>Tập huấn</li><li>Dự giờ</li></ul>
<script>alert(1)</script><img src=x onerror=alert(2)></td></tr></table></body></html>"""


class PasteTests(GridCase):
    def clear(self, *fields):
        self.plan.rows.update(**dict.fromkeys(fields, ""))
        grid.open_grid(self.page, self.url)

    def assert_pasted_from_excel(self):
        page = self.page
        grid.saved(page)
        expect(page.get_by_role("dialog")).to_have_count(0)
        self.assertEqual(self.stored(), ["Mọi lớp có tiết đọc", "=SUM(A1)", ""])
        actions = self.stored("actions")
        self.assertEqual(actions, ['- Xếp lịch\n- Mua "sách" mới', "", ""])

    def test_a_block_from_excel_fills_the_empty_cells_it_covers(self):
        for name, html in (("html", EXCEL_HTML), ("text alone", "")):
            with self.subTest(name):
                self.clear("goal", "actions")
                grid.select(self.page, 1, "goal")
                grid.paste(self.page, EXCEL_TEXT, html)
                self.assert_pasted_from_excel()
        expect(grid.cell(self.page, 1, "goal")).to_be_focused()
        self.page.keyboard.press("Control+z")
        grid.saved(self.page)
        self.assertEqual(self.stored(), ["", "", ""])

    def test_a_table_from_word_keeps_bullets_and_spares_merged_cells(self):
        page = self.page
        grid.select(page, 2, "goal")
        grid.paste(page, "không dùng đến", WORD_HTML)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("3 trong 3 ô đã có chữ và sẽ bị ghi đè")
        expect(dialog).to_contain_text("Dòng 2, Hoạt động/giải pháp")
        self.assertEqual(self.stored()[1], ROW_2026["goal"])
        dialog.get_by_role("button", name="Dán, ghi đè 3 ô").click()
        grid.saved(page)
        expect(grid.cell(page, 2, "goal")).to_be_focused()
        self.assertEqual(
            self.stored(), [ROW_2026["goal"], "Mục tiêu", ROW_2026["goal"]]
        )
        self.assertEqual(
            self.stored("actions")[1:],
            ["- Khảo sát\n2. Báo cáo", "- Tập huấn\n- Dự giờ"],
        )

    def test_only_empty_cells_can_be_chosen_and_esc_pastes_nothing(self):
        page = self.page
        self.clear("actions")
        grid.select(page, 1, "goal")
        grid.paste(page, "A\tB")
        page.keyboard.press("Escape")
        expect(grid.cell(page, 1, "goal")).to_be_focused()
        grid.paste(page, "A\tB")
        page.get_by_role("button", name="Chỉ dán vào ô trống").click()
        grid.saved(page)
        self.assertEqual(self.stored()[0], ROW_2026["goal"])
        self.assertEqual(self.stored("actions")[0], "B")

    def test_what_does_not_fit_is_told_and_can_be_copied(self):
        page = self.page
        self.clear("expected_evidence")
        grid.select(page, 3, "expected_evidence")
        grid.paste(page, "vừa\tcột không nhập\nthừa dòng\t")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_label("Phần không vừa với bảng")).to_have_value(
            "cột không nhập\nthừa dòng"
        )
        dialog.get_by_role("button", name="Dán phần vừa").click()
        grid.saved(page)
        expect(page.locator("#thong-bao")).to_contain_text("2 ô của khối vừa dán")
        self.assertEqual(self.stored("expected_evidence"), ["", "", "vừa"])

    def test_in_a_cell_a_text_is_pasted_as_everywhere(self):
        page = self.page
        grid.write(page, 1, "goal", " và", leave=False)
        grid.paste(page, "một\thai\nba")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.insert_text(" chữ dán")
        page.keyboard.press("Control+Enter")
        grid.saved(page)
        self.assertEqual(self.stored()[0], ROW_2026["goal"] + " và chữ dán")
