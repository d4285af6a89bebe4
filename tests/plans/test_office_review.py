"""The page on which the office reads a plan, what it notes, and approving several."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans import adjusting, drafting, reviewing, sign_off, workflow
from plans.models import ImprovementPlan, PlanReading
from plans.tables import ROWS
from tests.factories.plans import add_rows, complete, make_plan
from tests.factories.reports import enter, issue_outside
from tests.factories.schools import SchoolFactory
from tests.plans.reviewing import ReviewCase


class DifferenceTests(ReviewCase):
    def test_each_submission_is_written_down_and_read_against_the_one_before(self):
        self.submit()
        self.assertIsNone(adjusting.previous_submission(self.plan))
        self.deed(workflow.RETURN, self.cast.officer)
        self.edit(goal="Đạt mức 3")
        first = adjusting.previous_submission(self.plan)
        self.submit()
        self.assertEqual(self.plan.versions.count(), 2)
        self.assertEqual(adjusting.previous_submission(self.plan), first)

    def test_submissions_are_no_adjustments(self):
        self.submit()
        self.assertEqual(adjusting.adjustments(self.plan), [])

    def test_page_shows_old_and_new_text_added_and_removed_lines(self):
        first, second = self.plan.rows.all()
        self.submit()
        self.deed(workflow.RETURN, self.cast.officer)
        self.edit(goal="Đạt mức 3")
        drafting.delete_line(ROWS, self.plan, second, by=self.cast.principal)
        drafting.duplicate_line(ROWS, self.plan, first, by=self.cast.editor)
        self.submit()
        url = reverse("plans:office-review", args=[self.plan.pk])
        page = self.page(url, "officer", **{"thay-doi": "1"})
        self.assertContains(page, "Lần trước: <del>Đạt mức 2</del>")
        self.assertContains(page, "Dòng mới")
        self.assertContains(page, "Đã bỏ: Tiêu chí")
        plain = self.page(url, "officer")
        self.assertNotContains(plain, "Lần trước:")
        self.assertContains(plain, "Hiện thay đổi từ lần trình trước")


class PageTests(ReviewCase):
    def setUp(self):
        self.submit()
        self.url = reverse("plans:office-review", args=[self.plan.pk])

    def test_deeds_are_those_of_the_officer_and_carry_what_is_read(self):
        page = self.page(self.url, "officer")
        self.assertEqual([t.key for t in page.context["deeds"]], ["duyet", "tra-lai"])
        digest = sign_off.content_digest(self.fresh())
        field = f'<input type="hidden" name="seen" value="{digest}">'
        self.assertContains(page, field, count=2, html=True)

    def test_comments_stand_in_their_cells(self):
        self.on_goal(text="Nên nêu số liệu.")
        page = self.page(self.url, "officer")
        cell = page.content.decode().split('data-label="Kết quả cần đạt')[1]
        self.assertIn("Nên nêu số liệu.", cell.split("</td>")[0])

    def test_last_year_stands_under_the_row_with_its_result(self):
        old = issue_outside(complete(make_plan(2023, school=self.cast.school)), 4)
        enter(old.rows.first(), status="not_done", done="", reason="Thiếu kinh phí.")
        page = self.page(self.url, "officer")
        code = self.plan.rows.first().criterion.code
        self.assertContains(page, f"Năm trước, tiêu chí {code}: Chưa hoàn thành")
        self.assertContains(page, "Thiếu kinh phí.")

    def test_carried_row_has_the_row_it_came_from(self):
        old = issue_outside(complete(make_plan(2023, school=self.cast.school)), 4)
        second = old.rows.last()
        row = self.plan.rows.first()
        self.plan.rows.filter(pk=row.pk).update(carried_from=second)
        beside = reviewing.last_year_rows(self.plan)
        self.assertEqual([b.row for b in beside[row.pk]], [second])

    def test_plan_of_another_school_is_not_beside_it(self):
        other = SchoolFactory(authority=self.cast.office)
        complete(make_plan(2023, school=other))
        self.assertEqual(set(reviewing.last_year_rows(self.plan).values()), {()})

    def test_requirements_stand_once_for_each_criterion(self):
        row = self.plan.rows.first()
        self.plan.rows.create(
            position=9, criterion=row.criterion, standard=row.standard
        )
        page = self.page(self.url, "officer")
        text = f"Yêu cầu của tiêu chí {row.criterion.code}"
        self.assertContains(page, f"<summary>{text}</summary>", count=1, html=True)

    def test_queries_do_not_grow_with_rows_comments_and_last_year(self):
        make_plan(2023, school=self.cast.school, rows=5)
        counts = []
        for more in (1, 20):
            add_rows(self.plan, more)
            for row in self.plan.rows.all():
                self.comment(table="dong", line_id=row.pk)
            self.page(self.url, "officer")
            with CaptureQueriesContext(connection) as queries:
                self.client.get(self.url)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])


class ReadingTests(ReviewCase):
    def setUp(self):
        self.submit()
        self.url = reverse("plans:office-review", args=[self.plan.pk])

    def test_opening_is_noted_once_for_each_content(self):
        self.page(self.url, "officer")
        reading = PlanReading.objects.get()
        self.assertEqual(
            (reading.user, reading.content_digest),
            (self.cast.officer, sign_off.content_digest(self.fresh())),
        )
        self.page(self.url, "officer")
        self.assertEqual(PlanReading.objects.get().at, reading.at)
        self.deed(workflow.RETURN, self.cast.officer)
        self.edit(goal="Đạt mức 3")
        self.page(self.url, "officer")
        again = PlanReading.objects.get()
        self.assertNotEqual(again.content_digest, reading.content_digest)

    def test_looking_at_other_pages_is_no_reading(self):
        self.page(self.plan.get_absolute_url(), "officer")
        self.assertEqual(PlanReading.objects.count(), 0)


class ApproveManyTests(ReviewCase):
    url = "/ke-hoach/duyet/"

    def submitted(self, name, **fields):
        school = SchoolFactory(authority=self.cast.office, name=name)
        fields = {"status": "submitted"} | fields
        return complete(make_plan(2024, school=school, **fields))

    def read(self, plan, actor="officer"):
        self.page(reverse("plans:office-review", args=[plan.pk]), actor)

    def approve(self, *plans):
        self.sign_in("officer")
        data = {"plan": [plan.pk for plan in plans]}
        return self.client.post(self.url, data, follow=True)

    def statuses(self, *plans):
        found = ImprovementPlan.objects.in_bulk([plan.pk for plan in plans])
        return [found[plan.pk].status for plan in plans]

    def test_list_says_of_each_plan_whether_it_can_be_ticked(self):
        read, changed, unread = (self.submitted(f"Trường {n}") for n in "ABC")
        self.read(read)
        self.read(changed)
        changed.rows.update(goal="Đạt mức 3")
        self.read(unread, "leader")  # somebody else's reading counts for them alone
        self.submitted("Trường D", status="draft")
        page = self.page(self.url, "officer")
        obstacles = {w.plan.pk: w.obstacle for w in page.context["waiting"]}
        self.assertEqual(set(obstacles), {read.pk, changed.pk, unread.pk})
        self.assertEqual(obstacles[read.pk], "")
        self.assertIn("đã thay đổi", obstacles[changed.pk])
        self.assertIn("chưa mở", obstacles[unread.pk])
        self.assertContains(page, 'type="checkbox"', count=1)

    def test_plans_that_the_head_approves_are_not_there(self):
        school = SchoolFactory(authority=self.cast.office)
        complete(make_plan(2026, school=school, status="submitted"))
        page = self.page(self.url, "officer")
        self.assertEqual(page.context["waiting"], [])

    def test_only_what_was_read_is_approved_and_the_others_are_named(self):
        read, unread = self.submitted("Trường A"), self.submitted("Trường B")
        gone = self.submitted("Trường C")
        self.read(read)
        ImprovementPlan.objects.filter(pk=gone.pk).update(status="returned")
        page = self.approve(read, unread, gone)
        self.assertEqual(
            self.statuses(read, unread, gone), ["approved", "submitted", "returned"]
        )
        self.assertContains(page, "Đã phê duyệt 1 kế hoạch: Trường A.")
        self.assertContains(page, "Chưa phê duyệt Trường B")
        self.assertContains(page, "1 kế hoạch đã chọn không còn chờ duyệt")
        event = read.events.first()
        self.assertEqual(event.content_digest, sign_off.content_digest(read))

    def test_change_between_list_and_deed_stops_that_plan_alone(self):
        first, second = self.submitted("Trường A"), self.submitted("Trường B")
        for plan in (first, second):
            self.read(plan)
        plans = list(ImprovementPlan.objects.with_header().order_by("school__name"))
        mine = reviewing.approvable(plans, self.cast.officer)
        found = reviewing.waiting(mine, self.cast.officer)
        first.rows.update(goal="Đạt mức 3")
        approved, refused = reviewing.approve_read(found, by=self.cast.officer)
        self.assertEqual([plan.pk for plan in approved], [second.pk])
        self.assertEqual([plan.pk for plan, _ in refused], [first.pk])
        self.assertEqual(self.statuses(first, second), ["submitted", "approved"])

    def test_nothing_ticked_is_told(self):
        self.assertContains(self.approve(), "Chưa chọn kế hoạch nào")

    def test_queries_do_not_grow_with_the_plans(self):
        counts = []
        for names in ("A", "BC"):
            for name in names:
                self.read(self.submitted(f"Trường {name}"))
            self.page(self.url, "officer")
            with CaptureQueriesContext(connection) as queries:
                self.client.get(self.url)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 15)
