"""What the tests of the editor's endpoints share."""

from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse

from plans.grid_rows import token
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast


def edit(line, field, text, *, was, table="dong", **more):
    """An edit of a cell by somebody who saw the text `was` in it."""
    place = {"table": table, "line": line, "field": field}
    return {**place, "text": text, "seen": token(was), **more}


class CellCase(TestCase):
    """A plan of 2026 with two rows; the editor of its school is signed in."""

    first_year = 2026

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(cls.first_year, school=cls.cast.school, rows=2)
        cls.row, cls.other = cls.plan.rows.all()

    def setUp(self):
        self.sign_in("editor")

    def sign_in(self, actor):
        user = get_user_model().objects.get(pk=getattr(self.cast, actor).pk)
        self.client.force_login(user)

    def url(self, name, plan=None):
        return reverse(f"plans:{name}", args=[(plan or self.plan).pk])

    def post(self, name, plan=None, **body):
        return self.client.post(
            self.url(name, plan), body, content_type="application/json"
        )

    def save(self, *edits, **more):
        return self.post("cells", edits=list(edits), **more)

    def goal(self, text, **more):
        """Save the goal of the first row as one who has seen what is there."""
        was = more.pop("was", None)
        if was is None:
            self.row.refresh_from_db()
            was = self.row.goal
        return self.save(edit(self.row.pk, "goal", text, was=was, **more))

    def history(self, line=None):
        found = self.plan.line_changes.order_by("pk")
        if line is not None:
            found = found.filter(line_id=line.pk)
        return [(change.deed, change.changes) for change in found]

    def lock_plan(self, status="submitted"):
        type(self.plan).objects.filter(pk=self.plan.pk).update(status=status)
