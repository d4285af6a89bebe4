"""Old Word and Excel files on their way in: received, read in the background, looked over,
and then taken in (`reports.incoming_saving`) or discarded. Nothing but the file itself is
stored before somebody says so."""

import datetime

from django.db import transaction
from django.utils import timezone

from plans.reading import DocumentRefused
from qualityplan.uploads import clean_file_name
from reports.enums import JobState
from reports.incoming_reading import read_apart
from reports.models import IncomingFile
from schools.permissions import Ability, require

# An upload that nobody confirmed goes after this time.
KEPT = datetime.timedelta(days=14)
# A worker that died in the middle of it says nothing; then one may try again.
STALLED = datetime.timedelta(minutes=10)
_FAILED = "Không đọc được tệp vì lỗi của hệ thống. Hãy tải lên lại; nếu vẫn lỗi, hãy báo quản trị."


def receive(*, name, content, school, school_year, by):
    """Keep the uploaded bytes until they are read. Raises PermissionDenied."""
    require(by, Ability.CREATE_PLAN, school)
    return IncomingFile.objects.create(
        user=by,
        school=school,
        school_year=school_year,
        name=clean_file_name(name),
        content=content,
        total=1,
    )


def read(pk):
    """Read the file `pk` and keep what was read, or the reason why it cannot be. Does
    nothing for one that is gone, or read already."""
    found = IncomingFile.objects.filter(pk=pk, state=JobState.WAITING)
    if not found.update(state=JobState.RUNNING):
        return
    incoming = IncomingFile.objects.filter(pk=pk).first()
    if incoming is None:
        return  # discarded meanwhile
    try:
        result = read_apart(bytes(incoming.content))
    except DocumentRefused as error:
        _end(pk, state=JobState.FAILED, message=str(error))
    except Exception:
        # Whatever went wrong, the person who waits is told.
        _end(pk, state=JobState.FAILED, message=_FAILED)
        raise
    else:
        _end(pk, state=JobState.DONE, result=result, done=1)


def _end(pk, **outcome):
    running = IncomingFile.objects.filter(pk=pk, state=JobState.RUNNING)
    running.update(finished_at=timezone.now(), **outcome)


def is_stalled(incoming):
    """Whether the file waits longer than any reading takes."""
    return incoming.is_running and timezone.now() - incoming.created_at > STALLED


def discard(incoming):
    """Forget the file: its bytes and all that was read."""
    incoming.delete()


@transaction.atomic
def clear_expired(now=None):
    """Delete the uploads that nobody confirmed; how many. Repeatable. What was taken in
    has given up its bytes already (`reports.incoming_saving`)."""
    before = (now or timezone.now()) - KEPT
    expired = IncomingFile.objects.filter(created_at__lt=before)
    return expired.delete()[0]
