"""The demonstration's inspections: what its people find when they sign in."""

import pytest
from django.test import TestCase, override_settings
from django.urls import reverse

from inspections.following import followed, waiting_at_home
from inspections.models import Inspection
from reports import demo
from schools.models import User
from tests.factories.criteria import load_catalogues


@override_settings(DEBUG=True)
@pytest.mark.one_database
class DemoInspectionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        demo.load_demo()

    def user(self, name):
        return User.objects.get(email=f"{name}@demo.example")

    def test_one_is_over_and_this_years_are_planned(self):
        found = Inspection.objects.order_by("school_year__first_year", "pk")
        states = list(found.values_list("school_year__first_year", "status"))
        self.assertEqual(
            states, [(2025, "issued"), (2026, "planned"), (2026, "planned")]
        )
        over = found[0]
        self.assertEqual(over.findings.count(), over.plan.rows.count())
        self.assertFalse(over.findings.filter(result="").exists())
        self.assertEqual(over.events.get(deed="ket-thuc").at, over.ends_at)
        issued = over.events.first()
        self.assertEqual(f"{issued.deed} {issued.at:%d/%m/%Y}", "ban-hanh 20/03/2026")

    def test_one_recommendation_waits_for_the_school_and_one_for_the_office(self):
        head, officer = self.user("hieutruong.th"), self.user("chuyenvien.phuong")
        states = [held.state for held in followed(head)]
        self.assertEqual(sorted(states), ["answered", "open"])
        waiting = waiting_at_home(officer)["office_follow_ups"]
        answer = waiting[0].recommendation.answers.get()
        self.assertEqual(answer.evidence.get().criterion.code, "1.8")

    def test_pages_of_the_visits_open(self):
        self.client.force_login(self.user("truongphong.phuong"))
        for inspection in Inspection.objects.all():
            for name in ("detail", "findings", "people", "recommendations", "plan"):
                url = reverse(f"inspections:{name}", args=[inspection.pk])
                self.assertEqual(self.client.get(url).status_code, 200, url)

    def test_visitor_from_another_school_sees_the_planned_visit_alone(self):
        visitor = self.user("hieutruong.mn")
        found = Inspection.objects.for_user(visitor)
        self.assertEqual([i.status for i in found], ["planned"])
