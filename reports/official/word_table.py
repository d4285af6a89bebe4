"""The tables of the body as WordprocessingML."""

from reports.official import arrangement, measures
from reports.official.document import Align, Cell, Orientation, Row, Table
from reports.official.word_xml import Style, paragraph, table_properties
from reports.official.wording import cell_lines

_WHOLE = "<w:cantSplit/>"  # the row stays on one page
_JUSTIFICATION = {Align.LEFT: "left", Align.CENTER: "center", Align.JUSTIFY: "both"}


def table(block: Table, orientation: Orientation, *, keep_last: bool = False) -> str:
    """`keep_last` ties the last row to what follows the table."""
    widths = measures.column_widths_mm(block, orientation)
    properties = table_properties(
        widths,
        side_mm=measures.CELL_SIDE_MM,
        top_mm=measures.CELL_TOP_MM,
        bordered=True,
    )
    tall = tuple(arrangement.tall_rows(block, orientation))
    rows = _head_rows(block, widths) + _body_rows(block, widths, tall, keep_last)
    return f"<w:tbl>{properties}{rows}</w:tbl>"


def _head_rows(block: Table, widths: tuple[int, ...]) -> str:
    style = Style(measures.table_size_pt(len(widths)), bold=True, align="center")
    rows = _Rows(widths, '<w:vAlign w:val="center"/>')
    return "".join(
        rows.row(cells, lambda _column, _cell: style, f"{_WHOLE}<w:tblHeader/>")
        for cells in arrangement.cell_columns(block.head, len(widths))
    )


def _body_rows(
    block: Table, widths: tuple[int, ...], tall: tuple[bool, ...], keep_last: bool
) -> str:
    rows = _Rows(widths)
    placed = arrangement.cell_columns(block.body, len(widths))
    held_rows = arrangement.rows_with_hold(block.body)
    last = len(block.body) - 1
    xml = []
    for index, ((row, held), cells) in enumerate(zip(held_rows, placed, strict=True)):
        keep = held or (keep_last and index == last)
        whole = "" if tall[index] else _WHOLE
        xml.append(rows.row(cells, _style_of(block, row, keep), whole))
    return "".join(xml)


def _style_of(block: Table, row: Row, keep_next: bool):
    size = measures.table_size_pt(len(block.columns))

    def style(column: int, cell: Cell) -> Style:
        align = arrangement.cell_align(row, cell, block.columns[column])
        return Style(
            size,
            bold=arrangement.is_bold(row, cell),
            align=_JUSTIFICATION[align],
            keep_next=keep_next,
        )

    return style


class _Rows:
    """Writes rows from top to bottom and remembers the cells that span several."""

    def __init__(self, widths_mm: tuple[int, ...], cell_properties: str = ""):
        self.widths = widths_mm
        self.cell_properties = cell_properties
        self.open: dict[int, tuple[int, int]] = {}  # column: rows left, columns

    def row(self, cells, style_of, properties: str) -> str:
        starts = dict(cells)
        content, column = [], 0
        while column < len(self.widths):
            if column in self.open:
                xml, width = self._continued(column)
            elif column in starts:
                cell = starts[column]
                xml, width = self._started(column, cell, style_of(column, cell))
            else:
                xml, width = self._tc(column, 1, "", Style(measures.TABLE_PT)), 1
            content.append(xml)
            column += width
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(content)}</w:tr>"

    def _started(self, column: int, cell: Cell, style: Style) -> tuple[str, int]:
        if cell.rowspan > 1:
            self.open[column] = (cell.rowspan - 1, cell.colspan)
        merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
        xml = self._tc(column, cell.colspan, merge, style, cell_lines(cell.text))
        return xml, cell.colspan

    def _continued(self, column: int) -> tuple[str, int]:
        left, width = self.open.pop(column)
        if left > 1:
            self.open[column] = (left - 1, width)
        style = Style(measures.SMALLEST_TABLE_PT)
        return self._tc(column, width, "<w:vMerge/>", style), width

    def _tc(self, column, colspan, merge, style, lines=("",)) -> str:
        width = measures.twips(sum(self.widths[column : column + colspan]))
        span = f'<w:gridSpan w:val="{colspan}"/>' if colspan > 1 else ""
        content = "".join(paragraph(line, style) for line in lines)
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
            f"{self.cell_properties}</w:tcPr>{content}</w:tc>"
        )
