"""The way of a plan from draft to close: one table, and one door to walk through."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from plans import adjusting, completeness
from plans.editing import lock
from plans.enums import DRAFT_STATUSES, PlanStatus
from schools.enums import ReviewMode
from schools.models import ReviewSetting
from schools.permissions import Ability, may

# Who approves: the office, or the head of school (57/2026 Điều 10.1).
APPROVER = {
    ReviewMode.OFFICE: Ability.REVIEW_PLAN,
    ReviewMode.SCHOOL: Ability.APPROVE_AS_HEAD,
}
FIRST_YEAR_APPROVED_BY_HEAD = 2026


class TransitionError(Exception):
    """The deed is not possible now; the message says why and what to do."""


@dataclass(frozen=True)
class Transition:
    """One deed. `target` None leaves the state as it is; `ability` None means whoever
    approves in this office and year. `done` is the past tense for messages and the
    history."""

    key: str
    label: str
    done: str
    sources: frozenset
    target: PlanStatus | None
    ability: Ability | None = None
    needs_note: bool = False
    note_label: str = "Ghi chú (nếu có)"
    is_main: bool = False  # the step forward: the page's one primary button


SUBMIT = Transition(
    "trinh",
    "Trình duyệt",
    "Đã trình kế hoạch",
    DRAFT_STATUSES,
    PlanStatus.SUBMITTED,
    Ability.SUBMIT_PLAN,
    is_main=True,
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
    "duyet",
    "Phê duyệt",
    "Đã phê duyệt kế hoạch",
    frozenset({PlanStatus.SUBMITTED}),
    PlanStatus.APPROVED,
    is_main=True,
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
COMMENT = Transition(
    "gop-y",
    "Góp ý",
    "Đã gửi góp ý",
    frozenset({PlanStatus.SUBMITTED, PlanStatus.APPROVED, PlanStatus.ISSUED}),
    None,
    Ability.COMMENT_PLAN,
    needs_note=True,
    note_label="Nội dung góp ý",
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
        COMMENT,
        REPORT,
        CLOSE,
    )
}


def review_mode(plan):
    """Who approves `plan`: the setting of its office for its year, else the rule of its
    generation; the head of school where no office is known."""
    supervision = plan.school.supervision_on(timezone.localdate())
    if supervision is None:
        return ReviewMode.SCHOOL
    setting = ReviewSetting.objects.filter(
        authority=supervision.authority_id, school_year=plan.school_year_id
    ).first()
    if setting is not None:
        return ReviewMode(setting.mode)
    by_head = plan.school_year.first_year >= FIRST_YEAR_APPROVED_BY_HEAD
    return ReviewMode.SCHOOL if by_head else ReviewMode.OFFICE


def may_perform(transition, plan, user):
    """Whether `user`'s role allows the deed, whatever state the plan is in."""
    ability = transition.ability or APPROVER[review_mode(plan)]
    return may(user, ability, plan.school)


def available(plan, user):
    """The transitions that `user` may take from the plan's present state."""
    open_now = [t for t in TRANSITIONS.values() if plan.status in t.sources]
    if not open_now:
        return []
    approver = APPROVER[review_mode(plan)]
    return [t for t in open_now if may(user, t.ability or approver, plan.school)]


@transaction.atomic
def perform(transition, plan, *, by, note="", changes=None):
    """Take `transition` and return the plan as it then is.

    `changes` are header fields that the deed writes down with it (issuing: number, date,
    letterhead). Raises PermissionDenied for a wrong role, TransitionError when the state
    or the contents forbid the deed."""
    plan = lock(plan)
    if not may_perform(transition, plan, by):
        raise PermissionDenied
    if plan.status not in transition.sources:
        raise TransitionError(
            f"Không {transition.label.lower()} được: kế hoạch đang ở trạng thái "
            f"“{plan.get_status_display()}”. Hãy tải lại trang để xem tình hình mới nhất."
        )
    if transition.needs_note and not note.strip():
        raise TransitionError(f"Hãy ghi: {transition.note_label.lower()}.")
    _check(transition, plan)
    fields = {**(changes or {})}
    if transition.target is not None:
        fields["status"] = transition.target
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.save(update_fields=[*fields, "updated_at"])
    plan.events.create(
        actor=by, deed=transition.key, label=transition.done, note=note.strip()
    )
    if transition in _EFFECTS:
        _EFFECTS[transition](plan)
    return plan


def _check(transition, plan):
    """What the contents must fulfil for the deed."""
    is_issued_again = transition is ISSUE and plan.status == PlanStatus.ADJUSTING
    if transition is SUBMIT or is_issued_again:
        _check_complete(transition, plan)
    if transition is KEEP and adjusting.is_adjusted(plan):
        raise TransitionError(
            "Không bỏ điều chỉnh được: nội dung đang khác với bản đã ban hành. Xem trang "
            "“Nội dung điều chỉnh”, sửa lại như cũ rồi bỏ, hoặc ban hành bản điều chỉnh."
        )
    if transition is REPORT and not _is_reported(plan):
        raise TransitionError(
            "Chưa báo cáo được: báo cáo kết quả năm học chưa ban hành."
        )
    if transition is CLOSE:
        obstacle = completeness.closing_obstacle(plan, timezone.localdate())
        if obstacle:
            raise TransitionError(obstacle)


def _check_complete(transition, plan):
    missing = [gap for gap in completeness.gaps(plan) if gap.blocks]
    if missing:
        raise TransitionError(
            f"Chưa {transition.label.lower().removesuffix(' duyệt')} được: còn "
            f"{len(missing)} chỗ chưa đủ. Xem danh sách “Còn thiếu” và bấm vào từng dòng "
            "để bổ sung."
        )


def _is_reported(plan):
    return plan.result_reports.filter(period="year", status="issued").exists()


# What belongs to a deed beyond the state: it cannot be forgotten by a caller.
_EFFECTS = {ADJUST: adjusting.remember, KEEP: adjusting.forget}
