"""Dotted lines, where a form is filled in by hand."""

from reports.official import measures
from reports.official.document import Orientation, Paragraph
from reports.official.lettering import bold_width_mm

_DOT = "…"


def dots(width_mm: float, size_pt: float = measures.BODY_PT) -> str:
    """As many dots as stand on one line of `width_mm`."""
    return _DOT * max(int(width_mm // bold_width_mm(_DOT, size_pt)), 1)


def filled_or_dotted(label: str, text: str, orientation: Orientation) -> str:
    """`label` and `text`; dots to the end of the line where there is no text."""
    if text:
        return f"{label} {text}"
    used = bold_width_mm(f"{label} ", measures.BODY_PT)
    return f"{label} {dots(_line_mm(orientation) - used)}"


def blank_lines(count: int, orientation: Orientation) -> list[Paragraph]:
    """`count` lines to write on."""
    return [Paragraph(dots(_line_mm(orientation))) for _ in range(count)]


def _line_mm(orientation: Orientation) -> float:
    """The first line of a paragraph of the body."""
    return measures.TEXT_WIDTH_MM[orientation] - measures.INDENT_MM
