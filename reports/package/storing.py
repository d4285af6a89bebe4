"""Issued documents and lines of the register, stored as a package tells them. What is
here already is never written over."""

from inspections.yearfile.dumping import inspection_data
from reports.enums import EntryState
from reports.models import (
    IssuedDocument,
    IssuedFile,
    Publication,
    RegisterEntry,
    SignedFile,
)
from reports.package import PAPERS, REGISTER, PackageError
from reports.package.contents import OwnerData
from reports.package.papers import owners_of
from reports.register import described

_KEY = ("year", "series", "number", "number_suffix")
# A line only ever goes on: what is kept free is used, what is used may be withdrawn.
_COURSE = [EntryState.RESERVED, EntryState.USED, EntryState.WITHDRAWN]


def insert_as_it_was(instance):
    """Store the new `instance` with the times it has: the field's own clock stands still.
    Issued documents cannot be corrected afterwards, for the database refuses."""
    instance.save_base(raw=True, force_insert=True)
    return instance


class Owners:
    """The plan, reports and inspections of a school and year, by the names of a package."""

    def __init__(self, school, year):
        self.school, self.year = school, year
        self._found = {_name_of(owner): owner for owner in owners_of(school, year)}

    def find(self, told):
        if told not in self._found:
            raise PackageError(
                f"{PAPERS}: gói không có văn bản nào như vậy ({told.kind} "
                f"{told.period or ''}) trong các tệp năm học."
            )
        return self._found[told]


def _name_of(owner):
    kind = type(owner).__name__
    if kind == "ResultReport":
        return OwnerData("report", owner.period)
    if kind == "ImprovementPlan":
        return OwnerData("plan")
    return OwnerData("inspection", visit=inspection_data(owner).period)


# --- the register ----------------------------------------------------------------------


def store_entries(contents, owners):
    """The line of each told entry, and those that are new or went on."""
    found, changed = [], []
    for number, told in enumerate(contents.entries, start=1):
        body = _body(told, owners, number)
        held = _held(body, told)
        if held is None:
            held = insert_as_it_was(RegisterEntry(**body, **told.fields))
            changed.append(held)
        elif _goes_on(held, told, number):
            changed.append(held)
        found.append(held)
    return found, changed


def _body(told, owners, number):
    if told.office_of is None:
        return {"school": owners.school}
    office = owners.find(told.office_of).authority
    if office is None:
        raise PackageError(f"{REGISTER}: dòng {number} không có cơ quan ban hành.")
    return {"authority": office}


def _held(body, told):
    """The line that has the number already; also where the body counts in another way by
    now: a symbol such as 05/KH-NSH stands for one document."""
    key = {name: told.fields[name] for name in _KEY}
    entries = RegisterEntry.objects.select_for_update().filter(**body)
    exact = entries.filter(**key).first()
    if exact is not None:
        return exact
    del key["series"]
    return entries.filter(**key, document_type=told.fields["document_type"]).first()


def _goes_on(held, told, number):
    """Whether `held` was behind what the package tells, and was brought up to it."""
    fields = told.fields
    here, there = _COURSE.index(held.state), _COURSE.index(fields["state"])
    is_kept_free = EntryState.RESERVED in (held.state, fields["state"])
    is_same = (held.document_type, held.dated) == (
        fields["document_type"],
        fields["dated"],
    )
    if not (is_same or is_kept_free):
        raise PackageError(
            f"{REGISTER}: dòng {number}: số {held} năm {held.year} trong hệ thống đã ghi "
            f"cho {described(held)} ngày {held.dated:%d/%m/%Y}."
        )
    if there <= here:
        return False
    told_now = {name: fields[name] for name in fields if name not in _KEY}
    del told_now["created_at"]
    for name, value in told_now.items():
        setattr(held, name, value)
    held.save(update_fields=list(told_now))
    return True


# --- documents -------------------------------------------------------------------------


def store_documents(contents, owners, entries, package):
    """Store the documents of the package that are not here; what is new."""
    changed = []
    for told in contents.documents:
        owner = owners.find(told.owner)
        held = _stored(told, owner)
        if held is None:
            held = _insert(told, owner, package)
            changed.append(held)
            if told.published_at:
                insert_as_it_was(
                    Publication(document=held, published_at=told.published_at)
                )
        changed += _store_signed(told, held, package)
        if told.register_line:
            _join(entries[told.register_line - 1], held, told)
    return changed


def _refuse(told, why):
    raise PackageError(f"{PAPERS}: văn bản {told.number_and_symbol!r} {why}")


def _stored(told, owner):
    """The same document where it is here; one that differs is refused."""
    coded = IssuedDocument.objects.filter(code=told.code).exclude(code=None).first()
    same = owner.issued_documents.filter(
        number_and_symbol=told.number_and_symbol, issued_on=told.issued_on
    )
    found = list(same)
    if coded is not None and coded not in found:
        _refuse(told, "có mã tra cứu của văn bản khác trong hệ thống.")
    for document in found:
        if _is(document, told):
            return document
    if found:
        _refuse(
            told,
            "đã có trong hệ thống với nội dung khác; văn bản đã ban hành không bao giờ "
            "thay đổi nên gói này không nạp được.",
        )
    return None


def _is(document, told):
    files = set(document.files.values_list("format", "sha256"))
    return (
        document.code == told.code
        and document.subject == told.subject
        and document.snapshot == told.snapshot
        and files == {(file.format, file.sha256) for file in told.files}
    )


def _insert(told, owner, package):
    document = insert_as_it_was(
        IssuedDocument(
            **{told.owner.kind: owner},
            number_and_symbol=told.number_and_symbol,
            issued_on=told.issued_on,
            subject=told.subject,
            snapshot=told.snapshot,
            code=told.code,
            created_at=told.created_at,
        )
    )
    for file in told.files:
        IssuedFile.objects.create(
            document=document,
            format=file.format,
            sha256=file.sha256,
            content=package.read(file.path),
        )
    return document


def _store_signed(told, document, package):
    held = {(f.format, f.signed_by): f for f in document.signed_files.defer("content")}
    new = []
    for file in told.signed:
        stored = held.get((file.format, file.signed_by))
        if stored is None:
            new.append(_insert_signed(file, document, package))
        elif stored.sha256 != file.sha256:
            _refuse(told, "trong hệ thống có bản đã ký khác với bản trong gói.")
    return new


def _insert_signed(file, document, package):
    return insert_as_it_was(
        SignedFile(
            document=document,
            format=file.format,
            signed_by=file.signed_by,
            way=file.way,
            sha256=file.sha256,
            content=package.read(file.path),
            verdict=file.verdict,
            created_at=file.created_at,
        )
    )


def _join(entry, document, told):
    """The line of the register knows its document."""
    if entry.document_id is None:
        entry.document = document
        entry.save(update_fields=["document"])
    elif entry.document_id != document.pk:
        _refuse(told, "có số đã cấp cho văn bản khác trong sổ văn bản đi.")
