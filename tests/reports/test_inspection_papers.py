"""Issuing the record of an inspection, and who gets at its paper."""

import datetime
import io

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.urls import reverse

from inspections.models import Inspection
from inspections.workflow import TransitionError
from reports import register
from reports.issuing_record import issue_record, proposed_signers
from reports.models import IssuedDocument, IssuedFile, RegisterEntry
from schools.enums import Role
from schools.models import Authority
from tests.factories.criteria import load_catalogues
from tests.factories.inspections import make_inspection
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast, make_user

DAY = datetime.date(2025, 3, 20)


class RecordCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        Authority.objects.filter(pk=cls.cast.office.pk).update(
            office_name="Phòng Văn hóa - Xã hội", symbol="VHXH", place="Bình An"
        )
        issued = {"status": "issued", "number": 5, "issued_on": "2024-10-05"}
        cls.plan = make_plan(2024, school=cls.cast.school, rows=2, **issued)
        cls.inspection = make_inspection(
            cls.plan, "closed", leader=cls.cast.officer, members=[cls.cast.stranger]
        )

    def issue(self, inspection=None, **changes):
        inspection = inspection or self.inspection
        names = [name for _, name in proposed_signers(inspection)]
        told = {
            "number": None,
            "issued_on": DAY,
            "symbol": "VHXH",
            "place": "Bình An",
            "names": names,
        }
        return issue_record(inspection, **{"by": self.cast.officer, **told, **changes})

    def url(self, name, *args):
        return reverse(f"reports:inspection-{name}", args=[self.inspection.pk, *args])


@pytest.mark.one_database
class IssuingTests(RecordCase):
    def test_issue_numbers_dates_and_freezes_the_record(self):
        document = self.issue()
        inspection = Inspection.objects.get()
        self.assertEqual(
            (inspection.status, inspection.number, inspection.issued_on),
            ("issued", 1, DAY),
        )
        self.assertEqual(document.number_and_symbol, "Số: 01/BB-VHXH")
        self.assertEqual(document.snapshot["kind"], "inspection_record")
        files = {file.format: file for file in document.files.all()}
        self.assertEqual(set(files), {"docx", "pdf"})
        self.assertTrue(all(file.is_intact for file in files.values()))
        word = docx.Document(io.BytesIO(bytes(files["docx"].content)))
        text = "\n".join(c.text for t in word.tables for r in t.rows for c in r.cells)
        self.assertIn("Số: 01/BB-VHXH", text)
        self.assertIn("Lâm Thị Thư Ký", text)
        self.assertNotIn("Ký, ghi rõ họ tên", text)

    def test_number_comes_from_the_register_of_the_office(self):
        self.issue(number=7)
        entry = RegisterEntry.objects.get()
        self.assertEqual(
            (entry.authority, str(entry)), (self.cast.office, "07/BB-VHXH")
        )
        other = make_inspection(self.plan, "closed", leader=self.cast.officer)
        self.assertEqual(self.issue(other).number_and_symbol, "Số: 08/BB-VHXH")

    def test_register_names_who_signs_for_the_office_and_who_gets_the_record(self):
        self.issue(names=["Lâm Thị Thư Ký", "Lê Văn Phúc", "Mai Văn Trường"])
        entry = RegisterEntry.objects.get()
        self.assertEqual(entry.signer, "Lê Văn Phúc")
        self.assertIn(self.cast.school.name, entry.recipients)

    def test_number_that_is_taken_is_refused_and_nothing_changes(self):
        self.issue(number=7)
        other = make_inspection(self.plan, "closed", leader=self.cast.officer)
        with self.assertRaises(register.NumberTakenError):
            self.issue(other, number=7)
        other.refresh_from_db()
        self.assertEqual((other.status, other.number), ("closed", None))
        self.assertEqual(IssuedDocument.objects.count(), 1)

    def test_signers_and_bases_are_written_down(self):
        self.issue(names=["Lâm Thị Thư Ký", "", "Mai Văn Trường"])
        stored = Inspection.objects.get()
        self.assertEqual(
            stored.signatures,
            [
                {"capacity": "THƯ KÝ", "name": "Lâm Thị Thư Ký"},
                {"capacity": "TRƯỞNG ĐOÀN", "name": ""},
                {"capacity": "ĐẠI DIỆN NHÀ TRƯỜNG", "name": "Mai Văn Trường"},
            ],
        )
        self.assertEqual(stored.issuer_line, "PHÒNG VĂN HÓA - XÃ HỘI")

    def test_only_the_office_issues_and_only_what_is_over(self):
        for actor in ("principal", "stranger", "other_officer", "office_viewer"):
            with self.assertRaises(PermissionDenied):
                self.issue(by=getattr(self.cast, actor))
        still_open = make_inspection(self.plan, "open", leader=self.cast.officer)
        with self.assertRaises(TransitionError):
            self.issue(still_open)
        self.assertEqual(IssuedDocument.objects.count(), 0)

    def test_second_issue_is_refused(self):
        self.issue()
        with self.assertRaises(TransitionError):
            self.issue()
        self.assertEqual(IssuedDocument.objects.count(), 1)

    def test_record_changed_while_it_was_looked_at_is_refused(self):
        stale = Inspection.objects.with_header().get(pk=self.inspection.pk)
        Inspection.objects.get(pk=stale.pk).save()  # somebody else, a moment later
        with self.assertRaisesMessage(TransitionError, "vừa được người khác thay đổi"):
            self.issue(stale)


@pytest.mark.one_database
class PageTests(RecordCase):
    def get(self, name, *args, by):
        self.client.force_login(by)
        return self.client.get(self.url(name, *args))

    def test_office_issues_on_the_page_and_gets_the_stored_bytes(self):
        self.client.force_login(self.cast.officer)
        form = {"issued_on": "20/03/2025", "symbol": "VHXH", "number": ""}
        names = {"signer_0": "A", "signer_1": "B", "signer_2": ""}
        response = self.client.post(self.url("issue"), form | names)
        self.assertEqual(response.status_code, 302)
        stored = IssuedFile.objects.get(format="pdf")
        response = self.client.get(self.url("download", "pdf"))
        self.assertEqual(response.content, bytes(stored.content))
        self.assertIn("BB-01-", response.headers["Content-Disposition"])
        document = IssuedDocument.objects.get()
        url = reverse("reports:document-download", args=[document.pk, "pdf"])
        self.assertEqual(self.client.get(url).content, bytes(stored.content))

    def test_faults_stand_at_their_fields(self):
        self.client.force_login(self.cast.officer)
        cases = {
            "issued_on": ("17/03/2025", "không được trước ngày kết thúc"),
            "symbol": ("vh xh", "chữ in hoa"),
            "number": ("0", "nhỏ hơn 1"),
        }
        for field, (value, message) in cases.items():
            with self.subTest(field):
                sound = {"issued_on": "20/03/2025", "symbol": "VHXH"}
                response = self.client.post(self.url("issue"), sound | {field: value})
                form = response.context["form"]
                self.assertEqual(list(form.errors), [field])
                self.assertIn(message, form.errors[field][0])

    def test_school_reads_the_record_when_the_visit_is_over(self):
        principal = self.cast.principal
        self.assertEqual(self.get("preview", by=principal).status_code, 200)
        Inspection.objects.update(status="open")
        for name, args in (("preview", ()), ("download", ("docx",))):
            self.assertEqual(self.get(name, *args, by=principal).status_code, 403)
        self.assertEqual(self.get("blank", "docx", by=principal).status_code, 200)

    def test_member_from_another_school_sees_it_only_while_it_is_open(self):
        member = self.cast.stranger
        self.assertEqual(self.get("preview", by=member).status_code, 404)
        Inspection.objects.update(status="open")
        self.assertEqual(self.get("preview", by=member).status_code, 200)
        self.assertEqual(self.get("download", "pdf", by=member).status_code, 200)
        self.assertEqual(self.get("issue", by=member).status_code, 403)

    def test_every_format_and_no_other(self):
        for name in ("download", "blank"):
            for file_format in ("docx", "pdf", "xlsx"):
                response = self.get(name, file_format, by=self.cast.officer)
                self.assertEqual(response.status_code, 200)
            self.assertEqual(
                self.get(name, "exe", by=self.cast.officer).status_code, 404
            )

    def test_office_looking_on_is_offered_no_issue(self):
        onlooker = make_user(Role.OFFICE_VIEWER, self.cast.office)
        response = self.get("preview", by=onlooker)
        self.assertNotContains(response, self.url("issue"))
        response = self.get("preview", by=self.cast.officer)
        self.assertContains(response, self.url("issue"))
