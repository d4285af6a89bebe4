"""Taking in a file that was looked over: through the same loading as `load_year`, all of it
or nothing."""

import json
import re
import tempfile
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from plans.models import ImprovementPlan
from plans.reading.assemble import RESULT
from plans.yearfile.loading import YearFileError
from plans.yearfile.year_dumping import LOADED
from reports.incoming_result import TABLES, has_issue, taken_part, year_file
from reports.models import IncomingFile, ResultReport
from reports.yearfile.loading import load_files
from schools.models import School
from schools.permissions import Ability, require

_PATH = re.compile(
    r"^[^:]*?tep\.json: (?:([\w.]+(?:\[\d+\])?[\w.\[\]]*): )?(.*)$", re.DOTALL
)
_ROW = re.compile(rf"^(?P<table>{'|'.join(TABLES)})\[(?P<index>\d+)\]")


class NotTakenError(Exception):
    """Nothing was stored; `lines` says why."""

    def __init__(self, *lines):
        self.lines = lines
        super().__init__(" ".join(lines))


class YearTakenError(NotTakenError):
    """The school has one of the year already: `existing`. Never written over."""

    def __init__(self, existing):
        self.existing = existing
        name = "báo cáo kết quả" if isinstance(existing, ResultReport) else "kế hoạch"
        year = existing.school_year
        super().__init__(
            f"Trường đã có {name} năm học {year}, nên tệp này không được nhận đè lên. "
            "Hãy mở bản đang có để xem, hoặc chọn năm học khác cho tệp."
        )


def take_in(incoming, choices, *, by):
    """Store what `incoming` holds as `choices` say. Returns the plan or the report, and
    what the register has to say about its number.

    Raises PermissionDenied, YearTakenError, NotTakenError."""
    with transaction.atomic():
        # Whoever takes in something else for the school waits here; not whoever begins a
        # plan, which refers to the school and would wait for us while we wait for it.
        schools = School.objects.select_for_update(no_key=True)
        school = schools.get(pk=incoming.school_id)
        locked = IncomingFile.objects.select_for_update().filter(pk=incoming.pk).first()
        if locked is None or locked.taken_at or not locked.result:
            raise NotTakenError("Tệp này đã được nhận vào hoặc đã bỏ.")
        part = taken_part(locked.result)
        _require(by, part, choices, school)
        _refuse_existing(part, choices, school)
        data = _year_file(locked, choices, school)
        stored, notes = _loaded(data, part, school, choices)
        _finish(locked, stored, part, choices, by)
    return stored, notes


def _require(by, part, choices, school):
    is_result = part["kind"] == RESULT
    require(by, Ability.WRITE_REPORT if is_result else Ability.CREATE_PLAN, school)
    if choices.is_outside:
        # It skips the review: whoever may issue may say that it was issued.
        require(by, Ability.ISSUE_PLAN, school)
        if not has_issue(part):
            raise NotTakenError(
                "Tệp không ghi đủ số và ngày ban hành nên chỉ nhận được thành bản nháp."
            )


def existing(part, choices, school):
    """What the school has of that year already, or None."""
    model = ResultReport if part["kind"] == RESULT else ImprovementPlan
    found = model.objects.filter(
        school=school, school_year__first_year=choices.first_year
    ).select_related("school_year")
    if model is ResultReport:
        found = found.filter(period=choices.period)
    return found.first()


def _refuse_existing(part, choices, school):
    held = existing(part, choices, school)
    if held is not None:
        raise YearTakenError(held)


def _year_file(incoming, choices, school):
    if school.level_key is None:
        raise NotTakenError(
            "Trường chưa khai báo cấp học. Hãy vào mục Trường, khai báo cấp học rồi nhận "
            "tệp."
        )
    try:
        data = year_file(
            incoming.result,
            choices,
            school=school.name,
            education_level=str(school.level_key),
        )
    except (KeyError, IndexError, ValueError):
        raise NotTakenError(
            "Chỗ được chọn cho một đoạn chữ không còn; hãy chọn lại."
        ) from None
    _refuse_homeless(data, taken_part(incoming.result), choices)
    return data


def _refuse_homeless(data, part, choices):
    """On paper a row of the form by criteria stands under its criterion, or nowhere."""
    numbers = [
        kept + 1
        for row, kept in zip(data["rows"], _kept("rows", part, choices), strict=True)
        if "criterion" in row and not row["criterion"]
    ]
    if numbers:
        raise NotTakenError(
            *(
                f"Nội dung {number}: chưa rõ tiêu chí. Hãy ghi tiêu chí, hoặc bỏ dòng."
                for number in numbers
            )
        )


def _kept(name, part, choices):
    """The places that the rows taken had in the file."""
    return [
        index
        for index in range(len(part.get(name, ())))
        if (name, index) not in choices.skipped
    ]


def _loaded(data, part, school, choices):
    with tempfile.TemporaryDirectory(prefix="qualityplan-") as folder:
        path = Path(folder) / "tep.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        try:
            with transaction.atomic():
                outcome = load_files([path])
        except IntegrityError:
            # Somebody began one in the same moment.
            held = existing(part, choices, school)
            if held is None:
                raise
            raise YearTakenError(held) from None
        except YearFileError as error:
            lines = [plain(line, part, choices) for line in error.lines]
            raise NotTakenError(*lines) from None
    stored = existing(part, choices, school)
    if stored is None or stored not in outcome.changed:
        raise NotTakenError("Tệp không có gì mới so với bản đang lưu.")
    began = isinstance(stored, ImprovementPlan) and stored.events.exclude(deed=LOADED)
    if began and began.exists():
        # Somebody began one in the same moment; the transaction takes it all back.
        raise YearTakenError(stored)
    return stored, [note.removeprefix(f"{path}: ") for note in outcome.notes]


def _finish(incoming, stored, part, choices, by):
    """Who took it in, and from which file; the paper's own letterhead; no more bytes."""
    if isinstance(stored, ImprovementPlan):
        loaded = stored.events.filter(deed=LOADED)
        loaded.update(actor=by, note=f"Từ tệp “{incoming.name}”")
    superior = part["school"]["superior"]
    if choices.is_outside and superior:
        stored.superior_line = superior
        stored.save(update_fields=["superior_line"])
    incoming.taken_at = timezone.now()
    incoming.content, incoming.result = b"", None
    incoming.save(update_fields=["taken_at", "content", "result"])


def plain(line, part, choices):
    """A fault of the loading in words of the screen: "Nội dung 4: …"."""
    found = _PATH.match(line)
    if found is None:
        return line
    path, message = found[1] or "", found[2]
    message = message[:1].upper() + message[1:]
    row = _ROW.match(path)
    if row is None:
        return message
    name, table = row["table"], TABLES[row["table"]]
    number = _kept(name, part, choices)[int(row["index"])] + 1
    return f"{table.line.capitalize()} {number}: {message}"
