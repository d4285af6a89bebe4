"""What the table cannot say: rows of others reached through one's own, wrong verbs."""

import pytest
from django.test import TestCase
from django.urls import reverse

from plans.models import FocusIssue
from tests.access.asking import WithData
from tests.factories.plans import complete, make_plan
from tests.factories.reports import begin_report, issue_outside


@pytest.mark.one_database
class DetourTests(WithData, TestCase):
    def test_verbs_refuse_to_be_visited(self):
        self.client.force_login(self.cast.principal)
        plan = self.plans["draft"]
        args = [plan.pk, "dong", plan.rows.first().pk]
        for name in ("plans:line-duplicate", "plans:line-move"):
            self.assertEqual(self.client.get(reverse(name, args=args)).status_code, 405)
        for name in ("reports:result-remarks", "reports:result-update"):
            url = reverse(name, args=[self.names["report"]])
            self.assertEqual(self.client.get(url).status_code, 405)

    def test_rows_of_another_report_cannot_be_reached_through_ones_own(self):
        self.client.force_login(self.cast.principal)
        plan = issue_outside(make_plan(2020, school=self.cast.other_school))
        other = begin_report(plan, by=self.cast.stranger)
        row = other.rows.create(position=1, planned="Nội dung")
        args = [self.names["report"], row.pk]
        for name, more in (("result-row", []), ("result-source", ["done"])):
            url = reverse(f"reports:{name}", args=[*args, *more])
            self.assertEqual(self.client.post(url).status_code, 404)

    def test_lines_of_another_plan_cannot_be_reached_through_ones_own(self):
        self.client.force_login(self.cast.principal)
        other = complete(make_plan(2020, school=self.cast.other_school))
        url = reverse(
            "plans:line-edit",
            args=[self.plans["draft"].pk, "dong", other.rows.first().pk],
        )
        self.assertEqual(self.client.get(url).status_code, 404)

    def test_focus_issue_of_another_plan_cannot_be_linked(self):
        plan = make_plan(2027, school=self.cast.school)
        other = complete(make_plan(2026, school=self.cast.other_school))
        foreign = FocusIssue.objects.get(plan=other)
        self.client.force_login(self.cast.principal)
        url = reverse("plans:line-add", args=[plan.pk, "dong"])
        response = self.client.post(url, {"focus_issue": foreign.pk})
        self.assertEqual(response.status_code, 422)
        self.assertEqual(plan.rows.count(), 0)
