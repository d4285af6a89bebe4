"""The stream cut into what is a table of a form and what is running text, whether they
stand in tables of their own (Word) or under each other on one sheet (Excel)."""

import re
from dataclasses import dataclass, field

from plans.reading.headings import Heading, recognised
from plans.reading.labels import criterion, level, standard
from plans.reading.stream import Grid, Para, Row, one_line
from qualityplan.text import fold

_OUTSIDE = re.compile(
    r"^(?:(?:phan\s+)?[ivx]{1,6}[.)]\s|noi nhan\b|luu y:|\./\.$|"
    r"(?:pho )?hieu truong$|giam doc$|(?:kt|tm|tl|q|tuq)\.\s?\w|.{2,40}, ngay\b.*\bnam\b|"
    r"nhan xet cua)"
)
_FULL_SHARE = 0.8  # of the width: the line has the page to itself
_LEAST_COLUMNS = 4


@dataclass
class TablePart:
    """Body rows under one heading. A table split over pages or sections makes several
    parts, with what stands between them in between."""

    heading: Heading
    place: str
    rows: list[Row] = field(default_factory=list)
    head_texts: list[str] = field(default_factory=list)


def segments(blocks):
    """`TablePart` and `Para` objects in the order of the paper."""
    found = []
    for block in _unframed(blocks):
        if isinstance(block, Para):
            found.append(block)
        else:
            found += _cut(block, _last_table(found))
    return found


def _last_table(found):
    return next((item for item in reversed(found) if isinstance(item, TablePart)), None)


def _unframed(blocks):
    """The stream without the tables that only frame others, or frame running text."""
    for block in blocks:
        if isinstance(block, Grid) and _is_frame(block):
            for row in block.rows:
                for cell in row.cells:
                    if cell.blocks:
                        yield from _unframed(cell.blocks)
                    elif cell.text:
                        yield from _lines(cell.text, row.place, None)
        else:
            yield block


def _is_frame(grid):
    if any(recognised(grid.rows, index) for index in range(min(3, len(grid.rows)))):
        return False
    cells = [cell for row in grid.rows for cell in row.cells]
    holds_grids = any(cell.blocks for cell in cells)
    return holds_grids or all(len(row.cells) <= 1 for row in grid.rows)


def _cut(grid, before):
    """The parts of one grid. Rows without a head of their own go on with the table
    `before`, when they look like its rows."""
    parts, loose, index = [], [], 0
    if before is not None and _continues(grid, before.heading):
        parts.append(TablePart(before.heading, grid.place))
    is_open = bool(parts)
    while index < len(grid.rows):
        heading = recognised(grid.rows, index)
        if heading is not None:
            parts += _running_text(loose, grid.width)
            loose, is_open = [], True
            _open(parts, heading, grid, index)
            index += heading.height
            continue
        row = grid.rows[index]
        is_open = is_open and not _is_outside(row) and not _is_other_head(row)
        (parts[-1].rows if is_open else loose).append(row)
        index += 1
    return parts + _running_text(loose, grid.width)


def _open(parts, heading, grid, index):
    """The table under `heading` at the end of `parts`; the same head again, as on a new
    page, opens none."""
    last = parts[-1] if parts else None
    if not isinstance(last, TablePart) or last.heading.columns != heading.columns:
        parts.append(TablePart(heading, grid.place))
    parts[-1].head_texts += [
        cell.text
        for row in grid.rows[index : index + heading.height]
        for cell in row.filled
    ]


def _continues(grid, heading):
    width = max((column.stop for column in heading.columns), default=0)
    if grid.width != width or width < _LEAST_COLUMNS:
        return False
    texts = [cell.text for row in grid.rows for cell in row.filled[:2]]
    if not heading.form.has_criteria:
        return bool(texts)
    return any(criterion(t) or standard(t) or level(t) for t in texts)


def _is_outside(row):
    filled = row.filled
    return 0 < len(filled) <= 2 and bool(_OUTSIDE.match(fold(filled[0].text)))


def _is_other_head(row):
    """Whether a table of another kind begins here, under it on the same sheet."""
    texts = [fold(cell.text) for cell in row.filled]
    return len(texts) > 1 and texts[0] in ("tt", "stt")


def _running_text(rows, width):
    """The lines of rows that are no table of ours: what stands side by side is read down
    each side first, as people read a letterhead; a list of people row by row."""
    found, group, is_list = [], [], False
    for row in rows:
        filled = row.filled
        is_list = _is_other_head(row) or (is_list and len(filled) > 1)
        if is_list:
            text = " | ".join(one_line(cell.text) for cell in filled)
            found += [*_columns(group), Para(text, row.place)]
            group = []
        elif len(filled) == 1 and (not group or filled[0].span >= width * _FULL_SHARE):
            found += [*_columns(group), *_lines(filled[0].text, row.place, None)]
            group = []
        elif filled:
            group.append(row)
    return found + _columns(group)


def _columns(rows):
    sides = {}
    for row in rows:
        for cell in row.filled:
            sides.setdefault(cell.column, []).append((cell.text, row.place))
    return [
        line
        for column in sorted(sides)
        for text, place in sides[column]
        for line in _lines(text, place, column)
    ]


def _lines(text, place, column):
    return [Para(line, place, column) for line in text.split("\n") if line.strip()]
