"""Asking for an export, calling it off, and what is swept away afterwards."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reports.enums import JobState
from reports.models import Export
from reports.tasks import make_export
from schools.models import User

MOST_AT_ONCE = 2
TOLD_FOR = timedelta(days=30)  # so long a link says that it has expired
# No worker is busy so long with one file: it was stopped in the middle.
STALE_AFTER = timedelta(hours=6)
_RUNNING = (JobState.WAITING, JobState.RUNNING)
STOPPED = "Máy chủ dừng giữa chừng nên gói chưa lập xong. Hãy lập lại gói."


class ExportError(Exception):
    """The export cannot be begun; the message says why and what to do."""


@transaction.atomic
def start(user, school_year, kind, choice):
    """A new `Export` that a worker makes. `choice` is what `Choice.stored` gives.

    Raises ExportError where this person has enough of them running."""
    # Of two clicks at the same moment the second waits for the first.
    User.objects.select_for_update().get(pk=user.pk)
    begun = timezone.now() - STALE_AFTER
    running = Export.objects.filter(user=user, state__in=_RUNNING, created_at__gt=begun)
    if running.count() >= MOST_AT_ONCE:
        raise ExportError(
            f"Bạn đang có {MOST_AT_ONCE} gói chưa lập xong. Hãy đợi xong hoặc hủy một "
            "gói rồi lập gói mới."
        )
    export = Export.objects.create(
        user=user, school_year=school_year, kind=kind, choice=choice
    )
    transaction.on_commit(partial(make_export.enqueue, export.pk))
    return export


def cancel(export):
    """Call off `export`: at once where no worker has begun, else between two schools.
    False where it had ended already."""
    found = Export.objects.filter(pk=export.pk)
    now = timezone.now()
    if found.filter(state=JobState.WAITING).update(
        state=JobState.CANCELLED, cancel_requested=True, finished_at=now
    ):
        return True
    return bool(found.filter(state=JobState.RUNNING).update(cancel_requested=True))


def clear_expired(now=None):
    """Delete files whose time is over, what was stopped in the middle, and in the end the
    rows. How many files went."""
    now = now or timezone.now()
    stale = Export.objects.filter(state__in=_RUNNING, created_at__lt=now - STALE_AFTER)
    stale.update(state=JobState.FAILED, message=STOPPED, finished_at=now)
    count = 0
    for export in Export.objects.filter(expires_at__lte=now).exclude(file=""):
        export.file.delete(save=False)
        export.save(update_fields=["file"])
        count += 1
    old = now - TOLD_FOR
    Export.objects.filter(Q(file="") & Q(created_at__lt=old)).delete()
    return count
