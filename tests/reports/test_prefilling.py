from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from plans import drafting, workflow
from plans.models import Monitoring
from plans.tables import ROWS
from reports.prefilling import REMOVED, remarks_text, source_lines
from tests.factories.criteria import load_catalogues
from tests.factories.plans import ROW_2018, add_rows, complete, make_plan
from tests.factories.reports import enter, issue_outside
from tests.factories.schools import make_cast

PLANNED = f"{ROW_2018['goal']}\n{ROW_2018['actions']}"


class PrefillCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = issue_outside(complete(make_plan(2024, school=cls.cast.school)))
        cls.row = cls.plan.rows.first()

    def line(self, period="year"):
        lines = source_lines(self.plan, period)
        return next(line for line in lines if line.key == self.row.pk)


class SourceTests(PrefillCase):
    def test_where_nothing_was_recorded_nothing_is_said(self):
        line = self.line()
        self.assertEqual(line.texts["planned"], PLANNED)
        others = {name: text for name, text in line.texts.items() if name != "planned"}
        self.assertEqual(set(others.values()), {""})
        self.assertFalse(line.has_progress)

    def test_newest_state_chooses_the_cell_and_all_that_was_done_is_told(self):
        enter(self.row, "in_progress", "2024-11-01", done="Đã rà soát.")
        enter(self.row, "done", "2025-05-10", done="Đã bổ sung.")
        texts = self.line().texts
        self.assertEqual(texts["done"], "Đã rà soát.\nĐã bổ sung.")
        self.assertEqual(texts["in_progress"] + texts["not_done"], "")

    def test_reason_of_the_newest_entry_is_told(self):
        enter(self.row, "not_done", "2025-01-10", reason="Chưa có kinh phí.")
        self.assertEqual(self.line().texts["not_done"], "Lý do: Chưa có kinh phí.")
        enter(
            self.row, "in_progress", "2025-03-10", is_late=True, reason="Chờ giao hàng."
        )
        line = self.line()
        self.assertEqual(line.texts["in_progress"], "Lý do: Chờ giao hàng.")
        self.assertEqual(line.texts["not_done"], "")
        self.assertTrue(line.is_late)

    def test_first_semester_ends_with_january(self):
        enter(self.row, "in_progress", "2025-01-31", done="Một nửa.")
        enter(self.row, "done", "2025-05-10", done="Tất cả.")
        texts = self.line("semester_1").texts
        self.assertEqual((texts["in_progress"], texts["done"]), ("Một nửa.", ""))

    def test_queries_do_not_grow_with_the_rows(self):
        counts = []
        for count in (1, 20):
            add_rows(self.plan, count)
            with CaptureQueriesContext(connection) as captured:
                source_lines(self.plan, "year")
            counts.append(len(captured))
        self.assertEqual(counts, [3, 3])


class AdjustedTests(PrefillCase):
    def adjust(self):
        self.plan = workflow.perform(
            workflow.ADJUST, self.plan, by=self.cast.principal, note="Lý do"
        )

    def test_first_issue_is_planned_and_what_differs_is_adjusted(self):
        self.adjust()
        self.row.goal = "Đạt mức 3"
        drafting.save_line(ROWS, self.plan, self.row, by=self.cast.editor)
        line, other = source_lines(self.plan, "year")
        self.assertEqual(line.texts["planned"], PLANNED)
        self.assertTrue(line.texts["adjusted"].startswith("Đạt mức 3\n"))
        self.assertEqual(other.texts["adjusted"], "")

    def test_added_row_has_no_plan_and_a_removed_one_says_so(self):
        self.adjust()
        second = self.plan.rows.last()
        copy = drafting.duplicate_line(ROWS, self.plan, self.row, by=self.cast.editor)
        drafting.delete_line(ROWS, self.plan, second, by=self.cast.principal)
        lines = {line.key: line for line in source_lines(self.plan, "year")}
        self.assertEqual(lines[copy.pk].texts["planned"], "")
        self.assertEqual(lines[copy.pk].texts["adjusted"], PLANNED)
        gone = [line for line in lines.values() if line.row is None]
        self.assertEqual(
            [(line.texts["planned"], line.texts["adjusted"]) for line in gone],
            [(PLANNED, REMOVED)],
        )
        self.assertEqual(gone[0].criterion, second.criterion)


class RemarkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.plan = make_plan(2026)
        first, second = cls.plan.monitoring.all()
        Monitoring.objects.filter(pk=first.pk).update(
            result="Đạt một nửa.", adjustment="Lùi nội dung 2."
        )
        Monitoring.objects.filter(pk=second.pk).update(result="Đạt.")

    def test_reviews_with_a_result_become_paragraphs(self):
        self.assertEqual(
            remarks_text(self.plan, "year").split("\n"),
            [
                "Cuối học kỳ I: Đạt một nửa.",
                "Cuối học kỳ I, điều chỉnh: Lùi nội dung 2.",
                "Cuối năm học: Đạt.",
            ],
        )

    def test_first_semester_knows_nothing_of_the_end_of_the_year(self):
        self.assertNotIn("Cuối năm học", remarks_text(self.plan, "semester_1"))

    def test_row_of_mau_so_2_without_a_criterion_is_known_by_its_content(self):
        plan = add_row_without_criterion(self.plan)
        (line,) = source_lines(plan, "year")
        self.assertEqual(line.criterion_title, "Nhà vệ sinh khu B")
        self.assertIn("Nhà vệ sinh khu B\nSửa xong", line.texts["planned"])


def add_row_without_criterion(plan):
    plan.rows.create(position=1, content="Nhà vệ sinh khu B", goal="Sửa xong")
    return plan
