"""What a workbook looks like at home, and what becomes of the changes in it."""

from django.urls import reverse

from plans import drafting
from plans.cells import Edit, save_cells
from plans.models import ActionRow, LineChange
from plans.tables import ROWS
from qualityplan.text import MAX_TEXT
from reports.roundtrip import problems
from reports.roundtrip.applying import DEED
from reports.roundtrip.writing import STAMP_SHEET
from tests.factories.plans import make_plan
from tests.factories.reports import begin_report, issue_outside
from tests.reports.workbooks import PLAN_SHEET, WorkbookCase


class LookTests(WorkbookCase):
    def test_key_cells_are_locked_and_texts_are_not(self):
        book = self.take_home()
        page = book[PLAN_SHEET]
        self.assertTrue(page.protection.sheet)
        self.assertIsNone(page.protection.password)
        self.assertTrue(page.column_dimensions["A"].hidden)
        self.assertEqual(page.freeze_panes, "E2")
        self.assertTrue(page["D2"].protection.locked)
        open_cell = self.cell(book, self.first, "goal")
        self.assertFalse(open_cell.protection.locked)
        self.assertEqual(open_cell.number_format, "@")
        self.assertTrue(open_cell.alignment.wrap_text)

    def test_lists_offer_levels_and_criteria_for_new_rows(self):
        page = self.take_home()[PLAN_SHEET]
        lists = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation}
        self.assertEqual(lists["C5:C34"], "_danh_muc!$B$1:$B$4")
        self.assertTrue(lists["D5:D34"].startswith("_danh_muc!$C$1"))

    def test_stamp_and_lists_are_hidden(self):
        book = self.take_home()
        self.assertEqual(book[STAMP_SHEET].sheet_state, "veryHidden")
        self.assertEqual(book["_danh_muc"].sheet_state, "veryHidden")


class ChangeTests(WorkbookCase):
    def test_nothing_changed_is_said(self):
        page = self.bring_back(self.take_home())
        self.assertTrue(page.context["comparison"].is_empty)
        self.assertContains(page, "không có gì khác")

    def test_changed_cell_is_shown_and_applied_with_its_history(self):
        book = self.take_home()
        self.cell(book, self.first, "goal").value = "=Đạt mức 3"
        self.cell(book, self.first, "goal").data_type = "s"
        page = self.bring_back(book)
        (change,) = page.context["comparison"].changes
        self.assertEqual((change.before, change.after), ("Đạt mức 2", "=Đạt mức 3"))
        self.first.refresh_from_db()
        self.assertEqual(self.first.goal, "Đạt mức 2")
        self.assertContains(self.apply(page), "Đã nhận từ tệp Excel: 1 ô.")
        self.first.refresh_from_db()
        self.assertEqual(self.first.goal, "=Đạt mức 3")
        change = LineChange.objects.get(deed=DEED)
        self.assertEqual(change.changes, {"goal": ["Đạt mức 2", "=Đạt mức 3"]})

    def change_here(self, line, text, field="goal"):
        edit = Edit(ROWS, line.pk, field, text, None)
        save_cells(self.plan.pk, [edit], by=self.cast.editor)

    def test_cell_changed_on_both_sides_is_kept_unless_chosen(self):
        book = self.take_home()
        self.cell(book, self.first, "goal").value = "Từ tệp"
        self.cell(book, self.second, "goal").value = "Cũng từ tệp"
        self.change_here(self.first, "Từ trang")
        page = self.bring_back(book)
        (conflict,) = page.context["comparison"].conflicts
        self.assertEqual((conflict.before, conflict.after), ("Từ trang", "Từ tệp"))
        self.apply(page)
        self.assertEqual(
            [row.goal for row in self.plan.rows.all()][:2], ["Từ trang", "Cũng từ tệp"]
        )
        page = self.bring_back(book)
        self.apply(page, **{"xung-dot": "0"})
        self.assertEqual(self.plan.rows.first().goal, "Từ tệp")

    def test_cell_changed_only_here_stays(self):
        book = self.take_home()
        self.change_here(self.first, "Từ trang")
        comparison = self.bring_back(book).context["comparison"]
        self.assertEqual((comparison.is_empty, comparison.changed_meanwhile), (True, 1))

    def test_change_between_page_and_button_writes_nothing(self):
        book = self.take_home()
        self.cell(book, self.first, "goal").value = "Từ tệp"
        self.cell(book, self.second, "goal").value = "Từ tệp"
        page = self.bring_back(book)
        self.change_here(self.second, "Từ trang")
        self.assertContains(self.apply(page), "Chưa có gì được lưu")
        goals = [row.goal for row in self.plan.rows.all()]
        self.assertEqual(goals, ["Đạt mức 2", "Từ trang", "Đạt mức 2"])

    def test_deleted_row_is_told_and_kept(self):
        book = self.take_home()
        book[PLAN_SHEET].delete_rows(3)
        comparison = self.bring_back(book).context["comparison"]
        self.assertEqual(len(comparison.gone), 1)
        self.assertTrue(comparison.is_empty)
        self.assertEqual(self.plan.rows.count(), 3)

    def test_row_deleted_here_is_told(self):
        book = self.take_home()
        self.cell(book, self.third, "goal").value = "Từ tệp"
        drafting.delete_line(ROWS, self.plan, self.third, by=self.cast.principal)
        comparison = self.bring_back(book).context["comparison"]
        self.assertEqual(len(comparison.vanished), 1)
        self.assertTrue(comparison.is_empty)

    def test_closed_cell_is_told_and_not_taken(self):
        book = self.take_home()
        book[PLAN_SHEET]["D2"].value = "9.9 Khác"
        comparison = self.bring_back(book).context["comparison"]
        self.assertEqual(len(comparison.closed), 1)
        self.assertTrue(comparison.is_empty)

    def test_new_row_takes_its_place_once(self):
        book = self.take_home()
        code = self.third.criterion.code
        self.new_row(book, f"{code} Tên bất kỳ", goal="- Mới", actions="+ Làm")
        page = self.bring_back(book)
        self.assertEqual(len(page.context["comparison"].new), 1)
        self.apply(page)
        row = ActionRow.objects.get(goal="- Mới")
        self.assertEqual((row.criterion.code, row.actions), (code, "+ Làm"))
        self.assertEqual(row.criterion_title, row.criterion.title)
        self.assertContains(self.apply(page), "tải tệp lên lại")
        self.assertTrue(self.bring_back(book).context["comparison"].is_empty)
        self.assertEqual(self.plan.rows.count(), 4)

    def test_new_row_needs_a_criterion_of_the_circular(self):
        for code in ("", "9.9 Lạ"):
            book = self.take_home()
            self.new_row(book, code, goal="Mới")
            page = self.bring_back(book)
            self.assertEqual(len(page.context["comparison"].faults), 1)
            self.assertNotIn("carried", page.context)

    def test_text_over_the_limit_is_a_fault(self):
        book = self.take_home()
        self.cell(book, self.first, "goal").value = "a" * (MAX_TEXT + 1)
        self.assertEqual(len(self.bring_back(book).context["comparison"].faults), 1)

    def test_section_text_comes_back(self):
        book = self.take_home()
        page = book["Các mục"]
        page.cell(2, 5).value = "Mục đích mới"
        self.apply(self.bring_back(book))
        texts = [section.text for section in self.plan.sections.all()]
        self.assertIn("Mục đích mới", texts)

    def test_what_was_looked_over_is_of_one_person_and_plan(self):
        book = self.take_home()
        self.cell(book, self.first, "goal").value = "Từ tệp"
        page = self.bring_back(book)
        self.client.force_login(self.cast.editor)
        self.assertContains(self.apply(page), "quá một ngày hoặc không còn đúng")
        self.assertEqual(self.plan.rows.first().goal, "Đạt mức 2")


class ResultTests(WorkbookCase):
    def url(self, name, paper=None):
        return reverse(f"reports:result-workbook{name}", args=[self.report.pk])

    def setUp(self):
        super().setUp()
        plan = issue_outside(make_plan(2022, school=self.cast.school, rows=2))
        self.report = begin_report(plan, by=self.cast.principal)

    def test_results_filled_in_at_home(self):
        book = self.take_home()
        page = book["Bảng kết quả"]
        done = next(
            c.column for c in page[1] if str(c.value).startswith("Những công việc đã")
        )
        page.cell(2, done).value = "- Xong 100%"
        page.cell(4, 4).value = page.cell(2, 4).value
        page.cell(4, done).value = "Việc thêm"
        answer = self.apply(self.bring_back(book))
        self.assertContains(answer, "Đã nhận từ tệp Excel: 1 ô, 1 dòng mới.")
        rows = list(self.report.rows.all())
        self.assertEqual([row.done for row in rows], ["- Xong 100%", "", "Việc thêm"])
        self.assertEqual(rows[2].criterion, rows[0].criterion)

    def test_issued_report_is_closed(self):
        type(self.report).objects.filter(pk=self.report.pk).update(
            status="issued", number=3, issued_on="2023-05-20"
        )
        answer = self.client.get(self.url(""), follow=True)
        self.assertContains(answer, "không sửa được nữa")

    def test_workbook_of_a_plan_is_told_apart(self):
        plan_url = reverse("reports:plan-workbook-download", args=[self.plan.pk])
        content = self.client.get(plan_url).content
        self.assertEqual(self.refused(content), problems.WRONG_KIND["plan"])
