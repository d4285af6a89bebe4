"""The same table made with docxtpl: a Word template whose table rows are looped over."""

import io

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate

from reports.official.document import RowKind, Table


def table_of(document):
    return next(block for block in document.blocks if isinstance(block, Table))


def template(table):
    """The template's bytes: the heading row, then one row for a title over the table,
    one for a standard and one for a line, as a person would set it up in Word."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    width = len(table.columns)
    sheet = document.add_table(rows=0, cols=width, style="Table Grid")
    _add_row(sheet, [cell.text for cell in table.head[0].cells], bold=True)
    _add_tag(sheet, "for row in rows")
    _add_tag(sheet, "if row.title")
    _add_row(sheet, ["{{ row.number }}", "{{ row.title }}"], bold=True, span=width - 1)
    _add_tag(sheet, "else")
    _add_row(sheet, [f"{{{{ row.texts[{index}] }}}}" for index in range(width)])
    _add_tag(sheet, "endif")
    _add_tag(sheet, "endfor")
    _set_widths(sheet, table)
    return _saved(document)


def _add_row(sheet, texts, *, bold=False, span=1):
    cells = sheet.add_row().cells
    if span > 1:
        cells[1].merge(cells[span])
    for cell, text in zip(cells, texts, strict=False):
        cell.paragraphs[0].add_run(text).bold = bold


def _add_tag(sheet, tag):
    """A row that docxtpl takes out: only its tag counts."""
    sheet.add_row().cells[0].text = f"{{%tr {tag} %}}"


def _set_widths(sheet, table):
    for column, described in zip(sheet.columns, table.columns, strict=True):
        column.width = Mm(described.width_mm)


def _saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def render(blank, table):
    """The bytes of the filled template."""
    document = DocxTemplate(io.BytesIO(blank))
    document.render({"rows": [_context(row) for row in table.body]}, autoescape=True)
    return _saved(document)


def _context(row):
    texts = [cell.text for cell in row.cells]
    if row.kind is RowKind.PLAIN:
        return {"texts": texts}
    return {"number": texts[0] if len(texts) > 1 else "", "title": texts[-1]}
