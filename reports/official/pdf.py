"""A document as PDF, set by WeasyPrint from the same HTML as the preview."""

import re
from functools import cache

from reports.official.document import Document
from reports.official.markup import bare_page_html, page_css
from reports.official.measures import FONT_FAMILIES
from reports.official.typesetting import pdf_bytes

# Letters outside Latin-1: a face without them (Liberation Serif 1.x) will not do.
_VIETNAMESE = "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđĂĐƠƯ"
_BASE_FONT = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/]+)")


def write_pdf(document: Document) -> bytes:
    return pdf_bytes(bare_page_html(document), page_css())


@cache
def paper_fonts() -> tuple[str, ...]:
    """The families of the paper that are installed here with all Vietnamese letters.

    Asked of the PDF itself: the name of a family proves nothing, fontconfig hands out
    another one under it.
    """
    return tuple(family for family in FONT_FAMILIES if _sets_vietnamese(family))


def _sets_vietnamese(family: str) -> bool:
    html = f"<p style=\"font-family: '{family}'\">{_VIETNAMESE}</p>"
    pdf = pdf_bytes(html, uncompressed_pdf=True)
    names = {name.decode().replace("-", "") for name in _BASE_FONT.findall(pdf)}
    wanted = family.replace(" ", "")
    return bool(names) and all(name.startswith(wanted) for name in names)
