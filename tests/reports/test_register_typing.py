"""What a clerk pastes into the register is plain text, and the book can be drawn of it."""

import datetime

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import register
from reports.models import RegisterEntry
from tests.factories.schools import make_cast


class RegisterTypingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()

    def setUp(self):
        self.client.force_login(self.cast.editor)

    def test_pasted_texts_lose_control_characters_and_are_composed(self):
        args = ["truong", self.cast.school.pk]
        data = {
            "document_type": "BC",
            "dated": "02/01/2025",
            "subject": "Báo cáo",
            "signer": "Nguyễn\x07 Thị Hoa",
            "keeper": "Văn\x0b thư",
            "note": "Ghi\x1f chú",
        }
        answer = self.client.post(reverse("reports:register-add", args=args), data)
        self.assertEqual(answer.status_code, 302)
        entry = RegisterEntry.objects.get()
        self.assertEqual(
            (entry.signer, entry.keeper, entry.note),
            ("Nguyễn Thị Hoa", "Văn thư", "Ghi chú"),
        )
        self.client.post(
            reverse("reports:register-withdraw", args=[entry.pk]),
            {"reason": "Nhầm\x01"},
        )
        entry.refresh_from_db()
        self.assertEqual(entry.reason, "Nhầm")

    def test_list_reads_no_contents_of_documents(self):
        register.reserve(
            self.cast.school,
            document_type="BC",
            dated=datetime.date(2025, 1, 2),
            subject="Giữ",
            by=self.cast.editor,
        )
        url = reverse("reports:register", args=["truong", self.cast.school.pk, 2025])
        with CaptureQueriesContext(connection) as asked:
            self.client.get(url)
        self.assertFalse(any("snapshot" in query["sql"] for query in asked))

    def test_year_without_a_book_is_not_there(self):
        args = ["truong", self.cast.school.pk, 99999999999, "xlsx"]
        url = reverse("reports:register-download", args=args)
        self.assertEqual(self.client.get(url).status_code, 404)
