from unittest import mock

from django.core.exceptions import PermissionDenied
from django.test import TestCase

from plans.models import ImprovementPlan
from reports import completeness, resulting
from reports.models import ResultReport
from reports.presenting import row_view, sources_of
from reports.resulting import ReportError, ReportExistsError, ReportLockedError
from tests.factories.criteria import load_catalogues
from tests.factories.plans import add_rows, complete, make_plan
from tests.factories.reports import begin_report, enter, issue_outside
from tests.factories.schools import make_cast


class ReportCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = issue_outside(complete(make_plan(2024, school=cls.cast.school)))
        cls.source = cls.plan.rows.first()

    def begin(self, **options):
        self.report = begin_report(self.plan, by=self.cast.editor, **options)
        return self.report

    def row(self):
        return self.report.rows.get(source_row=self.source)

    def cell(self, field="done"):
        view = row_view(self.row(), sources_of(self.report)[self.source.pk])
        return next(cell for cell in view.cells if cell.field == field)


class CreateTests(ReportCase):
    def test_new_report_names_the_plan_and_has_a_row_for_each_of_its_rows(self):
        report = self.begin()
        self.assertEqual(report.rows.count(), self.plan.rows.count())
        self.assertIn(
            "Thực hiện Kế hoạch số 05/KH-NSH ngày 05 tháng 10 năm 2024",
            report.introduction,
        )
        self.assertEqual(report.addressees, self.cast.office.name)
        self.assertEqual(report.recipients.split("\n")[0], "Như trên")

    def test_annex_has_neither_addressee_nor_recipients(self):
        report = self.begin(form="annex")
        self.assertEqual(report.addressees + report.recipients, "")
        self.assertEqual(
            report.annex_note,
            "(Kèm theo Kế hoạch số 05/KH-NSH ngày 05 tháng 10 năm 2024 của "
            f"{self.cast.school})",
        )

    def test_plan_never_issued_has_no_result(self):
        draft = make_plan(2023, school=self.cast.school)
        with self.assertRaisesMessage(ReportError, "chưa ban hành lần nào"):
            begin_report(draft, by=self.cast.editor)
        self.assertEqual(ResultReport.objects.count(), 0)

    def test_second_report_of_a_period_is_refused_and_another_period_is_not(self):
        first = self.begin()
        with self.assertRaises(ReportExistsError) as caught:
            self.begin()
        self.assertEqual(caught.exception.report, first)
        self.assertNotEqual(self.begin(period="semester_1"), first)

    def test_two_at_the_same_moment_make_one(self):
        first = self.begin()
        with (
            mock.patch("django.db.models.query.QuerySet.exists", return_value=False),
            self.assertRaises(ReportExistsError) as caught,
        ):
            self.begin()
        self.assertEqual(caught.exception.report, first)

    def test_contributors_do_not_write_reports(self):
        with self.assertRaises(PermissionDenied):
            begin_report(self.plan, by=self.cast.contributor)


class CellTests(ReportCase):
    def test_edited_cell_is_marked_and_can_be_taken_back(self):
        self.begin()
        resulting.save_row(
            self.report, self.row(), by=self.cast.editor, is_late=False, done="Tự ghi."
        )
        self.assertTrue(self.cell().is_edited)
        self.assertFalse(self.cell().has_changed_source)
        resulting.take_from_source(self.report, self.row(), "done", by=self.cast.editor)
        self.assertEqual(self.cell().text, "")
        self.assertFalse(self.cell().is_edited)

    def test_changed_source_is_marked_until_it_is_taken_or_kept(self):
        self.begin()
        enter(self.source, done="Đã xong.")
        self.assertTrue(self.cell().has_changed_source)
        resulting.take_from_source(
            self.report, self.row(), "done", by=self.cast.editor, keep_text=True
        )
        self.assertFalse(self.cell().has_changed_source)
        self.assertTrue(self.cell().is_edited)
        enter(self.source, day="2025-05-11", done="Thêm nữa.")
        resulting.take_from_source(self.report, self.row(), "done", by=self.cast.editor)
        self.assertEqual(self.cell().text, "Đã xong.\nThêm nữa.")

    def test_cell_without_a_source_is_not_taken_from_one(self):
        self.begin()
        with self.assertRaisesMessage(ReportError, "không có nguồn"):
            resulting.take_from_source(
                self.report, self.row(), "note", by=self.cast.editor
            )

    def test_rows_that_the_plan_gained_are_added_in_their_place(self):
        self.begin()
        add_rows(self.plan, 1)
        count = resulting.add_missing_rows(self.report, by=self.cast.editor)
        self.assertEqual(count, 1)
        self.assertEqual(
            resulting.add_missing_rows(self.report, by=self.cast.editor), 0
        )
        keys = list(self.report.rows.values_list("source_key", flat=True))
        self.assertEqual(len(keys), 3)
        self.assertEqual([row.position for row in self.report.rows.all()], [1, 2, 3])

    def test_issued_report_is_locked(self):
        self.begin()
        ResultReport.objects.update(status="issued", number=9, issued_on="2025-05-20")
        with self.assertRaises(ReportLockedError):
            resulting.save_row(
                self.report, self.row(), by=self.cast.editor, is_late=False, done="x"
            )


class GapTests(ReportCase):
    def messages(self):
        report = ResultReport.objects.with_header().get(pk=self.report.pk)
        return [gap.message for gap in completeness.gaps(report)]

    def fill(self, is_late=False, **texts):
        for row in self.report.rows.all():
            resulting.save_row(
                self.report, row, by=self.cast.editor, is_late=is_late, **texts
            )

    def test_every_row_needs_a_result(self):
        self.begin()
        self.assertEqual(
            [m.split(": ")[-1] for m in self.messages()],
            ["chưa ghi kết quả thực hiện"] * 2,
        )
        self.fill(done="Đã xong.")
        self.assertEqual(self.messages(), [])

    def test_late_and_undone_work_needs_a_reason(self):
        self.begin()
        for texts, is_gap in (
            ({"in_progress": "Đang làm."}, True),
            ({"in_progress": "Đang làm. Lý do: chưa có người."}, False),
            ({"in_progress": "", "not_done": "Chưa tổ chức hội thi."}, True),
            ({"not_done": "Chưa tổ chức hội thi do thiếu kinh phí."}, False),
            ({"not_done": "Không", "done": "Xong, chậm vì mưa."}, False),
        ):
            with self.subTest(texts=texts):
                self.fill(is_late=True, **texts)
                self.assertEqual(bool(self.messages()), is_gap)

    def test_report_that_is_sent_up_names_its_addressee(self):
        self.begin()
        self.fill(done="Đã xong.")
        ResultReport.objects.update(addressees="")
        self.assertEqual(self.messages(), ["Chưa ghi “Kính gửi”"])
        ResultReport.objects.update(addressees="UBND", recipients="Lưu: VT")
        self.assertIn("Như trên", self.messages()[0])

    def test_saving_the_header_sets_the_first_recipient(self):
        self.begin()
        resulting.save_header(
            self.report, by=self.cast.editor, addressees="UBND", recipients="Lưu: VT"
        )
        self.report.refresh_from_db()
        self.assertEqual(self.report.recipients, "Như trên\nLưu: VT")

    def test_rows_the_report_lacks_are_told(self):
        self.begin()
        self.fill(done="Đã xong.")
        add_rows(self.plan, 1)
        self.assertEqual(
            self.messages(), ["Kế hoạch có 1 nội dung chưa có trong báo cáo"]
        )

    def test_closed_plan_still_gets_its_report(self):
        ImprovementPlan.objects.update(status="closed")
        self.plan.refresh_from_db()
        self.assertEqual(self.begin().plan, self.plan)
