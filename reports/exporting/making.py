"""Making the file of an export: what a worker does."""

import logging
import tempfile
import uuid
from datetime import timedelta

from django.core.files import File
from django.utils import timezone

from reports.enums import ExportKind, JobState
from reports.exporting.choice import Choice, chosen_schools
from reports.exporting.documents import write_documents
from reports.exporting.rows import write_rows
from reports.models import Export
from schools.models import User

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(hours=24)
NO_SCHOOLS = (
    "Không có trường nào để lập gói: không trường nào ứng với lựa chọn, hoặc bạn không "
    "còn vai trò ở cơ quan. Hãy xem lại lựa chọn."
)
FAULT = (
    "Hệ thống gặp lỗi nên chưa lập được gói; dữ liệu của các trường không bị ảnh hưởng. "
    "Hãy thử lại; nếu vẫn lỗi, báo người quản trị hệ thống."
)
_WRITERS = {
    ExportKind.DOCUMENTS: (write_documents, "zip", "Văn bản các trường"),
    ExportKind.ROWS: (write_rows, "xlsx", "Dòng kế hoạch các trường"),
}


class CancelledError(Exception):
    """The person called it off."""


class NotPossibleError(Exception):
    """There is nothing to make; the message says why."""


def make(pk):
    """Make the file of the waiting export `pk`; of two workers one does. Ends in one of
    the states done, cancelled and failed."""
    exports = Export.objects.filter(pk=pk)
    if not exports.filter(state=JobState.WAITING).update(state=JobState.RUNNING):
        return
    export = exports.select_related("school_year").get()
    try:
        _make(export)
    except CancelledError:
        _end(export, JobState.CANCELLED)
    except NotPossibleError as error:
        _end(export, JobState.FAILED, message=str(error))
    except Exception:
        logger.exception("Export %s failed.", pk)
        _end(export, JobState.FAILED, message=FAULT)


def _make(export):
    # The person as they stand now: what they held when they asked may be over.
    user = User.objects.get(pk=export.user_id)
    year, choice = export.school_year, Choice.of(export)
    schools = chosen_schools(user, year, choice.filters)
    pks = list(schools.values_list("pk", flat=True)) if user.is_active else []
    if not pks:
        raise NotPossibleError(NO_SCHOOLS)
    Export.objects.filter(pk=export.pk).update(total=len(pks))
    write, extension, title = _WRITERS[export.kind]
    with tempfile.TemporaryFile() as target:
        words = write(target, pks, year, choice, lambda done: _step(export, done))
        target.seek(0)
        export.file.save(f"{uuid.uuid4().hex}.{extension}", File(target), save=False)
    _end(
        export,
        JobState.DONE,
        message=words,
        file=export.file.name,
        file_name=f"{title} {year.name}.{extension}",
        expires_at=timezone.now() + KEPT_FOR,
        choice={**export.choice, "school_pks": pks},
    )


def _step(export, done):
    """Note how far it is. Raises CancelledError where that is asked for."""
    going = Export.objects.filter(pk=export.pk, cancel_requested=False)
    if not going.update(done=done):
        raise CancelledError


def _end(export, state, **fields):
    Export.objects.filter(pk=export.pk).update(
        state=state, finished_at=timezone.now(), **fields
    )
