"""The demonstration's papers: issued through the product's own doors, on the days of the
story, whatever the clock says."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from inspections.models import Inspection
from plans.models import ImprovementPlan, ProgressEntry
from reports import demo
from reports.completeness import gaps
from reports.exporting.choice import Choice
from reports.exporting.documents import write_documents
from reports.models import IssuedDocument, Publication, RegisterEntry, ResultReport
from reports.overview.scope import Filters
from schools.models import School, SchoolYear, User
from tests.factories.criteria import load_catalogues


@override_settings(DEBUG=True)
@pytest.mark.one_database
class DemoPaperTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        demo.load_demo()
        cls.school = School.objects.get(name="Trường Tiểu học An Phước")
        cls.plan = ImprovementPlan.objects.get(
            school=cls.school, school_year__first_year=2025
        )

    def test_plans_reports_and_the_record_are_issued_under_their_numbers(self):
        found = IssuedDocument.objects.order_by("issued_on")
        self.assertEqual(
            [(d.number_and_symbol, f"{d.issued_on:%d/%m/%Y}") for d in found],
            [
                ("Số: 71/BC-THAP", "20/06/2025"),
                ("Số: 98/KH-THAP", "29/09/2025"),
                ("Số: 76/KH-MNHS", "03/10/2025"),
                ("Số: 131/KH-PĐ", "08/10/2025"),
                ("Số: 01/BB-VHXH", "20/03/2026"),
                ("Số: 58/BC-THAP", "18/06/2026"),
            ],
        )
        for document in found:
            with self.subTest(document.number_and_symbol):
                files = {file.format: file for file in document.files.all()}
                self.assertEqual(set(files), {"docx", "pdf"})
                self.assertTrue(all(file.is_intact for file in files.values()))
                self.assertTrue(document.code)

    def test_register_has_what_was_issued_here_and_elsewhere(self):
        lines = RegisterEntry.objects.filter(school=self.school).order_by("dated")
        self.assertEqual(
            [(str(line), line.state, bool(line.document)) for line in lines],
            [
                ("112/KH-THAP", "used", False),
                ("59/BC-THAP", "used", False),
                ("71/BC-THAP", "used", True),
                ("98/KH-THAP", "used", True),
                ("57/BC-THAP", "used", False),
                ("58/BC-THAP", "used", True),
                ("92/KH-THAP", "used", False),
                ("93/KH-THAP", "reserved", False),
            ],
        )

    def test_traces_bear_the_days_of_the_story(self):
        deeds = [f"{e.deed} {e.at:%d/%m/%Y}" for e in self.plan.events.all()]
        self.assertEqual(
            deeds,
            [
                "bao-cao 18/06/2026",
                "ban-hanh 29/09/2025",
                "duyet 25/09/2025",
                "trinh 19/09/2025",
                "nap 08/09/2025",
            ],
        )

    def test_report_of_the_year_is_complete(self):
        report = ResultReport.objects.get(plan=self.plan)
        self.assertEqual((report.status, gaps(report)), ("issued", []))
        rows = report.rows.order_by("position")
        done = [row.position for row in rows if not row.in_progress]
        # What its remarks say: "làm xong 10, đang làm 03".
        self.assertEqual((len(done), rows.count()), (10, 13))
        self.assertIn("làm xong 10, đang làm 03", report.remarks)

    def test_one_plan_is_public_and_its_copy_can_be_checked(self):
        shown = Publication.objects.get()
        self.assertEqual(shown.document.plan, self.plan)
        self.assertEqual(timezone.localdate(shown.published_at), date(2025, 10, 2))
        page = reverse("reports:public-page", args=[self.school.pk])
        self.assertContains(self.client.get(page), "98/KH-THAP")
        for document in IssuedDocument.objects.all():
            url = reverse("reports:check", args=[document.code])
            self.assertContains(self.client.get(url), document.number_and_symbol)

    def test_package_of_the_office_holds_the_papers_of_every_school(self):
        target = io.BytesIO()
        schools = list(School.objects.order_by("name").values_list("pk", flat=True))
        year = SchoolYear.objects.named("2025-2026")
        write_documents(target, schools, year, Choice(Filters()), lambda done: None)
        names = zipfile.ZipFile(target).namelist()
        folders = {name.partition("/")[0] for name in names if "/" in name}
        self.assertEqual(folders, set(School.objects.values_list("name", flat=True)))
        self.assertEqual(len(names), 5 * 2 + 1)

    def test_pages_about_the_papers_open(self):
        self.client.force_login(
            User.objects.get(email="truongphong.phuong@demo.example")
        )
        for url in self.pages():
            with self.subTest(url):
                self.assertEqual(self.client.get(url).status_code, 200)

    def pages(self):
        record = Inspection.objects.get(status="issued")
        yield reverse("reports:register", args=["truong", self.school.pk, 2026])
        yield reverse("reports:register", args=["co-quan", record.authority_id, 2026])
        yield reverse("reports:plan-documents", args=[self.plan.pk])
        yield reverse("reports:inspection-preview", args=[record.pk])
        for document in IssuedDocument.objects.all():
            yield reverse("reports:signing", args=[document.pk])


@override_settings(DEBUG=True)
@pytest.mark.one_database
class EarlyClockTests(TestCase):
    """Wherever the clock stands, nothing of the story lies ahead of it."""

    def load_on(self, day):
        load_catalogues()
        now = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)  # noon in Vietnam
        with patch("django.utils.timezone.now", return_value=now):
            demo.load_demo()

    def assert_nothing_is_ahead_of(self, day):
        days = [
            *ProgressEntry.objects.values_list("recorded_on", flat=True),
            *IssuedDocument.objects.values_list("issued_on", flat=True),
            *RegisterEntry.objects.values_list("dated", flat=True),
            *(
                at.date()
                for at in Publication.objects.values_list("published_at", flat=True)
            ),
        ]
        self.assertEqual([ahead for ahead in days if ahead > day], [])

    def test_what_has_not_happened_yet_is_left_out(self):
        today = date(2025, 12, 31)
        self.load_on(today)
        self.assert_nothing_is_ahead_of(today)
        days = ProgressEntry.objects.values_list("recorded_on", flat=True)
        self.assertEqual(max(days), date(2025, 12, 26))
        self.assertEqual(IssuedDocument.objects.count(), 4)
        self.assertFalse(Inspection.objects.exclude(status="planned").exists())

    def test_plan_that_is_not_issued_yet_is_being_written(self):
        self.load_on(date(2025, 10, 1))
        plans = ImprovementPlan.objects.filter(school_year__first_year=2025)
        states = plans.order_by("school__name").values_list("status", flat=True)
        self.assertEqual(list(states), ["draft", "issued", "draft"])
        self.assertEqual(Publication.objects.count(), 0)

    def test_demonstration_is_loaded_years_later(self):
        self.load_on(date(2026, 12, 17) + timedelta(days=900))
        self.assertEqual(IssuedDocument.objects.count(), 6)
