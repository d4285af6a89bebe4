"""A document as a Word file."""

from datetime import UTC, datetime

from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from reports.official import measures
from reports.official.document import Document, Orientation
from reports.official.word_blocks import body_xml
from reports.official.word_check_mark import add_check_mark
from reports.official.word_package import new_package, packed, set_properties
from reports.official.wording import one_line

# Not the time of the export: the same document gives the same file.
_FIXED_MOMENT = datetime(2020, 3, 5, tzinfo=UTC)


def write_docx(document: Document, *, written_at: datetime | None = None) -> bytes:
    """`written_at` (aware) goes into the properties, for a document that has a date."""
    package = new_package()
    _lay_out(package.sections[0], document.orientation)
    if document.check_mark:
        add_check_mark(package.sections[0], document.check_mark)
    title = one_line(f"{document.title} {document.subject}")
    set_properties(package, title, (written_at or _FIXED_MOMENT).astimezone(UTC))
    return packed(package, body_xml(document))


def _lay_out(section, orientation: Orientation) -> None:
    """P01-P03, P05."""
    is_landscape = orientation is Orientation.LANDSCAPE
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    width, height = measures.PAGE_MM[orientation]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin = Mm(measures.MARGIN_TOP_MM)
    section.bottom_margin = Mm(measures.MARGIN_BOTTOM_MM)
    section.left_margin = Mm(measures.MARGIN_LEFT_MM)
    section.right_margin = Mm(measures.MARGIN_RIGHT_MM)
    section.header_distance = Mm(measures.HEADER_DISTANCE_MM)
    section.footer_distance = Mm(measures.HEADER_DISTANCE_MM)
