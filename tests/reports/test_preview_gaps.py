"""The preview names what was left empty; the paper does not."""

from django.test import TestCase
from django.urls import reverse

from reports.official.markup import page_html
from reports.official.plan import plan_document
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast


class CheckingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(2024, school=cls.cast.school, rows=2)
        cls.url = reverse("reports:plan-preview", args=[cls.plan.pk])

    def preview(self, user):
        self.client.force_login(user)
        return self.client.get(self.url)

    def test_empty_cells_are_named_for_the_writer_and_for_nobody_else(self):
        # Of nine columns TT is empty by the form; budget, support and note by the school.
        response = self.preview(self.cast.principal)
        self.assertContains(response, "Không nhập</span>", count=2 * 3)
        self.assertNotContains(self.preview(self.cast.officer), "not-entered")
        document = plan_document(self.plan)
        self.assertNotIn("Không nhập", page_html(document))

    def test_a_text_that_looks_like_a_cell_stays_a_text(self):
        self.plan.rows.update(goal='<td></td><a class="paper-edit">')
        response = self.preview(self.cast.principal)
        self.assertContains(response, "Không nhập</span>", count=2 * 3)

    def test_it_counts_what_blocks_submitting(self):
        # Three sections as the form words them, and the two rows.
        self.plan.rows.update(schedule="")
        response = self.preview(self.cast.principal)
        self.assertContains(response, "Còn thiếu")
        self.assertEqual(response.context["gap_count"], 3 + 2)
