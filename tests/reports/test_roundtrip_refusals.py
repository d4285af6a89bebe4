"""Workbooks that are not taken back."""

from django.core import signing

from plans.models import ImprovementPlan
from plans.reading import refusals
from reports.roundtrip import problems
from reports.roundtrip.writing import STAMP_SHEET
from tests.factories.plans import make_plan
from tests.plans.wordfiles import excel
from tests.reports.workbooks import PLAN_SHEET, WorkbookCase


class RefusalTests(WorkbookCase):
    def test_wrong_school_year_kind_and_plan(self):
        book = self.take_home()
        other_year = make_plan(2023, school=self.cast.school)
        self.assertIn("năm học 2024-2025", self.refused(book, other_year))
        other = make_plan(2024, school=self.cast.other_school)
        self.client.force_login(self.cast.stranger)
        self.assertEqual(
            self.refused(book, other),
            problems.WRONG_SCHOOL.format(name=other.school.name),
        )
        self.client.force_login(self.cast.principal)
        ImprovementPlan.objects.filter(pk=self.plan.pk).delete()
        again = make_plan(2024, school=self.cast.school)
        self.assertEqual(self.refused(book, again), problems.WRONG_SUBJECT)

    def test_not_our_workbook(self):
        self.assertEqual(self.refused(excel([["a"]])), problems.NOT_OURS)
        self.assertEqual(self.refused(b"khong phai"), refusals.TEXT)

    def test_forged_stamp(self):
        book = self.take_home()
        book[STAMP_SHEET]["A1"].value += "x"
        self.assertEqual(self.refused(book), problems.FORGED)
        book[STAMP_SHEET]["A1"].value = signing.dumps({"pk": 1}, salt="x")
        self.assertEqual(self.refused(book), problems.FORGED)

    def test_renamed_sheet_and_changed_header(self):
        book = self.take_home()
        book[PLAN_SHEET].title = "Bảng của tôi"
        self.assertEqual(self.refused(book), problems.NO_SHEET.format(title=PLAN_SHEET))
        book = self.take_home()
        book[PLAN_SHEET]["E1"].value = "Khác"
        self.assertIn("ở cột E", self.refused(book))

    def test_duplicate_missing_and_unknown_ids(self):
        for row, value, words in (
            (3, str(self.first.pk), "trùng với dòng 2"),
            (2, None, "mất mã dòng"),
            (2, "999999", "không thuộc bản này"),
        ):
            book = self.take_home()
            book[PLAN_SHEET].cell(row, 1).value = value
            self.assertIn(words, self.refused(book))

    def test_formula_and_error_value(self):
        book = self.take_home()
        self.cell(book, self.first, "goal").value = "=1+1"
        self.assertIn("có công thức", self.refused(book))
        book = self.take_home()
        self.cell(book, self.first, "goal").value = "#REF!"
        self.cell(book, self.first, "goal").data_type = "e"
        self.assertIn("Excel báo lỗi", self.refused(book))

    def test_numbers_and_days_come_as_people_see_them(self):
        book = self.take_home()
        cell = self.cell(book, self.first, "goal")
        cell.value, cell.number_format = 30000000, "#,##0"
        (change,) = self.bring_back(book).context["comparison"].changes
        self.assertEqual(change.after, "30.000.000")

    def test_locked_plan_is_neither_given_nor_taken(self):
        book = self.take_home()
        self.cell(book, self.first, "goal").value = "Từ tệp"
        page = self.bring_back(book)
        ImprovementPlan.objects.filter(pk=self.plan.pk).update(status="submitted")
        for name in ("", "-download"):
            response = self.client.get(self.url(name), follow=True)
            self.assertContains(response, "không sửa được nữa")
        self.assertContains(self.apply(page), "không sửa được nữa")
        self.assertEqual(self.plan.rows.first().goal, "Đạt mức 2")

    def test_too_many_rows(self):
        book = self.take_home()
        book[PLAN_SHEET].cell(4000, 5).value = "x"
        self.assertIn("3000 dòng", self.refused(book))
