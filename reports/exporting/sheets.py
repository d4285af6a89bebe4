"""Tables written row by row into a workbook on the disk: memory does not grow with them."""

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from reports.overview.workbook import head_cell, make_cell

_TITLE_LENGTH = 31  # Excel's own limit


class Book:
    """A workbook of `Sheet`s that are filled in any order, then saved once."""

    def __init__(self):
        self._book = Workbook(write_only=True)
        self.sheets = []

    def sheet(self, title, columns):
        made = Sheet(self._book.create_sheet(title[:_TITLE_LENGTH]), columns)
        self.sheets.append(made)
        return made

    def facts(self, facts):
        """A last sheet with (name, text) pairs about the others."""
        sheet = self._book.create_sheet("Ghi chú")
        sheet.column_dimensions["A"].width = 28
        sheet.column_dimensions["B"].width = 90
        for fact in facts:
            sheet.append([make_cell(sheet, text) for text in fact])

    def save(self, target):
        """Write it into `target`, a path or an open file."""
        for sheet in self.sheets:
            sheet.finish()
        self._book.save(target)


class Sheet:
    """One table; the heading stays in sight and every column has a filter."""

    def __init__(self, sheet, columns):
        self._sheet, self.columns = sheet, columns
        self.count = 0
        for index, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = column.width
        sheet.freeze_panes = "B2"
        sheet.append([head_cell(sheet, column.label) for column in columns])

    def add(self, values):
        """A row of texts (typed text cells), whole numbers and None."""
        self._sheet.append([make_cell(self._sheet, value) for value in values])
        self.count += 1

    def finish(self):
        last = get_column_letter(len(self.columns))
        self._sheet.auto_filter.ref = f"A1:{last}{self.count + 1}"
