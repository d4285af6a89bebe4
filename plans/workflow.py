"""The way of a plan from draft to close: one table, and one door to walk through."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from plans import adjusting, completeness, mailing, sign_off
from plans.editing import lock
from plans.enums import DRAFT_STATUSES, PlanStatus
from plans.models import ImprovementPlan
from plans.transitions import (
    Transition,
    TransitionError,
    digest_to_sign,
    record,
    require_complete,
    require_note,
)
from schools.enums import ReviewMode
from schools.permissions import Ability, may
from schools.year_rules import rules_at, rules_of_row, with_year_settings

# Who approves: the office, or the head of school (57/2026 Điều 10.1).
APPROVER = {
    ReviewMode.OFFICE: Ability.REVIEW_PLAN,
    ReviewMode.SCHOOL: Ability.APPROVE_AS_HEAD,
}

SUBMIT = Transition(
    "trinh",
    "Trình duyệt",
    "Đã trình kế hoạch",
    DRAFT_STATUSES,
    PlanStatus.SUBMITTED,
    Ability.SUBMIT_PLAN,
    is_main=True,
    is_sign_off=True,
)
RECALL = Transition(
    "rut-lai",
    "Rút lại để sửa",
    "Đã rút lại kế hoạch để sửa",
    frozenset({PlanStatus.SUBMITTED}),
    PlanStatus.DRAFT,
    Ability.RECALL_PLAN,
)
RETURN = Transition(
    "tra-lai",
    "Trả lại để sửa",
    "Đã trả lại kế hoạch",
    frozenset({PlanStatus.SUBMITTED}),
    PlanStatus.RETURNED,
    needs_note=True,
    note_label="Lý do trả lại, điều cần sửa",
)
APPROVE = Transition(
    sign_off.APPROVED,
    "Phê duyệt",
    "Đã phê duyệt kế hoạch",
    frozenset({PlanStatus.SUBMITTED}),
    PlanStatus.APPROVED,
    is_main=True,
    is_sign_off=True,
)
REOPEN = Transition(
    "mo-lai",
    "Mở lại để sửa",
    "Đã mở lại kế hoạch để sửa",
    frozenset({PlanStatus.APPROVED}),
    PlanStatus.RETURNED,
    needs_note=True,
    note_label="Lý do mở lại",
)
ISSUE = Transition(
    "ban-hanh",
    "Ban hành",
    "Đã ban hành kế hoạch",
    frozenset({PlanStatus.APPROVED, PlanStatus.ADJUSTING}),
    PlanStatus.ISSUED,
    Ability.ISSUE_PLAN,
    is_main=True,
)
ADJUST = Transition(
    "dieu-chinh",
    "Điều chỉnh",
    "Đã mở kế hoạch để điều chỉnh",
    frozenset({PlanStatus.ISSUED}),
    PlanStatus.ADJUSTING,
    Ability.ADJUST_PLAN,
    needs_note=True,
    note_label="Lý do điều chỉnh",
)
KEEP = Transition(
    "bo-dieu-chinh",
    "Bỏ điều chỉnh",
    "Đã bỏ điều chỉnh, giữ kế hoạch đã ban hành",
    frozenset({PlanStatus.ADJUSTING}),
    PlanStatus.ISSUED,
    Ability.ADJUST_PLAN,
)
# Where the head of school approves, the office says that it has read what was issued:
# once for each content, so again after an adjustment.
RECEIVE = Transition(
    sign_off.RECEIVED,
    "Tiếp nhận",
    "Đã tiếp nhận",
    frozenset({PlanStatus.ISSUED, PlanStatus.REPORTED, PlanStatus.CLOSED}),
    None,
    Ability.REVIEW_PLAN,
    mode=ReviewMode.SCHOOL,
    is_sign_off=True,
)
# Performed when the year's result report is issued; it has no page of its own.
REPORT = Transition(
    "bao-cao",
    "Báo cáo kết quả",
    "Đã báo cáo kết quả thực hiện",
    frozenset({PlanStatus.ISSUED}),
    PlanStatus.REPORTED,
    Ability.ISSUE_PLAN,
)
CLOSE = Transition(
    "ket-thuc",
    "Kết thúc năm học",
    "Đã kết thúc kế hoạch",
    frozenset({PlanStatus.ISSUED, PlanStatus.REPORTED}),
    PlanStatus.CLOSED,
    Ability.ISSUE_PLAN,
)
TRANSITIONS = {
    transition.key: transition
    for transition in (
        SUBMIT,
        APPROVE,
        RETURN,
        RECALL,
        REOPEN,
        ISSUE,
        ADJUST,
        KEEP,
        RECEIVE,
        REPORT,
        CLOSE,
    )
}


def review_mode(plan):
    """Who approves `plan`."""
    return rules_at(plan.school, plan.school_year).mode


def review_modes(plans):
    """Who approves each of `plans`, by its key, in one query."""
    found = ImprovementPlan.objects.filter(pk__in=[plan.pk for plan in plans])
    found = found.select_related("school_year")
    rows = with_year_settings(found, school="school", school_year="school_year")
    return {row.pk: rules_of_row(row, row.school_year.first_year).mode for row in rows}


def may_perform(transition, plan, user):
    """Whether `user`'s role allows the deed, whatever state the plan is in."""
    ability = transition.ability or APPROVER[review_mode(plan)]
    return may(user, ability, plan.school)


def available(plan, user):
    """The transitions that `user` may take from the plan's present state."""
    open_now = [
        t
        for t in TRANSITIONS.values()
        if plan.status in t.sources
        and (t.ability is None or may(user, t.ability, plan.school))
    ]
    mode = None
    # Most deeds are the school's own business: nobody need ask who approves.
    if any(t.ability is None or t.mode for t in open_now):
        mode = review_mode(plan)
    return [
        transition
        for transition in open_now
        if transition.mode in (None, mode)
        and may(user, transition.ability or APPROVER[mode], plan.school)
        and not (transition is RECEIVE and sign_off.is_received(plan))
    ]


@transaction.atomic
def perform(transition, plan, *, by, note="", changes=None, seen=None):
    """Take `transition` and return the plan as it then is.

    `changes` are header fields that the deed writes down with it (issuing: number, date,
    letterhead). `seen` is the digest of what the person read (`plans.sign_off`): other
    contents are not signed off in their name. Raises PermissionDenied for a wrong role,
    TransitionError when the state or the contents forbid the deed."""
    plan = lock(plan)
    if not may_perform(transition, plan, by):
        raise PermissionDenied
    _check_state(transition, plan)
    require_note(transition, note)
    digest = digest_to_sign(
        transition, plan, sign_off.content_digest, seen=seen, name="Kế hoạch"
    )
    _check(transition, plan)
    event = record(transition, plan, by=by, note=note, changes=changes, digest=digest)
    if transition in _EFFECTS:
        _EFFECTS[transition](plan)
    mailing.tell(plan, event)
    return plan


def _check_state(transition, plan):
    if plan.status not in transition.sources:
        raise TransitionError(
            f"Không {transition.label.lower()} được: kế hoạch đang ở trạng thái "
            f"“{plan.get_status_display()}”. Hãy tải lại trang để xem tình hình mới nhất."
        )
    if transition.mode is not None and transition.mode != review_mode(plan):
        raise TransitionError(
            f"Không {transition.label.lower()} được: năm học này cơ quan quản lý phê "
            "duyệt kế hoạch nên không có bước tiếp nhận."
        )


def _check(transition, plan):
    """What the contents must fulfil for the deed."""
    is_issued_again = transition is ISSUE and plan.status == PlanStatus.ADJUSTING
    if transition is SUBMIT or is_issued_again:
        require_complete(transition, completeness.gaps(plan))
    if transition is KEEP and adjusting.is_adjusted(plan):
        raise TransitionError(
            "Không bỏ điều chỉnh được: nội dung đang khác với bản đã ban hành. Xem trang "
            "“Nội dung điều chỉnh”, sửa lại như cũ rồi bỏ, hoặc ban hành bản điều chỉnh."
        )
    if transition is RECEIVE and sign_off.is_received(plan):
        raise TransitionError("Đúng nội dung này đã được tiếp nhận rồi.")
    if transition is REPORT and not _is_reported(plan):
        raise TransitionError(
            "Chưa báo cáo được: báo cáo kết quả năm học chưa ban hành."
        )
    if transition is CLOSE:
        obstacle = completeness.closing_obstacle(plan, timezone.localdate())
        if obstacle:
            raise TransitionError(obstacle)


def _is_reported(plan):
    return plan.result_reports.filter(period="year", status="issued").exists()


# What belongs to a deed beyond the state: it cannot be forgotten by a caller.
_EFFECTS = {
    SUBMIT: adjusting.remember_submitted,
    ADJUST: adjusting.remember,
    KEEP: adjusting.forget,
}
