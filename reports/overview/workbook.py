"""The tables of the overview as Excel workbooks: every text a typed text cell, the heading
frozen, filters on. Written row by row, so that memory does not grow with the schools."""

import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from reports.official.wording import clean

# Excel takes "_x0041_" in a file for the letter A; this is how it writes it itself.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST = 32_767  # characters of one cell, Excel's own limit
_HEAD_FILL = PatternFill("solid", fgColor="E6F0F1")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MOMENT = "dd/mm/yyyy hh:mm"


@dataclass(frozen=True)
class Column:
    """`width` in characters."""

    label: str
    width: int = 14


def write_table(title, columns, rows, facts):
    """The bytes of a workbook with the table `rows` (an iterable of rows of texts, whole
    numbers, moments and None) on its first sheet and the `facts` about it, (name, text)
    pairs, on the second."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for index, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.freeze_panes = "B2"
    sheet.append([head_cell(sheet, column.label) for column in columns])
    count = 1
    for row in rows:
        sheet.append([make_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    _write_facts(book, (*facts, ("Số dòng", str(count - 1))))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write_facts(book, facts):
    sheet = book.create_sheet("Ghi chú")
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 80
    for fact in facts:
        sheet.append([make_cell(sheet, text) for text in fact])


def head_cell(sheet, label):
    cell = make_cell(sheet, label)
    cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD_FILL, _WRAPPED
    return cell


def make_cell(sheet, value):
    if isinstance(value, datetime):
        # Excel knows no time zones: the clock of the office.
        cell = WriteOnlyCell(sheet, timezone.localtime(value).replace(tzinfo=None))
        cell.number_format = _MOMENT
        return cell
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet)
    if text := clean(value)[:_LONGEST]:
        cell.value = _LOOKS_ESCAPED.sub("_x005F_", text)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.alignment = _WRAPPED
    return cell
