import re

from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.test import TestCase
from django.urls import reverse

from plans.models import ImprovementPlan
from tests.factories.criteria import load_catalogues
from tests.factories.plans import add_rows, criteria_of, make_plan
from tests.factories.schools import make_cast
from tests.queries import queries_of

MOST = 12


class CarryOverPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()

    def setUp(self):
        self.client.force_login(get_user_model().objects.get(pk=self.cast.principal.pk))

    def plan(self, first_year=2024, **fields):
        return make_plan(first_year, school=self.cast.school, **fields)

    def url(self, plan):
        return reverse("plans:carry-over", args=[plan.pk])

    def words(self, response):
        return [str(message) for message in get_messages(response.wsgi_request)]

    def ticked(self, response):
        html = response.content.decode()
        found = re.findall(r'name="rows" value="(\d+)"[^>]*?( checked)?>', html)
        return {int(pk): bool(checked) for pk, checked in found}

    def test_preview_writes_nothing(self):
        plan = self.plan(rows=2)
        response = self.client.get(self.url(plan))
        self.assertEqual(response.status_code, 200)
        self.assertEqual(ImprovementPlan.objects.count(), 1)

    def test_unfinished_rows_are_ticked_and_finished_ones_are_not(self):
        plan = self.plan(rows=2)
        done, open_row = plan.rows.all()
        plan.rows.filter(pk=done.pk).update(progress="done")
        ticked = self.ticked(self.client.get(self.url(plan)))
        self.assertEqual(ticked, {open_row.pk: True, done.pk: False})

    def test_row_without_a_counterpart_is_not_ticked(self):
        plan = self.plan(2025, rows=27)
        criteria = {c.code: c.pk for c in criteria_of(plan)}
        row = plan.rows.get(criterion=criteria["1.3"])
        ticked = self.ticked(self.client.get(self.url(plan)))
        self.assertIs(ticked[row.pk], False)
        self.assertEqual(sum(ticked.values()), 25)

    def test_post_leads_to_next_years_plan(self):
        plan = self.plan(rows=2)
        row = plan.rows.first()
        data = {"rows": [row.pk], "texts": ["recipients"]}
        response = self.client.post(self.url(plan), data)
        new = ImprovementPlan.objects.get(school_year__first_year=2025)
        self.assertRedirects(response, new.get_absolute_url())
        self.assertEqual(new.rows.get().carried_from, row)

    def test_pressing_the_button_twice_adds_nothing_and_says_so(self):
        plan = self.plan(rows=1)
        data = {"rows": [plan.rows.get().pk]}
        self.client.post(self.url(plan), data)
        response = self.client.post(self.url(plan), data)
        self.assertIn("Không có gì mới", self.words(response)[-1])
        new = ImprovementPlan.objects.get(school_year__first_year=2025)
        self.assertEqual(new.rows.count(), 1)

    def test_nothing_ticked_is_told_and_keeps_the_page(self):
        plan = self.plan(rows=1)
        response = self.client.post(self.url(plan), {})
        self.assertEqual(response.status_code, 422)
        self.assertContains(response, "Hãy đánh dấu ít nhất một mục", status_code=422)
        self.assertEqual(ImprovementPlan.objects.count(), 1)

    def test_locked_plan_of_that_year_is_refused_with_the_reason(self):
        plan = self.plan(rows=1)
        new = self.plan(2025, status="submitted")
        page = self.client.get(self.url(plan))
        self.assertContains(page, "Kế hoạch năm học 2025-2026 đang ở trạng thái")
        self.assertNotContains(page, '<form method="post" novalidate')
        response = self.client.post(self.url(plan), {"rows": [plan.rows.get().pk]})
        self.assertRedirects(response, new.get_absolute_url())
        self.assertIn("Chưa chuyển được", self.words(response)[0])
        self.assertEqual(new.rows.count(), 0)

    def test_row_of_another_plan_is_not_accepted(self):
        plan, other = self.plan(rows=1), self.plan(2022, rows=1)
        response = self.client.post(self.url(plan), {"rows": [other.rows.get().pk]})
        self.assertEqual(response.status_code, 422)
        self.assertEqual(ImprovementPlan.objects.count(), 2)

    def test_editor_of_a_carried_row_shows_last_year_beside_it(self):
        plan = self.plan(rows=1)
        row = plan.rows.get()
        plan.rows.update(progress="not_done", goal="Mục tiêu của năm trước")
        self.client.post(self.url(plan), {"rows": [row.pk]})
        new = ImprovementPlan.objects.get(school_year__first_year=2025)
        url = reverse("plans:line-edit", args=[new.pk, "dong", new.rows.get().pk])
        response = self.client.get(url)
        self.assertContains(response, "Năm trước (2024-2025)")
        self.assertContains(response, "Mục tiêu của năm trước", count=2)
        own = reverse("plans:line-edit", args=[plan.pk, "dong", row.pk])
        self.assertNotContains(self.client.get(own), "Năm trước (")

    def test_plan_page_leads_here_only_where_it_leads_on(self):
        issued = {"status": "issued", "number": 1, "issued_on": "2024-09-05"}
        plan = self.plan(rows=1, **issued)
        self.assertContains(self.client.get(plan.get_absolute_url()), self.url(plan))
        new = self.plan(2025)
        self.assertContains(self.client.get(plan.get_absolute_url()), self.url(plan))
        ImprovementPlan.objects.filter(pk=new.pk).update(status="submitted")
        page = self.client.get(plan.get_absolute_url())
        self.assertNotContains(page, self.url(plan))

    def test_plan_page_of_an_issued_plan_stays_within_twelve_questions(self):
        issued = {"status": "issued", "number": 1, "issued_on": "2026-09-05"}
        url = self.plan(2026, rows=20, **issued).get_absolute_url()
        self.assertLessEqual(queries_of(self.client, url), MOST)

    def test_page_asks_as_often_for_1_as_for_60_rows(self):
        for year, has_target in ((2023, False), (2025, False), (2021, True)):
            plan = self.plan(year)
            if has_target:
                self.plan(year + 1)
            counts = set()
            for more in (1, 59):
                add_rows(plan, more)
                counts.add(queries_of(self.client, self.url(plan)))
            with self.subTest(year=year):
                self.assertEqual(len(counts), 1, counts)
                # One more than a list: what inspections left to put right.
                self.assertLessEqual(max(counts), MOST + 1)
