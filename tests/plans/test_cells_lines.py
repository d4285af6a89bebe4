"""Lines added, copied, moved, merged and deleted in the grid, and taken back."""

from unittest import mock

from plans.models import ActionRow, FocusIssue, LineChange
from tests.factories.assessments import make_assessment, write_weakness
from tests.factories.evidence import make_evidence
from tests.factories.plans import ROW_2026, complete, criteria_of, make_plan
from tests.factories.reports import begin_report
from tests.plans.cellcase import CellCase


class LineCase(CellCase):
    def order(self):
        return list(self.plan.rows.values_list("pk", flat=True))

    def positions(self):
        return list(self.plan.rows.values_list("position", flat=True))

    def delete(self, line, table="dong"):
        return self.post("cells-delete", table=table, line=line.pk)

    def undelete(self, answer):
        return self.post("cells-undelete", undo=answer.json()["undo"])


class AddTests(LineCase):
    def test_line_is_added_below_another_of_its_place(self):
        answer = self.post("cells-add", table="dong", after=self.row.pk, texts={})
        self.assertEqual(answer.status_code, 200)
        told = answer.json()
        self.assertEqual(self.order(), [self.row.pk, told["line"], self.other.pk])
        self.assertEqual(self.positions(), [1, 2, 3])
        self.assertIn(f'data-line="{told["line"]}"', told["html"])
        self.assertEqual(told["gaps"]["rows"][f"dong-{told['line']}"], 6)
        line = ActionRow.objects.get(pk=told["line"])
        self.assertEqual(line.criterion, self.row.criterion)

    def test_line_is_added_with_texts_where_its_criterion_belongs(self):
        code = criteria_of(self.plan)[0].code
        answer = self.post(
            "cells-add",
            table="dong",
            after=None,
            texts={"goal": "Mục tiêu\x07 mới"},
            place={"criterion": code},
        )
        line = ActionRow.objects.get(pk=answer.json()["line"])
        self.assertEqual((line.goal, line.criterion.code), ("Mục tiêu mới", code))
        (change,) = self.history(line)
        self.assertEqual(change[0], "Thêm nội dung")

    def test_lines_of_the_2018_form_need_a_criterion(self):
        plan = make_plan(2024, school=self.cast.school, rows=1)
        body = {"table": "dong", "after": None, "texts": {}}
        self.assertEqual(self.post("cells-add", plan=plan, **body).status_code, 422)
        place = {"criterion": "1.2", "level": "2"}
        answer = self.post("cells-add", plan=plan, place=place, **body)
        line = plan.rows.get(pk=answer.json()["line"])
        self.assertEqual((line.criterion.code, line.level), ("1.2", "2"))
        self.assertEqual(line.criterion_title, line.criterion.title)

    def test_bad_texts_and_places_add_nothing(self):
        for status, body in (
            (422, {"texts": {"goal": "x" * 30_001}}),
            (422, {"texts": {"progress": "done"}}),
            (422, {"texts": {"position": "7"}}),
            (422, {"place": {"criterion": "9.9"}}),
            (400, {"texts": {"goal": 1}}),
            (400, {"place": {"level": 1}}),
            (410, {"after": 10**9}),
        ):
            asked = {"table": "dong", "after": self.row.pk, "texts": {}} | body
            with self.subTest(body=str(body)[:40]):
                self.assertEqual(self.post("cells-add", **asked).status_code, status)
        self.assertEqual(len(self.order()), 2)

    def test_review_of_progress_is_added_at_the_end(self):
        answer = self.post("cells-add", table="theo-doi", texts={"time": "Tháng 3"})
        self.assertEqual(answer.status_code, 200)
        times = list(self.plan.monitoring.values_list("time", flat=True))
        self.assertEqual(times[-1], "Tháng 3")

    def test_copy_stands_below_its_original(self):
        answer = self.post("cells-duplicate", table="dong", line=self.row.pk)
        copy = answer.json()["line"]
        self.assertEqual(self.order(), [self.row.pk, copy, self.other.pk])

    def test_lines_move_within_their_group(self):
        place = {"table": "dong", "line": self.row.pk}
        self.assertEqual(
            self.post("cells-move", **place, step=-1).json()["moved"], False
        )
        self.assertEqual(self.post("cells-move", **place, step=1).json()["moved"], True)
        self.assertEqual(self.order(), [self.other.pk, self.row.pk])
        self.assertEqual(self.post("cells-move", **place, step=5).status_code, 400)

    def test_contributors_add_and_copy_but_do_not_arrange(self):
        self.sign_in("contributor")
        place = {"table": "dong", "line": self.row.pk}
        merge = {"table": "dong", "into": self.row.pk, "from": self.other.pk}
        self.assertEqual(self.post("cells-duplicate", **place).status_code, 200)
        for name, body in (
            ("cells-move", {**place, "step": 1}),
            ("cells-delete", place),
            ("cells-merge", merge),
        ):
            with self.subTest(name=name):
                self.assertEqual(self.post(name, **body).status_code, 403)


class UndoTests(LineCase):
    def test_deleted_line_comes_back_to_its_place_as_it_was(self):
        before = list(ActionRow.objects.values())
        deleted = self.delete(self.row)
        self.assertEqual(self.order(), [self.other.pk])
        answer = self.undelete(deleted)
        self.assertEqual(answer.json()["line"], self.row.pk)
        self.assertIn(ROW_2026["goal"], answer.json()["html"])
        self.assertEqual(list(ActionRow.objects.values()), before)
        deeds = [deed for deed, _ in self.history(self.row)]
        self.assertEqual(deeds, ["Xóa nội dung", "Khôi phục nội dung đã xóa"])

    def test_undo_pressed_twice_brings_one_line(self):
        deleted = self.delete(self.row)
        self.undelete(deleted)
        self.assertEqual(self.undelete(deleted).status_code, 200)
        self.assertEqual(self.order(), [self.row.pk, self.other.pk])

    def test_lines_of_all_tables_come_back(self):
        complete(self.plan)
        for table, line in (
            ("van-de", self.plan.focus_issues.get()),
            ("theo-doi", self.plan.monitoring.last()),
        ):
            with self.subTest(table=table):
                values = type(line).objects.filter(pk=line.pk).values()
                before = list(values)
                self.assertEqual(
                    self.undelete(self.delete(line, table)).status_code, 200
                )
                self.assertEqual(list(values.all()), before)

    def test_what_pointed_to_the_line_points_to_it_again(self):
        complete(self.plan)
        issue = self.plan.focus_issues.get()
        ActionRow.objects.filter(pk=self.row.pk).update(focus_issue=issue)
        report = begin_report(
            make_plan(
                2025,
                school=self.cast.school,
                rows=1,
                status="issued",
                number=5,
                issued_on="2025-10-01",
            ),
            by=self.cast.editor,
        )
        result = report.rows.create(position=9, source_row=self.row)
        self.undelete(self.delete(issue, "van-de"))
        self.row.refresh_from_db()
        self.assertEqual(self.row.focus_issue, issue)
        self.undelete(self.delete(self.row))
        result.refresh_from_db()
        self.assertEqual(result.source_row, self.row)

    def test_what_is_gone_meanwhile_is_left_out(self):
        complete(self.plan)
        issue = self.plan.focus_issues.get()
        review = write_weakness(make_assessment(2026, school=self.cast.school))
        ActionRow.objects.filter(pk=self.row.pk).update(
            focus_issue=issue, source_review=review
        )
        deleted = self.delete(self.row)
        FocusIssue.objects.all().delete()
        ActionRow.objects.filter(pk=self.other.pk).update(source_review=review)
        self.assertEqual(self.undelete(deleted).status_code, 200)
        self.row.refresh_from_db()
        self.assertIsNone(self.row.focus_issue)
        self.assertIsNone(self.row.source_review)

    def test_recorded_line_is_not_deleted_in_the_grid(self):
        type(self.plan).objects.filter(pk=self.plan.pk).update(
            status="adjusting", number=5, issued_on="2026-10-01"
        )
        self.row.plan.refresh_from_db()
        make_evidence(self.plan, by=self.cast.editor, rows=[self.row])
        self.other.progress_entries.create(status="done", recorded_on="2026-10-01")
        for line in (self.row, self.other):
            answer = self.delete(line)
            self.assertEqual(answer.status_code, 422)
            self.assertIn("minh chứng", answer.json()["message"])
            self.assertEqual(self.client.get(answer.json()["url"]).status_code, 200)
        self.assertEqual(len(self.order()), 2)

    def test_token_of_others_of_another_plan_forged_or_too_old_brings_nothing(self):
        undo = self.delete(self.row).json()["undo"]
        other = make_plan(2025, school=self.cast.school)
        self.assertEqual(
            self.post("cells-undelete", plan=other, undo=undo).status_code, 422
        )
        self.assertEqual(self.post("cells-undelete", undo=undo + "x").status_code, 422)
        with mock.patch("django.core.signing.time.time", return_value=4e9):
            late = self.post("cells-undelete", undo=undo)
        self.assertEqual(late.status_code, 422)
        self.assertIn("quá một giờ", late.json()["message"])
        self.sign_in("principal")
        self.assertEqual(self.post("cells-undelete", undo=undo).status_code, 422)
        self.assertEqual(self.order(), [self.other.pk])


class MergeTests(LineCase):
    def merge(self, into, away):
        return self.post("cells-merge", table="dong", into=into.pk, **{"from": away.pk})

    def setUp(self):
        super().setUp()
        ActionRow.objects.filter(pk=self.row.pk).update(actions="- A\n- B", goal="G")
        ActionRow.objects.filter(pk=self.other.pk).update(actions="- B\n- C", goal="")

    def test_texts_are_joined_line_by_line(self):
        answer = self.merge(self.row, self.other)
        self.assertEqual(answer.status_code, 200)
        self.row.refresh_from_db()
        self.assertEqual((self.row.actions, self.row.goal), ("- A\n- B\n- C", "G"))
        self.assertEqual(self.row.resources, ROW_2026["resources"])
        self.assertEqual(self.order(), [self.row.pk])
        deeds = [deed for deed, _ in self.history(self.row)]
        self.assertEqual(deeds, ["Gộp nội dung"])

    def test_merged_lines_are_taken_apart_again(self):
        before = list(ActionRow.objects.values())
        answer = self.undelete(self.merge(self.row, self.other))
        self.assertEqual(answer.json()["into"]["line"], self.row.pk)
        self.assertEqual(list(ActionRow.objects.values()), before)

    def test_text_typed_after_the_merge_stays_when_it_is_taken_apart(self):
        merged = self.merge(self.row, self.other)
        ActionRow.objects.filter(pk=self.row.pk).update(actions="Gõ thêm")
        self.undelete(merged)
        self.row.refresh_from_db()
        self.assertEqual(self.row.actions, "Gõ thêm")

    def test_origin_of_the_deleted_line_passes_to_the_other(self):
        review = write_weakness(make_assessment(2026, school=self.cast.school))
        ActionRow.objects.filter(pk=self.other.pk).update(source_review=review)
        merged = self.merge(self.row, self.other)
        self.row.refresh_from_db()
        self.assertEqual(self.row.source_review, review)
        self.undelete(merged)
        for line in (self.row, self.other):
            line.refresh_from_db()
        self.assertEqual(
            (self.row.source_review, self.other.source_review), (None, review)
        )

    def test_what_would_grow_too_long_is_not_merged(self):
        ActionRow.objects.filter(pk=self.row.pk).update(actions="x" * 20_000)
        ActionRow.objects.filter(pk=self.other.pk).update(actions="y" * 20_000)
        answer = self.merge(self.row, self.other)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Hoạt động/giải pháp", answer.json()["message"])
        self.assertEqual(len(self.order()), 2)
        self.assertEqual(LineChange.objects.count(), 0)

    def test_line_is_not_merged_with_itself(self):
        self.assertEqual(self.merge(self.row, self.row).status_code, 422)
