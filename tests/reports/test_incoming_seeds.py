"""The files of real schools on their way in."""

import json

from plans.models import ImprovementPlan
from plans.yearfile.dumping import dump_plan
from reports.models import ResultReport
from reports.yearfile.dumping import dump_result
from schools.enums import Role
from tests.factories.schools import SchoolFactory, make_user
from tests.plans.yearfiles import SEEDS
from tests.reports.incomingcase import IncomingCase


class SeedTests(IncomingCase):
    """The Word files of real schools, through the pages, row by row."""

    def setUp(self):
        super().setUp()
        if not SEEDS.is_dir():
            self.skipTest("the shared folder with the real documents is not here")

    def come_in(self, name):
        wanted = json.loads((SEEDS / f"{name}.json").read_text(encoding="utf-8"))
        level = wanted["school"]["education_level"]
        title = wanted["school"]["name"] or "Trường Tiểu học Chưa Rõ Tên"
        school = SchoolFactory(name=title, levels=[level])
        self.client.force_login(make_user(Role.PRINCIPAL, school))
        content = (SEEDS / "docx" / f"{name}.docx").read_bytes()
        found = self.upload(content, f"{name}.docx", school=school)
        response = self.page(found)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(ImprovementPlan.objects.count(), 0)
        self.assertEqual(ResultReport.objects.count(), 0)
        self.assertEqual(self.take(found).status_code, 302)
        return wanted

    def assert_rows(self, dumped, wanted):
        self.assertEqual(len(dumped["rows"]), len(wanted["rows"]))
        for stored, row in zip(dumped["rows"], wanted["rows"], strict=True):
            self.assertEqual(
                {k: v or None for k, v in stored.items()},
                {k: v or None for k, v in row.items()},
            )
        self.assertEqual(dumped["sections"], wanted["sections"])

    def test_result_reports(self):
        for name in ("000", "001"):
            wanted = self.come_in(name)
            report = ResultReport.objects.with_header().latest("pk")
            self.assertFalse(report.is_issued_outside)
            self.assert_rows(dump_result(report), wanted)
            ResultReport.objects.all().delete()

    def test_plans_and_the_plan_inside_an_inspection_record(self):
        for name in ("002", "003", "004"):
            wanted = self.come_in(name)
            plan = ImprovementPlan.objects.with_header().latest("pk")
            self.assertEqual(plan.status, "draft")
            wanted = wanted.get("inspection", {}).get("plan", wanted)
            self.assert_rows(dump_plan(plan), wanted)
            plan.delete()
