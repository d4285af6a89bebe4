"""What a filing package holds of documents and of the register, as JSON objects."""

from itertools import chain

from django.db.models import Q

from inspections.models import Inspection
from inspections.yearfile.dumping import inspection_data
from plans.models import ImprovementPlan
from plans.yearfile.moments import instant_text, only_set
from reports import register
from reports.enums import SignedBy, SigningWay
from reports.exporting.names import fit
from reports.filenames import issued_name
from reports.models import IssuedDocument, RegisterEntry, ResultReport
from reports.package import DOCUMENTS
from schools.enums import Role
from schools.permissions import Ability, may, roles_at

OWNERS = {
    "plan": ImprovementPlan,
    "report": ResultReport,
    "inspection": Inspection,
}
ENTRY_TEXTS = ("symbol", "subject", "signer", "recipients", "keeper", "note", "reason")
_LONGEST_STEM = 80
_OFFICE = {Role.OFFICE_LEADER, Role.OFFICE_OFFICER, Role.OFFICE_VIEWER}
_SIGNED = {SignedBy.PERSON: "nguoi ky", SignedBy.ORGANISATION: "da ky"}
_SCAN = "ban quet"


def may_pack(user, school):
    """The school's head and its clerk, and the office above it."""
    is_office = bool(_OFFICE & roles_at(user, school))
    return is_office or may(user, Ability.KEEP_REGISTER, school)


def of_year(school, year):
    """Which issued documents belong to the school's year."""
    return (
        Q(plan__school=school, plan__school_year=year)
        | Q(report__school=school, report__school_year=year)
        | Q(inspection__school=school, inspection__school_year=year)
    )


def documents_of(school, year):
    """The issued documents of the school's year, in the order of their making."""
    found = IssuedDocument.objects.filter(of_year(school, year))
    found = found.with_owner().select_related("inspection__round", "publication")
    return list(found.order_by("created_at", "pk"))


def owners_of(school, year):
    """Plan, reports and inspections of the school's year."""
    where = {"school": school, "school_year": year}
    return chain.from_iterable(
        model.objects.with_header().filter(**where).order_by("pk")
        for model in OWNERS.values()
    )


def owner_json(owner):
    """How a package names a plan, a report or an inspection of its school and year."""
    kind = next(name for name, model in OWNERS.items() if isinstance(owner, model))
    if kind == "report":
        return {"kind": kind, "period": owner.period}
    if kind == "plan":
        return {"kind": kind}
    title, planned_on, starts_at = inspection_data(owner).period
    return {
        "kind": kind,
        "round": title,
        "planned_on": planned_on and planned_on.isoformat(),
        "starts_at": starts_at and instant_text(starts_at),
    }


def issued_here(school, year):
    """The owners whose paper in force was issued by the application itself."""
    return [
        owner_json(owner)
        for owner in owners_of(school, year)
        if owner.issued_on and not owner.is_issued_outside
    ]


# --- documents -------------------------------------------------------------------------


def document_json(document, entries, unique):
    """The object of one document, and (path, stored file without its bytes) of its files.
    `entries` are the lines of the register that the package holds; `unique` gives each
    file name once."""
    stem = _stem(document)
    issued = list(document.files.defer("content").order_by("format"))
    signed = list(document.signed_files.defer("content").order_by("created_at", "pk"))
    paths = [f"{DOCUMENTS}{unique(stem, file.format)}" for file in issued]
    paths += [f"{DOCUMENTS}{unique(_signed_stem(stem, f), f.format)}" for f in signed]
    lines = [n for n, e in enumerate(entries, 1) if e.document_id == document.pk]
    publication = getattr(document, "publication", None)
    found = {
        "owner": owner_json(document.owner),
        "number_and_symbol": document.number_and_symbol,
        "issued_on": document.issued_on.isoformat(),
        "subject": document.subject,
        "code": document.code,
        "created_at": instant_text(document.created_at),
        "register_line": lines[0] if lines else None,
        "published_at": publication and instant_text(publication.published_at),
        "files": [
            _file_json(*pair) for pair in zip(paths[: len(issued)], issued, strict=True)
        ],
        "signed": [
            _signed_json(*pair)
            for pair in zip(paths[len(issued) :], signed, strict=True)
        ],
        "snapshot": document.snapshot,
    }
    return found, list(zip(paths, [*issued, *signed], strict=True))


def _stem(document):
    name = issued_name(document, "x").rpartition(".")[0]
    return fit(name)[:_LONGEST_STEM].strip(" .")


def _signed_stem(stem, signed):
    word = _SCAN if signed.way == SigningWay.SCAN else _SIGNED[signed.signed_by]
    return f"{stem}-{word}"


def _file_json(path, stored):
    return {"path": path, "format": stored.format, "sha256": stored.sha256}


def _signed_json(path, stored):
    return {
        **_file_json(path, stored),
        "signed_by": stored.signed_by,
        "way": stored.way,
        "created_at": instant_text(stored.created_at),
        "verdict": stored.verdict,
    }


# --- the register ----------------------------------------------------------------------


def entries_of(school, year, documents):
    """The lines that belong to the year: the school's own of the calendar years it
    touches, and those of its documents, of which an office has some."""
    years = (year.first_year, year.first_year + 1)
    asked = Q(school=school, year__in=years) | Q(
        document__in=[document.pk for document in documents]
    )
    found = set(RegisterEntry.objects.filter(asked).values_list("pk", flat=True))
    found |= {entry.pk for entry in _of_inspections(school, year)}
    entries = RegisterEntry.objects.filter(pk__in=found)
    return sorted(entries.select_related("school", "authority"), key=_place)


def _place(entry):
    """The school's own lines first: an order that no key of a database decides."""
    office = entry.authority.name if entry.authority else ""
    return office, entry.year, entry.series, entry.number, entry.number_suffix


def _of_inspections(school, year):
    """Lines of records that an office numbered outside the application."""
    for inspection in Inspection.objects.filter(school=school, school_year=year):
        if inspection.authority and inspection.number and inspection.issued_on:
            held = register.holder(
                inspection.authority,
                inspection.document_type,
                inspection.number,
                inspection.issued_on.year,
            )
            if held is not None and held.document_id is None:
                yield held


def entry_json(entry, inspections):
    """One line; that of an office names the inspection whose office it is."""
    office = next(
        (i for i in inspections if i.authority_id == entry.authority_id), None
    )
    texts = {name: getattr(entry, name) for name in ENTRY_TEXTS}
    return {
        "year": entry.year,
        "series": entry.series,
        "number": entry.number,
        "suffix": entry.number_suffix,
        "document_type": entry.document_type,
        "dated": entry.dated.isoformat(),
        "state": entry.state,
        "is_paper": entry.is_paper,
        "copies": entry.copies,
        "created_at": instant_text(entry.created_at),
        "office_of": owner_json(office) if entry.authority_id and office else None,
        **only_set(texts),
    }


# --- the school ------------------------------------------------------------------------


def school_record(school):
    """What the register of schools says, beyond what a year file does."""
    return {
        "education_levels": school.level_codes,
        "school_type": school.school_type,
        "address": school.address,
        "place": school.place,
        "symbol": school.symbol,
        "number_series": school.number_series,
    }
