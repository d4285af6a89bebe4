"""The page of the filing package and its download."""

import io
import zipfile

from django.urls import reverse

from plans.models import ImprovementPlan
from schools.models import SchoolYear
from tests.reports.packages import PackageCase
from tests.reports.tampering import tamper


class PackagePageTests(PackageCase):
    def url(self, name="package", year=2024):
        return reverse(f"reports:{name}", args=[self.cast.school.pk, year])

    def test_documents_page_leads_those_who_may_to_it(self):
        url = reverse("reports:plan-documents", args=[self.plan.pk])
        for who, may in (("editor", True), ("officer", True), ("viewer", False)):
            self.client.force_login(getattr(self.cast, who))
            assertion = self.assertContains if may else self.assertNotContains
            assertion(self.client.get(url), self.url())

    def test_page_says_what_is_in_it(self):
        self.client.force_login(self.cast.principal)
        page = self.client.get(self.url())
        self.assertContains(page, "3 văn bản đã ban hành")
        self.assertContains(page, "1 văn bản có bản đã ký")
        self.assertContains(page, "danh mục 2 minh chứng, kèm 1 tệp")

    def test_download_is_the_package(self):
        self.client.force_login(self.cast.office_viewer)
        response = self.client.post(self.url("package-download"))
        content = b"".join(response.streaming_content)
        self.assertEqual(content, self.pack())
        self.assertIn("2024-2025.zip", response["Content-Disposition"])
        self.assertEqual(response["Content-Type"], "application/zip")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.assertIsNone(archive.testzip())

    def test_download_is_not_a_get(self):
        self.client.force_login(self.cast.principal)
        self.assertEqual(self.client.get(self.url("package-download")).status_code, 405)

    def test_empty_year_and_broken_bytes_are_told(self):
        SchoolYear.objects.get_or_create(first_year=2020)
        self.client.force_login(self.cast.principal)
        empty = self.client.post(self.url("package-download", 2020), follow=True)
        self.assertContains(empty, "chưa có gì của năm học 2020-2021")
        tamper(self.document.files.get(format="pdf"), b"%PDF-1.7 other")
        broken = self.client.post(self.url("package-download"), follow=True)
        self.assertContains(broken, "không còn nguyên vẹn")
        self.assertTrue(ImprovementPlan.objects.exists())

    def test_school_of_others_is_not_there(self):
        self.client.force_login(self.cast.stranger)
        self.assertEqual(self.client.get(self.url()).status_code, 404)
