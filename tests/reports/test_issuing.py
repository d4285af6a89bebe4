import datetime
import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from plans import workflow
from plans.models import ImprovementPlan
from plans.yearfile.reading import read_file
from reports.freezing import thawing_statements
from reports.issuing import issue_plan
from reports.models import IssuedDocument, IssuedFile
from reports.register import record_outside
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.schools import make_cast
from tests.reports.reading import docx_text, pdf_text

ENTERED = {
    "number": 5,
    "symbol": "NSH",
    "place": "Bình An",
    "issued_on": "05/10/2024",
    "capacity": "head",
    "signer": "Nguyễn Thị Hoa",
}


class IssueTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = complete(make_plan(2024, school=cls.cast.school))
        ImprovementPlan.objects.update(status="approved")

    def setUp(self):
        self.client.force_login(self.cast.principal)
        self.url = reverse("reports:plan-issue", args=[self.plan.pk])

    def issue(self, **changes):
        return self.client.post(self.url, ENTERED | changes)

    def download(self, name):
        url = reverse("reports:plan-download", args=[self.plan.pk, name])
        return self.client.get(url)

    def test_issued_plan_carries_number_date_and_signer(self):
        self.assertRedirects(self.issue(), self.plan.get_absolute_url())
        self.plan.refresh_from_db()
        self.assertEqual(self.plan.status, "issued")
        for text in (docx_text(self.download("docx").content), self.pdf()):
            self.assertIn("Số: 05/KH-NSH", text)
            self.assertIn("Bình An, ngày 05 tháng 10 năm 2024", text)
            self.assertIn("Nguyễn Thị Hoa", text)
            self.assertNotIn("Ký, ghi rõ họ tên", text)

    def pdf(self):
        return pdf_text(self.download("pdf").content)

    def test_downloads_are_the_stored_bytes_whatever_changes_later(self):
        self.issue()
        before = self.download("docx").content
        self.cast.school.name = "Trường Tiểu học Tên Mới"
        self.cast.school.save()
        self.assertEqual(self.download("docx").content, before)
        stored = IssuedFile.objects.get(format="docx")
        self.assertEqual(hashlib.sha256(before).hexdigest(), stored.sha256)

    def test_changed_bytes_are_not_handed_out(self):
        self.issue()
        with connection.cursor() as cursor:
            for statement in thawing_statements(connection.vendor):
                cursor.execute(statement)
        IssuedFile.objects.filter(format="pdf").update(content=b"%PDF-1.7 other")
        response = self.download("pdf")
        self.assertRedirects(response, self.plan.get_absolute_url())

    def test_snapshot_holds_the_contents(self):
        self.issue()
        snapshot = IssuedDocument.objects.get().snapshot
        self.assertEqual(snapshot["document"]["number"], 5)
        self.assertEqual(len(snapshot["rows"]), self.plan.rows.count())

    def test_facts_about_the_school_are_written_down_at_issue(self):
        self.cast.school.address = "Số 1 đường Cũ"
        self.cast.school.save()
        plan = complete(make_plan(2026, school=self.cast.school))
        ImprovementPlan.objects.filter(pk=plan.pk).update(status="approved")
        url = reverse("reports:plan-issue", args=[plan.pk])
        self.client.post(url, ENTERED | {"issued_on": "05/09/2026"})
        self.cast.school.address = "Số 2 đường Mới"
        self.cast.school.save()
        snapshot = IssuedDocument.objects.get().snapshot
        section = plan.sections.get(content="school")
        self.assertEqual(
            section.text.split("\n"), snapshot["sections"][0]["paragraphs"]
        )
        self.assertIn("3. Địa chỉ: Số 1 đường Cũ", section.text)

    def test_wrong_entries_are_told_at_their_field(self):
        for field, value, message in (
            ("issued_on", "05/09/2025", "trong năm học 2024-2025"),
            ("issued_on", "30/06/2024", "trong năm học 2024-2025"),
            ("issued_on", "hôm qua", "dạng ngày/tháng/năm"),
            ("number", "0", "nhỏ hơn 1"),
            ("symbol", "nsh 1", "in hoa"),
            ("signer", "", "Hãy nhập"),
        ):
            with self.subTest(field=field, value=value):
                form = self.issue(**{field: value}).context["form"]
                self.assertEqual(list(form.errors), [field])
                self.assertIn(message, form.errors[field][0])
        self.assertEqual(IssuedDocument.objects.count(), 0)
        self.plan.refresh_from_db()
        self.assertEqual((self.plan.status, self.plan.number), ("approved", None))

    def test_date_in_the_future_is_refused(self):
        plan = make_plan(2026, school=self.cast.school, status="approved")
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        url = reverse("reports:plan-issue", args=[plan.pk])
        data = ENTERED | {"issued_on": f"{tomorrow:%d/%m/%Y}"}
        with mock.patch("django.utils.timezone.localdate", return_value=tomorrow):
            accepted = self.client.get(url).status_code
        self.assertEqual(accepted, 200)
        errors = self.client.post(url, data).context["form"].errors
        self.assertEqual(list(errors), ["issued_on"])

    def test_number_used_in_the_calendar_year_is_refused(self):
        last_year = make_plan(
            2023,
            school=self.cast.school,
            status="issued",
            number=5,
            subject="Cải tiến năm học 2023-2024",
            issued_on=datetime.date(2024, 1, 15),
        )
        record_outside(last_year)
        form = self.issue().context["form"]
        self.assertIn(
            "đã dùng cho văn bản “Cải tiến năm học 2023-2024”", form.errors["number"][0]
        )

    def test_plan_not_approved_is_not_issued(self):
        ImprovementPlan.objects.update(status="submitted")
        self.assertRedirects(self.issue(), self.plan.get_absolute_url())
        self.assertEqual(IssuedDocument.objects.count(), 0)

    def test_deputy_signs_for_the_head(self):
        self.issue(capacity="deputy")
        text = docx_text(self.download("docx").content)
        self.assertIn("KT. HIỆU TRƯỞNG PHÓ HIỆU TRƯỞNG", text)

    def test_chair_of_the_council_has_a_second_title_and_files_keep_it(self):
        self.issue(capacity="council")
        for text in (docx_text(self.download("docx").content), self.pdf()):
            self.assertIn("TM. HỘI ĐỒNG TỰ ĐÁNH GIÁ", text)
            self.assertIn("HIỆU TRƯỞNG Nguyễn Thị Hoa", text)
        dumped = IssuedDocument.objects.get().snapshot
        self.assertEqual(dumped["signatures"][0]["second_title"], "HIỆU TRƯỞNG")
        with TemporaryDirectory() as folder:
            file = Path(folder, "truong.json")
            file.write_text(json.dumps(dumped), encoding="utf-8")
            (read,) = read_file(file).contents
        self.assertEqual(list(read.signatures), dumped["signatures"])

    def test_change_while_the_paper_is_drawn_stops_the_issue(self):
        ImprovementPlan.objects.filter(pk=self.plan.pk).update(
            updated_at=timezone.now()
        )
        user = get_user_model().objects.get(pk=self.cast.principal.pk)
        with self.assertRaisesMessage(workflow.TransitionError, "vừa được người khác"):
            issue_plan(
                self.plan,
                by=user,
                number=5,
                issued_on=datetime.date(2024, 10, 5),
                symbol="NSH",
                place="Bình An",
                signature={"capacity": "HIỆU TRƯỞNG", "name": "A"},
            )
        self.assertEqual(IssuedDocument.objects.count(), 0)
