"""A result report as its page shows it: each cell with its text, whether it still agrees
with its source, and what it was when it was submitted before."""

from dataclasses import dataclass

from plans.differing import CellChange, LineChanges
from reports.differing import LATE
from reports.layout import COLUMNS
from reports.models import ResultRow
from reports.official.result import row_place
from reports.prefilling import source_lines


@dataclass(frozen=True)
class CellView:
    """`source` is what the plan and its year say now; None where there is no source.
    `before` is the text of the submission before, None where it is the same."""

    field: str
    label: str
    text: str
    source: str | None
    was: str | None  # the source's text when the cell was filled
    before: str | None = None

    @property
    def has_changed_source(self):
        return self.source is not None and self.source not in (self.was, self.text)

    @property
    def is_edited(self):
        return self.was is not None and self.text != self.was


@dataclass(frozen=True)
class RowView:
    """A title over the table, or a row with its cells. `late_before` is the change of its
    mark as late, which no cell shows."""

    title: str = ""
    row: ResultRow | None = None
    number: int = 0
    place: str = ""
    cells: tuple[CellView, ...] = ()
    has_progress: bool = True
    is_new: bool = False
    late_before: CellChange | None = None

    @property
    def has_changed_source(self):
        return any(cell.has_changed_source for cell in self.cells)


def sources_of(report):
    """The `SourceLine`s of the report's plan by key. Of an issued report nothing is
    compared any more: it says what was so on its day."""
    if report.plan is None or not report.is_open:
        return {}
    return {line.key: line for line in source_lines(report.plan, report.period)}


def table_rows(items, sources, changed):
    """`items`, the titles and rows in the order of the paper (`grouped_rows`), as views;
    `changed` are the `LineChanges` since the submission before, by the key of the row."""
    views, number = [], 0
    for item in items:
        if isinstance(item, ResultRow):
            number += 1
            line, change = sources.get(item.source_key), changed.get(item.pk)
            views.append(row_view(item, line, number, change))
        else:
            views.append(RowView(title=item.text))
    return views


def row_view(row, line, number=0, change=None):
    before = _before(change)
    return RowView(
        row=row,
        number=number,
        place=row_place(row),
        cells=tuple(_cell(row, line, column, before) for column in COLUMNS),
        has_progress=line is None or line.has_progress or line.row is None,
        is_new=change is not None and change.before is None,
        late_before=before.get(LATE),
    )


def _before(change: LineChanges | None):
    """The changed cells by field; a row that is new as a whole has none."""
    if change is None or change.before is None:
        return {}
    return {cell.field: cell for cell in change.cells}


def _cell(row, line, column, before):
    return CellView(
        column.field,
        column.label,
        getattr(row, column.field),
        line.texts.get(column.field) if line else None,
        row.sources.get(column.field),
        before[column.field].before if column.field in before else None,
    )
