"""The pages of an export: begin, watch, cancel, take; for its owner alone."""

import datetime

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from reports.enums import JobState
from reports.models import Export
from tests.factories.criteria import load_catalogues
from tests.factories.schools import make_cast
from tests.reports.exports import ask, issued_plan, made, store

ASKED = {"kind": "documents", "documents": ["plan"], "formats": ["pdf"]}


class ExportPagesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.document = store(issued_plan(cls.cast.school))

    def setUp(self):
        self.client.force_login(self.cast.leader)

    def begin(self, **data):
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post(
                f"{reverse('reports:exports')}?nam=2026-2027", ASKED | data
            )

    def test_from_the_choice_to_the_file(self):
        response = self.begin()
        export = Export.objects.get()
        self.assertRedirects(response, reverse("reports:export", args=[export.pk]))
        page = self.client.get(reverse("reports:export", args=[export.pk]))
        self.assertContains(page, "Đã đưa vào 1 tệp của 1 văn bản")
        response = self.client.get(reverse("reports:export-download", args=[export.pk]))
        self.assertEqual(response["Content-Type"], "application/zip")
        self.assertIn("attachment", response["Content-Disposition"])
        self.assertTrue(b"".join(response.streaming_content).startswith(b"PK"))

    def test_filters_of_the_address_hold_for_the_package(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(
                f"{reverse('reports:exports')}?nam=2026-2027&q=khong+co", ASKED
            )
        self.assertEqual(Export.objects.get().state, JobState.FAILED)

    def test_nothing_chosen_is_told_at_the_field(self):
        response = self.begin(documents=[], formats=[])
        self.assertContains(response, "ít nhất một loại văn bản", status_code=422)
        self.assertContains(response, "ít nhất một dạng tệp", status_code=422)
        self.assertFalse(Export.objects.exists())

    def test_a_third_one_at_once_is_refused(self):
        for _ in range(2):
            ask(self.cast.leader)
        response = self.begin()
        self.assertContains(response, "chưa lập xong", status_code=422)
        self.assertEqual(Export.objects.count(), 2)

    def test_page_looks_again_only_while_it_runs(self):
        export = ask(self.cast.leader)
        Export.objects.filter(pk=export.pk).update(state="running", done=3, total=9)
        page = self.client.get(reverse("reports:export", args=[export.pk]))
        self.assertContains(page, "Đã làm 3/9 trường")
        self.assertContains(page, 'http-equiv="refresh"')
        self.assertContains(page, "every 2s")
        self.client.post(reverse("reports:export-cancel", args=[export.pk]))
        export.refresh_from_db()
        self.assertTrue(export.cancel_requested)
        Export.objects.filter(pk=export.pk).update(state="cancelled")
        page = self.client.get(reverse("reports:export-status", args=[export.pk]))
        self.assertNotContains(page, "every 2s")

    def test_expired_file_is_gone_with_a_clear_message(self):
        export = made(self.cast.leader)
        past = timezone.now() - datetime.timedelta(minutes=1)
        Export.objects.filter(pk=export.pk).update(expires_at=past)
        url = reverse("reports:export-download", args=[export.pk])
        self.assertContains(
            self.client.get(url), "Gói đã hết hạn tải về", status_code=410
        )
        page = self.client.get(reverse("reports:export", args=[export.pk]))
        self.assertContains(page, "Đã hết hạn tải về")

    def test_file_is_not_handed_out_when_its_owner_has_left(self):
        export = made(self.cast.leader)
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        self.cast.leader.memberships.update(ends_on=yesterday)
        url = reverse("reports:export-download", args=[export.pk])
        self.assertEqual(self.client.get(url).status_code, 403)

    def test_nobody_else_finds_it(self):
        export = made(self.cast.leader)
        for other in (self.cast.officer, self.cast.principal, self.cast.admin):
            self.client.force_login(other)
            for name in ("export", "export-status", "export-download"):
                url = reverse(f"reports:{name}", args=[export.pk])
                self.assertEqual(self.client.get(url).status_code, 404)

    def test_schools_have_no_such_page(self):
        self.client.force_login(self.cast.principal)
        response = self.client.get(reverse("reports:exports"))
        self.assertEqual(response.status_code, 403)

    def test_queries_of_the_page(self):
        url = reverse("reports:exports")
        self.client.get(url)
        with self.assertNumQueries(9):
            self.client.get(url)
