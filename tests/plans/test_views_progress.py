from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse

from plans.enums import PlanStatus
from plans.models import ImprovementPlan
from tests.factories.criteria import load_catalogues
from tests.factories.evidence import carried_out, make_evidence
from tests.factories.plans import add_rows, make_plan
from tests.factories.schools import make_cast
from tests.queries import queries_of

MOST = 12
ENTRY = {"status": "in_progress", "done": "Đã rà soát.", "recorded_on": "2025-01-10"}


class ProgressPageCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = carried_out(school=cls.cast.school)
        cls.row = cls.plan.rows.first()

    def setUp(self):
        self.client.force_login(self.cast.contributor)

    def url(self, name, *args, plan=None):
        return reverse(f"plans:{name}", args=[(plan or self.plan).pk, *args])

    def record(self, **entered):
        url = self.url("progress-row", self.row.pk)
        return self.client.post(url, ENTRY | entered, follow=True)

    def messages(self, response):
        return [str(message) for message in response.context["messages"]]

    def set_status(self, status):
        ImprovementPlan.objects.filter(pk=self.plan.pk).update(status=status)


class ProgressListTests(ProgressPageCase):
    def shown(self, query=""):
        view = self.client.get(self.url("progress") + query).context["view"]
        return [(s.number, s.label, s.is_late) for g in view.groups for s in g.rows]

    def test_all_rows_stand_by_standard_with_their_state_in_words(self):
        self.record(is_late="on", reason="Chờ kinh phí.")
        self.assertEqual(
            self.shown(), [(1, "Đang thực hiện", True), (2, "Chưa ghi", False)]
        )

    def test_list_can_be_narrowed_to_one_state(self):
        self.record(is_late="on", reason="Chờ kinh phí.")
        for query, numbers in (
            ("?loc=in_progress", [1]),
            ("?loc=late", [1]),
            ("?loc=none", [2]),
            ("?loc=done", []),
            ("?loc=<la>", [1, 2]),
        ):
            with self.subTest(query):
                self.assertEqual([n for n, *_ in self.shown(query)], numbers)

    def test_reviews_stand_only_where_the_form_has_them(self):
        newer = carried_out(2026, school=self.cast.school)
        page = self.client.get(self.url("progress", plan=newer))
        self.assertContains(page, "Cuối học kỳ I")
        self.assertNotContains(
            self.client.get(self.url("progress")), "Thêm lần theo dõi"
        )

    def test_draft_says_that_nothing_is_recorded_yet(self):
        draft = make_plan(2022, school=self.cast.school, rows=1)
        page = self.client.get(self.url("progress", plan=draft))
        self.assertContains(page, "Kế hoạch chưa ban hành nên chưa ghi được tiến độ")
        self.assertNotContains(page, "Ghi tiến độ<")

    def test_issued_plan_leads_here(self):
        page = self.client.get(self.plan.get_absolute_url())
        self.assertContains(page, f'href="{self.url("progress")}"')
        self.assertContains(page, self.url("progress-row", self.row.pk))


class ProgressRowTests(ProgressPageCase):
    def test_entry_is_recorded_and_listed(self):
        response = self.record()
        self.assertEqual(self.messages(response), ["Đã ghi tiến độ."])
        self.assertContains(response, "Đã rà soát.")
        self.assertContains(response, "Ngày 10/01/2025")

    def test_missing_reason_is_told_at_its_field(self):
        for entered in ({"status": "not_done"}, {"is_late": "on"}):
            response = self.record(**entered)
            self.assertEqual(response.status_code, 422)
            errors = response.context["form"].errors
            self.assertEqual(list(errors), ["reason"])
            self.assertContains(response, "#id_reason", status_code=422)
        self.assertEqual(self.row.progress_entries.count(), 0)

    def test_bad_days_are_told_at_their_field(self):
        for day in ("", "hôm qua", "2024-01-10", "2999-01-01"):
            with self.subTest(day):
                errors = self.record(recorded_on=day).context["form"].errors
                self.assertEqual(list(errors), ["recorded_on"])

    def test_closed_plan_refuses_and_says_why(self):
        self.set_status(PlanStatus.CLOSED)
        response = self.record()
        self.assertEqual(
            self.messages(response),
            ["Kế hoạch đã kết thúc. Kế hoạch của năm học đã khép lại, chỉ còn xem."],
        )
        self.assertEqual(self.row.progress_entries.count(), 0)

    def test_viewer_sees_no_form(self):
        self.client.force_login(self.cast.viewer)
        page = self.client.get(self.url("progress-row", self.row.pk))
        self.assertNotContains(page, "<textarea")

    def test_evidence_of_the_list_is_attached_and_taken_off(self):
        piece = make_evidence(self.plan, by=self.cast.editor)
        url = self.url("progress-evidence", self.row.pk)
        self.client.post(url, {"evidence": piece.pk})
        self.assertEqual(list(self.row.evidence.all()), [piece])
        self.client.post(url, {"remove": piece.pk})
        self.assertEqual(list(self.row.evidence.all()), [])

    def test_evidence_of_another_school_is_no_choice(self):
        elsewhere = carried_out(school=self.cast.other_school)
        foreign = make_evidence(elsewhere, by=self.cast.stranger)
        url = self.url("progress-evidence", self.row.pk)
        response = self.client.post(url, {"evidence": foreign.pk}, follow=True)
        self.assertEqual(
            self.messages(response),
            ["Minh chứng này không thuộc danh mục của năm học."],
        )
        self.assertEqual(self.row.evidence.count(), 0)

    def test_row_of_another_plan_is_not_found(self):
        other = carried_out(2022, school=self.cast.school)
        url = self.url("progress-row", self.row.pk, plan=other)
        self.assertEqual(self.client.get(url).status_code, 404)


class MonitoringPageTests(ProgressPageCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.plan = carried_out(2026, school=cls.cast.school)

    def test_result_is_written_and_the_moment_stays(self):
        line = self.plan.monitoring.first()
        self.client.post(
            self.url("monitoring-edit", line.pk),
            {"time": "Lúc khác", "result": "Đạt 6/8.", "assessor": "Hiệu trưởng"},
        )
        line.refresh_from_db()
        self.assertEqual((line.time, line.result), ("Cuối học kỳ I", "Đạt 6/8."))

    def test_review_can_be_added_and_needs_its_moment(self):
        url = self.url("monitoring-add")
        response = self.client.post(url, {"result": "Đạt."})
        self.assertEqual(
            response.context["form"].errors["time"], ["Hãy ghi thời điểm theo dõi."]
        )
        self.client.post(url, {"time": "Tháng 3/2027", "result": "Đạt."})
        self.assertEqual(self.plan.monitoring.count(), 3)

    def test_closed_plan_refuses(self):
        self.set_status(PlanStatus.CLOSED)
        response = self.client.get(self.url("monitoring-add"), follow=True)
        self.assertIn("đã khép lại", self.messages(response)[0])

    def test_form_without_reviews_has_no_such_page(self):
        older = carried_out(2023, school=self.cast.school)
        url = self.url("monitoring-add", plan=older)
        self.assertEqual(self.client.get(url).status_code, 404)

    def test_closing_without_two_reviews_says_why_on_the_page(self):
        old_year = carried_out(2022, school=self.cast.school).school_year
        ImprovementPlan.objects.filter(school_year=old_year).delete()
        ImprovementPlan.objects.filter(pk=self.plan.pk).update(school_year=old_year)
        self.client.force_login(self.cast.principal)
        url = self.url("deed", "ket-thuc")
        reason = "phải có ít nhất 02 lần theo dõi, đánh giá có ghi kết quả (hiện có 0)"
        self.assertContains(self.client.get(url), reason)
        self.assertContains(self.client.post(url, follow=True), reason)


class LineHistoryTests(ProgressPageCase):
    def test_page_shows_before_and_after_and_the_milestones(self):
        draft = make_plan(2022, school=self.cast.school, rows=1)
        row = draft.rows.first()
        edit = self.url("line-edit", "dong", row.pk, plan=draft)
        data = {"criterion": row.criterion_id, "level": "1", "goal": "Đạt mức 3"}
        self.client.post(edit, data)
        page = self.client.get(self.url("line-history", "dong", row.pk, plan=draft))
        self.assertContains(page, "Đạt mức 2</del>")
        self.assertContains(page, "Đạt mức 3</ins>")
        self.assertContains(page, "Đã lập kế hoạch")

    def test_history_of_a_deleted_line_stays(self):
        draft = make_plan(2022, school=self.cast.school, rows=1)
        row = draft.rows.first()
        self.client.force_login(self.cast.editor)
        self.client.post(self.url("line-delete", "dong", row.pk, plan=draft))
        page = self.client.get(self.url("line-history", "dong", row.pk, plan=draft))
        self.assertContains(page, "Dòng này đã bị xóa")

    def test_line_that_never_was_is_not_found(self):
        url = self.url("line-history", "dong", 999_999)
        self.assertEqual(self.client.get(url).status_code, 404)

    def test_text_is_shown_as_text(self):
        draft = make_plan(2022, school=self.cast.school, rows=1)
        row = draft.rows.first()
        edit = self.url("line-edit", "dong", row.pk, plan=draft)
        data = {"criterion": row.criterion_id, "goal": "<script>alert(1)</script>"}
        self.client.post(edit, data)
        page = self.client.get(self.url("line-history", "dong", row.pk, plan=draft))
        self.assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;</ins>")


class QueryCountTests(ProgressPageCase):
    def count(self, url):
        user = get_user_model().objects.get(pk=self.cast.contributor.pk)
        self.client.force_login(user)
        return queries_of(self.client, url)

    def fill(self, plan, rows):
        add_rows(plan, rows)
        for row in plan.rows.all():
            self.client.post(
                self.url("progress-row", row.pk, plan=plan),
                ENTRY | {"recorded_on": f"{plan.school_year.first_year}-08-20"},
            )
            make_evidence(plan, by=self.cast.contributor, rows=[row])

    def test_pages_are_constant(self):
        for year in (2023, 2026):
            plan = carried_out(year, school=self.cast.school, rows=0)
            counts = []
            for more in (1, 6):
                self.fill(plan, more)
                row = plan.rows.first()
                counts.append(
                    [
                        self.count(self.url("progress", plan=plan)),
                        self.count(self.url("progress-row", row.pk, plan=plan)),
                        self.count(self.url("line-history", "dong", row.pk, plan=plan)),
                    ]
                )
            with self.subTest(year):
                self.assertEqual(counts[0], counts[1])
                self.assertLessEqual(max(counts[1]), MOST)
