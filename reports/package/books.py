"""The tables of a filing package as workbooks whose bytes depend on nothing but the data."""

import io
import re
import zipfile

from django.utils import timezone

from reports.exporting.sheets import Book
from reports.official.register import register_document
from reports.official.workbook import write_xlsx
from reports.overview.workbook import Column

_COLUMNS = (
    Column("Mã", 18),
    Column("Tiêu chí", 10),
    Column("Tên minh chứng", 60),
    Column("Ngày đưa vào", 14),
    Column("Tệp trong gói", 80),
    Column("Tên tệp", 36),
    Column("Đường dẫn", 50),
    Column("Nơi lưu bản giấy", 36),
    Column("Ghi chú", 40),
    Column("SHA-256", 66),
)
_MISSING = "KHÔNG CÓ TRONG KHO, không đưa vào gói"
_MOMENT = (1980, 1, 1, 0, 0, 0)
# openpyxl writes the clock of the moment into the file.
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_FIXED = rb"\g<1>1980-01-01T00:00:00Z\g<3>"


def evidence_book(pieces, paths):
    """The list of evidence; `paths` maps a SHA-256 to the member that has the bytes."""
    book, content = Book(), io.BytesIO()
    sheet = book.sheet("Danh mục minh chứng", _COLUMNS)
    for piece in pieces:
        path = paths.get(piece.sha256, _MISSING) if piece.sha256 else ""
        sheet.add(
            (
                piece.code,
                piece.criterion.code,
                piece.name,
                f"{timezone.localtime(piece.created_at):%d/%m/%Y}",
                path,
                piece.file_name,
                piece.link,
                piece.location,
                piece.note,
                piece.sha256,
            )
        )
    book.save(content)
    return without_clock(content.getvalue())


def register_book(school, year, entries):
    """The lines of the register that the package holds, in its ten columns."""
    years = f"{year.first_year} và {year.first_year + 1} (trích theo năm học {year})"
    return without_clock(write_xlsx(register_document(school, years, entries)))


def without_clock(content):
    """The workbook with one fixed moment wherever the present one was written."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.create_system = 3
            copy.writestr(info, _CLOCK.sub(_FIXED, source.read(name)))
    return target.getvalue()
