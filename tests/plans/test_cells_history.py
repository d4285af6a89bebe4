"""The history of a cell, and what helps the person who types in it."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plans.grid_rows import token
from plans.models import ActionRow, LineChange, PlanEvent
from tests.factories.assessments import make_assessment, write_weakness
from tests.factories.evidence import carried_out
from tests.factories.plans import ROW_2026, make_plan
from tests.plans.cellcase import CellCase, edit

TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


class HistoryTests(CellCase):
    def later(self, minutes):
        back = timezone.now() - datetime.timedelta(minutes=minutes)
        LineChange.objects.update(at=back)

    def test_one_sitting_is_one_entry_and_no_milestone(self):
        first = self.row.goal
        milestones = PlanEvent.objects.count()
        for text in ("Đ", "Đạt", "Đạt 90"):
            self.goal(text)
        self.save(edit(self.row.pk, "resources", "Không", was=self.row.resources))
        self.assertEqual(
            self.history(),
            [
                (
                    "Sửa nội dung",
                    {
                        "goal": [first, "Đạt 90"],
                        "resources": [self.row.resources, "Không"],
                    },
                )
            ],
        )
        self.assertEqual(PlanEvent.objects.count(), milestones)

    def test_after_a_pause_a_new_entry_begins(self):
        self.goal("Một")
        self.later(6)
        self.goal("Hai")
        self.assertEqual(len(self.history()), 2)

    def test_entry_of_somebody_else_in_between_is_not_jumped_over(self):
        self.goal("Một")
        self.sign_in("principal")
        self.goal("Hai")
        self.sign_in("editor")
        self.goal("Ba")
        texts = [changes["goal"][1] for _, changes in self.history()]
        self.assertEqual(texts, ["Một", "Hai", "Ba"])

    def test_what_is_typed_back_leaves_no_entry(self):
        first = self.row.goal
        self.goal(first + "!")
        self.goal(first)
        self.assertEqual(self.history(), [])

    def test_large_loss_begins_an_entry_so_that_the_text_can_be_had_back(self):
        long = "Một đoạn dài vừa gõ xong. " * 10
        self.goal(long)
        self.goal("x")
        texts = [changes["goal"] for _, changes in self.history()]
        self.assertEqual(texts[1], [long.rstrip(), "x"])

    def test_cell_shows_its_changes_and_gives_a_text_back(self):
        first = self.row.goal
        self.goal("Một")
        self.save(edit(self.other.pk, "goal", "Khác", was=self.other.goal))
        page = self.client.get(
            self.url("cell-history"),
            {"table": "dong", "line": self.row.pk, "field": "goal"},
        )
        self.assertContains(page, str(self.cast.editor))
        self.assertContains(page, first)
        self.assertNotContains(page, "Khác")
        change = self.plan.line_changes.get(line_id=self.row.pk)
        self.assertContains(page, f'data-restore="{change.pk}"')
        answer = self.post(
            "cell-restore", change=change.pk, field="goal", seen=token("Một")
        )
        self.assertEqual(answer.json()["saved"][0]["text"], first)
        self.row.refresh_from_db()
        self.assertEqual(self.row.goal, first)
        self.assertEqual(
            [deed for deed, _ in self.history(self.row)],
            ["Sửa nội dung", "Khôi phục phần chữ của nội dung"],
        )

    def test_restoring_over_an_unseen_text_is_a_conflict_too(self):
        first = self.row.goal
        self.goal("Một")
        change = self.plan.line_changes.get()
        answer = self.post(
            "cell-restore", change=change.pk, field="goal", seen=token(first + "?")
        )
        self.assertEqual(answer.status_code, 409)

    def test_changes_of_another_plan_cannot_be_restored(self):
        foreign = make_plan(2024, school=self.cast.other_school, rows=1)
        line = foreign.rows.get()
        change = LineChange.objects.create(
            plan=foreign,
            table="dong",
            line_id=line.pk,
            changes={"goal": ["Lạ", "Của họ"]},
        )
        answer = self.post("cell-restore", change=change.pk, field="goal", seen="")
        self.assertEqual(answer.status_code, 404)

    def test_markup_in_a_text_is_shown_harmlessly(self):
        self.goal("<script>alert(1)</script>")
        self.goal("<img src=x onerror=alert(1)> và thêm cho đủ dài hơn trước nữa")
        page = self.client.get(
            self.url("cell-history"),
            {"table": "dong", "line": self.row.pk, "field": "goal"},
        )
        self.assertNotContains(page, "<script")
        self.assertNotContains(page, "<img")

    def test_reader_sees_the_history_without_the_button(self):
        self.goal("Một")
        self.sign_in("viewer")
        page = self.client.get(
            self.url("cell-history"),
            {"table": "dong", "line": self.row.pk, "field": "goal"},
        )
        self.assertContains(page, "Một")
        self.assertNotContains(page, "data-restore")


class HelpTests(CellCase):
    def ask(self, field, line=None, **more):
        line = line or self.row
        asked = {"table": "dong", "line": line.pk, "field": field, **more}
        return self.client.get(self.url("cell-help"), asked)

    def test_requirements_example_and_limitation_stand_beside_the_cell(self):
        review = write_weakness(make_assessment(2026, school=self.cast.school))
        ActionRow.objects.filter(pk=self.row.pk).update(
            criterion=review.criterion, standard=review.criterion.standard
        )
        page = self.ask("goal")
        requirement = review.criterion.requirements.first()
        self.assertContains(page, requirement.reference)
        self.assertContains(page, review.limitations)
        self.assertContains(page, "Mọi lớp có tiết đọc thư viện hằng tuần.")
        self.row.refresh_from_db()
        self.assertEqual(self.row.goal, ROW_2026["goal"])

    def test_last_years_row_of_the_criterion_stands_with_its_result(self):
        last = carried_out(2025, school=self.cast.school, rows=1)
        ActionRow.objects.filter(plan=last).update(
            criterion=self.row.criterion, goal="Năm ngoái 70%", progress="in_progress"
        )
        page = self.ask("goal")
        self.assertContains(page, "Năm ngoái 70%")
        self.assertContains(page, "Đang thực hiện")

    def test_time_is_read_while_it_is_typed(self):
        page = self.ask("schedule", text="Từ tháng 9/2026 đến tháng 5/2027")
        self.assertContains(page, "từ 01/09/2026 đến 31/05/2027, trong năm học")
        page = self.ask("schedule", text="Tháng 5/2020")
        self.assertContains(page, "nằm ngoài năm học 2026-2027")
        page = self.ask("schedule", text="Khi nào xong thì thôi")
        self.assertNotContains(page, "Đọc là")

    def test_phrases_are_offered_as_buttons(self):
        page = self.ask("responsible", text="")
        self.assertContains(page, 'data-phrase="Nhân viên thư viện"')

    def test_unknown_cells_answer_404(self):
        for asked in (
            {},
            {"table": "dong", "line": "x", "field": "goal"},
            {"table": "dong", "line": "9" * 30, "field": "goal"},
            {"table": "dong", "line": self.row.pk, "field": "pk"},
        ):
            answer = self.client.get(self.url("cell-help"), asked)
            self.assertEqual(answer.status_code, 404)

    def test_every_column_that_is_typed_in_has_an_example(self):
        for year in (2024, 2026):
            layout = make_plan(year, school=self.cast.other_school).layout
            for column in (*layout.rows, *layout.focus_issues, *layout.monitoring):
                with self.subTest(year=year, field=column.field):
                    self.assertTrue(column.example or column.field == "progress")


class PlanHistoryTests(CellCase):
    def test_milestones_stand_first_and_changes_below_on_demand(self):
        self.goal("Mới")
        page = self.client.get(self.url("history")).content.decode()
        self.assertLess(page.index("Đã lập kế hoạch"), page.index("<details>"))
        self.assertLess(page.index("<details>"), page.index("Sửa nội dung"))

    def test_number_of_queries_is_the_same_for_one_change_and_for_many(self):
        counts = set()
        for number in (1, 10):
            for _ in range(number):
                LineChange.objects.create(
                    plan=self.plan, table="dong", line_id=1, actor=self.cast.editor
                )
            self.client.get(self.url("history"))
            with CaptureQueriesContext(connection) as captured:
                self.client.get(self.url("history"))
            counts.add(len(captured))
        self.assertEqual(len(counts), 1)
        self.assertLessEqual(max(counts), 12)

    def test_section_typed_in_the_plain_form_has_a_history_too(self):
        section = self.plan.sections.get(key="organisation")
        before = section.text
        url = reverse("plans:section", args=[self.plan.pk, section.pk])
        self.client.post(url, {"text": "Việc của trường"})
        page = self.client.get(
            self.url("cell-history"),
            {"table": "muc", "line": section.pk, "field": "text"},
        )
        self.assertContains(page, "Việc của trường")
        self.assertEqual(
            self.history(section), [("Sửa mục", {"text": [before, "Việc của trường"]})]
        )
