"""Issuing a plan: number, date and letterhead are written down, and the paper frozen."""

import hashlib

from django.db import transaction

from plans import workflow
from plans.editing import lock
from plans.enums import SectionContent
from plans.letterhead import letterhead, school_lines
from plans.models import ImprovementPlan
from plans.yearfile.dumping import dump_plan
from reports.models import IssuedDocument, IssuedFile
from reports.official.pdf import write_pdf
from reports.official.plan import plan_document
from reports.official.word import write_docx

WRITERS = {"docx": write_docx, "pdf": write_pdf}


def issue_plan(plan, *, by, number, issued_on, symbol, place, signature):
    """Issue `plan` under `number` and `issued_on` and store its DOCX and PDF for good.

    `signature` is {"capacity": lines, "name": text}. Raises PermissionDenied and
    TransitionError as `workflow.perform` does."""
    changes = {
        "number": number,
        "issued_on": issued_on,
        "symbol": symbol,
        "place": place,
        "signatures": [signature],
    }
    files = _rendered(plan, changes)
    with transaction.atomic():
        if lock(plan).updated_at != plan.updated_at:
            raise workflow.TransitionError(
                "Kế hoạch vừa được người khác thay đổi. Hãy tải lại trang, xem lại bản "
                "in rồi ban hành."
            )
        issued = workflow.perform(workflow.ISSUE, plan, by=by, changes=changes)
        _write_down_school(issued)
        return _store(issued, files, by)


def _write_down_school(plan):
    """Section I of Mẫu số 2 as the school is on the day of issue: its record may change
    later, the issued text may not."""
    unwritten = plan.sections.filter(content=SectionContent.SCHOOL, text="")
    unwritten.update(text="\n".join(school_lines(plan)))


def _rendered(plan, changes):
    """The files, drawn before the transaction: it takes seconds, and SQLite lets nobody
    else write meanwhile."""
    draft = ImprovementPlan.objects.with_header().get(pk=plan.pk)
    for name, value in changes.items():
        setattr(draft, name, value)
    head = letterhead(draft)
    changes |= {"superior_line": head.superior, "issuer_line": head.issuer}
    for name in ("superior_line", "issuer_line"):
        setattr(draft, name, changes[name])
    draft.status = workflow.ISSUE.target
    paper = plan_document(draft)
    return paper, {name: write(paper) for name, write in WRITERS.items()}


def _store(plan, rendered, by):
    paper, files = rendered
    document = IssuedDocument.objects.create(
        plan=plan,
        number_and_symbol=paper.letterhead.number,
        issued_on=plan.issued_on,
        subject=paper.subject,
        snapshot=dump_plan(plan),
        created_by=by,
    )
    IssuedFile.objects.bulk_create(
        IssuedFile(
            document=document,
            format=name,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for name, content in files.items()
    )
    return document
