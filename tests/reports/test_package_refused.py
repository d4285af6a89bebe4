"""Packages that are not taken in: one line each, and nothing is written."""

import hashlib
import io
import json
import zipfile
from unittest import mock

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from plans.models import ImprovementPlan
from plans.yearfile.evidence import stored_path
from reports.models import IssuedDocument, RegisterEntry
from reports.package import storing, unpacking
from schools.models import School
from tests.reports.packages import PackageCase, members_of
from tests.reports.tampering import tamper

MANIFEST = "manifest-sha256.txt"


def zipped(members, compression=zipfile.ZIP_STORED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def sealed(members):
    """`members` with a manifest that fits them."""
    held = {name: content for name, content in members.items() if name != MANIFEST}
    lines = [f"{hashlib.sha256(c).hexdigest()}  {n}\n" for n, c in held.items()]
    return zipped([*held.items(), (MANIFEST, "".join(lines).encode())])


class RefusedCase(PackageCase):
    def refused(self, content):
        """The one line that refuses the package; checks that nothing was stored."""
        before = [m.objects.count() for m in (School, IssuedDocument, RegisterEntry)]
        with self.assertRaises(CommandError) as caught:
            self.load(content)
        after = [m.objects.count() for m in (School, IssuedDocument, RegisterEntry)]
        self.assertEqual(after, before)
        line = str(caught.exception)
        self.assertEqual(line.count("\n"), 0, line)
        return line.partition("goi.zip: ")[2]


@pytest.mark.one_database
class BrokenPackageTests(RefusedCase):
    """Refused before anything of it is believed, in an empty installation."""

    def setUp(self):
        super().setUp()
        self.members = members_of(self.pack())
        self.empty()

    def test_every_changed_member_is_named(self):
        for name in self.members:
            with self.subTest(name):
                content = bytearray(self.members[name])
                content[len(content) // 2] ^= 1
                changed = self.members | {name: bytes(content)}
                line = self.refused(zipped(changed.items()))
                if name != MANIFEST:
                    self.assertIn("không còn nguyên vẹn", line)
                    self.assertIn(name[:20], line)  # messages shorten long names

    def test_missing_member(self):
        for name in self.members:
            with self.subTest(name):
                rest = {n: c for n, c in self.members.items() if n != name}
                self.assertIn("thiếu", self.refused(zipped(rest.items())))

    def test_extra_member(self):
        more = self.members | {"van-ban/them.pdf": b"%PDF-1.7"}
        self.assertIn("thừa thành phần", self.refused(zipped(more.items())))
        self.assertIn("không khớp với thư mục", self.refused(sealed(more)))

    def test_member_twice(self):
        with self.assertWarns(UserWarning):
            content = zipped([*self.members.items(), ("van-ban.json", b"{}")])
        self.assertIn("có hai lần", self.refused(content))

    def test_names_that_lead_elsewhere(self):
        for name in (
            "../van-ban.json",
            "/etc/passwd",
            "van-ban/../a.pdf",
            "nam-hoc/../../a.json",
            "nam-hoc\\a.json",
            "van-ban/..",
            "C:/a.json",
            "khac/a.json",
        ):
            with self.subTest(name):
                line = self.refused(sealed(self.members | {name: b"{}"}))
                self.assertIn("có tên không được phép", line)

    def test_zip_bomb_is_not_unfolded(self):
        bomb = {"van-ban/to.pdf": bytes(60 * 1024**2)}
        content = zipped(bomb.items(), zipfile.ZIP_DEFLATED)
        self.assertLess(len(content), 100_000)
        with mock.patch.object(zipfile.ZipFile, "open", side_effect=AssertionError):
            self.assertIn("lớn hơn gói quá nhiều lần", self.refused(content))

    def test_member_that_is_too_large(self):
        huge = zipfile.ZipInfo("nam-hoc/a.json")
        target = io.BytesIO(sealed(self.members))
        with zipfile.ZipFile(target, "a") as archive:
            archive.writestr(huge, bytes(65 * 1024**2))
        self.assertIn("khai 65 MB, tối đa 64 MB", self.refused(target.getvalue()))

    def test_no_zip_or_a_truncated_one(self):
        whole = sealed(self.members)
        for content in (whole[: len(whole) // 2], b"PK\x03\x04 x"):
            self.assertIn("không phải gói lưu trữ", self.refused(content))
        self.assertIn("thiếu manifest", self.refused(zipped([("van-ban.json", b"{}")])))

    def test_evidence_under_another_name(self):
        name = next(n for n in self.members if n.startswith("minh-chung/"))
        content = self.members.pop(name)
        self.members[f"minh-chung/{'0' * 64}.pdf"] = content
        self.assertIn("không phải SHA-256 của tệp", self.refused(sealed(self.members)))

    def change(self, name, change):
        value = json.loads(self.members[name])
        change(value)
        return sealed(self.members | {name: json.dumps(value).encode()})

    def test_faults_in_what_it_says_name_their_place(self):
        cases = (
            (lambda v: v["documents"][0].pop("subject"), "documents[0].subject: thiếu"),
            (
                lambda v: v["documents"][0].update(x=1),
                'documents[0]: khóa "x" không có',
            ),
            (
                lambda v: v["documents"][0].update(created_at=None),
                "documents[0].created_at: phải có",
            ),
            (
                lambda v: v["documents"][0]["files"][0].update(sha256="0" * 64),
                "documents[0].files[0].sha256: khác với tệp",
            ),
            (lambda v: v["documents"].pop(0), "không khớp với thư mục"),
            (lambda v: v.update(format="x"), "format: không rõ"),
            (lambda v: v.update(school="Trường khác"), "không cùng trường"),
            (
                lambda v: v["issued_here"].append(
                    {"kind": "report", "period": "semester_1"}
                ),
                "không có văn bản nào như vậy",
            ),
        )
        for change, told in cases:
            with self.subTest(told):
                self.assertIn(told, self.refused(self.change("van-ban.json", change)))

    def test_nothing_stays_when_the_last_step_fails(self):
        content = sealed(self.members)
        failing = storing.PackageError("x")
        with mock.patch.object(storing, "_join", side_effect=failing):
            self.refused(content)
        self.assertFalse(default_storage.exists(stored_path(self.evidence.sha256)))
        self.assertFalse(ImprovementPlan.objects.exists())

    def test_evidence_goes_again_when_the_transaction_fails(self):
        stored = unpacking._store_evidence

        def store_and_fail(*args):
            stored(*args)
            self.assertTrue(default_storage.exists(stored_path(self.evidence.sha256)))
            raise storing.PackageError("x")

        with mock.patch.object(unpacking, "_store_evidence", store_and_fail):
            self.refused(sealed(self.members))
        self.assertFalse(default_storage.exists(stored_path(self.evidence.sha256)))


class OtherContentsTests(RefusedCase):
    """Refused because the installation says otherwise."""

    def test_document_that_is_here_with_other_bytes(self):
        content = self.pack()
        stored = self.document.files.get(format="pdf")
        tamper(stored, b"%PDF-1.7 other")
        digest = hashlib.sha256(b"%PDF-1.7 other").hexdigest()
        type(stored).objects.filter(pk=stored.pk).update(sha256=digest)
        self.assertIn("với nội dung khác", self.refused(content))

    def test_number_that_is_another_document_s_here(self):
        content = self.pack()
        RegisterEntry.objects.filter(document=self.document).update(
            dated="2024-09-01", subject="Việc khác"
        )
        self.assertIn("đã ghi cho văn bản “Việc khác”", self.refused(content))

    def test_bytes_that_are_not_sound_are_not_packed(self):
        tamper(self.document.files.get(format="pdf"), b"%PDF-1.7 other")
        with self.assertRaisesMessage(Exception, "không còn nguyên vẹn"):
            self.pack()

    def test_packages_and_json_files_do_not_mix(self):
        path = self.folder / "a.json"
        path.write_text("{}")
        (self.folder / "goi.zip").write_bytes(self.pack())
        with self.assertRaisesMessage(CommandError, "Không nạp lẫn"):
            call_command("load_year", str(path), str(self.folder / "goi.zip"))
