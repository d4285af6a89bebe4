"""The issued documents of many schools as one ZIP. Bytes come from the store and go in as
they are: nothing is rendered, and one file at a time is in memory."""

import hashlib
import tempfile
import zipfile
from dataclasses import dataclass

from django.db.models import Q

from reports.enums import EntryState, SignedBy, SigningWay
from reports.exporting.choice import DOCUMENTS
from reports.exporting.names import Unique, fit
from reports.exporting.sheets import Book
from reports.models import IssuedDocument, IssuedFile, SignedFile
from reports.overview.workbook import Column
from schools.models import School

INDEX = "Mục lục.xlsx"
_AT_ONCE = 20  # schools whose documents are listed by one query
_COLUMNS = (
    Column("Trường", 36),
    Column("Loại văn bản", 20),
    Column("Số, ký hiệu", 20),
    Column("Ngày ban hành", 14),
    Column("Trích yếu", 50),
    Column("Tình trạng", 24),
    Column("Thư mục", 36),
    Column("Tên tệp", 36),
    Column("Chữ ký", 30),
    Column("SHA-256", 66),
)
_SIGNED = {
    SignedBy.PERSON: "Người ký đã ký số",
    SignedBy.ORGANISATION: "Người ký và cơ quan đã ký số",
}
_UNSIGNED, _SCAN = "Chưa ký số", "Bản giấy ký tay, quét lại"
_BROKEN = "KHÔNG NGUYÊN VẸN, không đưa vào gói"


@dataclass(frozen=True)
class _Stored:
    """A file of the store without its bytes; `model` is where they are."""

    model: type
    pk: int
    format: str
    sha256: str
    signed: str
    is_scan: bool = False

    def content(self):
        return bytes(
            self.model.objects.values_list("content", flat=True).get(pk=self.pk)
        )


@dataclass
class Count:
    schools: int = 0
    documents: int = 0
    files: int = 0
    broken: int = 0
    without: int = 0  # schools with nothing in the store

    @property
    def words(self):
        text = (
            f"Đã đưa vào {self.files} tệp của {self.documents} văn bản, "
            f"{self.schools} trường."
        )
        if self.without:
            text += (
                f" {self.without} trường chưa có văn bản nào lưu trên hệ thống (văn bản "
                "ban hành trên giấy từ trước không có tệp)."
            )
        if self.broken:
            text += (
                f" {self.broken} tệp không còn nguyên vẹn nên không đưa vào: xem cột "
                "Chữ ký của mục lục và báo người quản trị hệ thống."
            )
        return text


def write_documents(target, school_pks, school_year, choice, step):
    """Write the ZIP into the open file `target`; the words about it. `step` is called
    after each school with how many are done."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        package = _Package(archive, school_year, choice)
        done = 0
        for start in range(0, len(school_pks), _AT_ONCE):
            pks = school_pks[start : start + _AT_ONCE]
            found, schools = package.listed(pks), School.objects.in_bulk(pks)
            for pk in pks:
                if pk in schools:
                    package.school(schools[pk], found.get(pk, ()))
                done += 1
                step(done)
        return package.close()


class _Package:
    def __init__(self, archive, school_year, choice):
        self.archive = archive
        self.school_year, self.choice = school_year, choice
        self.book, self.count, self.folders = Book(), Count(), Unique()
        self.index = self.book.sheet("Mục lục", _COLUMNS)

    def listed(self, school_pks):
        """The documents of these schools by school, each with `stored` files. Three
        queries, no contents."""
        documents = list(self._documents(school_pks))
        newest = {}
        for document in documents:
            document.stored = []
            owner = (_kind(document), document.owner.pk)
            newest[owner] = max(newest.get(owner, 0), document.pk)
        for document in documents:
            owner = (_kind(document), document.owner.pk)
            document.is_newest = newest[owner] == document.pk
        by_pk = {document.pk: document for document in documents}
        self._attach_issued(by_pk)
        self._attach_signed(by_pk)
        found = {}
        for document in documents:
            found.setdefault(document.owner.school_id, []).append(document)
        return found

    def _documents(self, school_pks):
        asked = Q()
        for kind in self.choice.documents:
            asked |= Q(
                **{
                    f"{kind}__school__in": school_pks,
                    f"{kind}__school_year": self.school_year,
                }
            )
        documents = IssuedDocument.objects.filter(asked).defer("snapshot")
        documents = documents.select_related(
            "plan", "report", "inspection", "register_entry"
        )
        return documents.order_by("issued_on", "pk")

    def _attach_issued(self, by_pk):
        files = IssuedFile.objects.filter(
            document__in=by_pk, format__in=self.choice.formats
        )
        for pk, owner, name, sha256 in files.order_by("-format").values_list(
            "pk", "document_id", "format", "sha256"
        ):
            by_pk[owner].stored.append(_Stored(IssuedFile, pk, name, sha256, _UNSIGNED))

    def _attach_signed(self, by_pk):
        """The most signed copy takes the place of the issued file; a scan of the paper
        signed by hand goes beside it."""
        signed = SignedFile.objects.filter(
            document__in=by_pk, format__in=self.choice.formats
        )
        # The organisation signs over the person's signature: it comes later.
        for pk, owner, name, sha256, by, way in signed.order_by("pk").values_list(
            "pk", "document_id", "format", "sha256", "signed_by", "way"
        ):
            stored = by_pk[owner].stored
            if way == SigningWay.SCAN:
                stored.append(_Stored(SignedFile, pk, name, sha256, _SCAN, True))
                continue
            copy = _Stored(SignedFile, pk, name, sha256, _SIGNED[by])
            by_pk[owner].stored = [
                file for file in stored if file.is_scan or file.format != name
            ] + [copy]

    def school(self, school, documents):
        if not documents:
            self.count.without += 1
            self.index.add([school.name, "Chưa có văn bản nào trong hệ thống"])
            return
        folder, names = self.folders(fit(school.name)), Unique()
        self.count.schools += 1
        for document in documents:
            self.count.documents += 1
            facts = [school.name, *_facts(document)]
            if not document.stored:
                self.index.add([*facts, "", "Không có tệp nào được lưu"])
            for file in document.stored:
                self._file(folder, names, document, facts, file)

    def _file(self, folder, names, document, facts, file):
        stem = f"{_kind(document)}, {_number(document)}, {document.issued_on:%d-%m-%Y}"
        if file.is_scan:
            stem += ", bản quét"
        name = names(fit(stem), file.format)
        content = file.content()
        if hashlib.sha256(content).hexdigest() != file.sha256:
            self.count.broken += 1
            self.index.add([*facts, folder, name, _BROKEN, file.sha256])
            return
        member = zipfile.ZipInfo(
            f"{folder}/{name}", (*document.issued_on.timetuple()[:3], 0, 0, 0)
        )
        self.archive.writestr(member, content)
        self.count.files += 1
        self.index.add([*facts, folder, name, file.signed, file.sha256])

    def close(self):
        self.book.facts(
            (
                ("Năm học", self.school_year.name),
                ("Loại văn bản", self.choice.words),
                ("Tóm tắt", self.count.words),
                (
                    "Nguồn",
                    "Tệp lấy nguyên từ kho văn bản đã ban hành, đã đối chiếu SHA-256.",
                ),
            )
        )
        with tempfile.TemporaryFile() as index:
            self.book.save(index)
            index.seek(0)
            with self.archive.open(INDEX, "w") as member:
                for piece in iter(lambda: index.read(1 << 20), b""):
                    member.write(piece)
        return self.count.words


def _kind(document):
    named = (("plan", document.plan_id), ("report", document.report_id))
    return DOCUMENTS[next((kind for kind, pk in named if pk), "inspection")]


def _number(document):
    return document.number_and_symbol.removeprefix("Số:").strip() or "khong so"


def _facts(document):
    """The columns of the index that say which document it is."""
    return [
        _kind(document),
        _number(document),
        f"{document.issued_on:%d/%m/%Y}",
        document.subject,
        _state(document),
    ]


def _state(document):
    entry = getattr(document, "register_entry", None)
    if entry is not None and entry.state == EntryState.WITHDRAWN:
        return "Đã thu hồi"
    return "Hiện hành" if document.is_newest else "Đã có bản mới thay"
