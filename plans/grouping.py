"""How the lines of a plan are grouped, on the screen as on paper."""

from dataclasses import dataclass

from plans.enums import Grouping
from schools.enums import LevelOfSchooling


@dataclass(frozen=True)
class GroupTitle:
    """A row over the whole table: a level ("MỨC 1") or a level of schooling."""

    text: str


@dataclass(frozen=True)
class StandardTitle:
    """A standard with its running number in the table (column TT)."""

    number: int
    text: str


def grouped(plan, lines):
    """`lines` in their order, with the titles of the groups they begin in between.
    `plan` may also be a report about one: whatever has a grouping."""
    items, before = [], None
    counter = 0
    for line in lines:
        for kind, value in _titles(plan, before, line):
            if kind == "standard":
                counter += 1
                items.append(StandardTitle(counter, value))
            else:
                counter = 0 if kind == "restart" else counter
                items.append(GroupTitle(value))
        items.append(line)
        before = line
    return items


def _titles(plan, before, line):
    """The (kind, text) of the titles between two lines that follow each other."""
    titles = []
    schooling = line.education_level_id
    is_new = schooling != (before.education_level_id if before else None)
    if is_new and schooling:
        titles.append(("restart", LevelOfSchooling(schooling).label.upper()))
    # Mẫu số 2 asks for neither level nor standard.
    if plan.groups_by_standard and line.standard is not None:
        is_new = is_new or before is None
        new_level = is_new or line.level != before.level
        new_standard = is_new or line.standard_id != before.standard_id
        titles += _standard_titles(plan, line, new_level, new_standard)
    return titles


def _standard_titles(plan, line, new_level, new_standard):
    titles, standard = [], ("standard", standard_title(plan, line.standard))
    if plan.grouping == Grouping.LEVEL_FIRST:
        if new_level and line.level:
            titles.append(("restart", f"MỨC {line.level}"))
        if new_level or new_standard:
            titles.append(standard)
        return titles
    if new_standard:
        titles.append(standard)
    if (new_standard or new_level) and line.level:
        titles.append(("level", f"Mức {line.level}"))
    return titles


def standard_title(plan, standard):
    """ "Tiêu chuẩn 1: Tổ chức và quản lý nhà trường"; the title as the plan's file had
    it, where it had one of its own."""
    title = plan.standard_titles.get(str(standard.number), standard.title)
    return f"Tiêu chuẩn {standard.number}: {title}".rstrip(": ")
