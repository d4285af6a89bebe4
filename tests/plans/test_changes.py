import datetime

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from plans import changes, drafting, recording
from plans.models import ActionRow
from plans.tables import MONITORING, ROWS
from tests.factories.criteria import load_catalogues
from tests.factories.evidence import carried_out, make_evidence
from tests.factories.plans import ROW_2018, criteria_of, make_plan
from tests.factories.schools import make_cast


class ChangesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(2024, school=cls.cast.school, rows=2)

    def row(self, index=0):
        return ROWS.lines(self.plan)[index]

    def save(self, row, table=ROWS):
        return drafting.save_line(table, self.plan, row, by=self.cast.editor)

    def written(self):
        return [(c.deed, c.changes) for c in self.plan.line_changes.order_by("pk")]

    def test_only_what_changed_is_written_with_who_and_which_line(self):
        row = self.row()
        row.goal, row.schedule = "Đạt mức 3", "Tháng 11/2024"
        self.save(row)
        change = self.plan.line_changes.get()
        self.assertEqual(
            change.changes,
            {
                "goal": [ROW_2018["goal"], "Đạt mức 3"],
                "schedule": [ROW_2018["schedule"], "Tháng 11/2024"],
            },
        )
        self.assertEqual(change.actor, self.cast.editor)
        self.assertEqual(
            (change.table, change.line_id, change.line_name, change.deed),
            ("dong", row.pk, "Nội dung 1 (tiêu chí 1.1)", "Sửa nội dung"),
        )

    def test_saving_without_a_change_writes_nothing(self):
        self.save(self.row())
        self.assertEqual(self.written(), [])

    def test_place_is_written_in_words(self):
        row, other = self.row(), criteria_of(self.plan)[12]
        row.criterion, row.standard, row.level = other, other.standard, "2"
        self.save(row)
        self.assertEqual(
            self.plan.line_changes.get().changes,
            {
                "standard": [
                    str(criteria_of(self.plan)[0].standard),
                    str(other.standard),
                ],
                "criterion": [str(criteria_of(self.plan)[0]), str(other)],
                "level": ["1", "2"],
            },
        )

    def test_new_line_is_written_with_what_it_says(self):
        criterion = criteria_of(self.plan)[1]
        row = ActionRow(
            plan=self.plan,
            criterion=criterion,
            standard=criterion.standard,
            level="1",
            goal="Mới",
        )
        self.save(row)
        deed, written = self.written()[0]
        self.assertEqual(deed, "Thêm nội dung")
        self.assertEqual(written["goal"], ["", "Mới"])
        self.assertNotIn("budget", written)

    def test_copy_and_deletion_are_written_and_outlive_the_line(self):
        copy = drafting.duplicate_line(ROWS, self.plan, self.row(), by=self.cast.editor)
        pk = copy.pk
        drafting.delete_line(ROWS, self.plan, copy, by=self.cast.editor)
        found = changes.changes_of(self.plan, ROWS, pk)
        self.assertEqual([c.deed for c in found], ["Xóa nội dung", "Nhân bản nội dung"])
        self.assertEqual(found[0].changes["goal"], [ROW_2018["goal"], ""])

    def test_refused_change_is_not_written(self):
        row = self.row()
        row.goal = "Đạt mức 3"
        with self.assertRaises(PermissionDenied):
            drafting.save_line(ROWS, self.plan, row, by=self.cast.viewer)
        self.assertEqual(self.written(), [])

    def test_saving_a_line_stays_cheap(self):
        row = self.row()
        row.goal = "Đạt mức 3"
        with CaptureQueriesContext(
            connection,
        ) as queries:
            self.save(row)
        # Two of them are the savepoint of a test's own transaction.
        self.assertLessEqual(len(queries), 8 + 2)


class RecordedChangesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = carried_out(2026, school=cls.cast.school)

    def test_progress_evidence_and_reviews_stand_in_the_history(self):
        row, review = self.plan.rows.first(), self.plan.monitoring.first()
        recording.record_progress(
            row,
            status="not_done",
            is_late=True,
            done="",
            reason="Chưa có kinh phí.",
            recorded_on=datetime.date(2026, 8, 20),
            by=self.cast.editor,
        )
        make_evidence(self.plan, by=self.cast.editor, rows=[row])
        review.result = "Đã rà soát."
        recording.save_monitoring(self.plan, review, by=self.cast.principal)
        moments = changes.history(
            self.plan, ROWS, changes.changes_of(self.plan, ROWS, row.pk)
        )
        told = [
            (m.deed, [(f.label, f.before, f.after) for f in m.fields]) for m in moments
        ]
        self.assertEqual(
            told,
            [
                ("Gắn minh chứng", [("Minh chứng", "", "MC.1.1.01 Sổ mượn sách")]),
                (
                    "Ghi tiến độ",
                    [
                        (
                            "Mức độ thực hiện (cập nhật trong quá trình triển khai)",
                            "",
                            "Chưa hoàn thành",
                        ),
                        ("Chậm so với kế hoạch", "", "Có"),
                        ("Lý do chậm hoặc chưa làm", "", "Chưa có kinh phí."),
                        ("Ngày ghi nhận", "", "20/08/2026"),
                    ],
                ),
                ("Đã lập kế hoạch", []),
            ],
        )
        found = changes.changes_of(self.plan, MONITORING, review.pk)
        self.assertEqual(found[0].changes, {"result": ["", "Đã rà soát."]})
