"""A workbook that came back: looked at as any upload, then its texts, sheet by sheet."""

import io
import re
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from plans.reading import DocumentRefused, packages, refusals
from plans.reading.sheet import FAULTS, shown
from qualityplan.text import clean
from reports.roundtrip import problems
from reports.roundtrip.problems import WorkbookRefusedError
from reports.roundtrip.shape import KEY_COLUMNS
from reports.roundtrip.stamping import check_belongs, read_stamp
from reports.roundtrip.writing import STAMP_SHEET

MAX_ROWS, MAX_STAMP_ROWS = 3_000, 200
_UNESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Found:
    """A filled row of a sheet: `row` is its number there, `pk` None for a new line."""

    row: int
    pk: int | None
    keys: tuple[str, str, str]
    texts: dict[str, str]


@dataclass(frozen=True)
class Returned:
    """`rows` by the slug of the sheet."""

    stamp: object
    rows: dict[str, tuple[Found, ...]]


def read_book(content, book):
    """What the workbook in the bytes `content` says, which was taken home from `book`.
    Raises WorkbookRefusedError."""
    try:
        if packages.family(content) != f".{packages.EXCEL}":
            raise WorkbookRefusedError(problems.NOT_OURS)
        packages.open_package(content).close()
    except DocumentRefused as error:
        raise WorkbookRefusedError(str(error)) from None
    try:
        file = load_workbook(io.BytesIO(content), read_only=True)
        stamp = _stamp(file)
        check_belongs(stamp, book.subject)
        rows = {sheet.slug: _rows(file, sheet, stamp) for sheet in book.sheets}
    except FAULTS:
        raise WorkbookRefusedError(refusals.BROKEN) from None
    return Returned(stamp, rows)


def _stamp(file):
    if STAMP_SHEET not in file.sheetnames:
        raise WorkbookRefusedError(problems.NOT_OURS)
    page = file[STAMP_SHEET]
    page.reset_dimensions()
    rows = page.iter_rows(max_row=MAX_STAMP_ROWS, max_col=1, values_only=True)
    return read_stamp("".join(str(row[0]) for row in rows if row and row[0]))


def _rows(file, sheet, stamp):
    if sheet.title not in file.sheetnames:
        raise WorkbookRefusedError(problems.NO_SHEET.format(title=sheet.title))
    page = file[sheet.title]
    page.reset_dimensions()
    width, found = len(sheet.header), []
    for number, cells in enumerate(page.iter_rows(max_col=width), start=1):
        texts = [_text(cell, sheet, number) for cell in cells]
        texts += [""] * (width - len(texts))
        if number == 1:
            _check_header(texts, sheet)
        elif number > MAX_ROWS:
            raise WorkbookRefusedError(
                problems.TOO_LARGE.format(title=sheet.title, rows=MAX_ROWS)
            )
        elif any(texts):
            found.append((number, texts))
    if not found and sheet.lines and not stamp.lines(sheet.slug):
        return ()
    return _checked(found, sheet, stamp)


def _text(cell, sheet, row):
    """The text of a cell; numbers and days as Excel shows them."""
    value = cell.value
    if value is None:
        return ""
    place = {"title": sheet.title, "cell": f"{get_column_letter(cell.column)}{row}"}
    if cell.data_type == "f":
        raise WorkbookRefusedError(problems.FORMULA.format(**place))
    if cell.data_type == "e":
        raise WorkbookRefusedError(problems.ERROR_VALUE.format(value=value, **place))
    if isinstance(value, str):
        return clean(_UNESCAPED.sub("_", value).replace("_x000D_\n", "\n"))
    return shown(cell)


def _check_header(texts, sheet):
    for index, (text, label) in enumerate(zip(texts, sheet.header, strict=True), 1):
        if " ".join(text.split()) != " ".join(label.split()):
            letter = get_column_letter(index)
            raise WorkbookRefusedError(
                problems.HEADER.format(title=sheet.title, column=letter, label=label)
            )


def _checked(found, sheet, stamp):
    """The rows, each line once, new ones below all others."""
    known, seen, result = stamp.lines(sheet.slug), {}, []
    last = max((row for row, texts in found if texts[0]), default=0)
    for row, texts in found:
        place = {"title": sheet.title, "row": row}
        if not texts[0] and (row < last or not sheet.takes_new):
            raise WorkbookRefusedError(problems.MISSING.format(**place))
        pk = _number(texts[0])
        if texts[0] and pk not in known:
            raise WorkbookRefusedError(problems.UNKNOWN.format(**place))
        if pk in seen:
            raise WorkbookRefusedError(
                problems.DUPLICATE.format(other=seen[pk], **place)
            )
        if pk is not None:
            seen[pk] = row
        keys, cells = texts[1 : len(KEY_COLUMNS)], texts[len(KEY_COLUMNS) :]
        fields = [column.field for column in sheet.columns]
        result.append(
            Found(row, pk, tuple(keys), dict(zip(fields, cells, strict=True)))
        )
    return tuple(result)


def _number(text):
    return int(text) if re.fullmatch(r"\d{1,18}", text, re.ASCII) else None
