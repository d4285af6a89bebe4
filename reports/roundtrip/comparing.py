"""What a workbook that came back says differently from what is stored."""

import re
from dataclasses import dataclass, field

from plans.grid_rows import token
from qualityplan.text import clean
from reports.roundtrip.stamping import digest

_CODE = re.compile(r"^\s*(\d{1,2}\.\d{1,2})\b", re.ASCII)


@dataclass(frozen=True)
class Change:
    """One cell: `before` is stored now, `after` stands in the workbook. As a conflict,
    somebody changed `before` after the workbook was taken home."""

    slug: str
    line: int
    field: str
    name: str
    label: str
    before: str
    after: str

    @property
    def seen(self):
        return token(self.before)


@dataclass(frozen=True)
class NewLine:
    """A row without an id; `criterion` is a code, `texts` the filled cells by field."""

    slug: str
    name: str
    criterion: str
    level: str
    schooling: str
    texts: dict[str, str]


@dataclass
class Comparison:
    """`gone`: lines that the workbook left out (kept all the same); `vanished`: filled in
    lines that are no longer there; `closed`: closed cells that were changed (not taken);
    `faults`: why nothing can be applied."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    new: list[NewLine] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    changed_meanwhile: int = 0  # cells that only the stored one has changed

    @property
    def is_empty(self):
        return not (self.changes or self.conflicts or self.new)


def compare(book, returned):
    """The `Comparison` of what came back with `book`, as it is stored now."""
    result = Comparison()
    for sheet in book.sheets:
        rows = returned.rows[sheet.slug]
        for row in rows:
            if row.pk is None:
                _new_line(result, book, sheet, row, returned.stamp)
            else:
                _known_line(result, sheet, row, returned.stamp)
        there = {row.pk for row in rows}
        result.gone += [
            sheet.name_of(line)
            for line in sheet.lines
            if line.pk in returned.stamp.lines(sheet.slug) and line.pk not in there
        ]
    return result


def _known_line(result, sheet, row, stamp):
    line = sheet.line(row.pk)
    taken = {f: stamp.digest(sheet.slug, row.pk, f) for f in row.texts}
    if line is None:
        if any(digest(text) != taken[f] for f, text in row.texts.items()):
            result.vanished.append(f"{sheet.title}, dòng {row.row} trong tệp")
        return
    if any(
        a and _flat(a) != _flat(b) for a, b in zip(row.keys, line.keys, strict=True)
    ):
        result.closed.append(f"{sheet.name_of(line)}: cấp học, mức, tiêu chí")
    for column in sheet.columns:
        before, after = line.texts[column.field], row.texts[column.field]
        if after == clean(before):
            continue
        if digest(after) == taken[column.field]:
            result.changed_meanwhile += 1
            continue
        _changed_cell(result, sheet, line, column, after, taken[column.field])


def _changed_cell(result, sheet, line, column, after, taken):
    name = sheet.name_of(line)
    if not column.is_open or column.field in line.fixed:
        result.closed.append(f"{name}: {column.label}")
        return
    if len(after) > column.limit:
        result.faults.append(_too_long(name, column, after))
    before = line.texts[column.field]
    change = Change(
        sheet.slug, line.pk, column.field, name, column.label, before, after
    )
    is_stale = digest(before) != taken
    (result.conflicts if is_stale else result.changes).append(change)


def _too_long(name, column, text):
    limit = f"{column.limit:,}".replace(",", ".")
    return (
        f"{name}, ô “{column.label}”: dài {len(text)} ký tự, quá mức {limit}. Hãy rút gọn "
        "hoặc tách làm hai."
    )


def _new_line(result, book, sheet, row, stamp):
    name = f"{sheet.title}, dòng {row.row} trong tệp"
    texts = {c.field: row.texts[c.field] for c in sheet.columns if c.is_open}
    found = _CODE.match(row.keys[2])
    line = NewLine(
        slug=sheet.slug,
        name=name,
        criterion=found[1] if found else "",
        level=row.keys[1].strip(),
        schooling=row.keys[0].strip(),
        texts=texts,
    )
    if _is_there(sheet, line, stamp):
        return
    result.faults += _faults(book, sheet, line, row.keys[2])
    result.faults += [
        _too_long(name, column, texts[column.field])
        for column in sheet.columns
        if len(texts.get(column.field, "")) > column.limit
    ]
    result.new.append(line)


def _is_there(sheet, new, stamp):
    """Whether the line was added already: the same workbook, brought back twice."""
    return any(
        all(line.texts[f] == text for f, text in new.texts.items())
        and line.keys[2].startswith(new.criterion)
        for line in sheet.lines
        if line.pk not in stamp.lines(sheet.slug)
    )


def _faults(book, sheet, line, told):
    if not sheet.takes_criterion:
        return
    if told.strip() and line.criterion not in dict(book.criteria):
        yield f"{line.name}: không có tiêu chí “{told.strip()[:60]}” trong thông tư."
    elif sheet.needs_criterion and not line.criterion:
        yield f"{line.name}: dòng mới phải có tiêu chí; hãy chọn ở cột Tiêu chí."
    if line.level and line.level not in book.levels:
        yield f"{line.name}: mức “{line.level[:20]}” không có trong danh sách."
    if line.schooling and line.schooling not in book.schoolings:
        yield f"{line.name}: cấp học “{line.schooling[:40]}” không phải của trường."


def _flat(text):
    return " ".join(text.split())
