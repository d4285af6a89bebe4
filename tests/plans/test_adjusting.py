from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans import adjusting, drafting, recording, workflow
from plans.citing import citation
from plans.editing import PlanLockedError
from plans.models import ImprovementPlan
from plans.tables import ROWS
from schools.models import User
from tests.factories.criteria import load_catalogues
from tests.factories.plans import add_rows, complete, make_plan
from tests.factories.reports import issue_outside
from tests.factories.schools import make_cast


class AdjustCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = issue_outside(complete(make_plan(2024, school=cls.cast.school)))

    def adjust(self, note="Kinh phí bị cắt giảm."):
        self.plan = workflow.perform(
            workflow.ADJUST, self.plan, by=self.cast.principal, note=note
        )

    def keep(self):
        self.plan = workflow.perform(workflow.KEEP, self.plan, by=self.cast.principal)

    def edit(self, **texts):
        row = self.plan.rows.first()
        for name, text in texts.items():
            setattr(row, name, text)
        drafting.save_line(ROWS, self.plan, row, by=self.cast.editor)

    def only_cells(self):
        (part,) = adjusting.adjustments(self.plan)[0].parts
        return part, [
            (line.deed, cell.label, cell.before, cell.after)
            for line in part.lines
            for cell in line.cells
        ]


class AdjustTests(AdjustCase):
    def test_issued_plan_opens_and_keeps_what_it_was(self):
        self.adjust()
        self.assertEqual(self.plan.status, "adjusting")
        version = self.plan.versions.get()
        self.assertEqual(
            version.document, "Kế hoạch số 05/KH-NSH ngày 05 tháng 10 năm 2024"
        )
        self.assertEqual(len(version.lines["rows"]), self.plan.rows.count())
        self.assertEqual(self.plan.events.first().note, "Kinh phí bị cắt giảm.")

    def test_adjusting_needs_a_reason_and_the_head_of_school(self):
        with self.assertRaisesMessage(workflow.TransitionError, "lý do điều chỉnh"):
            self.adjust(note=" ")
        with self.assertRaises(PermissionDenied):
            workflow.perform(
                workflow.ADJUST, self.plan, by=self.cast.editor, note="Lý do"
            )
        self.assertEqual(self.plan.versions.count(), 0)

    def test_draft_is_not_adjusted_but_edited(self):
        plan = make_plan(2023, school=self.cast.school)
        with self.assertRaisesMessage(workflow.TransitionError, "“Đang soạn”"):
            workflow.perform(
                workflow.ADJUST, plan, by=self.cast.principal, note="Lý do"
            )

    def test_issued_plan_says_how_to_change_it(self):
        with self.assertRaisesMessage(PlanLockedError, "mở “Điều chỉnh”"):
            self.edit(goal="Khác")

    def test_changed_cell_is_shown_before_and_after(self):
        self.adjust()
        self.edit(goal="Đạt mức 3")
        part, cells = self.only_cells()
        self.assertEqual(part.title, "Bảng kế hoạch")
        expected = ("Sửa", "Kết quả cần đạt (so với hiện trạng)")
        self.assertEqual(cells, [(*expected, "Đạt mức 2", "Đạt mức 3")])

    def test_added_removed_and_moved_lines_are_shown(self):
        self.adjust()
        first, second = self.plan.rows.all()
        drafting.duplicate_line(ROWS, self.plan, first, by=self.cast.editor)
        drafting.delete_line(ROWS, self.plan, second, by=self.cast.principal)
        part, _ = self.only_cells()
        self.assertEqual([line.deed for line in part.lines], ["Thêm", "Bỏ"])

    def test_sections_and_header_are_compared_too(self):
        self.adjust()
        section = self.plan.sections.filter(content="text").first()
        drafting.save_section(
            self.plan, section, by=self.cast.editor, text="Mục đích mới"
        )
        drafting.save_header(self.plan, by=self.cast.editor, grouping="standard_first")
        self.plan.refresh_from_db()
        parts = adjusting.adjustments(self.plan)[0].parts
        self.assertEqual([part.name for part in parts], ["header", "sections"])
        (cell,) = parts[0].lines[0].cells
        self.assertEqual(cell.after, "Theo tiêu chuẩn, rồi theo mức")

    def test_nothing_changed_can_be_dropped_and_leaves_no_version(self):
        self.adjust()
        self.keep()
        self.assertEqual((self.plan.status, self.plan.number), ("issued", 5))
        self.assertEqual(self.plan.versions.count(), 0)

    def test_changes_cannot_be_dropped_unseen(self):
        self.adjust()
        self.edit(goal="Đạt mức 3")
        with self.assertRaisesMessage(workflow.TransitionError, "khác với bản đã ban"):
            self.keep()
        self.edit(goal="Đạt mức 2")
        self.keep()
        self.assertEqual(self.plan.status, "issued")

    def test_progress_recorded_meanwhile_is_no_adjustment(self):
        self.adjust()
        row = self.plan.rows.first()
        recording.record_progress(
            row,
            status="done",
            is_late=False,
            done="Xong.",
            reason="",
            recorded_on=self.plan.issued_on,
            by=self.cast.editor,
        )
        self.assertEqual(adjusting.adjustments(self.plan)[0].parts, [])
        self.keep()

    def test_adjusted_plan_with_gaps_is_not_issued(self):
        self.adjust()
        self.edit(goal="")
        with self.assertRaisesMessage(workflow.TransitionError, "Chưa ban hành được"):
            workflow.perform(workflow.ISSUE, self.plan, by=self.cast.principal)

    def test_each_version_is_compared_with_the_next(self):
        for goal in ("Đạt mức 3", "Đạt mức 4"):
            self.adjust()
            self.edit(goal=goal)
            self.plan = workflow.perform(
                workflow.ISSUE, self.plan, by=self.cast.principal
            )
        after = [
            adjustment.parts[0].lines[0].cells[0].after
            for adjustment in adjusting.adjustments(self.plan)
        ]
        self.assertEqual(after, ["Đạt mức 4", "Đạt mức 3"])

    def test_plan_without_a_symbol_is_cited_by_number_and_type(self):
        ImprovementPlan.objects.update(symbol="", document_type="BC")
        self.plan.refresh_from_db()
        expected = "Báo cáo số 05/BC ngày 05 tháng 10 năm 2024"
        self.assertEqual(citation(self.plan), expected)


class DifferencePageTests(AdjustCase):
    def page(self):
        self.client.force_login(User.objects.get(pk=self.cast.viewer.pk))
        return self.client.get(reverse("plans:difference", args=[self.plan.pk]))

    def test_page_of_a_plan_never_adjusted_says_so(self):
        self.assertContains(self.page(), "Kế hoạch chưa điều chỉnh lần nào")

    def test_page_names_the_deed_in_words_beside_both_texts(self):
        self.adjust()
        self.edit(goal="Đạt mức 3")
        page = self.page()
        self.assertContains(page, '<del class="lines">Đạt mức 2</del>', html=True)
        self.assertContains(page, '<ins class="lines">Đạt mức 3</ins>', html=True)
        self.assertContains(page, '<td data-label="Thay đổi">Sửa</td>', html=True)
        self.assertContains(page, "Kinh phí bị cắt giảm.")

    def test_queries_do_not_grow_with_the_lines(self):
        self.adjust()
        self.page()
        counts = []
        for count in (1, 5):
            add_rows(self.plan, count)
            with CaptureQueriesContext(connection) as captured:
                self.page()
            counts.append(len(captured))
        self.assertEqual(counts[0], counts[1])
