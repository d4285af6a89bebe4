"""What the tests of reviewing share: a plan of 2024-2025, which the office approves, and
one of 2026-2027, which the head of school does."""

from django.test import TestCase

from plans import commenting, drafting, workflow
from plans.models import ImprovementPlan
from plans.tables import ROWS
from schools.models import User
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.schools import make_cast


class ReviewCase(TestCase):
    year = 2024

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = complete(make_plan(cls.year, school=cls.cast.school))

    def fresh(self):
        return ImprovementPlan.objects.with_header().get(pk=self.plan.pk)

    def deed(self, transition, by, note="Lý do", **kwargs):
        self.plan = workflow.perform(transition, self.plan, by=by, note=note, **kwargs)
        return self.plan

    def submit(self):
        return self.deed(workflow.SUBMIT, self.cast.principal)

    def edit(self, **texts):
        row = self.plan.rows.first()
        for name, text in texts.items():
            setattr(row, name, text)
        drafting.save_line(ROWS, self.plan, row, by=self.cast.editor)

    def comment(self, text="Nên nêu rõ.", by=None, **place):
        place = {"table": "", "line_id": None, "field": ""} | place
        by = by or self.cast.officer
        return commenting.comment_on_plan(self.plan, **place, text=text, by=by)

    def on_goal(self, **kwargs):
        """A comment on the cell "goal" of the first row."""
        pk = self.plan.rows.first().pk
        return self.comment(table="dong", line_id=pk, field="goal", **kwargs)

    def sign_in(self, actor):
        self.client.force_login(User.objects.get(pk=getattr(self.cast, actor).pk))

    def page(self, url, actor, **query):
        self.sign_in(actor)
        return self.client.get(url, query)
