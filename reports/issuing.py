"""Issuing a plan or a report: number, date and letterhead are written down, and the paper
frozen."""

from functools import partial

from django.db import transaction

from plans import workflow
from plans.citing import citation
from plans.editing import lock
from plans.enums import PlanStatus, SectionContent
from plans.letterhead import letterhead, recorded_letterhead, school_lines
from plans.models import ImprovementPlan
from plans.yearfile.dumping import dump_plan
from reports import completeness, register
from reports import workflow as report_workflow
from reports.checking import marked
from reports.enums import ReportStatus
from reports.filing import drawn, file_document
from reports.models import ResultReport
from reports.official.plan import plan_document
from reports.official.result import result_document
from reports.resulting import ReportError, is_of_year, lock_report
from reports.yearfile.dumping import dump_result
from schools.permissions import Ability, require

_ATTEMPTS = 5
_CHANGED_MEANWHILE = (
    "{} vừa được người khác thay đổi. Hãy tải lại trang, xem lại bản in rồi ban hành."
)


def issue_plan(plan, *, by, number, issued_on, symbol, place, signature):
    """Issue `plan` on `issued_on` and store its DOCX and PDF for good. An adjusted plan
    becomes a new document that names the one it takes the place of.

    `number` is one given on paper, or None for the next of the school's register.
    `signature` is {"capacity": lines, "name": text}. Raises PermissionDenied and
    TransitionError as `workflow.perform` does, `register.NumberError` where the number is
    taken."""
    changes = {
        "issued_on": issued_on,
        "symbol": symbol,
        "place": place,
        "signatures": [signature],
    }
    return in_turn(
        partial(_issue_plan, plan, by, number, changes), plan, number, issued_on
    )


def in_turn(issue, document, number, issued_on):
    """Call `issue` with the number the paper is to carry: `number`, or the next one of the
    register. The paper is drawn before the number is locked; where another document takes
    it in between, the paper is drawn again with the one after it."""
    if number is not None or getattr(document, "is_annex", False):
        return issue(number)
    body, year = register.body_of(document), issued_on.year
    for _ in range(_ATTEMPTS - 1):
        try:
            return issue(register.next_number(body, document.document_type, year))
        except register.NumberMovedError:
            continue
    return issue(register.next_number(body, document.document_type, year))


def _issue_plan(plan, by, given, changes, number):
    changes = changes | {"number": number}
    paper, files = _drawn_plan(plan, changes)
    with transaction.atomic():
        if lock(plan).updated_at != plan.updated_at:
            raise workflow.TransitionError(_CHANGED_MEANWHILE.format("Kế hoạch"))
        issued = workflow.perform(workflow.ISSUE, plan, by=by, changes=changes)
        _write_down_school(issued)
        return file_document(
            paper,
            files,
            given=given,
            snapshot=dump_plan(issued),
            by=by,
            plan=issued,
        )


def _write_down_school(plan):
    """Section I of Mẫu số 2 as the school is on the day of issue: its record may change
    later, the issued text may not."""
    unwritten = plan.sections.filter(content=SectionContent.SCHOOL, text="")
    unwritten.update(text="\n".join(school_lines(plan)))


def _drawn_plan(plan, changes):
    """The paper and its files as they will be with `changes`, drawn beforehand."""
    draft = ImprovementPlan.objects.with_header().get(pk=plan.pk)
    if draft.status == PlanStatus.ADJUSTING:
        changes |= {"previous_issue": citation(draft), "is_issued_outside": False}
        # Headed as the school stands now, not as at the first issue.
        recorded = recorded_letterhead(draft.school, changes["issued_on"])
        draft.superior_line = recorded.superior or draft.superior_line
        draft.issuer_line = recorded.issuer
    set_all(draft, changes)
    head = letterhead(draft)
    lines = {"superior_line": head.superior, "issuer_line": head.issuer}
    changes |= lines
    set_all(draft, lines | {"status": workflow.ISSUE.target})
    paper = marked(plan_document(draft), draft)
    return paper, drawn(paper)


def set_all(document, changes):
    for name, value in changes.items():
        setattr(document, name, value)


def issue_report(report, *, by, number, issued_on, symbol, place, signature):
    """Issue `report` as `issue_plan` does a plan: where the office approves reports, one
    that is approved. With the report of the whole year the plan is reported
    (`workflow.REPORT`).

    Raises PermissionDenied, ReportError where something is missing, `register.NumberError`
    where the number is taken, and TransitionError while the plan is being adjusted."""
    require(by, Ability.ISSUE_PLAN, report.school)
    changes = {
        "status": ReportStatus.ISSUED,
        "issued_on": issued_on,
        "symbol": symbol,
        "place": place,
        "signatures": [signature],
    }
    draft = ResultReport.objects.with_header().get(pk=report.pk)
    _check_report(draft)
    return in_turn(
        partial(_issue_report, report, by, number, changes), draft, number, issued_on
    )


def _issue_report(report, by, given, changes, number):
    changes = changes | {"number": number}
    draft = ResultReport.objects.with_header().get(pk=report.pk)
    set_all(draft, changes)
    head = letterhead(draft)
    changes |= {"superior_line": head.superior, "issuer_line": head.issuer}
    set_all(draft, changes)
    paper = marked(result_document(draft), draft)
    files = drawn(paper)
    with transaction.atomic():
        if lock_report(report).updated_at != report.updated_at:
            raise ReportError(_CHANGED_MEANWHILE.format("Báo cáo"))
        issued = report_workflow.perform(
            report_workflow.ISSUE, report, by=by, changes=changes
        )
        if issued.plan is not None:
            _tell_plan(issued, by)
        return file_document(
            paper,
            files,
            given=given,
            snapshot=dump_result(issued),
            by=by,
            report=issued,
        )


def _check_report(report):
    refusal = report_workflow.why_not(report_workflow.ISSUE, report)
    if refusal:
        raise workflow.TransitionError(refusal)
    missing = [gap for gap in completeness.gaps(report) if gap.blocks]
    if missing:
        raise ReportError(
            f"Chưa ban hành được: còn {len(missing)} chỗ chưa đủ. Xem danh sách “Còn "
            "thiếu” và bấm vào từng dòng để bổ sung."
        )


def _tell_plan(report, by):
    """A plan that is closed already stays closed; one that is being adjusted has no text
    in force that a report could be about."""
    status = report.plan.status
    if status == PlanStatus.ADJUSTING:
        raise workflow.TransitionError(
            "Chưa ban hành báo cáo được: kế hoạch đang điều chỉnh. Hãy ban hành bản điều "
            "chỉnh hoặc bỏ điều chỉnh trước."
        )
    if is_of_year(report) and status in workflow.REPORT.sources:
        note = f"Báo cáo ban hành ngày {report.issued_on:%d/%m/%Y}."
        workflow.perform(workflow.REPORT, report.plan, by=by, note=note)
