"""The way of a result report: one table, and one door. Where the office approves reports,
it is submitted, approved and then issued; where the head of school does, it is issued and
then received."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from plans import sign_off
from plans.transitions import (
    Transition,
    TransitionError,
    digest_to_sign,
    record,
    require_complete,
    require_note,
)
from reports import completeness, differing, mailing
from reports.enums import OPEN_STATUSES, ReportStatus
from reports.layout import FIELDS
from reports.resulting import lock_report
from schools.enums import ReviewMode
from schools.permissions import Ability, may
from schools.year_rules import rules_at

SUBMIT = Transition(
    "trinh",
    "Trình duyệt",
    "Đã trình báo cáo",
    OPEN_STATUSES,
    ReportStatus.SUBMITTED,
    Ability.SUBMIT_PLAN,
    is_main=True,
    mode=ReviewMode.OFFICE,
    is_sign_off=True,
)
RECALL = Transition(
    "rut-lai",
    "Rút lại để sửa",
    "Đã rút lại báo cáo để sửa",
    frozenset({ReportStatus.SUBMITTED}),
    ReportStatus.DRAFT,
    Ability.RECALL_PLAN,
)
RETURN = Transition(
    "tra-lai",
    "Trả lại để sửa",
    "Đã trả lại báo cáo",
    frozenset({ReportStatus.SUBMITTED}),
    ReportStatus.RETURNED,
    Ability.REVIEW_PLAN,
    needs_note=True,
    note_label="Lý do trả lại, điều cần sửa",
)
APPROVE = Transition(
    sign_off.APPROVED,
    "Phê duyệt",
    "Đã phê duyệt báo cáo",
    frozenset({ReportStatus.SUBMITTED}),
    ReportStatus.APPROVED,
    Ability.REVIEW_PLAN,
    is_main=True,
    is_sign_off=True,
)
REOPEN = Transition(
    "mo-lai",
    "Mở lại để sửa",
    "Đã mở lại báo cáo để sửa",
    frozenset({ReportStatus.APPROVED}),
    ReportStatus.RETURNED,
    Ability.REVIEW_PLAN,
    needs_note=True,
    note_label="Lý do mở lại",
)
# Performed by `reports.issuing`; it has a page of its own. Under an office that approves,
# only what is approved: `_why_not`.
ISSUE = Transition(
    "ban-hanh",
    "Ban hành",
    "Đã ban hành báo cáo",
    OPEN_STATUSES | {ReportStatus.APPROVED},
    ReportStatus.ISSUED,
    Ability.ISSUE_PLAN,
    is_main=True,
)
RECEIVE = Transition(
    sign_off.RECEIVED,
    "Tiếp nhận",
    "Đã tiếp nhận báo cáo",
    frozenset({ReportStatus.ISSUED}),
    None,
    Ability.REVIEW_PLAN,
    mode=ReviewMode.SCHOOL,
    is_sign_off=True,
)
TRANSITIONS = {
    transition.key: transition
    for transition in (SUBMIT, APPROVE, RETURN, RECALL, REOPEN, ISSUE, RECEIVE)
}
_HEADER = (
    "addressees",
    "annex_note",
    "closing_rows",
    "form",
    "grouping",
    "introduction",
    "legal_bases",
    "recipients",
    "remarks",
    "sections",
    "standard_titles",
    "subject",
    "title",
)
_ROW = ("position", "standard_id", "criterion_id", "education_level_id", "level")
_ROW += ("criterion_title", "is_late", *FIELDS)


def report_mode(report):
    """Who approves `report`: what its office has set for the year, else the head."""
    return rules_at(report.school, report.school_year).report_mode


def content_digest(report):
    """The digest of everything in `report` that its form carries (`plans.sign_off`)."""
    return sign_off.digest_of(
        {
            "header": {name: getattr(report, name) for name in _HEADER},
            "rows": list(report.rows.order_by("position", "pk").values("pk", *_ROW)),
        }
    )


def may_perform(transition, report, user):
    """Whether `user`'s role allows the deed, whatever state the report is in."""
    return may(user, transition.ability, report.school)


def available(report, user):
    """The transitions that `user` may take from the report's present state."""
    mine = [t for t in TRANSITIONS.values() if may_perform(t, report, user)]
    open_now = [t for t in mine if report.status in t.sources]
    if not open_now:
        return []
    mode = report_mode(report)
    return [
        transition
        for transition in open_now
        if not _why_not(transition, report, mode)
        and not (transition is RECEIVE and is_received(report))
    ]


def is_received(report):
    """Whether the office has received exactly the present contents of `report`."""
    return sign_off.is_received(report, content_digest)


def why_not(transition, report):
    """Why the report's state forbids the deed; nothing where it does not."""
    return _why_not(transition, report, report_mode(report))


def _why_not(transition, report, mode):
    label = transition.label.lower()
    if report.status not in transition.sources:
        return (
            f"Không {label} được: báo cáo đang ở trạng thái "
            f"“{report.get_status_display()}”. Hãy tải lại trang để xem tình hình mới "
            "nhất."
        )
    is_unapproved = mode == ReviewMode.OFFICE and report.status in OPEN_STATUSES
    if transition is ISSUE and is_unapproved:
        return (
            "Chưa ban hành được: năm học này cơ quan quản lý phê duyệt báo cáo kết quả. "
            "Hãy trình báo cáo; được duyệt rồi thì ban hành."
        )
    if transition.mode not in (None, mode):
        approver = "hiệu trưởng" if mode == ReviewMode.SCHOOL else "cơ quan quản lý"
        return (
            f"Không {label} được: năm học này {approver} phê duyệt báo cáo kết quả nên "
            "không có bước đó."
        )
    return ""


@transaction.atomic
def perform(transition, report, *, by, note="", changes=None, seen=None):
    """Take `transition` and return the report as it then is; arguments and errors are
    those of `plans.workflow.perform`."""
    report = lock_report(report)
    if not may_perform(transition, report, by):
        raise PermissionDenied
    refusal = why_not(transition, report)
    if refusal:
        raise TransitionError(refusal)
    require_note(transition, note)
    digest = digest_to_sign(
        transition, report, content_digest, seen=seen, name="Báo cáo"
    )
    _check(transition, report)
    event = record(transition, report, by=by, note=note, changes=changes, digest=digest)
    if transition in _EFFECTS:
        _EFFECTS[transition](report)
    mailing.tell(report, event)
    return report


def _check(transition, report):
    """What the contents must fulfil for the deed."""
    if transition is RECEIVE and is_received(report):
        raise TransitionError("Đúng nội dung này đã được tiếp nhận rồi.")
    if transition in (SUBMIT, ISSUE):
        require_complete(transition, completeness.gaps(report))


def _remember_issued(report):
    """Where the head of school approves, the office receives what is issued; elsewhere
    it has had the same text since it was submitted."""
    if report_mode(report) == ReviewMode.SCHOOL:
        differing.remember(report, "Bản ban hành gửi")


# What belongs to a deed beyond the state: it cannot be forgotten by a caller.
_EFFECTS = {SUBMIT: differing.remember, ISSUE: _remember_issued}
