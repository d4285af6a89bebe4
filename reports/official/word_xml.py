"""WordprocessingML, the few elements we need, as text.

Text, because a table of 300 rows is 10 000 elements: written out and parsed once it
costs a tenth of what building them one by one through python-docx does. Formatting
stands at every paragraph and run, so that a document pasted into another keeps it.
"""

from dataclasses import dataclass, replace
from html import escape

from reports.official import measures
from reports.official.measures import points_to_twips

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SINGLE = 240  # `w:line` of single spacing (P09)

_FONT = measures.FONT_FAMILIES[0]
_FONTS = f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'


@dataclass(frozen=True)
class Style:
    """How a paragraph is set. Spaces in points, indents in millimetres."""

    size_pt: float
    bold: bool = False
    italic: bool = False
    align: str = "left"  # as `w:jc` has it: left, center, both
    before_pt: float = 0
    after_pt: float = 0
    line: int = SINGLE
    exact_pt: float = 0  # instead of `line`: a line of that height
    left_mm: float = 0
    right_mm: float = 0
    first_mm: float = 0  # negative: hanging
    keep_next: bool = False
    outline: int = 0  # level in the navigation pane, 0: none
    rule_above: bool = False

    def held(self) -> "Style":
        return replace(self, keep_next=True)


def paragraph(text: str, style: Style) -> str:
    content = run(text, style) if text else ""
    return f"<w:p>{_paragraph_properties(style)}{content}</w:p>"


def run(text: str, style: Style) -> str:
    content = f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>'
    return f"<w:r>{run_properties(style)}{content}</w:r>"


def run_properties(style: Style) -> str:
    """P04: the font for every script; no colour, so black."""
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    italic = "<w:i/><w:iCs/>" if style.italic else ""
    size = round(style.size_pt * 2)  # half points
    sizes = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return f"<w:rPr>{_FONTS}{bold}{italic}{sizes}</w:rPr>"


def rule(length_mm: float, available_mm: float, gap_pt: float) -> str:
    """A drawn line, centred (H06): the border of an empty, very low paragraph.

    Word and LibreOffice draw it from indent to indent, exactly as long as we say.
    """
    side = (available_mm - length_mm) / 2
    return paragraph(
        "",
        Style(
            1,
            exact_pt=1,
            before_pt=gap_pt,
            left_mm=side,
            right_mm=side,
            rule_above=True,
        ),
    )


def spacer(height_pt: float, keep_next: bool = False) -> str:
    """An empty paragraph: Word joins two tables that follow each other."""
    return paragraph("", Style(1, exact_pt=height_pt, keep_next=keep_next))


def bare_table(widths_mm: tuple[float, ...], rows: str) -> str:
    """A table without borders or padding that sets texts side by side."""
    properties = table_properties(widths_mm, side_mm=0, top_mm=0, bordered=False)
    return f"<w:tbl>{properties}{rows}</w:tbl>"


def bare_row(
    widths_mm: tuple[float, ...], cells: tuple[str, ...], top_pt: float = 0
) -> str:
    """`top_pt` is room above the texts: a row knows no space before it."""
    top = points_to_twips(top_pt)
    margin = f'<w:tcMar><w:top w:w="{top}" w:type="dxa"/></w:tcMar>' if top else ""
    content = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{measures.twips(width)}" w:type="dxa"/>{margin}'
        f"</w:tcPr>{cell or spacer(1)}</w:tc>"
        for width, cell in zip(widths_mm, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{content}</w:tr>"


def table_properties(
    widths_mm: tuple[float, ...], *, side_mm: float, top_mm: float, bordered: bool
) -> str:
    side, top = measures.twips(side_mm), measures.twips(top_mm)
    grid = "".join(f'<w:gridCol w:w="{measures.twips(mm)}"/>' for mm in widths_mm)
    return (
        f'<w:tblPr><w:tblW w:w="{measures.twips(sum(widths_mm))}" w:type="dxa"/>'
        f"{_table_borders() if bordered else ''}"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:top w:w="{top}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="{top}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def _table_borders() -> str:
    eighths = round(measures.BORDER_PT * 8)
    border = f'w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return (
        f"<w:tblBorders>{''.join(f'<w:{s} {border}/>' for s in sides)}</w:tblBorders>"
    )


def _paragraph_properties(style: Style) -> str:
    """In the order the schema of WordprocessingML asks for."""
    eighths = round(measures.RULE_PT * 8)
    parts = (
        "<w:keepNext/>" if style.keep_next else "",
        '<w:widowControl w:val="1"/>',
        f'<w:pBdr><w:top w:val="single" w:sz="{eighths}" w:space="0" '
        'w:color="000000"/></w:pBdr>'
        if style.rule_above
        else "",
        _spacing(style),
        _indents(style),
        f'<w:jc w:val="{style.align}"/>',
        f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else "",
        # The mark of the paragraph has a size, too; it sets the height of an empty one.
        run_properties(style),
    )
    return f"<w:pPr>{''.join(parts)}</w:pPr>"


def _spacing(style: Style) -> str:
    line = f'w:line="{style.line}" w:lineRule="auto"'
    if style.exact_pt:
        line = f'w:line="{points_to_twips(style.exact_pt)}" w:lineRule="exact"'
    before, after = points_to_twips(style.before_pt), points_to_twips(style.after_pt)
    return f'<w:spacing w:before="{before}" w:after="{after}" {line}/>'


def _indents(style: Style) -> str:
    first = "hanging" if style.first_mm < 0 else "firstLine"
    values = (
        ("left", style.left_mm),
        ("right", style.right_mm),
        (first, abs(style.first_mm)),
    )
    attributes = "".join(
        f' w:{name}="{measures.twips(length)}"' for name, length in values if length
    )
    return f"<w:ind{attributes}/>" if attributes else ""
