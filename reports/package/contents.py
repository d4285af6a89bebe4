"""What a package says of documents and of the register, without asking the database."""

import re
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from plans.yearfile.fields import Report, Value, limit_of
from plans.yearfile.reading import MAX_NUMBER
from qualityplan.strict_json import SourceError, read_json, shown
from reports.enums import EntryState, Period, SignedBy, SigningWay
from reports.filing import WRITERS
from reports.models import IssuedDocument, RegisterEntry
from reports.package import DOCUMENTS, FORMAT, PAPERS, REGISTER, PackageError
from reports.package.papers import ENTRY_TEXTS, OWNERS
from schools.enums import LevelOfSchooling, NumberSeries, SchoolType
from schools.models import School

_MAX_JSON = 64 * 1024**2
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAX_COPIES = 32_767
_YEARS = (2000, 2200)


@dataclass(frozen=True)
class OwnerData:
    """A plan, a report or an inspection of the package's school and year. `visit` tells
    inspections apart: title of the round, planned day, beginning."""

    kind: str
    period: str = ""
    visit: tuple = ()


@dataclass(frozen=True)
class FileData:
    path: str
    format: str
    sha256: str


@dataclass(frozen=True)
class SignedData(FileData):
    signed_by: str
    way: str
    created_at: datetime
    verdict: Any


@dataclass(frozen=True)
class DocumentData:
    owner: OwnerData
    number_and_symbol: str
    issued_on: date
    subject: str
    code: str | None
    created_at: datetime
    register_line: int | None
    published_at: datetime | None
    files: tuple[FileData, ...]
    signed: tuple[SignedData, ...]
    snapshot: Any


@dataclass(frozen=True)
class EntryData:
    """`fields` are those of a `RegisterEntry`; `office_of` is the inspection whose office
    it belongs to, None for a line of the school."""

    office_of: OwnerData | None
    fields: dict


@dataclass(frozen=True)
class Contents:
    school: str
    first_year: int
    school_record: dict
    issued_here: tuple[OwnerData, ...]
    documents: tuple[DocumentData, ...]
    entries: tuple[EntryData, ...]


def read_contents(package):
    """The `Contents` of an opened package. Raises PackageError with the first fault."""
    report = Report()
    papers = _json(package, PAPERS, report)
    lines = _json(package, REGISTER, report)
    school, first_year = _read_head(papers)
    if _read_head(lines) != (school, first_year):
        lines.node.fault("không cùng trường và năm học với " + PAPERS + ".")
    papers.allow("missing_evidence")
    entries = tuple(map(_read_entry, lines["lines"].required().items()))
    found = Contents(
        school=school,
        first_year=first_year,
        school_record=_read_record(papers["school_record"].required()),
        issued_here=tuple(map(_read_owner, papers["issued_here"].required().items())),
        documents=tuple(
            _read_document(item, len(entries), package)
            for item in papers["documents"].required().items()
        ),
        entries=entries,
    )
    papers.close()
    lines.close()
    _check_files(found, package, papers.node)
    if report.faults:
        raise PackageError(report.faults[0])
    return found


def _json(package, name, report):
    with tempfile.NamedTemporaryFile() as file:
        for chunk in package.chunks(name):
            file.write(chunk)
        file.flush()
        try:
            value = read_json(Path(file.name), max_bytes=_MAX_JSON)
        except SourceError as error:
            raise PackageError(f"{name}: {error}") from None
    return Value(value, name, report).members()


def _read_head(members):
    members["format"].required().choice([FORMAT])
    school = members["school"].required().line(limit_of(School, "name"))
    year = members["school_year"].required().line()
    if not re.fullmatch(r"20\d\d-20\d\d", year) or int(year[5:]) != int(year[:4]) + 1:
        members["school_year"].fault(f"không rõ năm học {shown(year)}.")
        return school, 0
    return school, int(year[:4])


def _read_record(node):
    members = node.members()
    found = {
        "education_levels": [
            item.choice(LevelOfSchooling.values)
            for item in members["education_levels"].required().items()
        ],
        "school_type": members["school_type"].choice(SchoolType.values),
        "number_series": members["number_series"].choice(NumberSeries.values),
    }
    for name in ("address", "place", "symbol"):
        found[name] = members[name].required().line(limit_of(School, name))
    members.close()
    return found


def _read_owner(node):
    members = node.members()
    kind = members["kind"].choice(OWNERS)
    period, visit = "", ()
    if kind == "report":
        period = members["period"].choice(Period.values)
    if kind == "inspection":
        visit = (
            members["round"].line(nullable=True),
            members["planned_on"].day(),
            members["starts_at"].moment(),
        )
    members.close()
    return OwnerData(kind, period, visit)


def _read_document(node, line_count, package):
    members = node.members()
    code = members["code"].line(limit_of(IssuedDocument, "code"), nullable=True)
    found = DocumentData(
        owner=_read_owner(members["owner"].required()),
        number_and_symbol=members["number_and_symbol"]
        .required()
        .line(limit_of(IssuedDocument, "number_and_symbol")),
        issued_on=_needed(members["issued_on"], "day"),
        subject=members["subject"].required().text(),
        code=code or None,
        created_at=_needed(members["created_at"], "moment"),
        register_line=members["register_line"].integer(1, line_count),
        published_at=members["published_at"].moment(),
        files=tuple(
            FileData(**_read_file(item, package))
            for item in members["files"].required().items()
        ),
        signed=tuple(
            _read_signed(item, package) for item in members["signed"].required().items()
        ),
        snapshot=members["snapshot"].required().value,
    )
    members.close()
    return found


def _needed(node, reading):
    if node.required().value is None:
        node.fault("phải có.")
    return getattr(node, reading)()


def _read_file(node, package, *, is_signed=False):
    members = node.members()
    found = {
        "path": members["path"].required().text(),
        "format": members["format"].choice(WRITERS),
        "sha256": members["sha256"].required().line(),
    }
    if package.sums.get(found["path"]) != found["sha256"]:
        members["sha256"].fault("khác với tệp trong gói.")
    if not is_signed:
        members.close()
    return found


def _read_signed(node, package):
    members = node.members()
    members.allow("path", "format", "sha256")
    found = SignedData(
        **_read_file(node, package, is_signed=True),
        signed_by=members["signed_by"].choice(SignedBy.values),
        way=members["way"].choice(SigningWay.values),
        created_at=_needed(members["created_at"], "moment"),
        verdict=members["verdict"].required().value,
    )
    members.close()
    return found


def _read_entry(node):
    members = node.members()
    office = members["office_of"]
    fields = {
        "year": members["year"].required().integer(*_YEARS),
        "series": members["series"].line(limit_of(RegisterEntry, "series")),
        "number": members["number"].required().integer(1, MAX_NUMBER),
        "number_suffix": members["suffix"].line(
            limit_of(RegisterEntry, "number_suffix")
        ),
        "document_type": members["document_type"]
        .required()
        .line(limit_of(RegisterEntry, "document_type")),
        "dated": _needed(members["dated"], "day"),
        "state": members["state"].choice(EntryState.values),
        "is_paper": members["is_paper"].flag(),
        "copies": members["copies"].integer(0, _MAX_COPIES),
        "created_at": _needed(members["created_at"], "moment"),
    }
    for name in ENTRY_TEXTS:
        fields[name] = members[name].text(limit_of(RegisterEntry, name))
    if None in (fields["year"], fields["number"]):
        node.fault("phải có năm (year) và số (number).")
    if fields["state"] == EntryState.WITHDRAWN and not fields["reason"]:
        members["reason"].fault("văn bản thu hồi phải có lý do.")
    members.close()
    return EntryData(None if office.is_blank else _read_owner(office), fields)


def _check_files(found, package, node):
    """Every document file is somebody's, and nobody's twice; every line likewise."""
    files = [
        f for document in found.documents for f in (*document.files, *document.signed)
    ]
    told = [file.path for file in files]
    if sorted(told) != sorted(package.names(DOCUMENTS)):
        node.fault(f"các tệp nêu ra không khớp với thư mục {DOCUMENTS}.")
    lines = [d.register_line for d in found.documents if d.register_line]
    if len(lines) != len(set(lines)):
        node.fault("hai văn bản cùng ghi một dòng của sổ.")
