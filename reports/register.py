"""The register of outgoing documents: every number of a body, in its order, given once
(Decree 30/2020 Điều 15, rules N01-N03). A body is a school, or the office for its own
records."""

from django.db import transaction
from django.db.models import Max

from inspections.models import Inspection
from reports.enums import EntryState
from reports.models import NumberSeriesOfYear, RegisterEntry, ResultReport
from schools.enums import NumberSeries
from schools.models import School


class NumberError(Exception):
    """The number cannot be given; the message says why and what to do."""


class NumberTakenError(NumberError):
    """`entry` has the number already."""

    def __init__(self, entry):
        self.entry = entry
        super().__init__(
            f"Số {entry.number:02d} của năm {entry.year} đã dùng cho {described(entry)}. "
            "Hãy xem lại sổ văn bản đi."
        )


class NumberMovedError(NumberError):
    """Somebody else took the number that was the next one a moment ago."""

    def __init__(self):
        super().__init__(
            "Người khác vừa lấy số này cho văn bản khác. Hãy bấm ban hành lần nữa để lấy "
            "số tiếp theo."
        )


def body_of(document):
    """Whose number a plan, a report or a record of inspection goes under."""
    return document.authority if isinstance(document, Inspection) else document.school


def described(entry):
    """What has the number, in words."""
    if entry.state == EntryState.RESERVED:
        return f"việc giữ số ({entry.subject})" if entry.subject else "việc giữ số"
    subject = entry.subject.replace("\n", " ").strip()
    return f"văn bản “{subject}”" if subject else "một văn bản khác"


def entries_of(body):
    """The register of a school or of an office."""
    return RegisterEntry.objects.filter(**_of(body))


def _of(body):
    return {"school" if isinstance(body, School) else "authority": body}


def series_of(body, document_type):
    """The series that numbers of `document_type` come from: empty for the common one."""
    return "" if body.number_series == NumberSeries.ONE else document_type


def holder(body, document_type, number, year):
    """The entry that has `number` in the calendar `year` already, or None. Also where the
    body changed its way of counting in the course of the year: a symbol such as 05/KH-NSH
    stands for one document."""
    found = entries_of(body).filter(year=year, number=number, number_suffix="")
    if series_of(body, document_type):
        found = found.filter(document_type=document_type)
    return found.first()


def next_number(body, document_type, year):
    """The number that the next document will get, as things stand now."""
    return _highest(body, document_type, year) + 1


def _highest(body, document_type, year):
    """The last number given; the body may have changed its way of counting meanwhile."""
    given = entries_of(body).filter(year=year)
    if series_of(body, document_type):
        given = given.filter(document_type=document_type)
    return given.aggregate(highest=Max("number"))["highest"] or 0


def _lock_series(body, document_type, year):
    """Until the transaction ends, whoever else wants a number of the series waits."""
    key = {
        **_of(body),
        "year": year,
        "document_type": series_of(body, document_type),
    }
    # A row that we make ourselves nobody else sees before the end.
    NumberSeriesOfYear.objects.select_for_update().get_or_create(**key)


@transaction.atomic
def enter(body, *, document_type, dated, number=None, expected=None, **facts):
    """Give a number and write its line; returns the `RegisterEntry`.

    Without `number` it is the next one of the series; `expected` is what the paper was
    drawn with, and NumberMovedError says that it has gone meanwhile. With `number` it was
    given on paper: NumberTakenError where it is in the register already, unless it was
    only reserved there. `facts` are further fields of the line."""
    _lock_series(body, document_type, dated.year)
    if number is None:
        number = next_number(body, document_type, dated.year)
        if expected not in (None, number):
            raise NumberMovedError
    taken = holder(body, document_type, number, dated.year)
    if taken is not None and taken.state != EntryState.RESERVED:
        raise NumberTakenError(taken)
    fields = {
        "document_type": document_type,
        "dated": dated,
        "state": EntryState.USED,
        **facts,
    }
    if taken is None:
        return RegisterEntry.objects.create(
            **_of(body),
            year=dated.year,
            series=series_of(body, document_type),
            number=number,
            **fields,
        )
    for name, value in fields.items():
        setattr(taken, name, value)
    taken.save(update_fields=list(fields))
    return taken


def reserve(body, *, document_type, dated, subject, by):
    """Keep the next number for a document that is still being written."""
    return enter(
        body,
        document_type=document_type,
        dated=dated,
        subject=subject,
        state=EntryState.RESERVED,
        created_by=by,
    )


@transaction.atomic
def withdraw(entry, *, reason):
    """Say that the document of `entry` no longer counts. The number stays with it and is
    never given again.

    Raises NumberError for one that is withdrawn already, or without a reason."""
    entry = RegisterEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.state == EntryState.WITHDRAWN:
        raise NumberError("Văn bản này đã thu hồi từ trước.")
    if not reason.strip():
        raise NumberError("Hãy ghi lý do thu hồi.")
    entry.state, entry.reason = EntryState.WITHDRAWN, reason.strip()
    entry.save(update_fields=["state", "reason"])
    return entry


def record_outside(document, *, subject=""):
    """Write into the register what was numbered outside the application: a document that
    was loaded with number and date. Repeatable; a number that the register has already
    stays as it is there."""
    body = body_of(document)
    if body is None or not (document.number and document.issued_on):
        return None
    number, dated = document.number, document.issued_on
    taken = holder(body, document.document_type, number, dated.year)
    if taken is not None:
        return taken
    return enter(
        body,
        document_type=document.document_type,
        dated=dated,
        number=number,
        is_paper=True,
        **facts_of(document, subject=subject),
    )


def facts_of(document, *, subject=""):
    """What the register says about a plan, a report or a record."""
    signers = [signature.get("name", "") for signature in document.signatures]
    if isinstance(document, Inspection):
        # In both layouts the office's own stands second, after secretary or school.
        signers = signers[1:2]
    return {
        "symbol": document.symbol,
        "subject": subject or document.subject or str(document),
        "signer": next(filter(None, signers), "")[:150],
        "recipients": document.recipients,
    }


def earlier_issue(document):
    """The day of the document that this one is about or takes the place of."""
    if isinstance(document, ResultReport):
        return document.plan.issued_on if document.plan else None
    if isinstance(document, Inspection):
        return None
    return document.issued_on
