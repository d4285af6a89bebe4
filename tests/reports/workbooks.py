"""A workbook taken home and brought back, through the pages."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.schools import make_cast

PLAN_SHEET = "Bảng kế hoạch"


class WorkbookCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = complete(make_plan(2024, school=cls.cast.school, rows=3))
        cls.first, cls.second, cls.third = cls.plan.rows.all()

    def setUp(self):
        self.client.force_login(self.cast.principal)

    def url(self, name, paper=None):
        return reverse(f"reports:plan-workbook{name}", args=[(paper or self.plan).pk])

    def take_home(self, paper=None):
        """The workbook as openpyxl has it."""
        response = self.client.get(self.url("-download", paper))
        self.assertEqual(response.status_code, 200)
        content = b"".join(response) if response.streaming else response.content
        return load_workbook(io.BytesIO(content))

    def bring_back(self, book, paper=None):
        """The page that answers the upload of `book`."""
        if not isinstance(book, bytes):
            content = io.BytesIO()
            book.save(content)
            book = content.getvalue()
        file = SimpleUploadedFile("tep.xlsx", book)
        return self.client.post(self.url("", paper), {"file": file})

    def apply(self, page, **data):
        data["thay-doi"] = page.context["carried"]
        return self.client.post(self.url("-apply"), data, follow=True)

    def refused(self, book, paper=None):
        form = self.bring_back(book, paper).context["form"]
        (message,) = form.errors["file"]
        return message

    def cell(self, book, line, field, sheet=PLAN_SHEET):
        """The cell of a stored line in the workbook."""
        page = book[sheet]
        label = next(c.label for c in self.plan.layout.rows if c.field == field)
        column = next(c.column for c in page[1] if c.value == label)
        row = next(c.row for c in page["A"] if c.value == str(line.pk))
        return page.cell(row, column)

    def new_row(self, book, code, **texts):
        page = book[PLAN_SHEET]
        row = next(
            c.row for c in page["A"] if not c.value and not page.cell(c.row, 4).value
        )
        page.cell(row, 4).value = code
        labels = {c.field: c.label for c in self.plan.layout.rows}
        for field, text in texts.items():
            column = next(c.column for c in page[1] if c.value == labels[field])
            page.cell(row, column).value = text
        return row
