import datetime
import itertools

from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse

from plans.drawing import YearScale, stacked
from plans.models import Assessment, ImprovementPlan
from plans.tallies import Tally, tallies, total
from plans.three_years import three_years
from plans.yearly import milestones, plan_deadlines, row_spans, with_year_facts
from tests.factories.criteria import load_catalogues
from tests.factories.plans import add_rows, make_plan
from tests.factories.schools import SchoolFactory, make_cast, make_user
from tests.queries import queries_of

MOST = 12
ISSUED = {"status": "issued", "number": 5, "issued_on": "2026-09-05"}


def set_progress(plan, *states):
    for row, state in zip(plan.rows.all(), states, strict=False):
        row.progress = state
        row.save()


class TallyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()

    def test_rows_are_counted_by_standard_and_state(self):
        plan = make_plan(2026, rows=15)
        set_progress(plan, "done", "done", "in_progress", "not_done")
        plan.rows.filter(position=15).update(standard=None, criterion=None)
        standards = tallies([plan.pk])[plan.pk]
        self.assertEqual([s.number for s in standards], [1, 2, 3, 4, None])
        self.assertEqual(standards[0].tally, Tally(2, 1, 1, 0))
        self.assertEqual(total(standards), Tally(2, 1, 1, 11))

    def test_words_name_only_states_there_are(self):
        tally = Tally(done=3, unrecorded=2)
        self.assertEqual(tally.words, "3 hoàn thành, 2 chưa ghi")
        self.assertEqual(Tally().words, "Chưa có nội dung nào")

    def test_parts_of_a_bar_fill_it_without_gaps(self):
        parts = stacked(Tally(1, 1, 1, 4), 7)
        self.assertEqual(parts[0].x, 0)
        for part, following in itertools.pairwise(parts):
            self.assertEqual(part.x + part.width, following.x)
        self.assertEqual(parts[-1].x + parts[-1].width, 1000)


class ScaleTests(TestCase):
    def test_months_stand_in_order_and_days_outside_at_the_ends(self):
        scale = YearScale(2026)
        self.assertEqual(scale.x(datetime.date(2026, 8, 1)), 0)
        self.assertEqual(scale.x(datetime.date(2027, 1, 1)), 500)
        self.assertEqual(scale.x(datetime.date(2020, 1, 1)), 0)
        self.assertEqual(scale.x(datetime.date(2030, 1, 1)), 1200)

    def test_span_is_never_too_thin_or_outside(self):
        scale = YearScale(2026)
        for day in (datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)):
            x, width = scale.span(day, day)
            self.assertGreaterEqual(x, 0)
            self.assertGreaterEqual(width, 8)
            self.assertLessEqual(x + width, 1200)


class MilestoneTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()

    def found(self, plan, today):
        plan = with_year_facts(ImprovementPlan.objects.with_header()).get(pk=plan.pk)
        entries = plan_deadlines(plan, Tally())
        return milestones(plan, entries, row_spans(plan), today)

    def test_timeline_is_in_order_with_today_in_its_place(self):
        plan = make_plan(2026, rows=2, **ISSUED)
        found = self.found(plan, datetime.date(2027, 3, 1))
        days = [milestone.day for milestone in found]
        self.assertEqual(days, sorted(days))
        self.assertEqual([m.title for m in found if m.code == "now"], ["Hôm nay"])

    def test_rows_due_in_a_month_are_one_milestone(self):
        plan = make_plan(2026, rows=3)
        plan.rows.update(schedule="Tháng 10/2026")
        set_progress(plan, "done")
        due = [
            m
            for m in self.found(plan, datetime.date(2026, 12, 1))
            if "đến hạn" in m.title
        ]
        self.assertEqual(
            [(m.day_text, m.code) for m in due], [("Tháng 10/2026", "due")]
        )
        self.assertIn("còn 2 nội dung", due[0].note)

    def test_free_text_is_no_milestone(self):
        plan = make_plan(2026, rows=1)
        plan.rows.update(schedule="Khi có kinh phí")
        titles = [m.title for m in self.found(plan, datetime.date(2026, 12, 1))]
        self.assertFalse(any("đến hạn" in title for title in titles))

    def test_today_is_left_out_of_a_year_long_past(self):
        plan = make_plan(2022)
        codes = {m.code for m in self.found(plan, datetime.date(2026, 12, 1))}
        self.assertNotIn("now", codes)

    def test_review_with_a_result_is_behind(self):
        plan = make_plan(2026)
        plan.monitoring.filter(position=1).update(result="Đạt 4/5.")
        found = self.found(plan, datetime.date(2027, 3, 1))
        codes = {m.title: m.code for m in found}
        self.assertEqual(codes["Theo dõi, đánh giá cuối học kỳ I"], "done")
        self.assertEqual(codes["Theo dõi, đánh giá cuối năm học"], "ahead")


class ThreeYearsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.school = SchoolFactory()

    def gaps(self, today=datetime.date(2027, 7, 1)):
        return [column.gaps for column in three_years(self.school, 2026, today)]

    def assess(self, plan):
        Assessment.objects.create(
            school=self.school,
            school_year=plan.school_year,
            circular=plan.circular,
            status="finished",
        )

    def test_missing_years_are_named(self):
        plan = make_plan(2025, school=self.school, rows=1, **ISSUED)
        everything = ("thiếu kế hoạch", "thiếu kết quả", "thiếu tự đánh giá")
        self.assertEqual(
            self.gaps(),
            [everything, ("thiếu kết quả", "thiếu tự đánh giá"), everything],
        )
        set_progress(plan, "done")
        self.assess(plan)
        self.assertEqual(self.gaps()[1], ())

    def test_plan_closed_without_results_still_lacks_them(self):
        fields = {**ISSUED, "status": "closed"}
        make_plan(2026, school=self.school, rows=2, **fields)
        self.assertIn("thiếu kết quả", self.gaps()[2])

    def test_year_that_is_not_over_lacks_nothing_yet(self):
        self.assertEqual(self.gaps(datetime.date(2027, 5, 31))[2], ())


class YearPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()

    def visit(self, url, user=None):
        user = user or self.cast.principal
        self.client.force_login(get_user_model().objects.get(pk=user.pk))
        return self.client.get(url)

    def count(self, url, user=None):
        self.visit(url, user)
        return queries_of(self.client, url)

    def test_year_page_tells_counts_in_words(self):
        plan = make_plan(2026, school=self.cast.school, rows=4, **ISSUED)
        set_progress(plan, "done", "in_progress")
        response = self.visit(reverse("plans:year", args=[plan.pk]))
        words = "4 nội dung: 1 hoàn thành, 1 đang thực hiện, 2 chưa ghi."
        self.assertContains(response, words)

    def test_year_page_is_constant_for_1_and_200_rows(self):
        for year in (2024, 2026):
            plan = make_plan(year, school=self.cast.school)
            url = reverse("plans:year", args=[plan.pk])
            counts = set()
            for more in (1, 199):
                add_rows(plan, more)
                counts.add(self.count(url))
            with self.subTest(year=year):
                self.assertEqual(len(counts), 1, counts)
                self.assertLessEqual(max(counts), MOST)

    def test_three_years_are_constant_for_0_and_3_plans(self):
        url = reverse("plans:three-years", args=[self.cast.school.pk]) + "?den=2026"
        counts = set()
        for year in (2024, 2025, 2026):
            plan = make_plan(year, school=self.cast.school, rows=3)
            Assessment.objects.create(
                school=plan.school,
                school_year=plan.school_year,
                circular=plan.circular,
            )
            counts.add(self.count(url))
        self.assertEqual(len(counts), 1, counts)
        self.assertLessEqual(max(counts), MOST)

    def test_three_years_take_only_years_there_may_be_plans_of(self):
        url = reverse("plans:three-years", args=[self.cast.school.pk])
        for asked in ("", "1999", "abc", "9" * 30, "²"):
            response = self.visit(f"{url}?den={asked}")
            self.assertEqual(len(response.context["columns"]), 3)

    def test_recognition_is_not_spoken_of_at_a_centre(self):
        for levels, is_told in ((["primary"], True), (["continuing"], False)):
            school = SchoolFactory(levels=levels)
            user = make_user("principal", school)
            response = self.visit(reverse("plans:three-years", args=[school.pk]), user)
            self.assertEqual("công nhận" in response.content.decode(), is_told)

    def test_home_tells_the_next_date_and_the_progress(self):
        plan = make_plan(2026, school=self.cast.school, rows=3, **ISSUED)
        set_progress(plan, "done")
        url = reverse("home") + "?nam=2026-2027"
        response = self.visit(url)
        self.assertContains(response, "Đã hoàn thành 1 trong 3 nội dung")
        self.assertContains(response, "15/01/2027")

    def test_home_offers_to_go_on_from_last_years_plan(self):
        plan = make_plan(2025, school=self.cast.school, rows=1)
        make_plan(2026)  # so that the year is there
        response = self.visit(reverse("home") + "?nam=2026-2027")
        self.assertContains(response, reverse("plans:carry-over", args=[plan.pk]))

    def test_home_of_a_principal_asks_as_often_for_few_rows_as_for_many(self):
        url = reverse("home")
        for year, fields in ((2024, {}), (2025, ISSUED), (2026, {})):
            plan = make_plan(year, school=self.cast.school, rows=1, **fields)
            counts = {self.count(f"{url}?nam={plan.school_year}")}
            add_rows(plan, 20)
            counts.add(self.count(f"{url}?nam={plan.school_year}"))
            with self.subTest(year=year):
                self.assertEqual(len(counts), 1, counts)
                # One more than other pages: what waits for a signature.
                self.assertLessEqual(max(counts), MOST + 1)
