"""A plan as its page shows it: sections in order, each with its text or its table."""

from dataclasses import dataclass

from django.utils.text import Truncator

from plans.enums import SectionContent
from plans.grouping import GroupTitle, StandardTitle, grouped
from plans.letterhead import school_lines
from plans.tables import TABLES
from qualityplan.text import lines, roman


@dataclass(frozen=True)
class TableItem:
    """One row on the screen: a title over the table, or a line with its cells."""

    title: str = ""
    is_standard: bool = False
    line: object = None
    number: int = 0
    place: str = ""
    cells: tuple = ()


@dataclass(frozen=True)
class TableView:
    table: object
    columns: tuple
    items: tuple
    line_count: int
    has_place: bool  # a column that names the criterion


@dataclass(frozen=True)
class SectionView:
    section: object
    number: str
    paragraphs: tuple = ()
    table: TableView | None = None
    note: str = ""
    is_editable: bool = False


def section_views(plan):
    return [_section_view(plan, section) for section in plan.sections.all()]


def _section_view(plan, section):
    number = roman(section.position)
    spec = section.spec
    if section.content in TABLES:
        return SectionView(
            section,
            number,
            table=table_view(plan, TABLES[section.content]),
            note=spec.note if spec else "",
        )
    is_school = section.content == SectionContent.SCHOOL
    text = section.text
    if is_school and not text:
        text = "\n".join(school_lines(plan))
    is_locked = spec is not None and spec.editing == "locked"
    return SectionView(section, number, tuple(lines(text)), is_editable=not is_locked)


def table_view(plan, table):
    """`table` of `plan`, for the partial `plans/_table.html`."""
    stored = list(table.lines(plan))
    columns = tuple(table.columns(plan.layout))
    items, number = [], 0
    for item in grouped(plan, stored) if table.has_criterion else stored:
        if isinstance(item, GroupTitle):
            items.append(TableItem(title=item.text))
        elif isinstance(item, StandardTitle):
            items.append(
                TableItem(title=item.text, is_standard=True, number=item.number)
            )
        else:
            number += 1
            items.append(_line_item(table, columns, item, number))
    return TableView(table, columns, tuple(items), number, table.has_criterion)


def _line_item(table, columns, line, number):
    cells = tuple((column, cell_text(line, column)) for column in columns)
    return TableItem(line=line, number=number, place=place_text(line), cells=cells)


def cell_text(line, column):
    """The text of a cell as it is printed."""
    if column.field == "progress":
        return line.get_progress_display()
    return getattr(line, column.field)


def place_text(line):
    """ "Tiêu chí 1.4" with its name; or the standard, where only that is chosen."""
    criterion = getattr(line, "criterion", None)
    if criterion:
        title = getattr(line, "criterion_title", criterion.title)
        return f"Tiêu chí {criterion.code}: {title}".rstrip(": ")
    standard = getattr(line, "standard", None)
    return f"Tiêu chuẩn {standard.number}" if standard else ""


def row_name(row):
    """A row of the plan in a list: its criterion and how its text begins, cut between
    words."""
    text = Truncator(" ".join((row.content or row.goal).split())).words(14)
    criterion = f"Tiêu chí {row.criterion.code}" if row.criterion else ""
    return ": ".join(filter(None, (criterion, text))) or f"Nội dung {row.position}"


def default_subject(plan):
    """The form's own trích yếu for the plan's school year."""
    return plan.layout.subject.format(year=plan.school_year.spaced_name)
