"""Reading back what was written: the texts of a DOCX and of a PDF as people see them."""

import io
import re
import unicodedata

import docx
import pdfplumber

from reports.official import measures


def squeezed(text):
    """`text` with runs of white space as one blank: line breaks are the printer's."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def compact(text):
    """`text` without any white space: columns break words over lines."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def require_in_order(parts, text):
    """Raises AssertionError for the first of `parts` that does not stand in `text` after
    the one before."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        if found == -1:
            raise AssertionError(f"missing or out of order: {part[:80]!r}")
        place = found + len(part)


def docx_tables(content):
    """The texts of each table as rows of cells, a merged cell once; letterhead and
    signature tables are left out."""
    tables = []
    for table in docx.Document(io.BytesIO(content)).tables:
        if not table._tbl.xpath(".//w:tblHeader"):
            continue
        rows = [
            ["\n".join(p.text for p in cell.paragraphs) for cell in _cells(row)]
            for row in table.rows
        ]
        tables.append(rows)
    return tables


def _cells(row):
    seen = []
    for cell in row.cells:
        if not seen or cell._tc is not seen[-1]._tc:
            seen.append(cell)
    return seen


def docx_paragraphs(content):
    """The texts outside tables, in order."""
    return [p.text for p in docx.Document(io.BytesIO(content)).paragraphs if p.text]


def docx_text(content):
    """Everything in the order of the paper, tables included."""
    body = docx.Document(io.BytesIO(content)).element.body
    return squeezed(" ".join(p.text or "" for p in _paragraphs(body)))


def _paragraphs(body):
    for element in body.iter("{*}p"):
        yield type(
            "P", (), {"text": "".join(t.text or "" for t in element.iter("{*}t"))}
        )


def pdf_tables(content):
    """The texts of the ruled tables, page by page, joined: rows of cells. Cells that go on
    overleaf are open below: they end with the text of the page."""
    rows = []
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            end = float(page.height) - measures.MARGIN_BOTTOM_MM / measures.MM_PER_PT
            for table in page.extract_tables({"explicit_horizontal_lines": [end]}):
                rows += table
    return rows


def pdf_text(content):
    """The text below the top margin, where the page numbers stand."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = [page.crop((0, 55, page.width, page.height)) for page in pdf.pages]
        return squeezed(" ".join(page.extract_text() or "" for page in pages))
