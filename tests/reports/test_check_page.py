"""What everybody may learn of an issued document, and what not."""

import io
import re
import zipfile
from dataclasses import replace

from django.conf import settings
from django.core.cache import cache
from django.test import TestCase
from django.urls import reverse

from plans.models import ImprovementPlan
from reports import register
from reports.filing import drawn
from reports.models import IssuedDocument, Publication, RegisterEntry
from reports.official.document import CheckMark
from reports.official.plan import plan_document
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.reports import issue_here
from tests.factories.schools import make_cast
from tests.reports.reading import pdf_text


class IssuedCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = complete(make_plan(2024, school=cls.cast.school, status="approved"))
        cls.plan.rows.update(goal="Nội dung riêng của trường")
        cls.document = issue_here(cls.plan, by=cls.cast.principal)

    def setUp(self):
        cache.clear()

    def content(self, name):
        return bytes(self.document.files.get(format=name).content)


class CheckTests(IssuedCase):
    def check(self, code=None, **data):
        url = reverse("reports:check", args=[code or self.document.code])
        return self.client.post(url, data) if data else self.client.get(url)

    def test_code_stands_on_the_paper_and_leads_to_its_page(self):
        with zipfile.ZipFile(io.BytesIO(self.content("docx"))) as package:
            feet = [name for name in package.namelist() if "foot" in name]
            word = " ".join(package.read(name).decode() for name in feet)
        for text in (pdf_text(self.content("pdf")), word):
            found = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", text)
            self.assertEqual(found.group(), self.document.code)
        url = reverse("reports:check-start")
        typed = self.document.code.lower().replace("-", " ")
        response = self.client.get(url, {"ma": typed}, follow=True)
        self.assertContains(response, "Số: 01/KH-NSH")

    def test_the_same_contents_are_drawn_to_the_same_bytes_later(self):
        plan = ImprovementPlan.objects.with_header().get(pk=self.plan.pk)
        path = reverse("reports:check", args=[self.document.code])
        mark = CheckMark(self.document.code, f"{settings.SITE_URL}{path}")
        again = drawn(replace(plan_document(plan), check_mark=mark))
        for name, content in again.items():
            self.assertEqual(content, self.content(name), name)

    def test_page_tells_issuer_number_date_hashes_and_nothing_else(self):
        response = self.check()
        for told in (self.cast.school.name, "05/10/2024", "chưa nhận bản có chữ ký số"):
            self.assertContains(response, told)
        for file in self.document.files.all():
            self.assertContains(response, file.sha256)
        for kept in ("Nội dung riêng", "Nguyễn Thị Hoa", self.document.subject):
            self.assertNotContains(response, kept)

    def test_a_true_copy_and_a_changed_one_are_told_apart(self):
        content = self.content("pdf")
        true_copy, changed = io.BytesIO(content), io.BytesIO(content + b" ")
        true_copy.name = changed.name = "ke-hoach.pdf"
        self.assertContains(self.check(file=true_copy), "giống hệt")
        self.assertContains(self.check(file=changed), "khác với mọi bản")
        self.assertContains(self.check(nothing="x"), "Chưa có tệp nào")

    def test_unknown_codes_answer_alike(self):
        for code in ("00000-00000", "khong-phai-ma", "x" * 300):
            self.assertEqual(self.check(code).status_code, 404)

    def test_withdrawn_document_says_so(self):
        entry = RegisterEntry.objects.get(document=self.document)
        register.withdraw(entry, reason="Sai thẩm quyền")
        response = self.check()
        self.assertContains(response, "đã thu hồi")
        self.assertNotContains(response, "Sai thẩm quyền")

    def test_too_many_tries_are_told_to_wait(self):
        for _ in range(60):
            self.check("00000-00000")
        response = self.check()
        self.assertEqual(response.status_code, 429)
        self.assertIn("Retry-After", response)

    def test_office_that_prints_no_marks_gives_no_codes(self):
        self.cast.office.prints_check_mark = False
        self.cast.office.save()
        plan = complete(make_plan(2023, school=self.cast.school, status="approved"))
        document = issue_here(plan, by=self.cast.principal, day="2023-10-05")
        self.assertIsNone(document.code)
        text = pdf_text(bytes(document.files.get(format="pdf").content))
        self.assertNotIn("Mã tra cứu", text)


class PublicTests(IssuedCase):
    def public_page(self, school=None):
        args = [(school or self.cast.school).pk]
        return self.client.get(reverse("reports:public-page", args=args))

    def download(self):
        args = [self.cast.school.pk, self.document.pk]
        return self.client.get(reverse("reports:public-download", args=args))

    def publish(self, wish="yes"):
        self.client.force_login(self.cast.principal)
        url = reverse("reports:document-publish", args=[self.document.pk])
        response = self.client.post(url, {"publish": wish}, follow=True)
        self.client.logout()
        return response

    def test_nothing_is_public_unless_the_school_says_so(self):
        self.assertContains(self.public_page(), "chưa công khai văn bản nào")
        self.assertEqual(self.download().status_code, 404)

    def test_published_document_is_there_for_everybody_until_taken_off(self):
        self.assertContains(self.publish(), "Đã công khai văn bản")
        self.assertContains(self.public_page(), "Số: 01/KH-NSH")
        response = self.download()
        self.assertEqual(response.content, self.content("pdf"))
        self.assertIn("attachment", response["Content-Disposition"])
        self.assertContains(self.publish("no"), "thôi công khai")
        self.assertEqual(self.download().status_code, 404)

    def test_withdrawn_document_is_not_shown_any_more(self):
        self.publish()
        entry = RegisterEntry.objects.get(document=self.document)
        register.withdraw(entry, reason="Sai thể thức")
        self.assertEqual(self.download().status_code, 404)
        Publication.objects.all().delete()
        self.assertContains(self.publish(), "đã thu hồi nên không công khai được")

    def test_a_document_is_found_under_its_own_school_only(self):
        self.publish()
        args = [self.cast.other_school.pk, self.document.pk]
        url = reverse("reports:public-download", args=args)
        self.assertEqual(self.client.get(url).status_code, 404)
        self.assertNotContains(self.public_page(self.cast.other_school), "01/KH")
        self.cast.school.is_active = False
        self.cast.school.save()
        self.assertEqual(self.public_page().status_code, 404)

    def test_drafts_are_nowhere(self):
        self.publish()
        make_plan(2025, school=self.cast.school, subject="Bản đang soạn")
        self.assertNotContains(self.public_page(), "Bản đang soạn")
        self.assertEqual(IssuedDocument.objects.count(), 1)
