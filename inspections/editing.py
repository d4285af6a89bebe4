"""Who may write down what, and the guards that every such write passes."""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspections.enums import OPEN_STATUSES, InspectionStatus, Side
from inspections.models import Inspection
from schools.permissions import Ability, may, may_at_office

_LOCKED = {
    InspectionStatus.PLANNED: "Cuộc kiểm tra chưa bắt đầu nên chưa ghi được. Trưởng đoàn "
    "bấm “Bắt đầu kiểm tra” khi đến trường.",
    InspectionStatus.CLOSED: "Cuộc kiểm tra đã kết thúc, không sửa biên bản được nữa. Muốn "
    "sửa, cơ quan kiểm tra mở lại và ghi lý do.",
    InspectionStatus.ISSUED: "Biên bản đã ban hành, không sửa được nữa.",
}
_STARTED = "Cuộc kiểm tra đã bắt đầu, không xóa khỏi đợt kiểm tra được nữa."


class InspectionError(Exception):
    """The deed is not possible now; the message says why and what to do."""


class RecordLockedError(InspectionError):
    """The inspection is in a state in which this may not change."""

    def __init__(self, inspection, message=""):
        self.inspection = inspection
        super().__init__(message or _LOCKED[inspection.status])


def lock(inspection):
    """The row of `inspection`, fresh and locked until the transaction ends. Raises
    InspectionError when somebody deleted it meanwhile."""
    inspections = Inspection.objects.with_header().select_for_update(of=("self",))
    found = inspections.filter(pk=inspection.pk).first()
    if found is None:
        raise InspectionError(
            "Cuộc kiểm tra này không còn nữa: người khác vừa xóa khỏi đợt kiểm tra."
        )
    return found


def is_of_office(user, inspection):
    """Whether `user` inspects in the name of the office that carries it out."""
    authority = inspection.authority
    return authority is not None and may_at_office(user, Ability.INSPECT, authority)


def is_member(user, inspection):
    """Whether `user` belongs to the team and still works somewhere in the house."""
    if not user.is_authenticated or not user.is_active or not user.standing.memberships:
        return False
    return inspection.attendees.filter(user=user, side=Side.TEAM).exists()


def may_record(user, inspection):
    """Whether `user` is of those who write the record, whatever state it is in."""
    return is_of_office(user, inspection) or is_member(user, inspection)


def may_write_now(user, inspection):
    """Whether the record goes on and `user` writes it."""
    is_on = inspection.status == InspectionStatus.OPEN
    return is_on and may_record(user, inspection)


def may_read_record(user, inspection):
    """Whether what the team wrote is open to `user`: the school and its visitors read it
    when the team has finished."""
    if inspection.status in OPEN_STATUSES:
        return may_record(user, inspection) or may_oversee(user, inspection)
    return True


def may_oversee(user, inspection):
    """People of offices look on: those of the inspecting one and of those above it."""
    authority = inspection.authority
    return authority is not None and may_at_office(user, Ability.VIEW, authority)


def may_follow_up(user, inspection):
    """Whether `user` decides that a recommendation is put right: for the office that
    inspected, or for the one that the school stands under today."""
    if is_of_office(user, inspection):
        return True
    return may(user, Ability.INSPECT, inspection.school)


@contextmanager
def recording(inspection, *, by):
    """Yield `inspection`, locked, while the record's contents change; all or nothing.

    `by` is the person, or None for a command run by an administrator of the machine.
    Raises PermissionDenied for who is neither of the office nor of the team,
    RecordLockedError unless the inspection goes on."""
    with transaction.atomic():
        locked = lock(inspection)
        if by is not None and not may_record(by, locked):
            raise PermissionDenied
        if locked.status != InspectionStatus.OPEN:
            raise RecordLockedError(locked)
        yield locked
        locked.save(update_fields=["updated_at"])


@contextmanager
def arranging(inspection, *, by):
    """As `recording`, for what the office decides before and during it: the team, the
    day, the layout of the record."""
    with transaction.atomic():
        locked = lock(inspection)
        if by is not None and not is_of_office(by, locked):
            raise PermissionDenied
        if not locked.is_open:
            raise RecordLockedError(locked)
        yield locked
        locked.save(update_fields=["updated_at"])


def delete(inspection, *, by):
    """Take an inspection that has not begun out of its round."""
    with transaction.atomic():
        locked = lock(inspection)
        if by is not None and not is_of_office(by, locked):
            raise PermissionDenied
        if locked.status != InspectionStatus.PLANNED:
            raise RecordLockedError(locked, _STARTED)
        locked.delete()
