"""The one guard that every write to a plan's contents passes: page, command, import."""

from contextlib import contextmanager

from django.db import transaction

from plans.enums import PlanStatus
from plans.models import ImprovementPlan
from plans.touching import touch
from schools.permissions import Ability, require


class AlreadyBegunError(Exception):
    """The school has one for this year already: `existing`."""

    def __init__(self, existing, message):
        self.existing = existing
        super().__init__(message)


class PlanLockedError(Exception):
    """The plan is in a state in which its contents may not change."""

    def __init__(self, plan):
        self.plan = plan
        state = plan.get_status_display().lower()
        way = (
            "Muốn sửa, hiệu trưởng mở “Điều chỉnh”; bản đã ban hành vẫn được giữ."
            if plan.status == PlanStatus.ISSUED
            else "Muốn sửa, hãy rút lại hoặc đề nghị người duyệt trả lại kế hoạch."
        )
        super().__init__(f"Kế hoạch {state}, không sửa được nữa. {way}")


def lock(plan):
    """The row of `plan`, fresh and locked until the transaction ends."""
    locked = ImprovementPlan.objects.with_header().select_for_update(of=("self",))
    return locked.get(pk=plan.pk)


@contextmanager
def editing(plan, *, by, ability=Ability.WRITE_ROWS):
    """Yield `plan`, locked, while its contents change; all or nothing.

    `by` is the person, or None for a command run by an administrator of the machine.
    Raises PermissionDenied for a wrong role, PlanLockedError for a plan that is not open."""
    with transaction.atomic():
        locked = lock(plan)
        if by is not None:
            require(by, ability, locked.school)
        if not locked.is_open:
            raise PlanLockedError(locked)
        yield locked
        locked.save(update_fields=["updated_at"])


@contextmanager
def editing_by_key(pk, *, by, ability=Ability.WRITE_ROWS):
    """`editing` for what is saved every few seconds: one statement asks for the role and
    the state, takes the lock and marks the plan as changed. Only where it finds nothing
    to lock does `editing` itself say why. Yields nothing.

    Raises ImprovementPlan.DoesNotExist as well, for a plan that `by` does not see."""
    with transaction.atomic():
        if touch(pk, by=by, ability=ability):
            yield
            return
        visible = ImprovementPlan.objects.for_user(by).with_header()
        with editing(visible.get(pk=pk), by=by, ability=ability):
            yield
