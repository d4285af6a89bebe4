"""The texts of an Excel file as people see them: each visible sheet a grid, merged cells
resolved, dates and numbers as they are shown."""

import datetime
import io
import re
import zipfile

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from plans.reading import packages, refusals
from plans.reading.refusals import DocumentRefused
from plans.reading.sheet_layout import MAX_COLUMNS, MAX_ROWS, drawn_texts, read_layout
from plans.reading.stream import Cell, Grid, Remark, Row, tidy

_DIMENSION = re.compile(rb'<(?:\w+:)?dimension[^>]*\bref="([A-Z]+\d+:[A-Z]+\d+)"')
_SHAPE = re.compile(r"^(#,##)?#*0(?:\.(0{1,10}))?(%?)")
# openpyxl's readers let many kinds of exceptions through for a sheet that is no sheet.
FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)


def read_sheets(content):
    """The blocks of the XLSX in `content`, sheet by sheet."""
    with packages.open_package(content) as package:
        for name in package.namelist():
            if "/worksheets/" in name and name.endswith(".xml"):
                _check_claim(packages.read_part(package, name))
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            blocks = [block for sheet in book for block in _sheet(sheet, package)]
            return blocks + drawn_texts(package)
        except FAULTS:
            raise DocumentRefused(refusals.BROKEN) from None


def _check_claim(content):
    found = _DIMENSION.search(content[:20_000])
    if found is None:
        return
    try:
        left, top, right, bottom = range_boundaries(found[1].decode())
    except ValueError:
        raise DocumentRefused(refusals.BROKEN) from None
    rows, columns = bottom - top + 1, right - left + 1
    if rows * columns > MAX_ROWS * MAX_COLUMNS:
        raise _too_large(f"{_dotted(rows)} x {_dotted(columns)} ô")


def _too_large(claim):
    return DocumentRefused(
        refusals.SHEET_SIZE.format(
            claim=claim, rows=_dotted(MAX_ROWS), columns=MAX_COLUMNS
        )
    )


def _dotted(number):
    return f"{number:,}".replace(",", ".")


def _sheet(sheet, package):
    place = f"trang tính “{sheet.title}”"
    if not hasattr(sheet, "reset_dimensions"):
        return []  # a chart has a sheet of its own
    if sheet.sheet_state != "visible":
        return [Remark("Trang tính bị ẩn nên không được đọc.", place)]
    path = sheet._worksheet_path.lstrip("/")
    packages.read_part(package, path)
    layout = read_layout(package, path)
    sheet.reset_dimensions()
    rows, held = [], {}
    for index, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        if index > MAX_ROWS:
            raise _too_large(f"hơn {_dotted(MAX_ROWS)} dòng")
        rows.append(_row(index, cells, layout.merges, held, place))
    if not any(row.filled for row in rows):
        return []
    width = max(cell.stop for row in rows for cell in row.filled)
    filled = {index for index, row in enumerate(rows, start=1) if row.filled}
    return [Grid(tuple(rows), place, width), *layout.remarks(place, filled)]


def _row(index, cells, merges, held, place):
    found, column, end = [], 0, len(cells)
    while column < end:
        first, last, top = merges.get(
            (index, column + 1), (column + 1, column + 1, index)
        )
        text = shown(cells[column])
        if text and column >= MAX_COLUMNS:
            raise _too_large(f"hơn {MAX_COLUMNS} cột")
        above = None
        if top < index:
            above = held.get((top, first), "")
        elif (index, column + 1) in merges:
            held[index, first] = text
        span = max(1, last - column)
        if text or above is not None:
            found.append(Cell(text, column, span, above))
        column += span
    return Row(tuple(found), f"{place}, dòng {index}")


def shown(cell):
    """The value of `cell` as a Vietnamese user sees it; its own text if it is one."""
    value = cell.value
    if value is None:
        return ""
    shape = getattr(cell, "number_format", "") or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%d/%m/%Y}" if "d" in shape.lower() else f"{value:%m/%Y}"
    if isinstance(value, int | float):
        return _number(value, shape)
    return tidy(str(value))


def _number(value, shape):
    """A number as Excel shows it to a Vietnamese user: 30.000.000 and 97,5%."""
    found = _SHAPE.match(shape)
    if found is None:
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    grouped, decimals, percent = found[1], found[2] or "", found[3]
    if percent:
        return f"{value * 100:.{len(decimals)}f}%".replace(".", ",")
    if grouped:
        text = f"{value:,.{len(decimals)}f}"
        return text.translate(str.maketrans(",.", ".,"))
    # "1.10" is a criterion; the number alone would be 1.1.
    return f"{value:.{len(decimals)}f}" if decimals else f"{value:.15g}"
