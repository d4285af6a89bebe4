"""Rows whose cells do not stand under their columns, and heads printed once more."""

import re
from dataclasses import replace

from plans.reading import labels
from qualityplan.text import fold

_STATUS = re.compile(r"^(?:da |chua |dang )?(?:hoan thanh|thuc hien|xong)\W*$")
_LONGEST_COUNT = 4  # "(10)"


def is_head_again(row, heading):
    """The head repeated by hand on a new page, or the row that numbers the columns."""
    texts = [fold(cell.text) for cell in row.filled]
    if len(texts) < 3:
        return False
    known = {fold(column.label) for column in heading.columns}
    return set(texts) <= known or _counts(texts)


def _counts(texts):
    numbers = [re.sub(r"\D", "", text) for text in texts]
    if not all(numbers) or any(len(text) > _LONGEST_COUNT for text in texts):
        return False
    first = int(numbers[0])
    return first <= 2 and [int(n) for n in numbers] == list(
        range(first, first + len(numbers))
    )


def aligned(row, heading, report):
    """The cells of `row` under the columns they belong to; what was put right or looks
    wrong goes into the report."""
    cells = list(row.cells)
    shift = _shift(cells, heading)
    if shift:
        report.warn(row.place, "Các ô bị lệch cột, đã xếp lại theo tiêu chí.")
        return [replace(cell, column=cell.column + shift) for cell in cells]
    if row.is_short and len(row.filled) > 2:
        report.warn(row.place, "Dòng thiếu ô so với đầu bảng; hãy xem lại các cột.")
        return _with_status_as_note(cells, heading)
    return cells


def _shift(cells, heading):
    """By how many columns the cell that names the criterion is off."""
    wanted = next((c for c in heading.columns if c.key == "criterion"), None)
    if wanted is None or len(cells) <= 2:
        return 0
    for cell in cells[:3]:
        if labels.criterion(cell.text):
            is_there = wanted.start <= cell.column < wanted.stop
            has_word = not cell.text[:1].isdigit()
            return wanted.start - cell.column if has_word and not is_there else 0
    return 0


def _with_status_as_note(cells, heading):
    """Of a row that lost a cell, "Đã hoàn thành" at its end is the note."""
    note = next((c for c in heading.columns if c.key == "note"), None)
    last = cells[-1]
    if note and _STATUS.match(fold(last.text)) and last.stop == note.start:
        cells[-1] = replace(last, column=note.start)
    return cells
