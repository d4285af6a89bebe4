"""The lines of the three tables of a year file."""

import re

from plans.enums import Progress
from plans.models import ActionRow
from plans.tables import ROWS
from plans.yearfile.data import LineData
from plans.yearfile.fields import limit_of
from plans.yearfile.year_reading import read_line_year
from schools.enums import LevelOfSchooling

_PROGRESS = {label: value for value, label in Progress.choices}
_LEVELS = ("1", "2", "3", "4")


def read_lines(node, table, layout, issue_count=0):
    """The lines of `table`; `issue_count` focus issues are there to refer to."""
    columns = table.columns(layout)
    if not columns:
        if node.items():
            node.fault(f"mẫu {layout.name} không có bảng này.")
        return ()
    return tuple(
        _read_line(item, table, layout, columns, issue_count) for item in node.items()
    )


def _read_line(node, table, layout, columns, issue_count):
    members = node.members()
    line = {}
    if table.has_criterion:
        line |= read_criterion(members, table, layout)
    if table is ROWS and layout.has_levels:
        limit = limit_of(ActionRow, "criterion_title")
        line["level"] = read_level(members["level"])
        line["criterion_title"] = members["criterion_title"].line(limit, nullable=True)
    if table is ROWS and layout.focus_issues:
        line["issue"] = members["issue"].integer(1, max(issue_count, 1))
        if line["issue"] and not issue_count:
            members["issue"].fault("tệp không có vấn đề trọng tâm nào.")
    cells = {c.field: _read_cell(members[c.json_key], table, c) for c in columns}
    if table.has_criterion:
        line["year"] = read_line_year(members, has_progress=table is ROWS)
    members.close()
    return LineData(cells=cells, path=node.path, **line)


def read_criterion(members, table, layout):
    standard, criterion = members["standard"], members["criterion"]
    if table.needs_standard(layout):
        standard.required()
    if table.needs_criterion(layout):
        criterion.required()
    number, code = standard.integer(1, 99), criterion.line(nullable=True)
    if number is None and (found := re.fullmatch(r"(\d{1,2})\.\d{1,2}", code)):
        number = int(found[1])
    schooling = members["education_level"]
    levels = [
        level
        for level in LevelOfSchooling.values
        if level != LevelOfSchooling.MULTI_LEVEL
    ]
    return {
        "standard": number,
        "criterion": code,
        "education_level": "" if schooling.is_blank else schooling.choice(levels),
    }


def read_level(node):
    level = node.line(nullable=True)
    numbers = level.split(", ")
    known = set(numbers) <= set(_LEVELS)
    if level and not (known and numbers == sorted(set(numbers))):
        node.wrong("null, “1”, “2”, “3” hoặc “1, 2, 3”")
    return level


def _read_cell(node, table, column):
    if column.field == "progress":
        return _read_progress(node)
    return node.text(limit_of(table.model, column.field))


def _read_progress(node):
    """The label, as the form has it; empty at approval."""
    label = node.text()
    if label and label not in _PROGRESS:
        node.wrong(f"để trống hoặc một trong: {', '.join(_PROGRESS)}")
    return _PROGRESS.get(label, "")
