"""The way of an inspection from its plan to its record: one table, and one door."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from inspections import readiness, taking_over
from inspections.editing import InspectionError, is_of_office, lock, may_record
from inspections.enums import InspectionStatus


class TransitionError(InspectionError):
    """The deed is not possible now. `fields` maps a field of the page to its messages;
    what belongs to none is under "". It is empty when the state itself forbids it."""

    def __init__(self, message, fields=None):
        self.fields = fields or {}
        super().__init__(message)

    @property
    def is_of_state(self):
        return not self.fields


@dataclass(frozen=True)
class Transition:
    """One deed. `is_for_team`: the members of the team may take it, not the office
    alone. `done` is the past tense for messages and the history."""

    key: str
    label: str
    done: str
    sources: frozenset
    target: InspectionStatus
    is_for_team: bool = False
    needs_note: bool = False
    note_label: str = ""


OPEN = Transition(
    "bat-dau",
    "Bắt đầu kiểm tra",
    "Đã bắt đầu kiểm tra",
    frozenset({InspectionStatus.PLANNED}),
    InspectionStatus.OPEN,
    is_for_team=True,
)
CLOSE = Transition(
    "ket-thuc",
    "Kết thúc kiểm tra",
    "Đã kết thúc kiểm tra",
    frozenset({InspectionStatus.OPEN}),
    InspectionStatus.CLOSED,
    is_for_team=True,
)
REOPEN = Transition(
    "mo-lai",
    "Mở lại để sửa",
    "Đã mở lại cuộc kiểm tra",
    frozenset({InspectionStatus.CLOSED}),
    InspectionStatus.OPEN,
    needs_note=True,
    note_label="Lý do mở lại",
)
# Performed when the record is issued; it has no page of its own here.
ISSUE = Transition(
    "ban-hanh",
    "Ban hành biên bản",
    "Đã ban hành biên bản",
    frozenset({InspectionStatus.CLOSED}),
    InspectionStatus.ISSUED,
)
TRANSITIONS = {t.key: t for t in (OPEN, CLOSE, REOPEN, ISSUE)}


def may_perform(transition, inspection, user):
    """Whether `user` may take it, whatever state the inspection is in."""
    allowed = may_record if transition.is_for_team else is_of_office
    return allowed(user, inspection)


def available(inspection, user):
    """The transitions that `user` may take from the present state."""
    return [
        transition
        for transition in TRANSITIONS.values()
        if inspection.status in transition.sources
        and may_perform(transition, inspection, user)
    ]


@transaction.atomic
def perform(transition, inspection, *, by, note="", changes=None):
    """Take `transition` and return the inspection as it then is.

    `changes` are fields that the deed writes down with it: `starts_at` and `held_at` at
    the start, `ends_at` at the end, number, date and letterhead with the issue. `by` is
    None for a command. Raises PermissionDenied for a wrong role, TransitionError when
    the state or the contents forbid the deed."""
    inspection = lock(inspection)
    if by is not None and not may_perform(transition, inspection, by):
        raise PermissionDenied
    _check_state(transition, inspection, note)
    if transition is OPEN and by is not None:
        _check_day(inspection, by)
    fields = {**(changes or {})}
    for name, value in fields.items():
        setattr(inspection, name, value)
    if transition in _CHECKS:
        _refuse(transition, _CHECKS[transition](inspection))
    inspection.status = transition.target
    inspection.save(update_fields=[*fields, "status", "updated_at"])
    inspection.events.create(
        actor=by, deed=transition.key, label=transition.done, note=note.strip()
    )
    if transition in _EFFECTS:
        _EFFECTS[transition](inspection)
    return inspection


def _check_state(transition, inspection, note):
    if inspection.status not in transition.sources:
        raise TransitionError(
            f"Không {transition.label.lower()} được: cuộc kiểm tra đang ở trạng thái "
            f"“{inspection.get_status_display()}”. Có thể người khác vừa làm việc này; hãy "
            "tải lại trang để xem tình hình mới nhất."
        )
    if transition.needs_note and not note.strip():
        message = f"Hãy ghi: {transition.note_label.lower()}."
        raise TransitionError(message, {"note": [message]})


def _check_day(inspection, user):
    """Starting opens the school's papers to the team: before the day that the office
    planned, only the office itself does it."""
    day = inspection.planned_on
    if day and timezone.localdate() < day and not is_of_office(user, inspection):
        raise TransitionError(
            f"Chưa bắt đầu được: cơ quan kiểm tra định ngày {day:%d/%m/%Y}. Muốn kiểm tra "
            "sớm hơn, hãy báo cơ quan kiểm tra đổi ngày."
        )


def _refuse(transition, obstacles):
    if obstacles:
        texts = " ".join(text for found in obstacles.values() for text in found)
        raise TransitionError(
            f"Chưa {transition.label.lower()} được. {texts}", obstacles
        )


def _check_start(inspection):
    return readiness.before_start(inspection, timezone.now())


def _check_end(inspection):
    return readiness.before_end(inspection, timezone.now())


# What the contents must fulfil, and what belongs to a deed beyond the state.
_CHECKS = {OPEN: _check_start, CLOSE: _check_end}
_EFFECTS = {OPEN: taking_over.begin}
