"""Reading a list in two steps: a look at what it would change, then exactly that, all or
nothing. The file stays on the server in between; the page holds a signed reference."""

import hashlib
import logging
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone
from import_export.results import RowResult
from tablib import Dataset

from schools.list_files import ROW, check_size, read_list
from schools.people import fresh, lock_reach, require_reach
from schools.resources import RESOURCES

logger = logging.getLogger(__name__)

_FOLDER = "imports"
_SALT = "schools.importing"
_VALID_FOR = timedelta(hours=1)
KEPT_FOR = timedelta(hours=24)
STALE = (
    "Lần xem trước đã quá một giờ hoặc tệp không còn trên máy chủ, nên chưa nhập gì. Hãy "
    "chọn lại tệp."
)
CHANGED = (
    "Dữ liệu trên trang vừa thay đổi sau lần xem trước, nên chưa nhập gì. Dưới đây là kết "
    "quả xem lại."
)


@dataclass(frozen=True)
class Trouble:
    """What is wrong with one cell, or (`column` empty) with a row or the file."""

    row: int | None
    column: str
    message: str


@dataclass(frozen=True)
class Line:
    """What a row of the file does: `changes` are (column, before, after)."""

    row: int
    name: str
    changes: tuple


@dataclass
class Outcome:
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: list = field(default_factory=list)
    troubles: list = field(default_factory=list)

    @property
    def digest(self):
        told = repr((self.new, self.changed, self.same))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def words(self):
        return (
            f"{len(self.new)} mới, {len(self.changed)} thay đổi, {len(self.same)} giữ "
            "nguyên"
        )


CROSSED = (
    "Người khác vừa ghi dữ liệu trùng với danh sách này, nên chưa nhập gì. Hãy chọn lại "
    "tệp để xem lại."
)


class ImportRefusedError(Exception):
    """Nothing was written; the message says why."""


def preview(name, upload, *, reach, by):
    """The `Outcome` of the list in the file `upload`, and the reference by which `confirm`
    finds it again (None where there are troubles). Writes no row."""
    try:
        check_size(upload)
        upload.seek(0)
        content = upload.read()
        outcome = _run(name, read_list(upload.name, content), reach, by)
    except ValidationError as error:
        troubles = [Trouble(None, "", message) for message in error.messages]
        return Outcome(troubles=troubles), None
    if outcome.troubles:
        return outcome, None
    extension = upload.name.rpartition(".")[2].lower()
    path = f"{_FOLDER}/{uuid.uuid4().hex}.{extension}"
    path = default_storage.save(path, ContentFile(content))
    return outcome, _reference(name, path, content, outcome, by)


def _reference(name, path, content, outcome, by):
    held = {
        "list": name,
        "path": path,
        "sha256": hashlib.sha256(content).hexdigest(),
        "outcome": outcome.digest,
        "user": by.pk,
    }
    return signing.dumps(held, salt=_SALT)


def confirm(name, reference, *, reach, by):
    """Write what was looked at: (`Outcome`, None), or where it would no longer do the same,
    nothing and (`Outcome`, a reference to the new look).

    Raises ImportRefusedError for a reference that is too old or somebody else's."""
    try:
        held = signing.loads(reference, salt=_SALT, max_age=_VALID_FOR)
    except signing.BadSignature:
        raise ImportRefusedError(STALE) from None
    is_own = held["list"] == name and held["user"] == by.pk
    if not is_own:
        raise ImportRefusedError(STALE)
    try:
        with default_storage.open(held["path"]) as file:
            content = file.read()
    except FileNotFoundError:
        raise ImportRefusedError(STALE) from None
    if hashlib.sha256(content).hexdigest() != held["sha256"]:
        raise ImportRefusedError(STALE)
    dataset = read_list(held["path"], content)
    outcome = _run(name, dataset, reach, by, expected=held["outcome"])
    if outcome.troubles:
        return outcome, None
    if outcome.digest != held["outcome"]:
        return outcome, _reference(name, held["path"], content, outcome, by)
    default_storage.delete(held["path"])
    return outcome, None


def _run(name, dataset, reach, by, *, expected=None):
    """Import and take it back, unless it does exactly what is `expected` (a digest)."""
    with transaction.atomic():
        # Before anything is read: what is there now stays until it is compared.
        lock_reach(reach)
        reach = _reach_still(reach, by)
        resource = RESOURCES[name](reach=reach, by=by)
        troubles = list(_head_troubles(resource, dataset.headers[:-1]))
        if troubles:
            return Outcome(troubles=troubles)
        full = _with_all_columns(resource, dataset)
        result = resource.import_data(full, dry_run=False, use_transactions=False)
        outcome = _outcome(resource, result, full)
        if not outcome.troubles:
            _write(resource, outcome)
        if outcome.troubles or outcome.digest != expected:
            transaction.set_rollback(True)
    return outcome


def _reach_still(reach, by):
    """The reach of `by` once nobody else can change it. Raises PermissionDenied where
    an office of it was lost while waiting."""
    found = require_reach(fresh(by))
    if found.office_ids != reach.office_ids:
        raise PermissionDenied
    return found


def _write(resource, outcome):
    """Write the rows; a look does so too, to hear what the database says."""
    try:
        with transaction.atomic():
            resource.write()
    except DatabaseError:
        logger.exception("A list was not written.")
        outcome.troubles.append(Trouble(None, "", CROSSED))


def _head_troubles(resource, headers):
    labels = [field.column_name for field in resource.columns()]
    must = {field.column_name for field in resource.key_fields()}
    must |= {field.column_name for field in resource.columns() if field.is_required}
    advice = "Hàng đầu của tệp ghi tên cột đúng như tệp mẫu: " + ", ".join(labels) + "."
    for label in labels:
        if label in must and label not in headers:
            yield Trouble(None, "", f"Thiếu cột “{label}”. {advice}")
    for header in dict.fromkeys(headers):
        if not header:
            yield Trouble(None, "", f"Có cột không có tên. {advice}")
        elif header not in labels:
            yield Trouble(None, "", f"Cột “{header}” không có trong mẫu. {advice}")
        elif headers.count(header) > 1:
            yield Trouble(None, "", f"Cột “{header}” có hai lần. {advice}")


def _with_all_columns(resource, dataset):
    """The dataset with the columns that the file leaves out, blank."""
    labels = [field.column_name for field in resource.columns()]
    full = Dataset(headers=[*labels, ROW])
    places = {header: index for index, header in enumerate(dataset.headers)}
    for row in dataset:
        cells = [row[places[label]] if label in places else "" for label in labels]
        full.append([*cells, row[-1]])
    return full


_KINDS = {
    RowResult.IMPORT_TYPE_NEW: "new",
    RowResult.IMPORT_TYPE_UPDATE: "changed",
    RowResult.IMPORT_TYPE_SKIP: "same",
}


def _outcome(resource, result, dataset):
    outcome = Outcome()
    troubles = [Trouble(None, "", str(error.error)) for error in result.base_errors]
    for number, row in zip(dataset[ROW], result.rows, strict=True):
        if row.validation_error is not None:
            troubles += _row_troubles(resource, number, row.validation_error)
        elif row.errors:
            logger.error("A row was not imported.", exc_info=row.errors[0].error)
            message = "Dòng này không nhập được. Hãy kiểm tra lại từng ô của dòng."
            troubles.append(Trouble(number, "", message))
        else:
            line = _line(resource, number, row.instance)
            getattr(outcome, _KINDS[row.import_type]).append(line)
    outcome.troubles = troubles
    return outcome


def _row_troubles(resource, number, error):
    labels = {field.attribute: field.column_name for field in resource.columns()}
    labels |= {"school": "Nơi làm việc", "authority": "Nơi làm việc"}
    for name, messages in error.update_error_dict({}).items():
        column = "" if name == NON_FIELD_ERRORS else labels.get(name, "")
        for message in ValidationError(messages).messages:
            yield Trouble(number, column, message)


def _line(resource, number, instance):
    after, before = instance.texts_after, instance.texts_before
    changes = tuple(
        (resource.fields[name].column_name, before.get(name, ""), after[name])
        for name in resource._meta.fields
        if after[name] != before.get(name, "")
    )
    keys = (after[name] for name in resource._meta.import_id_fields)
    return Line(number, ", ".join(keys), changes)


def clear_expired(now=None):
    """Delete files that nobody confirmed within a day; how many."""
    now = now or timezone.now()
    if not default_storage.exists(_FOLDER):
        return 0
    count = 0
    for name in default_storage.listdir(_FOLDER)[1]:
        path = f"{_FOLDER}/{name}"
        if default_storage.get_modified_time(path) < now - KEPT_FOR:
            default_storage.delete(path)
            count += 1
    return count


def exported(name, *, reach, by):
    """The list as a `Dataset` of texts, such as an import takes."""
    resource = RESOURCES[name](reach=reach, by=by)
    labels = [field.column_name for field in resource.columns()]
    dataset = Dataset(headers=labels)
    for instance in resource.exported():
        dataset.append(list(resource.texts(instance).values()))
    return dataset


def template(name):
    """The head of the list, and a row as an example of how to fill it in."""
    fields = [RESOURCES[name].fields[key] for key in RESOURCES[name]._meta.fields]
    dataset = Dataset(headers=[field.column_name for field in fields])
    dataset.append([field.example for field in fields])
    return dataset


def widths(name):
    resource = RESOURCES[name]
    return [resource.fields[key].column_width for key in resource._meta.fields]
