"""Cells of a plan saved one by one, as they are typed. Whoever saves says what text the
cell held when they began; where it holds another by now, nothing is written and both texts
are shown (decision 0010)."""

from dataclasses import dataclass

from plans import schedules
from plans.cell_changes import newest_of_cell, record_typing
from plans.cell_gaps import gaps_of_lines
from plans.cell_reading import read_lines
from plans.cell_tables import (
    cell_name,
    column_of,
    limit_of,
    put_text,
    typed_text,
    why_fixed,
)
from plans.editing import editing_by_key
from plans.grid_rows import token
from plans.layouts import Column
from plans.tables import LineTable
from qualityplan.text import clean, control_characters


@dataclass(frozen=True)
class Edit:
    """One cell as somebody typed it. `seen` is the `token` of the text they began with,
    None to write over whatever is there; `sent` are texts of theirs that went out before
    and were never answered, so that a lost answer makes no conflict with oneself."""

    table: LineTable
    line: int
    field: str
    text: str
    seen: str | None
    sent: tuple[str, ...] = ()

    @property
    def place(self):
        return {"table": self.table.slug, "line": self.line, "field": self.field}


class CellsRefusedError(Exception):
    """Texts that cannot be stored: `errors` pairs each edit with its message."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__("Chưa lưu: " + " ".join(message for _, message in errors))


class CellsChangedError(Exception):
    """Somebody else changed these cells meanwhile: `conflicts` of `Conflict`."""

    def __init__(self, conflicts):
        self.conflicts = conflicts
        super().__init__(
            "Ô này vừa có người khác sửa. Phần bạn gõ vẫn còn nguyên và chưa được lưu."
        )


class LinesGoneError(Exception):
    """Somebody deleted these lines meanwhile: `gone` holds (table slug, line)."""

    def __init__(self, gone):
        self.gone = gone
        super().__init__(
            "Dòng này không còn trong kế hoạch, có thể người khác vừa xóa. Phần bạn gõ "
            "chưa được lưu; hãy chép lại nếu cần."
        )


@dataclass(frozen=True)
class Conflict:
    edit: Edit
    theirs: str
    change: object  # the `LineChange` it came with, or None


@dataclass(frozen=True)
class Saved:
    """What became of an edit: the text as it is stored, and a remark for its writer."""

    edit: Edit
    text: str
    note: str
    removed: int  # control characters taken out


@dataclass
class _Cell:
    """An edit beside the line it is for."""

    edit: Edit
    line: object
    column: Column | None

    def __post_init__(self):
        self.stored = typed_text(self.line, self.edit.field) if self.column else ""
        self.text = clean(self.edit.text)

    @property
    def is_changed(self):
        return self.text != self.stored

    @property
    def is_stale(self):
        """Whether it would write over a text that its writer has not seen."""
        edit = self.edit
        if edit.seen is None or not self.is_changed or edit.seen == token(self.stored):
            return False
        return self.stored not in {clean(text) for text in edit.sent}

    @property
    def fault(self):
        edit, line = self.edit, self.line
        if self.column is None:
            return f"{edit.table.line_name(line, line.position)}: không có ô này."
        name = cell_name(edit.table, line, self.column)
        reason = why_fixed(line, edit.field)
        if reason:
            return f"{name} {reason}"
        limit = limit_of(edit.table, edit.field)
        if len(self.text) > limit:
            return (
                f"{name}: dài {_number(len(self.text))} ký tự, quá mức {_number(limit)} "
                "ký tự. Hãy rút gọn hoặc tách làm hai."
            )
        return ""


def _number(count):
    return f"{count:,}".replace(",", ".")


def save_cells(pk, edits, *, by, deed=""):
    """Store `edits` in the plan `pk`, all or none of them, each in a cell of its own.
    Returns the `Saved` of each and the gaps of every line concerned, by its place.

    Raises what `editing_by_key` raises, LinesGoneError, CellsRefusedError and
    CellsChangedError."""
    with editing_by_key(pk, by=by):
        lines = _lines(pk, edits, by)
        plan = next(iter(lines.values())).plan
        cells = [_cell(plan, lines[edit.table.slug, edit.line], edit) for edit in edits]
        refuse_wrong(cells)
        refuse_stale(plan, cells)
        _store(plan, [cell for cell in cells if cell.is_changed], by, deed)
    saved = [
        Saved(
            cell.edit,
            cell.text,
            note_on(plan, cell),
            len(control_characters(cell.edit.text)),
        )
        for cell in cells
    ]
    return saved, gaps_of_lines(plan, lines)


def _lines(pk, edits, by):
    """The lines that `edits` are for, by (slug, line): one query for each table."""
    wanted = {}
    for edit in edits:
        wanted.setdefault(edit.table, set()).add(edit.line)
    found = {}
    for table, keys in wanted.items():
        lines = read_lines(pk, table, keys, by)
        found |= {(table.slug, key): line for key, line in lines.items()}
    gone = [place for e in edits if (place := (e.table.slug, e.line)) not in found]
    if gone:
        raise LinesGoneError(list(dict.fromkeys(gone)))
    return found


def _cell(plan, line, edit):
    return _Cell(edit, line, column_of(edit.table, plan, edit.field))


def refuse_wrong(cells):
    """Raise CellsRefusedError for texts that the cells do not take."""
    errors = [(cell.edit, fault) for cell in cells if (fault := cell.fault)]
    if errors:
        raise CellsRefusedError(errors)


def refuse_stale(plan, cells):
    """Raise CellsChangedError where a text would be written over unseen. Inside the
    transaction and under the plan's lock, or it is worth nothing."""
    stale = [cell for cell in cells if cell.is_stale]
    if stale:
        raise CellsChangedError(
            [
                Conflict(cell.edit, cell.stored, newest_of_cell(plan, *_place(cell)))
                for cell in stale
            ]
        )


def _place(cell):
    return cell.edit.table, cell.edit.line, cell.edit.field


def _store(plan, cells, by, deed):
    """Write the changed `cells`, of each line only the fields that were typed in."""
    by_table, changed = {}, {}
    for cell in cells:
        table, line, field = cell.edit.table, cell.line, cell.edit.field
        put_text(line, field, cell.text)
        texts = changed.setdefault((table, line.pk), (table, line, {}))[2]
        texts[field] = [cell.stored, cell.text]
        lines, fields = by_table.setdefault(table, ({}, set()))
        lines[line.pk] = line
        fields.add(field)
    for table, (lines, fields) in by_table.items():
        if len(lines) == 1:
            lines.popitem()[1].save(update_fields=fields)
        else:
            table.model.objects.bulk_update(lines.values(), fields, batch_size=100)
    if changed:
        record_typing(plan, list(changed.values()), by=by, deed=deed)


def note_on(plan, cell):
    """A remark on what was stored, or an empty string; the text is stored all the same."""
    notes = []
    removed = len(control_characters(cell.edit.text))
    if removed:
        notes.append(
            f"Đã bỏ {removed} ký tự điều khiển không in được; phần chữ giữ nguyên."
        )
    if cell.edit.field == "schedule":
        notes.append(schedule_note(plan, cell.text))
    return " ".join(filter(None, notes))


def schedule_note(plan, text):
    """A remark on a time outside the plan's school year, or an empty string."""
    year = plan.school_year
    span = schedules.parse(text, year.first_year)
    if span is None or year.starts_on <= span[0] <= span[1] <= year.ends_on:
        return ""
    return (
        f"Thời gian đọc được ({span[0]:%d/%m/%Y} - {span[1]:%d/%m/%Y}) nằm ngoài năm học "
        f"{year}; vẫn được lưu, hãy xem lại."
    )
