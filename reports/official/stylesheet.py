"""The style sheet of the paper: `paper.css` with the measures filled in."""

from functools import cache
from pathlib import Path
from string import Template

from reports.official import measures
from reports.official.document import Orientation

_TEMPLATE = Path(__file__).with_name("paper.css")


@cache
def paper_css() -> str:
    """For the PDF (print rules) and for the preview in the browser (screen rules)."""
    template = Template(_TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute(
        _lengths(),
        font_families=", ".join(f'"{name}"' for name in measures.FONT_FAMILIES)
        + ", serif",
        sizes="\n".join(_size_rule(size) for size in _table_sizes()),
        widths="\n".join(_width_rule(mm) for mm in _widths()),
        pages="\n".join(_page_rule(each) for each in Orientation),
        sheets="\n".join(_sheet_rule(each) for each in Orientation),
    )


def _lengths() -> dict[str, str]:
    constants = {
        name.lower(): f"{value:g}"
        for name, value in vars(measures).items()
        if name.isupper() and isinstance(value, int | float)
    }
    return constants | _margins() | _derived()


def _margins() -> dict[str, str]:
    sides = ("top", "right", "bottom", "left")
    return {
        f"margin_{side}": str(getattr(measures, f"MARGIN_{side.upper()}_MM"))
        for side in sides
    }


def _derived() -> dict[str, str]:
    left = measures.ADDRESSEE_LEFT_MM
    # With collapsed borders half of each lies inside the cell; Word counts its cell
    # margin from the middle of the border.
    padding = measures.CELL_SIDE_MM - measures.BORDER_PT * measures.MM_PER_PT / 2
    values = {
        "single_line": f"{measures.SINGLE_LINE_EM:g}",
        "body_line": f"{measures.SINGLE_LINE_EM * measures.LINE_SPACING:.4f}",
        "full_rule": f"{measures.FULL_RULE:.0%}",
        "partial_rule": f"{measures.PARTIAL_RULE:.0%}",
        "cell_padding_mm": f"{padding:.3f}",
    }
    for orientation in Orientation:
        items = left[orientation] + measures.ADDRESSEE_LABEL_MM
        values[f"addressee_left_{orientation}"] = f"{left[orientation]}"
        values[f"addressee_items_{orientation}"] = f"{items}"
    return values


def _table_sizes() -> range:
    return range(measures.SMALLEST_TABLE_PT, measures.TABLE_PT + 1)


def _widths() -> range:
    return range(1, max(measures.TEXT_WIDTH_MM.values()) + 1)


def _size_rule(size: int) -> str:
    return f".paper .size-{size} {{ font-size: {size}pt; }}"


def _width_rule(millimetres: int) -> str:
    """Of a box, and of the rule under a text of several lines."""
    return (
        f".paper .mm-{millimetres} {{ width: {millimetres}mm; }}\n"
        f".paper .rule-{millimetres}::after {{ width: {millimetres}mm; }}"
    )


def _page_rule(orientation: Orientation) -> str:
    """P01-P03, and the page number in the top margin from page 2 on (P05)."""
    width, height = measures.PAGE_MM[orientation]
    margin = " ".join(f"{value}mm" for value in _margins().values())
    number = (
        "@top-center { content: counter(page); vertical-align: middle; "
        f"font-family: {_quoted_families()}; font-size: {measures.PAGE_NUMBER_PT}pt; }}"
    )
    return (
        f"  @page {orientation} {{ size: {width}mm {height}mm; margin: {margin};"
        f" {number} }}\n"
        f"  @page {orientation}:first {{ @top-center {{ content: none; }}"
        " @bottom-left { content: element(check-mark); vertical-align: top; } }\n"
        f"  .paper-{orientation} {{ page: {orientation}; }}"
    )


def _quoted_families() -> str:
    return ", ".join(f'"{name}"' for name in measures.FONT_FAMILIES)


def _sheet_rule(orientation: Orientation) -> str:
    width, height = measures.PAGE_MM[orientation]
    return (
        f"  .paper-{orientation} {{ width: {width}mm; min-height: {height}mm; }}\n"
        f"  .paper-{orientation}.paper-endless {{ min-height: 0; }}"
    )
