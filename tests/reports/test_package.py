"""The filing package of a school year: out, and into an empty installation."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
from django.db import DatabaseError, transaction

from inspections.models import Inspection
from plans.models import Evidence, ImprovementPlan
from reports import register
from reports.models import (
    IssuedDocument,
    IssuedFile,
    Publication,
    RegisterEntry,
    ResultReport,
    SignedFile,
)
from reports.signatures.pdf_verify import verify_pdf
from reports.signing_verdict import trust_list
from schools.models import School
from tests.reports.packages import PackageCase, members_of


class PackingTests(PackageCase):
    def test_same_data_gives_the_same_bytes(self):
        self.assertEqual(self.pack(), self.pack())

    def test_members_are_what_the_office_files(self):
        names = list(members_of(self.pack()))
        expected = {
            "KH-01-THS": 6,  # issued, by the person, by the school: Word and PDF
            "BC-01-THS": 2,
            "BB-07-THS": 2,
        }
        documents = [n.removeprefix("van-ban/") for n in names if "van-ban/" in n]
        found = {
            kind: sum(n.startswith(kind[:5]) for n in documents) for kind in expected
        }
        self.assertEqual(found, expected)
        self.assertEqual(len(documents), 10)
        self.assertEqual(sum("da ky" in n for n in documents), 2)
        self.assertEqual(sum(n.startswith("nam-hoc/") for n in names), 5)
        self.assertIn(f"minh-chung/{self.evidence.sha256}.pdf", names)
        self.assertEqual(names[-1], "manifest-sha256.txt")

    def test_sha256sum_agrees_with_the_manifest(self):
        for name, content in members_of(self.pack()).items():
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        done = subprocess.run(  # noqa: S603 -- fixed words
            [shutil.which("sha256sum"), "--check", "--strict", "manifest-sha256.txt"],
            cwd=self.folder,
            capture_output=True,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stdout[-500:])

    def test_documents_are_the_stored_bytes(self):
        members = members_of(self.pack())
        sums = {hashlib.sha256(content).hexdigest() for content in members.values()}
        for model in (IssuedFile, SignedFile):
            self.assertLess(set(model.objects.values_list("sha256", flat=True)), sums)

    def test_register_holds_the_school_s_lines_and_its_inspection_s(self):
        self.other = register.reserve(
            self.cast.office,
            document_type="BB",
            dated=IssuedDocument.objects.first().issued_on,
            subject="Việc khác",
            by=None,
        )
        members = members_of(self.pack())
        lines = json.loads(members["so-van-ban.json"])["lines"]
        told = [(e["document_type"], e["number"], e["state"]) for e in lines]
        self.assertEqual(
            told,
            [
                ("KH", 1, "used"),
                ("BC", 1, "used"),
                ("BC", 2, "reserved"),
                ("BC", 3, "withdrawn"),
                ("BB", 7, "used"),
            ],
        )
        path = self.folder / "so.xlsx"
        path.write_bytes(members["so-van-ban.xlsx"])
        cells = [c.value for row in openpyxl.load_workbook(path).active for c in row]
        self.assertIn("07/BB-VHXH", cells)
        self.assertIn("Đã thu hồi: Ghi nhầm số.", cells)

    def test_lost_evidence_is_told_and_not_packed(self):
        with self.evidence.file.open() as file:
            content = file.read()
        path = Path(self.evidence.file.path)
        self.addCleanup(path.write_bytes, content)
        path.write_bytes(b"%PDF-1.7 other")
        members = members_of(self.pack())
        papers = json.loads(members["van-ban.json"])
        self.assertEqual(papers["missing_evidence"], [self.evidence.sha256])
        self.assertFalse(any("minh-chung/" in name for name in members))
        path = self.folder / "danh-muc.xlsx"
        path.write_bytes(members["danh-muc-minh-chung.xlsx"])
        cells = [c.value for row in openpyxl.load_workbook(path).active for c in row]
        self.assertIn("KHÔNG CÓ TRONG KHO, không đưa vào gói", cells)


class RoundTripTests(PackageCase):
    def test_empty_installation_packs_the_same_bytes(self):
        content, dumped = self.pack(), self.dumped()
        self.empty()
        self.assertIn("document", self.load(content))
        self.assertEqual(self.dumped(), dumped)
        before, after = members_of(content), members_of(self.pack())
        for name in before:
            self.assertEqual(after.get(name), before[name], name)
        self.assertEqual(self.pack(), content)
        self.assertEqual(self.load(content), "")

    def test_loading_where_it_came_from_changes_nothing(self):
        content = self.pack()
        self.assertEqual(self.load(content), "")
        self.assertEqual(self.pack(), content)

    def test_what_was_loaded_is_as_it_was(self):
        old = {d.number_and_symbol: d for d in IssuedDocument.objects.all()}
        content = self.pack()
        self.empty()
        self.load(content)
        for model in (ImprovementPlan, ResultReport, Inspection):
            self.assertFalse(model.objects.get().is_issued_outside, model)
        for document in IssuedDocument.objects.all():
            held = old[document.number_and_symbol]
            self.assertEqual(document.code, held.code)
            self.assertEqual(document.created_at, held.created_at)
            self.assertEqual(document.snapshot, held.snapshot)
            self.assertTrue(all(file.is_intact for file in document.files.all()))
            self.assertEqual(document.register_entry.document, document)
        self.assertEqual(SignedFile.objects.count(), 4)
        signed = SignedFile.objects.get(signed_by="organisation", format="pdf")
        self.assertTrue(verify_pdf(bytes(signed.content), trust=trust_list()).is_valid)
        self.assertEqual(Publication.objects.count(), 1)
        self.assertFalse(RegisterEntry.objects.filter(is_paper=True, number=1).exists())
        school = School.objects.get()
        self.assertEqual(school.address, "Số 1 đường Mới")
        self.assertEqual(register.next_number(school, "BC", 2025), 4)
        piece = Evidence.objects.exclude(sha256="").get()
        with piece.file.open() as file:
            self.assertEqual(
                hashlib.sha256(file.read()).hexdigest(), self.evidence.sha256
            )

    def test_database_still_refuses_changes_to_what_was_loaded(self):
        content = self.pack()
        self.empty()
        self.load(content)
        with self.assertRaises(DatabaseError), transaction.atomic():
            IssuedDocument.objects.update(subject="Khác")

    def test_a_line_that_went_on_here_stays(self):
        content = self.pack()
        kept = RegisterEntry.objects.get(state="reserved")
        register.withdraw(kept, reason="Không dùng nữa.")
        self.assertEqual(self.load(content), "")
        kept.refresh_from_db()
        self.assertEqual(kept.state, "withdrawn")

    def test_a_line_that_stayed_behind_here_goes_on(self):
        kept = RegisterEntry.objects.get(state="reserved")
        with transaction.atomic():
            register.withdraw(kept, reason="Không dùng nữa.")
            content = self.pack()
            transaction.set_rollback(True)
        kept.refresh_from_db()
        self.assertEqual(kept.state, "reserved")
        self.load(content)
        kept.refresh_from_db()
        self.assertEqual((kept.state, kept.reason), ("withdrawn", "Không dùng nữa."))
