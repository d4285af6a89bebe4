import hashlib
from io import BytesIO

import docx
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from reports.models import IssuedDocument, IssuedFile
from tests.plans.yearfiles import YearFileCase, sample
from tests.reports.tampering import tamper


class ExportDocumentTests(YearFileCase):
    def setUp(self):
        super().setUp()
        self.plan = self.load_one(sample())

    def export(self, file_format, kind="plan", pk=None, output=None):
        output = output or self.folder / f"ra.{file_format}"
        pk = str(self.plan.pk if pk is None else pk)
        call_command("export_document", kind, pk, format=file_format, output=output)
        return output.read_bytes()

    def test_every_format_carries_the_texts_of_the_plan(self):
        goal = self.plan.rows.first().goal
        document = docx.Document(BytesIO(self.export("docx")))
        self.assertIn(
            goal, [c.text for t in document.tables for r in t.rows for c in r.cells]
        )
        self.assertIn(goal, self.export("html").decode())
        sheet = load_workbook(BytesIO(self.export("xlsx"))).active
        self.assertIn(goal, [cell.value for row in sheet for cell in row])
        self.assertEqual(self.export("pdf")[:5], b"%PDF-")

    def test_file_that_was_issued_here_is_given_out_as_it_was_stored(self):
        stored = self._issue(b"issued bytes")
        self.assertEqual(self.export("pdf"), b"issued bytes")
        tamper(stored, b"changed bytes")
        with self.assertRaisesMessage(CommandError, "không còn nguyên vẹn"):
            self.export("pdf")

    def _issue(self, content):
        document = IssuedDocument.objects.create(
            plan=self.plan,
            number_and_symbol="Số: 57/KH-LT",
            issued_on=self.plan.issued_on,
            subject="Cải tiến",
            snapshot={},
        )
        return IssuedFile.objects.create(
            document=document,
            format="pdf",
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )

    def test_unknown_document_of_any_kind_is_refused(self):
        with self.assertRaisesMessage(CommandError, "Không có kế hoạch nào có mã 0."):
            self.export("pdf", pk=0)
        with self.assertRaisesMessage(
            CommandError, "Không có báo cáo kết quả nào có mã"
        ):
            self.export("pdf", kind="result")
        with self.assertRaisesMessage(CommandError, "Không có biên bản kiểm tra nào"):
            self.export("pdf", kind="inspection")
        self.assertEqual(list(self.folder.glob("ra*")), [])

    def test_place_that_cannot_be_written_is_told_and_leaves_nothing(self):
        for output in (self.folder / "khong-co" / "a.html", self.folder):
            with self.assertRaisesMessage(CommandError, "Không ghi được tệp"):
                self.export("html", output=output)
        self.assertEqual([p.suffix for p in self.folder.iterdir()], [".json"])

    def test_older_file_is_replaced(self):
        output = self.write("cũ", "ra.html")
        self.export("html", output=output)
        self.assertIn("<!DOCTYPE html>", output.read_text("utf-8"))
