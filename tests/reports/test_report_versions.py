"""What a result report was when the office had it before: written down by the deeds, told
in its cells and on a page of its own."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.transitions import TransitionError
from reports import differing, issuing, resulting, workflow
from reports.models import ResultReport, ResultRow
from reports.resulting import save_header
from schools.enums import ReviewMode
from tests.reports.test_report_workflow import ISSUE, ReportCase

OLD = "Trước: <del>Xong.</del>"


class VersionCase(ReportCase):
    def setUp(self):
        self.set_mode(ReviewMode.OFFICE)
        self.row = self.report.rows.first()

    def submit(self):
        return self.deed(workflow.SUBMIT, "principal")

    def send_back(self):
        return self.deed(workflow.RETURN, "officer")

    def edit(self, *, is_late=False, **texts):
        resulting.save_row(
            self.fresh(), self.row, by=self.cast.editor, is_late=is_late, **texts
        )

    def add_row(self, planned="Dòng thêm sau"):
        return ResultRow.objects.create(
            report=self.report, position=99, planned=planned, done="Xong."
        )

    def previous(self):
        return differing.previous_version(self.fresh())

    def table(self):
        """The changes of the table as (name, deed, [(field, before, after)])."""
        return [
            (line.name, line.deed, [(c.field, c.before, c.after) for c in line.cells])
            for line in differing.changes(self.fresh()).rows.values()
        ]

    def page(self, actor, name="result"):
        self.sign_in(actor)
        return self.client.get(reverse(f"reports:{name}", args=[self.report.pk]))


class WrittenDownTests(VersionCase):
    def test_each_submission_is_read_against_the_one_before(self):
        self.submit()
        self.assertIsNone(self.previous())
        first = self.report.versions.get()
        self.send_back()
        self.assertEqual(self.previous(), first)
        self.submit()
        self.assertEqual(self.report.versions.count(), 2)
        self.assertEqual(self.previous(), first)
        self.assertRegex(first.document, r"^Bản trình ngày \d\d/\d\d/\d{4}$")

    def test_text_recalled_and_submitted_again_is_a_submission_too(self):
        self.submit()
        self.deed(workflow.RECALL, "editor")
        self.edit(done="Khác.")
        self.submit()
        ((_, _, cells),) = self.table()
        self.assertEqual(cells, [("done", "Xong.", "Khác.")])

    def test_submission_that_is_refused_leaves_nothing(self):
        self.report.rows.update(done="", in_progress="", not_done="")
        with self.assertRaises(TransitionError):
            self.submit()
        self.assertEqual(self.report.versions.count(), 0)

    def test_issue_of_what_the_office_approved_is_no_submission(self):
        self.submit()
        self.deed(workflow.APPROVE, "officer")
        self.issue(9)
        self.assertEqual(self.report.versions.count(), 1)

    def test_second_issue_by_the_head_is_read_against_the_first(self):
        self.set_mode(ReviewMode.SCHOOL)
        self.issue(9)
        self.assertIsNone(self.previous())
        # Opened for a correction: no deed of this application does that yet.
        ResultReport.objects.filter(pk=self.report.pk).update(status="draft")
        self.edit(done="Khác.")
        self.issue(10)
        first = self.report.versions.first()
        self.assertEqual(self.previous(), first)
        self.assertIn("Bản ban hành gửi ngày", first.document)
        ((_, _, cells),) = self.table()
        self.assertEqual(cells, [("done", "Xong.", "Khác.")])
        self.assertContains(self.page("officer"), OLD)

    def issue(self, number):
        day = {"issued_on": datetime.date(2025, 5, 25)}
        by = self.cast.principal
        issuing.issue_report(self.fresh(), by=by, number=number, **ISSUE | day)


class ChangesTests(VersionCase):
    def setUp(self):
        super().setUp()
        self.submit()
        self.send_back()

    def test_cells_are_told_with_old_and_new_text(self):
        self.edit(done="Xong 12 bộ.", note="", is_late=True)
        code = self.row.criterion.code
        expected = [("is_late", "", "Có"), ("done", "Xong.", "Xong 12 bộ.")]
        self.assertEqual(self.table(), [(f"Dòng 1 (Tiêu chí {code})", "Sửa", expected)])

    def test_added_and_removed_rows_are_told(self):
        self.add_row()
        code = self.row.criterion.code
        self.row.delete()
        added, removed = self.table()
        count = self.report.rows.count()
        self.assertEqual(added[:2], (f"Dòng {count}", "Thêm"))
        planned = self.row.planned.split("\n")[0]
        self.assertEqual(removed[:2], (f"Tiêu chí {code}: {planned}", "Bỏ"))
        self.assertIn(("done", "Xong.", ""), removed[2])

    def test_another_order_is_told(self):
        ResultRow.objects.filter(pk=self.row.pk).update(position=99)
        (part,) = differing.changes(self.fresh()).parts
        self.assertEqual((part.lines, part.is_reordered), ((), True))

    def test_head_and_foot_are_compared_in_words(self):
        save_header(
            self.fresh(),
            by=self.cast.editor,
            grouping="standard_first",
            remarks="Đã bổ sung.",
        )
        found = differing.changes(self.fresh()).header
        self.assertEqual([c.label for c in found], ["Cách xếp bảng", "Nhận xét chung"])
        self.assertEqual(found[1].after, "Đã bổ sung.")
        self.assertNotIn("_first", found[0].before + found[0].after)

    def test_subject_of_the_form_written_out_is_no_change(self):
        form = self.client_form()
        save_header(self.fresh(), by=self.cast.editor, subject=form["subject"])
        self.assertEqual(differing.changes(self.fresh()).parts, ())

    def client_form(self):
        return self.page("editor", "result-header").context["form"].initial


class PageTests(VersionCase):
    def setUp(self):
        super().setUp()
        self.submit()

    def test_no_earlier_submission_is_said_in_words(self):
        page = self.page("officer", "result-changes")
        self.assertContains(page, "Chưa có lần trình nào trước lần này để so sánh")
        self.assertNotContains(page, "<table")
        self.assertNotContains(self.page("officer"), "Khác với lần trình trước")

    def test_no_difference_is_said_in_words(self):
        self.send_back()
        self.submit()
        for name in ("result", "result-changes"):
            page = self.page("officer", name)
            self.assertContains(page, "Không có chỗ nào khác với bản trình ngày")
        self.assertNotContains(page, "<table")

    def test_cells_show_what_was_to_office_and_school_until_it_is_approved(self):
        self.send_back()
        self.edit(done="<b>Khác.</b>", is_late=True, in_progress="Lý do: mưa.")
        self.assertContains(self.page("principal"), OLD, count=1)
        self.submit()
        page = self.page("officer")
        self.assertContains(page, OLD, count=1)
        self.assertContains(page, "&lt;b&gt;Khác.&lt;/b&gt;")
        self.assertContains(page, "Trước: không đánh dấu chậm")
        self.deed(workflow.APPROVE, "officer")
        page = self.page("officer")
        self.assertNotContains(page, "Trước:")
        self.assertContains(page, "Thay đổi so với lần trình trước")
        self.deed(workflow.REOPEN, "officer")
        self.edit(done="Khác hẳn.")
        self.assertContains(self.page("principal"), "Trước: <del>&lt;b&gt;Khác")

    def test_rows_added_and_removed_are_told_beside_the_table(self):
        self.send_back()
        self.add_row()
        self.row.delete()
        page = self.page("principal")
        self.assertContains(page, "Dòng mới", count=1)
        self.assertContains(page, "Đã bỏ: Tiêu chí", count=1)
        self.assertContains(page, "Bảng kết quả: 2 dòng")

    def test_page_tells_every_cell_in_columns(self):
        self.send_back()
        self.edit(done="<b>Khác.</b>")
        page = self.page("officer", "result-changes")
        self.assertContains(page, '<del class="lines">Xong.</del>', html=True)
        new = '<ins class="lines">&lt;b&gt;Khác.&lt;/b&gt;</ins>'
        self.assertContains(page, new, html=True)
        empty = self.add_row(planned="")
        ResultRow.objects.filter(pk=empty.pk).update(done="")
        page = self.page("officer", "result-changes")
        self.assertContains(page, "Thêm một dòng trống")

    def test_report_of_another_school_is_not_there(self):
        for actor in ("stranger", "other_officer"):
            page = self.page(actor, "result-changes")
            self.assertEqual(page.status_code, 404, actor)

    def test_queries_stay_the_same_with_rows_and_versions(self):
        counts = []
        for more in (1, 15):
            self.send_back()
            for number in range(more):
                self.add_row(f"Nội dung {number}")
            ResultRow.objects.update(note=f"{more}")
            self.submit()
            names = ("result", "result-changes")
            counts.append([self.count(name) for name in names])
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(max(counts[0]), 12)

    def count(self, name):
        self.page("officer", name)
        with CaptureQueriesContext(connection) as captured:
            self.client.get(reverse(f"reports:{name}", args=[self.report.pk]))
        return len(captured)
