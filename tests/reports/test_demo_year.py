"""The demonstration's years: what the pages of the demo tell, and that all of them open."""

import pytest
from django.test import TestCase, override_settings
from django.urls import reverse

from plans.assessed import sheet_of
from plans.models import Assessment, Evidence, ImprovementPlan, ProgressEntry
from plans.tallies import Tally, tallies, total
from reports import demo
from reports.completeness import gaps
from reports.models import IssuedFile, ResultReport
from schools.models import School, User
from tests.factories.criteria import load_catalogues

PRINCIPAL = "hieutruong.th@demo.example"


@override_settings(DEBUG=True)
@pytest.mark.one_database
class DemoYearTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        demo.load_demo()
        cls.school = School.objects.get(name="Trường Tiểu học An Phước")

    def plan(self, first_year, school=None):
        return ImprovementPlan.objects.get(
            school=school or self.school, school_year__first_year=first_year
        )

    def tally(self, plan):
        return total(tallies([plan])[plan.pk])

    def test_year_that_is_over_has_a_result_on_every_row(self):
        found = self.tally(self.plan(2024))
        self.assertEqual(found, Tally(done=9, in_progress=3, not_done=1))

    def test_last_year_is_recorded_on_most_rows(self):
        found = self.tally(self.plan(2025))
        self.assertEqual(found, Tally(done=8, in_progress=4, unrecorded=1))

    def test_other_schools_have_lighter_progress(self):
        others = School.objects.exclude(pk=self.school.pk)
        for school in others:
            for first_year in (2024, 2025):
                with self.subTest(f"{school} {first_year}"):
                    found = self.tally(self.plan(first_year, school))
                    self.assertGreaterEqual(found.planned - found.unrecorded, 6)
                    self.assertTrue(found.unrecorded)

    def test_progress_is_recorded_between_issue_and_the_end_of_the_year(self):
        for entry in ProgressEntry.objects.select_related("row__plan__school_year"):
            with self.subTest(entry.done):
                plan = entry.row.plan
                self.assertLessEqual(plan.issued_on, entry.recorded_on)
                self.assertLessEqual(entry.recorded_on, plan.school_year.ends_on)

    def test_result_report_is_complete_and_issued_before_the_plan_was_closed(self):
        report = ResultReport.objects.get(plan=self.plan(2024))
        self.assertEqual((report.plan, report.status), (self.plan(2024), "issued"))
        self.assertEqual(gaps(report), [])
        self.assertIn("09, đang làm 03", report.remarks)
        self.assertIn("Quận Đông Thạnh", report.addressees)
        formats = IssuedFile.objects.filter(document__report=report)
        self.assertEqual(set(formats.values_list("format", flat=True)), {"docx", "pdf"})
        deeds = report.plan.events.filter(deed__in=("bao-cao", "ket-thuc"))
        self.assertEqual(
            [f"{event.deed} {event.at:%d/%m/%Y}" for event in deeds],
            ["ket-thuc 27/06/2025", "bao-cao 20/06/2025"],
        )
        self.assertEqual(report.plan.events.last().deed, "nap")

    def test_history_of_a_row_bears_the_days_of_the_story(self):
        row = self.plan(2024).rows.get(position=8)
        changes = row.plan.line_changes.filter(line_id=row.pk, deed="Ghi tiến độ")
        self.assertEqual(
            [f"{change.at:%d/%m/%Y}" for change in changes],
            ["15/05/2025", "30/12/2024"],
        )

    def test_evidence_is_somewhere_and_serves_plan_and_assessment(self):
        for first_year, count in ((2024, 18), (2025, 16)):
            found = Evidence.objects.filter(
                school=self.school, school_year__first_year=first_year
            )
            with self.subTest(first_year):
                self.assertEqual(found.count(), count)
        both = Evidence.objects.filter(rows__isnull=False, reviews__isnull=False)
        self.assertTrue(both.exists())
        new = Evidence.objects.get(school_year__first_year=2026, criterion__code="1.2")
        self.assertEqual(new.code, "MC.1.2.01")

    def test_finished_assessment_has_four_weaknesses(self):
        assessment = Assessment.objects.get(school=self.school)
        self.assertEqual(assessment.status, "finished")
        sheet = sheet_of(assessment)
        weak = [line for line in sheet.lines if line.review.limitations]
        self.assertEqual(
            [line.review.criterion.code for line in weak], ["2.2", "3.2", "3.5", "3.6"]
        )
        self.assertEqual({line.result.level for line in weak}, {2})
        self.assertTrue(all(line.review.cause for line in weak))
        self.assertEqual((sheet.finished_count, sheet.attainment.level), (27, 2))

    def test_assessment_under_way_waits_for_the_people_of_the_school(self):
        assessment = Assessment.objects.exclude(school=self.school).get()
        self.assertEqual(assessment.status, "open")
        for email in ("photruong.thcs@demo.example", "totruong.thcs@demo.example"):
            with self.subTest(email):
                user = User.objects.get(email=email)
                found = Assessment.objects.with_review_counts(user)
                self.assertGreater(found.get(pk=assessment.pk).mine_count, 0)

    def test_every_page_of_the_principal_opens(self):
        self.client.force_login(User.objects.get(email=PRINCIPAL))
        for url in self.pages():
            with self.subTest(url):
                self.assertEqual(self.client.get(url).status_code, 200)

    def pages(self):
        yield reverse("home")
        for name in ("plans:list", "plans:assessments", "reports:results"):
            yield reverse(name)
        for plan in ImprovementPlan.objects.filter(school=self.school):
            for name in ("detail", "progress", "year", "history", "carry-over"):
                yield reverse(f"plans:{name}", args=[plan.pk])
            yield reverse("reports:plan-results", args=[plan.pk])
            year = plan.school_year.first_year
            yield reverse("plans:evidence-list", args=[self.school.pk, year])
        row = self.plan(2025).rows.first()
        yield reverse("plans:progress-row", args=[row.plan_id, row.pk])
        for piece in Evidence.objects.filter(school=self.school)[:3]:
            yield piece.get_absolute_url()
        assessment = Assessment.objects.get(school=self.school)
        for name in ("assessment", "limitations", "level-four"):
            yield reverse(f"plans:{name}", args=[assessment.pk])
        yield assessment.reviews.first().get_absolute_url()
        for report in ResultReport.objects.all():
            yield report.get_absolute_url()
            yield reverse("reports:result-preview", args=[report.pk])
        yield reverse("plans:three-years", args=[self.school.pk])
