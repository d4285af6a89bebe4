"""A result report as its page shows it: each cell with its text, and whether it still
agrees with its source."""

from dataclasses import dataclass

from plans.grouping import GroupTitle, StandardTitle
from reports.layout import COLUMNS
from reports.models import ResultRow
from reports.official.result import grouped_rows, row_place
from reports.prefilling import source_lines


@dataclass(frozen=True)
class CellView:
    """`source` is what the plan and its year say now; None where there is no source."""

    field: str
    label: str
    text: str
    source: str | None
    was: str | None  # the source's text when the cell was filled

    @property
    def has_changed_source(self):
        return self.source is not None and self.source not in (self.was, self.text)

    @property
    def is_edited(self):
        return self.was is not None and self.text != self.was


@dataclass(frozen=True)
class RowView:
    """A title over the table, or a row with its cells."""

    title: str = ""
    row: ResultRow | None = None
    number: int = 0
    place: str = ""
    cells: tuple[CellView, ...] = ()
    has_progress: bool = True

    @property
    def has_changed_source(self):
        return any(cell.has_changed_source for cell in self.cells)


def sources_of(report):
    """The `SourceLine`s of the report's plan by key. Of an issued report nothing is
    compared any more: it says what was so on its day."""
    if report.plan is None or not report.is_open:
        return {}
    return {line.key: line for line in source_lines(report.plan, report.period)}


def table_rows(report, sources):
    """Titles and rows in the order of the paper."""
    views, number = [], 0
    for item in grouped_rows(report):
        if isinstance(item, GroupTitle | StandardTitle):
            views.append(RowView(title=item.text))
        else:
            number += 1
            views.append(row_view(item, sources.get(item.source_key), number))
    return views


def row_view(row, line, number=0):
    cells = tuple(_cell(row, line, column) for column in COLUMNS)
    return RowView(
        row=row,
        number=number,
        place=row_place(row),
        cells=cells,
        has_progress=line is None or line.has_progress or line.row is None,
    )


def _cell(row, line, column):
    return CellView(
        column.field,
        column.label,
        getattr(row, column.field),
        line.texts.get(column.field) if line else None,
        row.sources.get(column.field),
    )
