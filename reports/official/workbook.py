"""A document as an Excel workbook: one sheet that prints like the paper.

Every text is a typed text cell: what begins with "=" or "-" stays what was typed."""

import math
import re
from dataclasses import dataclass, replace
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

from reports.official import arrangement, measures
from reports.official.check_mark import set_foot
from reports.official.document import (
    Align,
    Document,
    Heading,
    Orientation,
    Paragraph,
    Signature,
    Table,
)
from reports.official.grid import Grid
from reports.official.lettering import bold_width_mm
from reports.official.wording import (
    addressee_lines,
    body_lines,
    cell_lines,
    clean,
    one_line,
    recipient_lines,
)

_SIDE = Side(style="thin")
_BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_RULE = Border(bottom=_SIDE)
_TALLEST_PT = 409  # Excel's own limit for a row
_LINE_EM = 1.25
_MM_PER_INCH = 25.4
# Excel takes "_x0041_" in a file for the letter A; this is how it writes it itself.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Look:
    size: int = measures.BODY_PT
    bold: bool = False
    italic: bool = False
    align: str = "left"
    border: Border | None = None
    vertical: str = "top"


_BODY = Look(align="justify")


def write_xlsx(document: Document) -> bytes:
    book = Workbook()
    sheet = _Sheet(book.active, document)
    sheet.front()
    for block in document.blocks:
        sheet.block(block)
    sheet.closing()
    sheet.set_up_print()
    book.properties.title = one_line(f"{document.title} {document.subject}")
    content = BytesIO()
    book.save(content)
    return content.getvalue()


class _Sheet:
    """Writes from top to bottom; `row` is the next free one."""

    def __init__(self, sheet, document: Document):
        self.sheet, self.document = sheet, document
        self.grid = Grid.of(document)
        self.row = 1
        self.head_rows: list[tuple[int, int]] = []
        sheet.title = "Văn bản"
        sheet.sheet_view.showGridLines = False
        for index, width in enumerate(self.grid.widths_mm, start=1):
            letter = get_column_letter(index)
            sheet.column_dimensions[letter].width = _characters(width)

    # --- parts of the document --------------------------------------------------

    def front(self):
        center = Look(align="center")
        bold = replace(center, bold=True)
        if self.document.letterhead:
            self._letterhead(self.document.letterhead, center, bold)
        for line in (self.document.title, *self.document.subject.splitlines()):
            if line.strip():
                self._full(one_line(line), replace(bold, size=measures.TITLE_PT))
        if note := one_line(self.document.annex_note):
            self._full(note, replace(center, size=measures.ANNEX_NOTE_PT, italic=True))
        self.row += 1
        for line in addressee_lines(self.document.addressees):
            self._full(line, center)
        for base in self.document.bases:
            for line in body_lines(base):
                self._full(line, replace(_BODY, italic=True))

    def _letterhead(self, head, center, bold):
        self._halves(
            (head.superior, replace(center, size=measures.SUPERIOR_PT)),
            (measures.NATION, replace(bold, size=measures.NATION_PT)),
        )
        self._halves(
            (head.issuer, replace(bold, size=measures.ISSUER_PT)),
            (measures.MOTTO, replace(bold, size=measures.MOTTO_PT)),
        )
        self._halves(
            (clean(head.number).strip(), replace(center, size=measures.NUMBER_PT)),
            (
                head.place_and_date,
                replace(center, size=measures.PLACE_DATE_PT, italic=True),
            ),
        )
        self.row += 1

    def block(self, block):
        match block:
            case Heading():
                self._full(one_line(block.text), Look(bold=True))
            case Paragraph():
                for line in body_lines(block.text):
                    self._full(line, replace(_BODY, italic=block.italic))
            case Table():
                self._table(block)
            case _:
                raise TypeError(f"no Excel form for {type(block).__name__}")

    def closing(self):
        for row in arrangement.closing_rows(self.document):
            self.row += 1
            left = self._recipients() if row.has_recipients else _signed(row.left)
            right = _signed(row.right)
            if row.signed_at:
                look = Look(measures.PLACE_DATE_PT, italic=True, align="center")
                right = [(row.signed_at, look), *right]
            blank = ("", Look())
            for index in range(max(len(left), len(right))):
                self._halves(
                    left[index] if index < len(left) else blank,
                    right[index] if index < len(right) else blank,
                )

    def _recipients(self):
        lines = recipient_lines(self.document.recipients)
        if not lines:
            return []
        label = Look(measures.RECIPIENTS_LABEL_PT, bold=True, italic=True)
        item = Look(measures.RECIPIENTS_PT)
        return [("Nơi nhận:", label), *((line, item) for line in lines)]

    def _table(self, table: Table):
        first = self.row
        edges = self.grid.edges_of(table, self.document.orientation)
        size = measures.table_size_pt(len(table.columns))
        head = Look(size, bold=True, align="center", border=_BOX, vertical="center")
        for cells in arrangement.cell_columns(table.head, len(table.columns)):
            self._cells(edges, [(column, cell, head) for column, cell in cells])
        self.head_rows.append((first, self.row - 1))
        placed = arrangement.cell_columns(table.body, len(table.columns))
        for row, cells in zip(table.body, placed, strict=True):
            looks = [
                (column, cell, _body_look(table, row, column, cell, size))
                for column, cell in cells
            ]
            self._cells(edges, looks)
        self.row += 1

    # --- cells --------------------------------------------------------------------

    def _cells(self, edges, cells):
        """One row of a table; a cell may reach over columns and rows."""
        height = 0
        for column, cell, look in cells:
            stop = edges[min(column + cell.colspan, len(edges) - 1)]
            text = "\n".join(cell_lines(cell.text))
            self._merged(text, look, edges[column] + 1, stop, cell.rowspan)
            if cell.rowspan == 1:
                height = max(height, self._height(text, look, edges[column], stop))
        self._finish_row(height)

    def _full(self, text, look):
        self._merged(text, look, 1, self.grid.count)
        self._finish_row(self._height(text, look, 0, self.grid.count))

    def _halves(self, left, right):
        """Two texts side by side, as the letterhead and the signatures stand."""
        middle = self.grid.middle(measures.LETTERHEAD_MM[self.document.orientation][0])
        self._merged(*left, 1, middle)
        self._merged(*right, middle + 1, self.grid.count)
        self._finish_row(
            max(
                self._height(*left, 0, middle),
                self._height(*right, middle, self.grid.count),
            )
        )

    def _merged(self, text, look, first, last, rows=1):
        """`text` in the columns `first` to `last` (from 1) of the current row."""
        sheet, bottom = self.sheet, self.row + rows - 1
        if look.border:
            for line in range(self.row, bottom + 1):
                for column in range(first, last + 1):
                    sheet.cell(line, column).border = look.border
        cell = sheet.cell(self.row, first)
        cell.font = Font(
            name=measures.FONT_FAMILIES[0],
            size=look.size,
            bold=look.bold,
            italic=look.italic,
        )
        cell.alignment = Alignment(
            horizontal=look.align, vertical=look.vertical, wrap_text=True
        )
        if text := clean(text):
            cell.value = _LOOKS_ESCAPED.sub("_x005F_", text)
            cell.data_type = "s"
            # So that it stays a text when somebody edits it in Excel.
            cell.quotePrefix = text.startswith(_LOOKS_LIKE_FORMULA)
        if first < last or rows > 1:
            sheet.merge_cells(
                start_row=self.row, end_row=bottom, start_column=first, end_column=last
            )

    def _height(self, text, look, start, stop):
        """The height the text needs: Excel does not reckon it for merged cells."""
        width = sum(self.grid.widths_mm[start:stop]) - 2 * measures.CELL_SIDE_MM
        count = sum(
            max(1, math.ceil(bold_width_mm(line, look.size) / max(width, 1)))
            for line in text.split("\n")
        )
        return count * look.size * _LINE_EM + 2

    def _finish_row(self, height):
        if height:
            self.sheet.row_dimensions[self.row].height = min(height, _TALLEST_PT)
        self.row += 1

    def set_up_print(self):
        sheet = self.sheet
        is_landscape = self.document.orientation is Orientation.LANDSCAPE
        sheet.page_setup.orientation = "landscape" if is_landscape else "portrait"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins = PageMargins(
            left=measures.MARGIN_LEFT_MM / _MM_PER_INCH,
            right=measures.MARGIN_RIGHT_MM / _MM_PER_INCH,
            top=measures.MARGIN_TOP_MM / _MM_PER_INCH,
            bottom=measures.MARGIN_BOTTOM_MM / _MM_PER_INCH,
            header=measures.HEADER_DISTANCE_MM / _MM_PER_INCH,
            footer=measures.HEADER_DISTANCE_MM / _MM_PER_INCH,
        )
        sheet.oddHeader.center.text = "&P"
        sheet.HeaderFooter.differentFirst = True  # P05: no number on the first page
        set_foot(sheet.firstFooter.left, self.document.check_mark)
        # Of two heads, one would stand over the other's rows.
        if len(self.head_rows) == 1:
            first, last = self.head_rows[0]
            sheet.print_title_rows = f"{first}:{last}"


def _body_look(table, row, column, cell, size):
    align = arrangement.cell_align(row, cell, table.columns[column])
    return Look(
        size,
        bold=arrangement.is_bold(row, cell),
        align={Align.LEFT: "left", Align.CENTER: "center"}.get(align, "justify"),
        border=_BOX,
    )


def _signed(signature: Signature | None):
    """The lines of a signature from the capacity to the name, with room to sign."""
    if signature is None:
        return []
    bold = Look(measures.SIGNATURE_PT, bold=True, align="center")
    hint = replace(bold, size=measures.HINT_PT, bold=False, italic=True)
    lines = [(line, bold) for line in signature.capacity]
    if signature.hint:
        lines.append((signature.hint, hint))
    lines += [("", bold)] * 3
    if signature.second_title:
        lines.append((signature.second_title, bold))
    return [*lines, (signature.name, bold)]


def _characters(width_mm):
    """A column's width in Excel's unit: digits of 7 pixels, and 5 pixels of margin."""
    pixels = width_mm / _MM_PER_INCH * 96
    return max((pixels - 5) / 7, 0.5)
