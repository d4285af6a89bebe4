import datetime

from django.core.exceptions import PermissionDenied

from plans import carried_lines, carrying, completeness, drafting
from plans.models import (
    ActionRow,
    FocusIssue,
    ImprovementPlan,
)
from plans.tables import ROWS
from tests.factories.plans import ROW_2018, ROW_2026, criteria_of, make_plan
from tests.factories.schools import (
    SchoolFactory,
    make_user,
    school_year,
)
from tests.plans.carrying import CarryingCase


class ProposalTests(CarryingCase):
    def test_unfinished_rows_come_first_and_finished_ones_stay(self):
        plan = self.plan(2024, rows=4)
        first, second, third, fourth = plan.rows.all()
        self.record(first, "done")
        self.record(third, "not_done", reason="Chưa có kinh phí.")
        self.record(fourth, "in_progress")
        found = self.proposal(plan)
        self.assertEqual([o.row for o in found.rows], [third, fourth, second])
        self.assertEqual([o.row for o in found.left_rows], [first])

    def test_newest_entry_is_last_years_result(self):
        plan = self.plan(2024, rows=1)
        row = plan.rows.get()
        self.record(row, "done", done="Xong", recorded_on=datetime.date(2025, 5, 1))
        self.record(row, "not_done", recorded_on=datetime.date(2025, 1, 1))
        result = self.proposal(plan).left_rows[0].result
        self.assertEqual((result.code, result.done), ("done", "Xong"))

    def test_rows_go_on_under_the_same_criterion_of_the_same_circular(self):
        plan = self.plan(2024, rows=3)
        for offer in self.proposal(plan).rows:
            self.assertIs(offer.crossing.is_settled, True)
            self.assertEqual(offer.crossing.suggested, offer.row.criterion)

    def test_texts_of_the_school_go_on_where_the_form_is_the_same(self):
        plan = self.plan(2024)
        for key in ("purpose", "grounds", "organisation"):
            section = plan.sections.get(key=key)
            section.text += "\nLời của trường."
            section.save()
        found = self.proposal(plan)
        self.assertEqual(
            [text.key for text in found.texts],
            ["purpose", "organisation", "recipients"],
        )
        self.assertIn("CĂN CỨ XÂY DỰNG KẾ HOẠCH", [item.name for item in found.reset])

    def test_every_item_has_its_reason(self):
        plan = self.plan(2025, rows=3, closing_rows="Mức 4: Không")
        found = self.proposal(plan)
        for item in (*found.rows, *found.reset, *found.left):
            self.assertTrue(item.reason)
        self.assertIn("Dòng cuối bảng", [item.name for item in found.left])

    def test_year_that_nobody_may_plan_yet_is_refused(self):
        plan = self.plan(2090)
        self.assertIn("Chưa đến lúc", self.proposal(plan).obstacle)


class CarryOverTests(CarryingCase):
    def test_next_years_plan_is_begun_with_the_rows_taken(self):
        plan = self.plan(2024, rows=3)
        outcome = self.carry(plan)
        new = outcome.plan
        self.assertIs(outcome.is_new, True)
        self.assertEqual(str(new.school_year), "2025-2026")
        self.assertEqual(new.status, "draft")
        old, copies = list(plan.rows.all()), list(new.rows.all())
        self.assertEqual([row.carried_from for row in copies], old)
        for row in copies:
            texts = {name: getattr(row, name) for name in ROW_2018}
            self.assertEqual(texts, ROW_2018)
            self.assertEqual(row.progress, "")

    def test_second_run_changes_nothing(self):
        plan = self.plan(2024, rows=3)
        self.carry(plan, texts=["recipients"])
        new = ImprovementPlan.objects.get(school_year__first_year=2025)
        before = (list(new.rows.values()), new.updated_at, new.events.count())
        outcome = self.carry(
            plan, rows=dict.fromkeys(plan.rows.values_list("pk", flat=True))
        )
        new.refresh_from_db()
        self.assertEqual((outcome.row_count, outcome.text_count), (0, 0))
        after = (list(new.rows.values()), new.updated_at, new.events.count())
        self.assertEqual(after, before)

    def test_only_what_is_not_there_yet_is_added_to_an_open_draft(self):
        plan = self.plan(2024, rows=3)
        first = plan.rows.first()
        self.carry(plan, rows={first.pk: None})
        found = self.proposal(plan)
        self.assertNotIn(first, [o.row for o in found.offers])
        outcome = self.carry(plan)
        self.assertEqual((outcome.is_new, outcome.row_count), (False, 2))
        self.assertEqual(outcome.plan.rows.count(), 3)

    def test_own_rows_and_texts_of_the_open_draft_stay(self):
        plan = self.plan(2024, rows=2, recipients="Lưu: VT")
        new = self.plan(2025, recipients="Của năm mới")
        criterion = criteria_of(new)[5]
        line = ActionRow(
            plan=new, criterion=criterion, standard=criterion.standard, level="1"
        )
        drafting.save_line(ROWS, new, line, by=self.cast.principal)
        self.carry(plan, texts=["recipients"])
        new.refresh_from_db()
        self.assertEqual(new.recipients, "Của năm mới")
        self.assertEqual(new.rows.count(), 3)
        self.assertEqual(list(new.rows.values_list("position", flat=True)), [1, 2, 3])
        self.assertEqual(new.rows.last(), line)

    def test_rows_that_came_over_in_the_meantime_are_left_out(self):
        plan = self.plan(2024, rows=2)
        stale = self.proposal(plan).offers
        new = self.carry(plan).plan
        chosen = {offer.row.pk: offer.row.criterion for offer in stale}
        by = self.cast.principal
        self.assertEqual(carried_lines.add(new, plan, stale, chosen, by=by), 0)
        self.assertEqual(new.rows.count(), 2)

    def test_level_of_schooling_goes_on_while_the_school_has_it(self):
        school = SchoolFactory(levels=["primary", "lower_secondary"])
        plan = make_plan(2026, school=school, rows=2)
        first, second = plan.rows.all()
        ActionRow.objects.filter(pk=first.pk).update(education_level="primary")
        ActionRow.objects.filter(pk=second.pk).update(education_level="lower_secondary")
        school.education_levels.remove("primary")
        plan = ImprovementPlan.objects.with_header().get(pk=plan.pk)
        head = make_user("principal", school)
        new = self.carry(plan, by=head).plan
        levels = {row.carried_from_id: row.education_level_id for row in new.rows.all()}
        self.assertEqual(levels, {first.pk: None, second.pk: "lower_secondary"})

    def test_year_whose_plan_is_locked_is_refused_and_nothing_is_written(self):
        plan = self.plan(2024, rows=2)
        new = self.plan(2025)
        for status in ("submitted", "approved", "issued", "adjusting", "closed"):
            ImprovementPlan.objects.filter(pk=new.pk).update(
                status=status, number=1, issued_on="2025-09-05"
            )
            with self.subTest(status), self.assertRaises(carrying.CarryOverError):
                self.carry(plan, rows={plan.rows.first().pk: None})
            self.assertEqual(new.rows.count(), 0)

    def test_only_who_may_begin_a_plan_carries_over(self):
        plan = self.plan(2024, rows=1)
        for actor in ("contributor", "viewer", "officer", "stranger", "admin"):
            with self.subTest(actor), self.assertRaises(PermissionDenied):
                self.carry(plan, by=getattr(self.cast, actor))
        self.assertEqual(ImprovementPlan.objects.count(), 1)

    def test_sections_and_recipients_arrive_unchanged(self):
        plan = self.plan(2026)
        for key, text in (("purpose", "- Riêng của trường."), ("organisation", "Mới")):
            section = plan.sections.get(key=key)
            drafting.save_section(plan, section, by=self.cast.editor, text=text)
        found = carrying.proposal(plan, school_year(2027))
        texts = {text.key: text.text for text in found.texts}
        self.assertEqual(texts["purpose"], "- Riêng của trường.")
        new = make_plan(2027, school=self.cast.school)
        for text in found.texts:
            text.write(new)
        purpose = new.sections.get(key="purpose")
        self.assertEqual(drafting.added_text(purpose), "- Riêng của trường.")
        self.assertEqual(new.sections.get(key="organisation").text, "Mới")

    def test_recipients_of_another_office_are_not_carried(self):
        plan = self.plan(2024)
        supervision = self.cast.school.supervisions.get()
        supervision.ends_on = datetime.date(2025, 6, 30)
        supervision.save()
        plan = ImprovementPlan.objects.with_header().get(pk=plan.pk)
        found = self.proposal(plan)
        self.assertEqual(found.texts, ())
        self.assertIn("Nơi nhận", [item.name for item in found.reset])

    def test_time_of_last_year_is_pointed_out_before_submitting(self):
        plan = self.plan(2024, rows=1)
        new = self.carry(plan).plan
        for schedule, count in (
            ("Tháng 3/2025", 1),
            ("Tháng 3/2026", 0),
            ("Khi có kinh phí", 0),
        ):
            new.rows.update(schedule=schedule)
            advice = [g.message for g in completeness.gaps(new) if not g.blocks]
            with self.subTest(schedule):
                self.assertEqual(len(advice), count)
                self.assertTrue(all(schedule in message for message in advice))

    def test_history_tells_where_rows_came_from(self):
        plan = self.plan(2024, rows=2)
        new = self.carry(plan).plan
        self.assertEqual(new.events.first().deed, "chuyen-tiep")
        deeds = set(new.line_changes.values_list("deed", flat=True))
        self.assertEqual(deeds, {"Chuyển từ kế hoạch 2024-2025"})


class FromTheFormOf2026Tests(CarryingCase):
    def plan_with_issue(self):
        plan = self.plan(2026, rows=3)
        criterion = criteria_of(plan)[0]
        issue = FocusIssue.objects.create(
            plan=plan,
            position=1,
            criterion=criterion,
            standard=criterion.standard,
            limitation="Ít sách.",
            cause="Chưa mua.",
        )
        first, second, _ = plan.rows.all()
        ActionRow.objects.filter(pk__in=[first.pk, second.pk]).update(focus_issue=issue)
        return plan

    def test_focus_issue_goes_on_once_with_its_rows(self):
        plan = self.plan_with_issue()
        first, second, third = plan.rows.all()
        self.carry(plan, rows={first.pk: None})
        self.carry(plan, rows={second.pk: None, third.pk: None})
        new = ImprovementPlan.objects.get(school_year__first_year=2027)
        issue = new.focus_issues.get()
        self.assertEqual((issue.limitation, issue.cause), ("Ít sách.", "Chưa mua."))
        linked = list(new.rows.values_list("focus_issue", flat=True))
        self.assertEqual(linked, [issue.pk, issue.pk, None])

    def test_texts_arrive_column_by_column_without_progress(self):
        plan = self.plan(2026, rows=1)
        plan.rows.update(progress="in_progress")
        row = self.carry(plan).plan.rows.get()
        texts = {name: getattr(row, name) for name in ROW_2026}
        self.assertEqual(texts, ROW_2026)
        self.assertEqual(row.progress, "")
