"""Writing the filing package of a school year: the same data gives the same bytes."""

import hashlib
import json
import zipfile

from inspections.editing import may_read_record
from inspections.models import Inspection
from plans.yearfile.evidence import EvidenceList
from plans.yearfile.reading import INSPECTION
from reports.exporting.names import Unique
from reports.models import IssuedFile, SignedFile
from reports.package import (
    EVIDENCE,
    EVIDENCE_BOOK,
    FORMAT,
    MANIFEST,
    PAPERS,
    REGISTER,
    REGISTER_BOOK,
    YEARS,
    PackageError,
)
from reports.package import papers as told
from reports.package.books import evidence_book, register_book
from reports.yearfile.whole import dumps

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP knows
_CHUNK = 256 * 1024
_BROKEN = (
    "Tệp “{}” trong hệ thống không còn nguyên vẹn nên chưa lập được gói lưu trữ. Hãy báo "
    "ngay cho người quản trị hệ thống."
)
_EMPTY = "{} chưa có gì của năm học {} để lập gói lưu trữ."


def write_package(school, year, target, *, by=None):
    """Write the package of `school` for the school year into the open file `target`. One
    file of it is in memory at a time. `by` is the person it is for, None for a command:
    a record that is not theirs to read yet stays out. Raises PackageError."""
    files = _year_files(school, year, by)
    if not files:
        raise PackageError(_EMPTY.format(school, year))
    documents = told.documents_of(school, year)
    entries = told.entries_of(school, year, documents)
    with _Writer(target) as writer:
        head = _head(school, year)
        held = _write_documents(writer, documents, entries)
        missing = _write_evidence(writer, school, year)
        papers = {
            **head,
            "school_record": told.school_record(school),
            "issued_here": told.issued_here(school, year),
            "missing_evidence": missing,
            "documents": held,
        }
        writer.add(PAPERS, _text(papers))
        inspections = [
            owner
            for owner in told.owners_of(school, year)
            if isinstance(owner, Inspection)
        ]
        lines = [told.entry_json(entry, inspections) for entry in entries]
        writer.add(REGISTER, _text(head | {"lines": lines}))
        writer.add(REGISTER_BOOK, register_book(school, year, entries))
        unique = Unique()
        for name, found in files:
            writer.add(f"{YEARS}{unique(name, 'json')}", _text(found))


def _year_files(school, year, by):
    """(file name, JSON object) of the year; the team's notes of an inspection that still
    goes on are not for the school."""
    inspections = Inspection.objects.with_header().filter(
        school=school, school_year=year
    )
    closed = {
        inspection.pk
        for inspection in inspections
        if by is not None and not may_read_record(by, inspection)
    }
    return [
        (name, found)
        for name, pk, found in dumps(school=school.name, year=str(year))
        if found["kind"] != INSPECTION or pk not in closed
    ]


def _head(school, year):
    return {"format": FORMAT, "school": school.name, "school_year": str(year)}


def _text(value):
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _write_documents(writer, documents, entries):
    unique, written = Unique(), []
    for document in documents:
        found, files = told.document_json(document, entries, unique)
        for path, stored in files:
            _write_stored(writer, path, stored)
        written.append(found)
    return written


def _write_stored(writer, path, stored):
    model = SignedFile if isinstance(stored, SignedFile) else IssuedFile
    content = model.objects.values_list("content", flat=True).get(pk=stored.pk)
    if writer.add(path, bytes(content)) != stored.sha256:
        raise PackageError(_BROKEN.format(path))


def _write_evidence(writer, school, year):
    """The SHA-256 of pieces whose bytes are not in the store any more."""
    pieces = list(EvidenceList(school, year).pieces.select_related("criterion"))
    paths, missing = {}, []
    for piece in pieces:
        if piece.sha256 and piece.sha256 not in (*paths, *missing):
            path = f"{EVIDENCE}{piece.sha256}.{_extension(piece.file_name)}"
            if _is_sound(piece):
                with piece.file.storage.open(piece.file.name) as file:
                    writer.copy(path, file)
                paths[piece.sha256] = path
            else:
                missing.append(piece.sha256)
    if pieces:
        writer.add(EVIDENCE_BOOK, evidence_book(pieces, paths))
    return missing


def _extension(file_name):
    ending = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    is_plain = ending.isascii() and ending.isalnum() and len(ending) <= 8
    return ending if is_plain else "bin"


def _is_sound(piece):
    storage = piece.file.storage
    if not (piece.file and storage.exists(piece.file.name)):
        return False
    with storage.open(piece.file.name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == piece.sha256


class _Writer:
    """A ZIP whose last member says the SHA-256 of all others. Members are stored as they
    are: no two versions of a compressor give different bytes."""

    def __init__(self, target):
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED)
        self._sums = {}

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            lines = [f"{digest}  {name}\n" for name, digest in self._sums.items()]
            self.add(MANIFEST, "".join(sorted(lines, key=_name_in)).encode())
        self._zip.close()

    def add(self, name, content):
        """Write one member; returns its SHA-256."""
        with self._open(name) as member:
            member.write(content)
        self._sums[name] = hashlib.sha256(content).hexdigest()
        return self._sums[name]

    def copy(self, name, file):
        digest = hashlib.sha256()
        with self._open(name) as member:
            while chunk := file.read(_CHUNK):
                member.write(chunk)
                digest.update(chunk)
        self._sums[name] = digest.hexdigest()

    def _open(self, name):
        info = zipfile.ZipInfo(name, _MOMENT)
        info.create_system = 3  # Unix, wherever it is made
        info.external_attr = 0o644 << 16
        return self._zip.open(info, "w", force_zip64=True)


def _name_in(line):
    return line.partition("  ")[2]
