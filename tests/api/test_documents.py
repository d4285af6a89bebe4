"""Issued documents in the API: how far they are signed, and their signed copies."""

import hashlib

from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports import register
from reports.enums import SignedBy, SigningWay
from reports.models import IssuedDocument, SignedFile
from reports.signing import take_scan
from schools.api_tokens import make_token
from tests.access.actors import STRANGERS
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.reports import issue_here, issued_document
from tests.factories.schools import SchoolFactory, make_cast
from tests.factories.signing import store_signed

SCAN = b"%PDF-1.7 quet"


class DocumentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        plan = complete(make_plan(2024, school=cls.cast.school, status="approved"))
        cls.document = issue_here(plan, by=cls.cast.principal)
        cls.secrets = {
            name: make_token(
                getattr(cls.cast, name), name="Bảng", expires_on=timezone.localdate()
            )[1]
            for name in ("officer", "viewer", *STRANGERS)
        }

    def setUp(self):
        cache.clear()

    def get(self, url, actor="officer"):
        headers = {"Authorization": f"Bearer {self.secrets[actor]}"}
        return self.client.get(url, headers=headers)

    def entry(self, actor="officer"):
        (found,) = self.get(reverse("api:documents"), actor).json()["items"]
        return found

    def test_what_nobody_signed_says_so_and_links_to_the_issued_files(self):
        found = self.entry()
        state = (found["is_signed"], found["is_withdrawn"], found["signature_label"])
        self.assertEqual(state, (False, False, "Chưa ký"))
        self.assertEqual(found["signed_files"], [])
        self.assertEqual([f["format"] for f in found["files"]], ["docx", "pdf"])
        for file in found["files"]:
            content = self.get(file["url"]).content
            self.assertEqual(hashlib.sha256(content).hexdigest(), file["sha256"])

    def test_signed_copies_are_linked_and_come_as_they_were_taken_in(self):
        store_signed(self.document, b"%PDF-1.7 mot")
        found = self.entry()
        self.assertFalse(found["is_signed"])
        self.assertIn("chờ cơ quan ký", found["signature_label"])
        store_signed(self.document, b"%PDF-1.7 hai", SignedBy.ORGANISATION)
        found = self.entry()
        self.assertTrue(found["is_signed"])
        self.assertEqual(found["signature_label"], "Đã ký số đủ")
        copies = [(f["signed_by"], f["way"]) for f in found["signed_files"]]
        self.assertEqual(copies, [("person", "token"), ("organisation", "token")])
        first, last = (self.get(f["url"]) for f in found["signed_files"])
        self.assertEqual(
            (first.content, last.content), (b"%PDF-1.7 mot", b"%PDF-1.7 hai")
        )
        self.assertEqual(last["Content-Type"], "application/pdf")
        self.assertNotEqual(first["Content-Disposition"], last["Content-Disposition"])

    def test_scan_is_told_from_a_signed_copy(self):
        take_scan(self.document, SCAN, by=self.cast.principal)
        found = self.entry()
        self.assertTrue(found["is_signed"])
        self.assertEqual(found["signature_label"], "Đã ký trên giấy, có bản quét")
        (copy,) = found["signed_files"]
        self.assertEqual((copy["way"], copy["format"]), ("scan", "pdf"))
        self.assertEqual(self.get(copy["url"]).content, SCAN)

    def test_withdrawn_document_says_so(self):
        register.withdraw(self.document.register_entry, reason="Sai số liệu")
        found = self.entry()
        self.assertTrue(found["is_withdrawn"])
        self.assertEqual(found["signature_label"], "Đã thu hồi")

    def test_who_sees_the_school_reads_its_copies_and_others_do_not(self):
        store_signed(self.document)
        url = self.entry("viewer")["signed_files"][0]["url"]
        self.assertEqual(self.get(url, "viewer").status_code, 200)
        for actor in STRANGERS:
            with self.subTest(actor):
                self.assertEqual(self.get(url, actor).status_code, 404)
                listed = self.get(reverse("api:documents"), actor).json()
                self.assertEqual(listed, {"items": [], "count": 0})
        self.assertEqual(self.client.get(url).status_code, 401)

    def test_copy_that_is_not_there_is_not_found(self):
        store_signed(self.document)
        for args in (("organisation", "pdf"), ("person", "docx"), ("ai", "pdf")):
            with self.subTest(args):
                url = reverse(
                    "api:document-signed-file", args=[self.document.pk, *args]
                )
                self.assertEqual(self.get(url).status_code, 404)

    def test_bytes_that_changed_are_not_handed_out(self):
        copy = SignedFile.objects.create(
            document=self.document,
            format="pdf",
            signed_by=SignedBy.PERSON,
            way=SigningWay.TOKEN,
            content=b"%PDF-1.7",
            sha256="0" * 64,
        )
        args = [self.document.pk, copy.signed_by, "pdf"]
        response = self.get(reverse("api:document-signed-file", args=args))
        self.assertEqual(response.status_code, 500)
        self.assertIn("không còn nguyên vẹn", response.json()["detail"])

    def test_list_costs_the_same_however_long_and_reads_no_bytes(self):
        store_signed(self.document)
        self.entry()  # the first use of a token is noted
        few = self.queries()
        for number in range(3):
            school = SchoolFactory(name=f"Trường {number}", authority=self.cast.office)
            plan = make_plan(2024, school=school)
            plan.issued_on = "2024-10-05"
            store_signed(issued_document(plan))
        self.assertEqual(IssuedDocument.objects.count(), 4)
        many = self.queries()
        self.assertEqual(len(many), len(few))
        self.assertLessEqual(len(many), 8)
        self.assertFalse([q["sql"] for q in many if '."content"' in q["sql"]])

    def queries(self):
        with CaptureQueriesContext(connection) as seen:
            self.get(reverse("api:documents"))
        return seen.captured_queries

    def test_description_names_what_an_entry_says(self):
        described = self.client.get(reverse("api:openapi-json")).json()
        shapes = described["components"]["schemas"]
        self.assertEqual(set(shapes["DocumentOut"]["properties"]), set(self.entry()))
        store_signed(self.document)
        (copy,) = self.entry()["signed_files"]
        self.assertEqual(set(shapes["SignedFileOut"]["properties"]), set(copy))
        path = "/api/v1/documents/{document_id}/signed/{signed_by}/{file_format}"
        answer = described["paths"][path]["get"]["responses"]["200"]
        self.assertIn("application/pdf", answer["content"])
