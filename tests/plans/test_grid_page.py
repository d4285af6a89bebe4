"""The page of the editing grid: what it shows, to whom, how light it is."""

import gzip
import hashlib
import re

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans import grid_rows
from plans.models import LineChange, PlanComment
from plans.tables import ROWS
from tests.factories.criteria import load_catalogues
from tests.factories.plans import add_rows, complete, make_plan
from tests.factories.schools import make_cast

HOSTILE = '<script>alert(1)</script> & "=cmd" \n- mục'


class GridPageCase(TestCase):
    year = 2024

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = complete(make_plan(cls.year, school=cls.cast.school, rows=6))

    def setUp(self):
        self.client.force_login(self.cast.principal)

    def get(self, **asked):
        return self.client.get(reverse("plans:grid", args=[self.plan.pk]), asked)

    def shown(self, **asked):
        """The ids of the plan's rows on the page, from top to bottom."""
        html = self.get(**asked).content.decode()
        return [int(pk) for pk in re.findall(r'<tr role="row" id="dong-(\d+)"', html)]


class Rows2018Tests(GridPageCase):
    def test_every_cell_holds_its_text_and_the_token_of_it(self):
        row = self.plan.rows.first()
        row.goal = HOSTILE
        row.save()
        html = self.get().content.decode()
        self.assertNotIn("<script>alert", html)
        token = hashlib.sha256(HOSTILE.encode()).hexdigest()[:16]
        escaped = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;=cmd&quot; \n- mục"
        self.assertIn(f'data-seen="{token}" class="must">{escaped}</td>', html)

    def test_an_answer_to_a_deed_has_the_same_row_as_the_page(self):
        row = ROWS.lines(self.plan).first()
        alone = " ".join(grid_rows.row_html(ROWS, row, self.plan).split())
        page = " ".join(self.get().content.decode().split())
        self.assertIn(alone, page)

    def test_rows_stand_under_level_and_standard_as_on_paper(self):
        html = self.get().content.decode()
        titles = re.findall(r'scope="rowgroup"[^>]*>([^<]+)<', html)
        self.assertEqual(titles[0], "MỨC 1")
        self.assertTrue(titles[1].startswith("Tiêu chuẩn 1: "))

    def test_filters_show_what_they_say_and_only_titles_of_what_is_left(self):
        first, second, third, *_ = self.plan.rows.all()
        self.assertEqual(len(self.shown()), 6)
        type(first).objects.filter(pk=first.pk).update(schedule="")
        self.assertEqual(self.shown(loc="thieu"), [first.pk])
        PlanComment.objects.create(
            plan=self.plan,
            table="dong",
            line_id=second.pk,
            text="Nêu rõ hơn",
            author=self.cast.officer,
            is_from_office=True,
        )
        self.assertEqual(self.shown(loc="gop-y"), [second.pk])
        for user, line in ((self.cast.principal, third), (self.cast.editor, first)):
            LineChange.objects.create(
                plan=self.plan,
                table="dong",
                line_id=line.pk,
                line_name="Dòng",
                deed="Sửa",
                actor=user,
            )
        self.assertEqual(self.shown(loc="toi-sua"), [third.pk])
        wanted = self.plan.rows.filter(standard__number=2)
        self.assertEqual(
            self.shown(tieuchuan="2"), list(wanted.values_list("pk", flat=True))
        )
        html = self.get(tieuchuan="2").content.decode()
        titles = re.findall(r'scope="rowgroup"[^>]*>([^<]+)<', html)
        self.assertNotIn("Tiêu chuẩn 1", " ".join(titles))
        self.assertEqual(len(self.shown(tieuchuan="<x>", loc="<x>")), 6)

    def test_gaps_are_counted_per_row_section_and_in_all(self):
        row = self.plan.rows.first()
        type(row).objects.filter(pk=row.pk).update(goal="", schedule="")
        context = self.get().context
        self.assertEqual(context["gap_count"], 2)
        tables = [s.table for s in context["sections"] if s.table]
        self.assertEqual([t.gap_count for t in tables], [2])
        rows = [i for i in tables[0].items if getattr(i, "line", None)]
        self.assertEqual([r.gap_count for r in rows], [2, 0, 0, 0, 0, 0])

    def test_a_plan_that_is_not_open_leads_back_with_the_reason(self):
        type(self.plan).objects.update(status="submitted")
        response = self.client.get(
            reverse("plans:grid", args=[self.plan.pk]), follow=True
        )
        self.assertRedirects(response, self.plan.get_absolute_url())
        self.assertContains(response, "không sửa được nữa")

    def test_84_rows_cost_12_queries_and_250_kilobytes_at_most(self):
        self.get()
        counts = set()
        for more in (1, 77):
            add_rows(self.plan, more)
            with CaptureQueriesContext(connection) as queries:
                response = self.get()
            counts.add(len(queries))
        self.assertEqual(len(self.shown()), 84)
        self.assertEqual(len(counts), 1, counts)
        self.assertLessEqual(max(counts), 12)
        self.assertLess(len(gzip.compress(response.content)), 250_000)


class Rows2026Tests(GridPageCase):
    year = 2026

    def test_all_three_tables_and_the_own_texts_of_sections_can_be_typed_in(self):
        html = self.get().content.decode()
        tables = re.findall(r'<table role="grid"[^>]*data-table="([\w-]+)"', html)
        self.assertEqual(tables, ["van-de", "dong", "theo-doi"])
        areas = re.findall(r'data-table="muc" data-line="(\d+)"', html)
        keys = self.plan.sections.filter(pk__in=areas).values_list("key", flat=True)
        self.assertEqual(list(keys), ["grounds", "purpose", "organisation"])
        grounds = self.plan.sections.get(key="grounds")
        self.assertIn(">Việc của trường.</textarea>", html)
        fixed, text = grid_rows.section_texts(self.plan, grounds)
        self.assertEqual(text, "Việc của trường.")
        self.assertTrue(grounds.text.startswith(fixed))

    def test_progress_is_read_only_here(self):
        html = self.get().content.decode()
        cells = re.findall(r'<td [^>]*data-field="progress"[^>]*>', html)
        self.assertEqual(len(cells), 6)
        self.assertTrue(all('aria-readonly="true"' in cell for cell in cells))
        self.assertFalse(any("data-seen" in cell for cell in cells))
