"""Levels of a line that the form does not offer: a loaded file may have them."""

from django.test import TestCase
from django.urls import reverse

from plans.models import ActionRow
from schools.models import EducationLevel
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast


class HeldLevelTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(2024, school=cls.cast.school, rows=1)

    def saved_unchanged(self, **held):
        ActionRow.objects.update(**held)
        row = self.plan.rows.get()
        self.client.force_login(self.cast.editor)
        url = reverse("plans:line-edit", args=[self.plan.pk, "dong", row.pk])
        form = self.client.get(url).context["form"]
        told = {name: form[name].value() or "" for name in form.fields}
        # A browser sends what is among the choices, else the first of them.
        for name, field in form.fields.items():
            choices = {str(key) for key, _ in getattr(field, "choices", ())}
            if choices and told[name] not in choices and name != "criterion":
                told[name] = ""
        self.assertEqual(self.client.post(url, told).status_code, 302)
        row.refresh_from_db()
        return row

    def test_level_of_a_loaded_row_stays(self):
        self.assertEqual(self.saved_unchanged(level="2, 3").level, "2, 3")

    def test_schooling_of_a_row_stays_where_the_school_has_one_level(self):
        EducationLevel.objects.get_or_create(code="lower_secondary")
        row = self.saved_unchanged(education_level="lower_secondary")
        self.assertEqual(row.education_level_id, "lower_secondary")

    def test_schooling_that_the_school_has_no_more_stays(self):
        for code in ("lower_secondary", "upper_secondary"):
            EducationLevel.objects.get_or_create(code=code)
        self.cast.school.education_levels.add("lower_secondary")
        row = self.saved_unchanged(education_level="upper_secondary")
        self.assertEqual(row.education_level_id, "upper_secondary")
