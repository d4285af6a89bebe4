"""Earlier versions in a year file: what would not be readable afterwards is refused with
its place."""

import json

from django.urls import reverse

from plans import workflow
from plans.models import ImprovementPlan, PlanVersion
from plans.yearfile.year_dumping import dump_whole_plan
from tests.factories.plans import complete, make_plan
from tests.factories.schools import make_cast
from tests.plans.yearfiles import GONE, YearFileCase, changed

_WAY = ("versions", 0, "parts")


class VersionTests(YearFileCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.cast = make_cast()

    def setUp(self):
        super().setUp()
        plan = make_plan(2024, school=self.cast.school, rows=1)
        complete(plan)
        workflow.perform(workflow.SUBMIT, plan, by=self.cast.principal)
        plan = ImprovementPlan.objects.get(pk=plan.pk)
        self.file = json.loads(json.dumps(dump_whole_plan(plan)))
        plan.delete()

    def test_version_comes_back_and_can_be_looked_at(self):
        plan = self.load_one(self.file)
        self.assertEqual(PlanVersion.objects.get().plan, plan)
        self.client.force_login(self.cast.officer)
        ImprovementPlan.objects.update(status="returned")
        url = reverse("plans:office-review", args=[plan.pk])
        answer = self.client.get(url, {"thay-doi": "1"})
        self.assertEqual(answer.status_code, 200)

    def test_faults_in_a_version_name_their_place(self):
        for place, value, told in (
            (("rows", 0, "standard"), "một", "rows[0].standard: "),
            (("rows", 0, "criterion"), GONE, "rows[0].criterion: "),
            (("rows", 0, "position"), GONE, "rows[0].position: "),
            (("rows", 0, "education_level"), "x", "rows[0].education_level: "),
            (("rows", 0, "carried_from"), "x", "rows[0].carried_from: "),
            (("rows", 0, "source_review"), "2024/x/y", "rows[0].source_review: "),
            (("sections", 0, "title"), GONE, "sections[0].title: "),
            (("header", 0, "grouping"), "x", "header[0].grouping: "),
        ):
            with self.subTest(place=place):
                (line,) = self.refused(changed(self.file, (*_WAY, *place), value))
                self.assertIn(f"versions[0].parts.{told}", line)
