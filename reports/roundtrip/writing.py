"""A `Book` as XLSX. Every text is a typed text cell: "=1+1" and "- việc" stay as they are."""

import re
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from reports.roundtrip.shape import KEY_COLUMNS
from reports.roundtrip.stamping import stamp_of

STAMP_SHEET, LIST_SHEET = "_dau", "_danh_muc"
NEW_ROWS = 30  # blank lines ready to be filled in
_CHUNK = 30_000  # a cell of Excel holds 32,767 characters
_KEY_WIDTHS = (9, 16, 8, 26)
_TEXT_FORMAT = "@"
# Excel takes "_x0041_" in a file for the letter A; this is how it writes it itself.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SIDE = Side(style="thin", color="B8C0BF")
_BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEAD_FILL = PatternFill("solid", fgColor="E6F0F1")
_KEY_FILL = PatternFill("solid", fgColor="EEF0EF")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_FONT, _BOLD = (
    Font(name="Times New Roman", size=12),
    Font(name="Times New Roman", size=12, bold=True),
)


def write_book(book):
    """The bytes of the workbook."""
    file = Workbook()
    file.remove(file.active)
    for sheet in book.sheets:
        _write_sheet(file.create_sheet(sheet.title), sheet, book)
    _write_lists(file.create_sheet(LIST_SHEET), book)
    _write_stamp(file.create_sheet(STAMP_SHEET), book)
    file.properties.title = f"{book.subject.name}, {book.subject.school_name}"
    content = BytesIO()
    file.save(content)
    return content.getvalue()


def _put(page, row, column, text, *, is_open=False, font=_FONT, fill=None):
    cell = page.cell(row, column)
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", text) or None
    if text:
        cell.data_type = "s"  # openpyxl takes "=…" for a formula
    cell.number_format = _TEXT_FORMAT
    cell.alignment, cell.border, cell.font = _WRAPPED, _BOX, font
    cell.protection = Protection(locked=not is_open)
    if fill is not None:
        cell.fill = fill
    # Excel keeps a text that looks like a formula when it is edited.
    cell.quotePrefix = is_open


def _write_sheet(page, sheet, book):
    for column, label in enumerate(sheet.header, start=1):
        _put(page, 1, column, label, font=_BOLD, fill=_HEAD_FILL)
    for row, line in enumerate(sheet.lines, start=2):
        _write_line(page, row, sheet, line)
    if sheet.takes_new:
        first = len(sheet.lines) + 2
        for row in range(first, first + NEW_ROWS):
            _write_blank(page, row, sheet)
        if sheet.takes_criterion:
            _offer_lists(page, first, first + NEW_ROWS - 1, book)
    _set_up(page, sheet)


def _write_line(page, row, sheet, line):
    for column, text in enumerate((str(line.pk), *line.keys), start=1):
        _put(page, row, column, text, fill=_KEY_FILL)
    for number, column in enumerate(sheet.columns, start=len(KEY_COLUMNS) + 1):
        is_open = column.is_open and column.field not in line.fixed
        _put(
            page,
            row,
            number,
            line.texts[column.field],
            is_open=is_open,
            fill=None if is_open else _KEY_FILL,
        )


def _write_blank(page, row, sheet):
    _put(page, row, 1, "", fill=_KEY_FILL)
    for column in range(2, len(KEY_COLUMNS) + 1):
        _put(page, row, column, "", is_open=sheet.takes_criterion)
    for number, column in enumerate(sheet.columns, start=len(KEY_COLUMNS) + 1):
        _put(page, row, number, "", is_open=column.is_open)


def _set_up(page, sheet):
    widths = (*_KEY_WIDTHS, *(column.width for column in sheet.columns))
    for index, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(index)].width = width
    page.column_dimensions["A"].hidden = True
    for letter, label in zip("BC", sheet.key_labels[1:3], strict=True):
        page.column_dimensions[letter].hidden = not label
    page.freeze_panes = page.cell(2, len(KEY_COLUMNS) + 1)
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    # Without a password: it keeps from mistakes, not from people.
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    page.protection.sort = page.protection.autoFilter = True


def _write_lists(page, book):
    """What the lists of choices offer; one column each."""
    texts = (
        book.schoolings,
        book.levels,
        [f"{code} {title}" for code, title in book.criteria],
    )
    for column, values in enumerate(texts, start=1):
        for row, value in enumerate(values, start=1):
            _put(page, row, column, value)
    page.sheet_state = "veryHidden"
    page.protection.sheet = True


def _offer_lists(page, first, last, book):
    counts = (len(book.schoolings), len(book.levels), len(book.criteria))
    for column, count in enumerate(counts, start=1):
        if not count:
            continue
        letter = get_column_letter(column)
        choice = DataValidation(
            type="list",
            formula1=f"{LIST_SHEET}!${letter}$1:${letter}${count}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="Không có trong danh mục",
            error="Hãy chọn một giá trị trong danh sách.",
        )
        choice.add(
            f"{get_column_letter(column + 1)}{first}:"
            f"{get_column_letter(column + 1)}{last}"
        )
        page.add_data_validation(choice)


def _write_stamp(page, book):
    stamp = stamp_of(book)
    for row, start in enumerate(range(0, len(stamp), _CHUNK), start=1):
        cell = page.cell(row, 1, stamp[start : start + _CHUNK])
        cell.data_type, cell.number_format = "s", _TEXT_FORMAT
    page.sheet_state = "veryHidden"
    page.protection.sheet = True
