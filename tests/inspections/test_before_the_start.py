"""What a visitor from another school learns before the inspection has begun: that there
is one, and nothing of the school's papers."""

import io

import docx
from django.urls import reverse

from inspections.models import Inspection
from tests.factories.inspections import make_inspection
from tests.inspections.cases import InspectionCase


def texts_of(content):
    document = docx.Document(io.BytesIO(content))
    cells = (c for t in document.tables for row in t.rows for c in row.cells)
    return "\n".join(each.text for each in (*document.paragraphs, *cells))


class BeforeTheStartTests(InspectionCase):
    def setUp(self):
        make_inspection(self.plan, "closed", recommendations=1)
        self.visit = self.inspection("planned")
        self.row = self.plan.rows.first()
        self.row.goal = self.row.content = self.row.actions = "Điều chỉ trường biết"
        self.row.save()

    def paper(self, name, who):
        self.client.force_login(self.person(who))
        url = reverse(f"reports:inspection-{name}", args=[self.visit.pk, "docx"])
        return texts_of(self.client.get(url).content)

    def test_paper_taken_along_has_the_plan_for_those_who_may_read_it(self):
        for form in ("current", "form_2018"):
            Inspection.objects.filter(pk=self.visit.pk).update(form=form)
            for name in ("blank", "download"):
                with self.subTest(form=form, name=name):
                    self.assertIn("Điều chỉ trường biết", self.paper(name, "leader"))
                    self.assertNotIn(
                        "Điều chỉ trường biết", self.paper(name, "visitor")
                    )

    def test_preview_keeps_the_plan_back_too(self):
        url = reverse("reports:inspection-preview", args=[self.visit.pk])
        self.client.force_login(self.visitor)
        self.assertNotContains(self.client.get(url), "Điều chỉ trường biết")

    def test_paper_has_the_plan_once_the_inspection_goes_on(self):
        self.start(self.visit)
        self.assertIn("Điều chỉ trường biết", self.paper("blank", "visitor"))

    def test_earlier_recommendations_wait_for_the_start(self):
        text = self.visit.school.inspections.first().recommendations.get().text
        url = self.visit.get_absolute_url()
        self.client.force_login(self.cast.leader)
        self.assertContains(self.client.get(url), text)
        self.client.force_login(self.visitor)
        self.assertNotContains(self.client.get(url), text)
