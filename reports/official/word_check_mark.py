"""The check mark in the footer of a Word file's first page."""

from io import BytesIO

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from reports.official import measures
from reports.official.check_mark import (
    check_mark_description,
    check_mark_text,
    qr_png,
)
from reports.official.document import CheckMark
from reports.official.word_xml import (
    NAMESPACE,
    Style,
    paragraph,
    spacer,
    table_properties,
)

_TEXT = Style(measures.CHECK_MARK_PT)


def add_check_mark(section, mark: CheckMark) -> None:
    """QR and text side by side; the body of the page keeps its height."""
    section.footer_distance = Mm(measures.CHECK_MARK_BOTTOM_MM)
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    element = footer._element
    for child in list(element):
        element.remove(child)
    width = section.page_width.mm - section.left_margin.mm - section.right_margin.mm
    for child in parse_xml(_footer(check_mark_text(mark), width)):
        element.append(child)
    first = Paragraph(element.find(f".//{qn('w:p')}"), footer)
    picture = first.add_run().add_picture(
        BytesIO(qr_png(mark.url)), width=Mm(measures.CHECK_MARK_QR_MM)
    )
    for side in "TBLR":  # left out, LibreOffice takes 3 mm for them
        picture._inline.set(f"dist{side}", "0")
    properties = picture._inline.docPr
    properties.set("name", "Mã QR")
    properties.set("descr", check_mark_description(mark))


def _footer(text: str, width_mm: float) -> str:
    qr = measures.CHECK_MARK_QR_MM + measures.CHECK_MARK_GAP_MM
    widths = (qr, width_mm - qr)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{measures.twips(width)}" w:type="dxa"/>'
        f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
        for width, content in zip(
            widths, (paragraph("", _TEXT), paragraph(text, _TEXT)), strict=True
        )
    )
    properties = table_properties(widths, side_mm=0, top_mm=0, bordered=False)
    return (
        f'<w:all xmlns:w="{NAMESPACE}"><w:tbl>{properties}'
        f"<w:tr>{cells}</w:tr></w:tbl>{spacer(1)}</w:all>"
    )
