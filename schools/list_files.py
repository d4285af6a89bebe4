"""Lists of an office as files: reading what people upload, writing what they take."""

import csv
import datetime
import io
import zipfile

from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from tablib import Dataset

from qualityplan.text import one_line
from qualityplan.uploads import XLSX, check_upload

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
_MOST_COLUMNS = 60
# Blank rows cost time too; a sheet may claim a million of them.
_LAST_ROW = 4 * MOST_ROWS
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)
_BROKEN = "Không đọc được bảng trong tệp. Hãy mở tệp mẫu, dán dữ liệu vào rồi chọn lại."
_TOO_MANY = ValidationError(
    f"Tệp có hơn {MOST_ROWS:,} dòng".replace(",", ".")
    + ". Hãy tách thành nhiều tệp rồi nhập lần lượt."
)


class Formula(str):
    """The text of a formula; whoever reads the cell refuses it."""

    __slots__ = ()


def check_size(upload):
    """Refuse what is too large before anything of it is read."""
    if upload.size > MOST_BYTES:
        raise ValidationError(
            f"Tệp nặng {upload.size / 1024 / 1024:.1f} MB, quá mức 5 MB. Danh sách chỉ "
            "có chữ thì nhẹ hơn nhiều: hãy bỏ hình và trang tính thừa rồi chọn lại."
        )


def read_list(name, content):
    """The `Dataset` of the first sheet of an XLSX or of a CSV in UTF-8: texts as people
    see them, `Formula` where one stands. Raises ValidationError in plain words."""
    extension = name.rpartition(".")[2].lower()
    if extension == "csv":
        rows = _csv_rows(content)
    elif extension == "xlsx":
        rows = _xlsx_rows(name, content)
    else:
        raise ValidationError("Chỉ nhận tệp Excel (.xlsx) hoặc CSV (.csv).")
    try:
        return _dataset(rows)
    except (*_FAULTS, csv.Error):
        raise ValidationError(_BROKEN) from None


def _dataset(rows):
    """Empty rows stay out, but keep their place: messages name the row of the file."""
    filled = _filled(rows)
    head = _head(next(filled, (0, []))[1])
    dataset = Dataset(headers=[*head, ROW])
    for number, row in filled:
        if any(row[len(head) :]):
            raise ValidationError(
                f"Dòng {number} có ô nằm ngoài các cột có tên. Hãy xóa ô thừa."
            )
        if len(dataset) >= MOST_ROWS:
            raise _TOO_MANY
        padded = (row + [""] * len(head))[: len(head)]
        dataset.append([*padded, number])
    if not len(dataset):
        raise ValidationError(
            "Tệp không có dòng dữ liệu nào. Hàng đầu ghi tên cột, dữ liệu từ hàng hai."
        )
    return dataset


def _filled(rows):
    """The rows that are not empty, each with its number in the file."""
    for number, row in enumerate(rows, start=1):
        if number > _LAST_ROW:
            raise _TOO_MANY
        if any(row):
            yield number, row


def _head(row):
    """The names of the columns, without the empty cells after the last."""
    while row and not row[-1]:
        row.pop()
    if len(row) > _MOST_COLUMNS:
        raise ValidationError(
            f"Hàng đầu có {len(row)} cột, quá mức {_MOST_COLUMNS}. Hãy dùng tệp mẫu."
        )
    return row


ROW = "#"  # the column of the dataset with the row's place in the file


def _csv_rows(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(
            "Tệp CSV không ở dạng UTF-8 nên chữ có dấu sẽ sai. Trong Excel hãy chọn "
            "“CSV UTF-8” khi lưu, hoặc dùng tệp .xlsx."
        ) from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [_from_csv(cell) for cell in row]


def _from_csv(text):
    """What `write_csv` put before a text that looks like a formula goes again."""
    if text.startswith("'") and _needs_mark(text):
        return one_line(text[1:])
    return Formula(text) if text.lstrip().startswith("=") else one_line(text)


class _Upload(io.BytesIO):
    """Bytes as the checks of uploads read them."""

    def __init__(self, name, content):
        super().__init__(content)
        self.name, self.size = name, len(content)


def _xlsx_rows(name, content):
    if check_upload(_Upload(name, content)) is not XLSX:
        raise ValidationError(_BROKEN)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        sheet = book.worksheets[0]
        # What the file claims of its size may be wrong.
        sheet.reset_dimensions()
    except _FAULTS:
        raise ValidationError(_BROKEN) from None
    for row in sheet.iter_rows(max_col=_MOST_COLUMNS):
        yield [_from_xlsx(cell) for cell in row]


def _from_xlsx(cell):
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(value if isinstance(value, str) else "=")
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return one_line(str(value))


def write_xlsx(dataset, title, widths=()):
    """The bytes of a workbook with one sheet; every cell a typed text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "B2"
    sheet.append([_text_cell(sheet, text, Font(bold=True)) for text in dataset.headers])
    for row in dataset:
        sheet.append([_text_cell(sheet, text) for text in row])
    last = get_column_letter(len(dataset.headers))
    sheet.auto_filter.ref = f"A1:{last}{len(dataset) + 1}"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _text_cell(sheet, text, font=None):
    cell = WriteOnlyCell(sheet)
    if text:
        cell.value, cell.data_type = text, "s"
        cell.quotePrefix = text.startswith(_LOOKS_LIKE_FORMULA)
    cell.number_format = "@"  # what is typed there stays a text, dates too
    if font:
        cell.font = font
    return cell


def _needs_mark(text):
    return text.lstrip("'").startswith(_LOOKS_LIKE_FORMULA)


def write_csv(dataset):
    """The bytes of a CSV that Excel opens as UTF-8. A text that begins like a formula gets
    an apostrophe: a CSV has no other way to say that it is a text. One that has such an
    apostrophe of its own gets another, so that reading gives it back."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(dataset.headers)
    for row in dataset:
        writer.writerow(f"'{text}" if _needs_mark(text) else text for text in row)
    return target.getvalue().encode("utf-8-sig")
