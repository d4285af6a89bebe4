"""The parts of a document as HTML: meaning and classes only, every text escaped.

Each part has an id, so that the layout of the PDF can tell on which page it stands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from reports.official import arrangement, measures
from reports.official.arrangement import RuledLine
from reports.official.document import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Orientation,
    Paragraph,
    Row,
    Signature,
    Table,
)
from reports.official.ending import is_end_mark
from reports.official.wording import (
    addressee_lines,
    body_lines,
    cell_lines,
    clean,
    one_line,
    recipient_lines,
)

Link = Callable[[str], str | None]

_HEADING_TAGS = {1: "h3", 2: "h4"}
_LABEL_LENGTH = 60


@dataclass(frozen=True)
class Piece:
    """A part that stands on one page, or runs on to the next as text does."""

    id: str
    html: str


@dataclass(frozen=True)
class TablePiece:
    """A table: its rows stand on pages of their own, its head on each of them."""

    opening: str  # with colgroup and head
    rows: tuple[Piece, ...]

    def html(self, rows: tuple[Piece, ...]) -> str:
        body = "".join(row.html for row in rows)
        return f"{self.opening}<tbody>{body}</tbody></table>"


def pieces(document: Document, link: Link | None = None) -> list[Piece | TablePiece]:
    """The whole document, from letterhead to signature."""
    parts: list[Piece | TablePiece] = [Piece("paper-head", _front(document))]
    for index, base in enumerate(document.bases):
        parts += _lines(base, f"paper-basis-{index}", "body italic")
    for index, block in enumerate(document.blocks):
        parts += _block(block, f"paper-{index}", document.orientation, link)
    if rows := arrangement.closing_rows(document):
        html = "".join(_closing_row(row, document, 2 * n) for n, row in enumerate(rows))
        opening = '<table class="closing" id="paper-end" role="presentation">'
        parts.append(Piece("paper-end", f"{opening}<tbody>{html}</tbody></table>"))
    return parts


# --- letterhead, title, addressees, bases ----------------------------------------


def _front(document: Document) -> str:
    head = _letterhead(document) if document.letterhead else ""
    content = head + _title(document) + _addressees(document)
    return f'<div id="paper-head">{content}</div>'


def _letterhead(document: Document) -> str:
    letterhead = document.letterhead
    left, right = measures.LETTERHEAD_MM[document.orientation]
    issuer = arrangement.issuer_line(document)
    nation = _element("p", "nation", measures.NATION) + _ruled(
        "motto", arrangement.nation_lines(document), "rule-full"
    )
    superior = _lettered("superior", arrangement.superior_line(document), "measured")
    number = _element("p", "number", clean(letterhead.number).strip())
    return (
        '<table class="letterhead" role="presentation">'
        f'<colgroup><col class="mm-{left}"><col class="mm-{right}"></colgroup><tbody>'
        f"<tr><td>{superior}{_ruled('issuer', issuer, 'rule-part')}</td>"
        f"<td>{nation}</td></tr><tr><td>{number}</td>"
        f"<td>{_optional('place-date', letterhead.place_and_date)}</td></tr>"
        "</tbody></table>"
    )


def _title(document: Document) -> str:
    *lines, last = arrangement.subject_lines(document) or (None,)
    subject = "".join(_element("p", "subject", line.text) for line in lines)
    if last and document.annex_note:
        subject += _element("p", "subject", last.text)
    elif last:
        subject += _ruled("subject", last, "rule-part")
    subject += _ruled("annex-note", arrangement.annex_line(document), "rule-part")
    title = _element("h2", "title", one_line(document.title)) if document.title else ""
    return f'<div class="title-block">{title}{subject}</div>'


def _addressees(document: Document) -> str:
    lines = addressee_lines(document.addressees)
    if not lines:
        return ""
    label, *items = lines
    html = _element("p", "label" if items else "center", label)
    html += "".join(_element("p", "several", item) for item in items)
    return f'<div class="addressees">{html}</div>'


def _ruled(name: str, line: RuledLine, rule: str) -> str:
    """Under several lines the rule is as long as the last one asks for."""
    if not arrangement.is_single(line):
        rule = f"rule-{max(1, round(line.rule_mm))}"
    return _lettered(name, line, f"measured ruled {rule}")


def _lettered(name: str, line: RuledLine, style: str) -> str:
    if not line.text:
        return ""
    # A text on one line gets no measure: its box, and so the rule, follows the type.
    width = "" if arrangement.is_single(line) else f" mm-{line.width_mm}"
    text = escape(line.text)
    return f'<p class="{name}"><span class="{style}{width}">{text}</span></p>'


# --- body ------------------------------------------------------------------------


def _block(
    block: Block, name: str, orientation: Orientation, link: Link | None
) -> list[Piece | TablePiece]:
    match block:
        case Heading():
            return [_heading(block, name, link)]
        case Paragraph():
            style = "body italic" if block.italic else "body"
            style += " end-mark" if is_end_mark(block) else ""
            return _lines(block.text, name, style, block.ref, link)
        case Table():
            return [_table(block, name, orientation, link)]
        case _:
            raise TypeError(f"No markup for {type(block).__name__}")


def _heading(block: Heading, name: str, link: Link | None) -> Piece:
    tag, text = _HEADING_TAGS[block.level], one_line(block.text)
    edit = _edit(block.ref, text, link)
    return Piece(name, f'<{tag} class="body" id="{name}">{escape(text)}{edit}</{tag}>')


def _lines(
    text: str, name: str, style: str, ref: str = "", link: Link | None = None
) -> list[Piece]:
    """A piece for each paragraph: a space before it must not go to the next page."""
    parts = []
    for index, line in enumerate(body_lines(text)):
        line_name = f"{name}-{index}"
        edit = "" if index else _edit(ref, line, link)
        html = f'<p class="{style}" id="{line_name}">{escape(line)}{edit}</p>'
        parts.append(Piece(line_name, html))
    return parts


def _table(
    block: Table, name: str, orientation: Orientation, link: Link | None
) -> TablePiece:
    widths = measures.column_widths_mm(block, orientation)
    size = measures.table_size_pt(len(widths))
    columns = "".join(f'<col class="mm-{width}">' for width in widths)
    head = "".join(f"<tr>{_head_cells(row)}</tr>" for row in block.head)
    opening = (
        f'<table class="grid size-{size} mm-{sum(widths)}">'
        f"<colgroup>{columns}</colgroup><thead>{head}</thead>"
    )
    return TablePiece(opening, _body_rows(block, name, orientation, link))


def _head_cells(row: Row) -> str:
    return "".join(
        f'<th scope="{"col" if cell.colspan == 1 else "colgroup"}"{_spans(cell)}>'
        f"{_cell_text(cell)}</th>"
        for cell in row.cells
    )


def _body_rows(
    block: Table, name: str, orientation: Orientation, link: Link | None
) -> tuple[Piece, ...]:
    rows = zip(
        arrangement.rows_with_hold(block.body),
        arrangement.cell_columns(block.body, len(block.columns)),
        arrangement.tall_rows(block, orientation),
        strict=True,
    )
    parts = []
    for index, ((row, held), cells, tall) in enumerate(rows):
        row_name = f"{name}-{index}"
        html = "".join(
            _data_cell(row, cell, block.columns[column]) for column, cell in cells
        )
        html = _with_edit(html, row, link)
        style = ' class="held"' if held else ' class="tall"' if tall else ""
        parts.append(Piece(row_name, f'<tr id="{row_name}"{style}>{html}</tr>'))
    return tuple(parts)


def _with_edit(cells: str, row: Row, link: Link | None) -> str:
    """The link of a row stands in its last cell."""
    label = " ".join(cell_lines(cell.text)[0] for cell in row.cells[:2]).strip()
    edit = _edit(row.ref, label, link)
    return cells.removesuffix("</td>") + f"{edit}</td>" if edit else cells


def _data_cell(row: Row, cell: Cell, column: Column) -> str:
    align = arrangement.cell_align(row, cell, column)
    names = [align] if align is not Align.LEFT else []
    if arrangement.is_bold(row, cell):
        names.append("bold")
    style = f' class="{" ".join(names)}"' if names else ""
    return f"<td{style}{_spans(cell)}>{_cell_text(cell)}</td>"


def _spans(cell: Cell) -> str:
    spans = (("colspan", cell.colspan), ("rowspan", cell.rowspan))
    return "".join(f' {name}="{count}"' for name, count in spans if count > 1)


def _cell_text(cell: Cell) -> str:
    return escape("\n".join(cell_lines(cell.text)))


# --- recipients and signatures ---------------------------------------------------


def _closing_row(row: arrangement.ClosingRow, document: Document, number: int) -> str:
    """`number`: of the first signature in this row, from 0."""
    left, right = measures.CLOSING_MM[document.orientation]
    first = (
        _recipients(document.recipients)
        if row.has_recipients
        else _signature(row.left, number)
    )
    return (
        f'<tr><td class="mm-{left}">{first}</td>'
        f'<td class="mm-{right}">{_optional("signed-at", row.signed_at)}'
        f"{_signature(row.right, number + bool(row.left))}</td></tr>"
    )


def _recipients(recipients: tuple[str, ...]) -> str:
    lines = recipient_lines(recipients)
    if not lines:
        return ""
    items = "".join(_element("p", "recipients", line) for line in lines)
    return _element("p", "recipients-label", "Nơi nhận:") + items


def _signature(signature: Signature | None, number: int) -> str:
    """The ids mark two corners of the room to sign in: the PDF carries them as named
    destinations, and a digital signature finds its place by them."""
    if signature is None:
        return ""
    capacity = "".join(
        _element("p", "capacity", one_line(line)) for line in signature.capacity
    )
    below = "".join(
        _optional("signer", text) for text in (signature.second_title, signature.name)
    )
    return (
        f'<div class="signature">{capacity}{_optional("hint", signature.hint)}'
        f'<div class="signing" id="paper-signing-{number}">'
        f'<i id="paper-signing-{number}-end"></i></div>{below}</div>'
    )


# --- small tools -----------------------------------------------------------------


def _element(tag: str, style: str, text: str) -> str:
    return f'<{tag} class="{style}">{escape(text)}</{tag}>'


def _optional(style: str, text: str) -> str:
    text = one_line(text)
    return _element("p", style, text) if text else ""


def _edit(ref: str, label: str, link: Link | None) -> str:
    url = link(ref) if link and ref else None
    if not url:
        return ""
    name = escape(f"Sửa: {label[:_LABEL_LENGTH]}" if label else "Sửa")
    return f'<a class="paper-edit" href="{escape(url)}" aria-label="{name}">Sửa</a>'
