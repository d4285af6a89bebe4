"""What stands on a downloaded paper."""

import io
import re

import docx
import pdfplumber


def squeezed(text):
    """`text` without blanks: a narrow column breaks it anywhere."""
    return re.sub(r"\s", "", text)


def texts_of_docx(content):
    return squeezed("".join(docx.Document(io.BytesIO(content)).element.body.itertext()))


def texts_of_pdf(content):
    """The words of each page, and again cell by cell, as columns stand side by side."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        found = [page.extract_text() for page in pdf.pages]
        for page in pdf.pages:
            for table in page.extract_tables():
                found += [cell for row in table for cell in row if cell]
    return squeezed("\n".join(found))
