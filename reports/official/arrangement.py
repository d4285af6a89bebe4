"""What stands beside, under and together with what: decisions all writers share."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.official import measures
from reports.official.document import (
    Align,
    Cell,
    Column,
    Document,
    Orientation,
    Row,
    RowKind,
    Signature,
    Table,
)
from reports.official.lettering import (
    balanced_width_mm,
    bold_width_mm,
    last_line,
    line_count,
    name_width_mm,
)
from reports.official.wording import cell_lines, one_line

_BOLD_KINDS = frozenset({RowKind.GROUP, RowKind.STANDARD})


@dataclass(frozen=True)
class RuledLine:
    """A centred line, the measure it wraps in, and the length of the rule under it: 0
    where it has none."""

    text: str
    size_pt: int
    width_mm: int
    rule_mm: float


@dataclass(frozen=True)
class ClosingRow:
    """One row of the block under the body: two signatures, or the recipients and one."""

    left: Signature | None
    right: Signature | None
    has_recipients: bool = False
    signed_at: str = ""  # place and date above the right signature


def ruled_line(text: str, size_pt: int, available_mm: int, share: float) -> RuledLine:
    """`share` of the length of the line above it goes to the rule (H02: all of it; H04,
    T02)."""
    text = one_line(text)
    width = balanced_width_mm(text, size_pt, available_mm)
    return _measured(text, size_pt, width, share)


def _measured(text: str, size_pt: int, width: int, share: float) -> RuledLine:
    length = bold_width_mm(last_line(text, size_pt, width), size_pt)
    return RuledLine(text, size_pt, width, length * share)


def is_single(line: RuledLine) -> bool:
    return bold_width_mm(line.text, line.size_pt) <= line.width_mm


def nation_lines(document: Document) -> RuledLine:
    width = measures.LETTERHEAD_MM[document.orientation][1]
    return ruled_line(measures.MOTTO, measures.MOTTO_PT, width, measures.FULL_RULE)


def superior_line(document: Document) -> RuledLine:
    return _name_line(document, document.letterhead.superior, measures.SUPERIOR_PT, 0)


def issuer_line(document: Document) -> RuledLine:
    name, share = document.letterhead.issuer, measures.PARTIAL_RULE
    return _name_line(document, name, measures.ISSUER_PT, share)


def _name_line(document: Document, name: str, size_pt: int, share: float) -> RuledLine:
    name, available = one_line(name), measures.LETTERHEAD_MM[document.orientation][0]
    width = name_width_mm(name, size_pt, available)
    return _measured(name, size_pt, width, share)


def subject_lines(document: Document) -> tuple[RuledLine, ...]:
    """The lines of the trích yếu; the rule belongs under the last one (T02)."""
    width = measures.TEXT_WIDTH_MM[document.orientation]
    return tuple(
        ruled_line(line, measures.SUBJECT_PT, width, measures.PARTIAL_RULE)
        for line in document.subject.splitlines()
        if line.strip()
    )


def annex_line(document: Document) -> RuledLine:
    """ "(Kèm theo …)" under the title of an annex, with the rule of the title (A01)."""
    width = measures.TEXT_WIDTH_MM[document.orientation]
    note, size = document.annex_note, measures.ANNEX_NOTE_PT
    return ruled_line(note, size, width, measures.PARTIAL_RULE)


def closing_rows(document: Document) -> tuple[ClosingRow, ...]:
    """Signatures two by two (Mẫu 1.9: secretary left, chair right). The recipients stand
    beside the last one if it is alone (S01, R01), else under the left one."""
    signatures = document.signatures
    paired = len(signatures) - len(signatures) % 2
    rows = [ClosingRow(*signatures[index : index + 2]) for index in range(0, paired, 2)]
    single = signatures[-1] if len(signatures) % 2 else None
    if single or document.recipients:
        rows.append(ClosingRow(None, single, has_recipients=True))
    if rows and document.signed_at:
        rows[-1] = replace(rows[-1], signed_at=one_line(document.signed_at))
    return tuple(rows)


def is_bold(row: Row, cell: Cell) -> bool:
    return cell.bold or row.kind in _BOLD_KINDS


def cell_align(row: Row, cell: Cell, column: Column) -> Align:
    """A level stands in the middle of the table, a remark at its left."""
    if cell.align is not None:
        return cell.align
    if row.kind is RowKind.GROUP:
        return Align.CENTER
    return Align.LEFT if row.kind is RowKind.CLOSING else column.align


def rows_with_hold(rows: tuple[Row, ...]) -> Iterator[tuple[Row, bool]]:
    """Each row, and whether it must stay on the page of the row after it.

    A heading row is no use at the foot of a page, and rows that share a cell over
    several rows belong together.
    """
    shared = 0
    for index, row in enumerate(rows):
        spans = [cell.rowspan for cell in row.cells]
        shared = max([shared - 1, *(span - 1 for span in spans)])
        is_heading = row.kind in _BOLD_KINDS
        yield row, index + 1 < len(rows) and (is_heading or shared > 0)


def cell_columns(
    rows: tuple[Row, ...], column_count: int
) -> Iterator[tuple[tuple[int, Cell], ...]]:
    """For each row its cells with the column each one starts in.

    A cell that spans rows takes its column in the rows below, where the description
    does not mention it again.
    """
    taken = [0] * column_count
    for row in rows:
        placed, column = [], 0
        for cell in row.cells:
            while column < column_count and taken[column]:
                column += 1
            placed.append((column, cell))
            for index in range(column, min(column + cell.colspan, column_count)):
                taken[index] = cell.rowspan
            column += cell.colspan
        taken = [max(left - 1, 0) for left in taken]
        yield tuple(placed)


def tall_rows(table: Table, orientation: Orientation) -> Iterator[bool]:
    """For each body row: is it so tall that it must be allowed to break?

    One that needs more than the page leaves under the head would push the head off the
    page.
    """
    widths = measures.column_widths_mm(table, orientation)
    room = measures.text_height_mm(orientation) - sum(heights_mm(table.head, widths))
    return (
        needed > room * table.splits_from for needed in heights_mm(table.body, widths)
    )


def heights_mm(rows: tuple[Row, ...], widths: tuple[int, ...]) -> Iterator[float]:
    """How high each row is in columns of `widths`; a little more than it will be."""
    size = measures.table_size_pt(len(widths))
    line_mm = size * measures.SINGLE_LINE_EM * measures.MM_PER_PT
    for cells in cell_columns(rows, len(widths)):
        counts = [_cell_line_count(column, cell, widths) for column, cell in cells]
        yield max(counts, default=1) * line_mm + 2 * measures.CELL_TOP_MM


def _cell_line_count(column: int, cell: Cell, widths: tuple[int, ...]) -> int:
    width = sum(widths[column : column + cell.colspan]) - 2 * measures.CELL_SIDE_MM
    size = measures.table_size_pt(len(widths))
    return sum(line_count(line, size, width) for line in cell_lines(cell.text))
