"""Issuing the record of an inspection: number, date, letterhead and signers are written
down, and the paper frozen, as `reports.issuing` does for the school's own papers."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspections import workflow
from inspections.enums import RecordForm
from inspections.models import Inspection
from inspections.yearfile.dumping import dump_inspection
from reports.checking import marked
from reports.filing import drawn, file_document
from reports.issuing import in_turn, set_all
from reports.official.inspection import inspection_document, signers
from reports.official.inspection_facts import Visit, record_letterhead

_CHANGED_MEANWHILE = (
    "Cuộc kiểm tra vừa được người khác thay đổi. Hãy tải lại trang, xem lại biên bản rồi "
    "ban hành."
)
_NO_OFFICE = (
    "Chưa ban hành được: cuộc kiểm tra không ghi cơ quan kiểm tra, nên không biết lấy số "
    "theo sổ nào."
)


def issue_record(inspection, *, by, number, issued_on, symbol, place, names):
    """Issue the record of `inspection` on `issued_on` and store its DOCX and PDF for good.

    `number` is one given on paper, or None for the next of the office's register. `names`
    are those of the secretary, of the leader and of the school's representative (in the
    form of 2018: of the head of school and of who inspected); one left empty is signed by
    hand. Raises PermissionDenied and `inspections.workflow.TransitionError` as
    `workflow.perform` does, `register.NumberError` where the number is taken."""
    if not workflow.may_perform(workflow.ISSUE, inspection, by):
        raise PermissionDenied
    if inspection.authority is None:
        raise workflow.TransitionError(_NO_OFFICE)
    changes = {
        "issued_on": issued_on,
        "symbol": symbol,
        "place": place,
        "signatures": [
            {"capacity": capacity, "name": name}
            for (capacity, _), name in zip(
                proposed_signers(inspection), names, strict=True
            )
        ],
    }
    issue = partial(_issue, inspection, by, number, changes)
    return in_turn(issue, inspection, number, issued_on)


def proposed_signers(inspection):
    """(capacity, name) of those who sign, by the form and the people written down."""
    visit = Visit.of(inspection)
    if inspection.form == RecordForm.FORM_2018:
        return (
            ("Hiệu trưởng", visit.head_of_school),
            ("Thành viên đoàn kiểm tra", visit.name_of("leader")),
        )
    return signers(visit)


def _issue(inspection, by, given, changes, number):
    changes = changes | {"number": number}
    draft = Inspection.objects.with_header().get(pk=inspection.pk)
    set_all(draft, changes)
    head = record_letterhead(draft)
    changes |= {"superior_line": head.superior, "issuer_line": head.issuer}
    changes["legal_bases"] = "\n".join(Visit.of(draft).bases)
    set_all(draft, changes | {"status": workflow.ISSUE.target})
    paper = marked(inspection_document(draft), draft)
    files = drawn(paper)  # takes seconds: not inside the transaction
    with transaction.atomic():
        _refuse_changed(inspection, draft)
        issued = workflow.perform(workflow.ISSUE, inspection, by=by, changes=changes)
        return file_document(
            paper,
            files,
            given=given,
            snapshot=dump_inspection(issued),
            by=by,
            inspection=issued,
        )


def _refuse_changed(inspection, drawn_from):
    """What was looked at, what was drawn and what is stored must be one."""
    stored = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    seen = {inspection.updated_at, drawn_from.updated_at, stored.updated_at}
    if len(seen) > 1:
        raise workflow.TransitionError(_CHANGED_MEANWHILE)
