"""Many schools with documents, and exports of them, as tests state them."""

import io
import zipfile

from openpyxl import load_workbook

from reports.enums import ExportKind
from reports.exporting.choice import Choice
from reports.exporting.making import make
from reports.models import Export, IssuedDocument
from reports.overview.scope import Filters
from schools.models import School
from tests.factories.evidence import carried_out
from tests.factories.reports import add_file
from tests.factories.schools import SchoolFactory, school_year


def store(plan, content=b"%PDF-1.7", *, file_format="pdf", sha256=None, document=None):
    """A document of `plan` with one file in the store."""
    document = document or IssuedDocument.objects.create(
        plan=plan,
        number_and_symbol=f"Số: {plan.number or 5:02d}/KH-NSH",
        issued_on=plan.issued_on or "2026-10-05",
        subject="Cải tiến",
        snapshot={},
    )
    add_file(document, content, file_format=file_format, sha256=sha256)
    document.refresh_from_db()
    return document


def issued_plan(school, *, first_year=2026, rows=0):
    day = f"{first_year}-10-05"
    return carried_out(first_year, school=school, rows=rows, issued_on=day)


def make_schools(office, count):
    """That many schools under `office`, each with an issued plan and its PDF."""
    schools = [SchoolFactory(authority=office) for _ in range(count)]
    for school in schools:
        store(issued_plan(school), f"%PDF {school.pk}".encode())
    return School.objects.filter(pk__in=[school.pk for school in schools])


def ask(user, kind=ExportKind.DOCUMENTS, *, first_year=2026, filters=None, **told):
    """An export that waits for a worker."""
    year = school_year(first_year)
    choice = Choice(filters or Filters(year=year.name), **told)
    return Export.objects.create(
        user=user, school_year=year, kind=kind, choice=choice.stored()
    )


def made(user, kind=ExportKind.DOCUMENTS, **told):
    """An export as a worker leaves it."""
    export = ask(user, kind, **told)
    make(export.pk)
    export.refresh_from_db()
    return export


def opened(export):
    """The ZIP of `export`."""
    with export.file.open("rb") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def index_of(archive):
    """The lines of the index as dicts."""
    book = load_workbook(io.BytesIO(archive.read("Mục lục.xlsx")))
    return table_of(book["Mục lục"])


def table_of(sheet):
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def book_of(export):
    with export.file.open("rb") as file:
        return load_workbook(io.BytesIO(file.read()))
