"""Result reports as a test states them. Progress is written as users write it."""

import datetime
import hashlib

from plans.models import ImprovementPlan, ProgressEntry
from reports import issuing, resulting
from reports.models import IssuedDocument, IssuedFile, ResultReport


def issue_outside(plan, number=5, day="2024-10-05", **fields):
    """`plan` as issued under `number`, without paper; fresh from the database."""
    ImprovementPlan.objects.filter(pk=plan.pk).update(
        status="issued", number=number, issued_on=day, symbol="NSH", **fields
    )
    return ImprovementPlan.objects.with_header().get(pk=plan.pk)


def make_report(plan, **fields):
    """A bare report on `plan`, without rows."""
    return ResultReport.objects.create(
        school=plan.school,
        school_year=plan.school_year,
        circular=plan.circular,
        plan=plan,
        **fields,
    )


def begin_report(plan, *, by, period="year", form="stand_alone"):
    """A report as users begin one."""
    report = resulting.create_report(plan, period=period, form=form, by=by)
    return ResultReport.objects.with_header().get(pk=report.pk)


def enter(row, status="done", day="2025-05-10", **fields):
    """An entry in the progress of `row`."""
    return ProgressEntry.objects.create(
        row=row,
        status=status,
        recorded_on=datetime.date.fromisoformat(day),
        **fields,
    )


def issue_here(plan, *, by, number=None, day="2024-10-05"):
    """The document of the approved `plan`, issued as its principal would."""
    return issuing.issue_plan(
        ImprovementPlan.objects.with_header().get(pk=plan.pk),
        by=by,
        number=number,
        issued_on=datetime.date.fromisoformat(day),
        symbol="NSH",
        place="Bình An",
        signature={"capacity": "HIỆU TRƯỞNG", "name": "Nguyễn Thị Hoa"},
    )


def issued_document(plan, content=b"%PDF-1.7", snapshot=None):
    """A document of `plan` with one file, as issuing leaves it."""
    document = IssuedDocument.objects.create(
        plan=plan,
        number_and_symbol="Số: 05/KH-NSH",
        issued_on=plan.issued_on,
        subject="Cải tiến",
        snapshot=snapshot or {},
    )
    add_file(document, content)
    return document


def add_file(document, content, *, file_format="pdf", sha256=None):
    """A file of `document` in the store; another `sha256` than its own is a fault."""
    return IssuedFile.objects.create(
        document=document,
        format=file_format,
        content=content,
        sha256=sha256 or hashlib.sha256(content).hexdigest(),
    )
