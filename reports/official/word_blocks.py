"""The body of a document as WordprocessingML, from letterhead to signature."""

from collections.abc import Iterator
from dataclasses import replace

from reports.official import arrangement, measures
from reports.official.arrangement import RuledLine
from reports.official.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Signature,
    Table,
)
from reports.official.ending import is_end_mark
from reports.official.word_table import table
from reports.official.word_xml import (
    SINGLE,
    Style,
    bare_row,
    bare_table,
    paragraph,
    rule,
    spacer,
)
from reports.official.wording import (
    addressee_lines,
    body_lines,
    clean,
    one_line,
    recipient_lines,
)

BODY = Style(  # P06-P09
    measures.BODY_PT,
    align="both",
    before_pt=measures.PARAGRAPH_BEFORE_PT,
    line=round(SINGLE * measures.LINE_SPACING),
    first_mm=measures.INDENT_MM,
)


def body_xml(document: Document) -> str:
    parts = [_letterhead(document)] if document.letterhead else []
    parts += [_title(document), _addressees(document)]
    parts += [
        paragraph(line, _italic(BODY))
        for base in document.bases
        for line in body_lines(base)
    ]
    parts += _blocks(document)
    parts.append(_closing(document))
    return "".join(parts)


# --- letterhead, title, addressees -----------------------------------------------


def _letterhead(document: Document) -> str:
    letterhead, widths = (
        document.letterhead,
        measures.LETTERHEAD_MM[document.orientation],
    )
    left, right = widths
    issuer = arrangement.issuer_line(document)
    names = _lettered(arrangement.superior_line(document), left) + _ruled(issuer, left)
    nation = _centered(measures.NATION, measures.NATION_PT, bold=True)
    nation += _ruled(arrangement.nation_lines(document), right)
    gap = measures.NUMBER_GAP_PT
    number = paragraph(
        clean(letterhead.number).strip(),
        Style(measures.NUMBER_PT, align="center", before_pt=gap),
    )
    place = paragraph(
        one_line(letterhead.place_and_date),
        Style(measures.PLACE_DATE_PT, italic=True, align="center", before_pt=gap),
    )
    rows = bare_row(widths, (names, nation)) + bare_row(widths, (number, place))
    return bare_table(widths, rows)


def _title(document: Document) -> str:
    width = measures.TEXT_WIDTH_MM[document.orientation]
    title = one_line(document.title)
    style = Style(
        measures.TITLE_PT,
        bold=True,
        align="center",
        before_pt=measures.TITLE_GAP_PT,
        keep_next=True,
    )
    *lines, last = arrangement.subject_lines(document) or (None,)
    xml = paragraph(title, style)
    xml += "".join(_centered(line.text, line.size_pt, bold=True) for line in lines)
    note = arrangement.annex_line(document)
    if last and note.text:
        xml += _centered(last.text, last.size_pt, bold=True)
    elif last:
        xml += _ruled(last, width)
    xml += _ruled(note, width, italic=True)
    return xml + spacer(measures.SUBJECT_GAP_PT)


def _addressees(document: Document) -> str:
    lines = addressee_lines(document.addressees)
    if not lines:
        return ""
    label, *items = lines
    gap = measures.PARAGRAPH_BEFORE_PT
    if not items:
        return paragraph(
            label,
            Style(
                measures.ADDRESSEE_PT,
                align="center",
                before_pt=gap,
                after_pt=gap,
                line=BODY.line,
            ),
        )
    left = measures.ADDRESSEE_LEFT_MM[document.orientation]
    first = Style(measures.ADDRESSEE_PT, before_pt=gap, left_mm=left, line=BODY.line)
    inner = left + measures.ADDRESSEE_LABEL_MM
    xml = paragraph(label, first)
    for number, item in enumerate(items, start=1):
        after = gap if number == len(items) else 0
        style = Style(first.size_pt, left_mm=inner, after_pt=after, line=BODY.line)
        xml += paragraph(item, style)
    return xml


def _ruled(line: RuledLine, available_mm: float, *, italic: bool = False) -> str:
    """Text and rule under it."""
    text = _lettered(line, available_mm, bold=not italic, italic=italic)
    return text and text + rule(line.rule_mm, available_mm, measures.RULE_GAP_PT)


def _lettered(
    line: RuledLine, available_mm: float, *, bold: bool = False, italic: bool = False
) -> str:
    """The text; indents keep a long one in its measure."""
    if not line.text:
        return ""
    side = 0 if arrangement.is_single(line) else (available_mm - line.width_mm) / 2
    style = Style(
        line.size_pt,
        bold=bold,
        italic=italic,
        align="center",
        left_mm=side,
        right_mm=side,
        keep_next=True,
    )
    return paragraph(line.text, style)


def _centered(text: str, size_pt: float, *, bold: bool = False) -> str:
    text = one_line(text)
    return paragraph(text, Style(size_pt, bold=bold, align="center")) if text else ""


# --- body ------------------------------------------------------------------------


def _blocks(document: Document) -> Iterator[str]:
    has_closing = bool(arrangement.closing_rows(document))
    following = (*document.blocks[1:], None)
    for block, after in zip(document.blocks, following, strict=False):
        is_last = has_closing and (after is None or is_end_mark(after))
        yield _block(block, document, is_last, before_table=isinstance(after, Table))


def _block(block: Block, document: Document, is_last: bool, before_table: bool) -> str:
    gap = measures.TABLE_GAP_PT if before_table else 0
    match block:
        case Heading():
            return _heading(block, gap)
        case Paragraph():
            return _paragraphs(block, gap, is_last)
        case Table():
            xml = table(block, document.orientation, keep_last=is_last)
            return xml + (spacer(gap) if before_table else "")
        case _:
            raise TypeError(f"No Word writer for {type(block).__name__}")


def _heading(block: Heading, after_pt: float) -> str:
    style = replace(
        BODY, bold=True, after_pt=after_pt, keep_next=True, outline=block.level
    )
    return paragraph(one_line(block.text), style)


def _paragraphs(block: Paragraph, after_pt: float, is_last: bool) -> str:
    lines = body_lines(block.text)
    style = _italic(BODY) if block.italic else BODY
    last = replace(style, after_pt=after_pt, keep_next=is_last)
    return "".join(
        paragraph(line, last if number == len(lines) else style)
        for number, line in enumerate(lines, start=1)
    )


def _italic(style: Style) -> Style:
    return replace(style, italic=True)


# --- recipients and signatures ---------------------------------------------------


def _closing(document: Document) -> str:
    rows = arrangement.closing_rows(document)
    # A body must end with a paragraph; it must not need a page of its own.
    end = spacer(1)
    if not rows:
        return end
    widths, gap = measures.CLOSING_MM[document.orientation], measures.CLOSING_GAP_PT
    xml = ""
    for number, row in enumerate(rows, start=1):
        cells = _closing_cells(row, document, held=number < len(rows))
        xml += bare_row(widths, cells, top_pt=gap if number > 1 else 0)
    return spacer(gap, keep_next=True) + bare_table(widths, xml) + end


def _closing_cells(row, document: Document, *, held: bool) -> tuple[str, str]:
    """`held` ties the row to the next one: all of them stand on one page."""
    left = (
        _recipients(document.recipients, held)
        if row.has_recipients
        else _signature(row.left, held)
    )
    style = Style(measures.PLACE_DATE_PT, italic=True, align="center", keep_next=True)
    signed_at = paragraph(row.signed_at, style) if row.signed_at else ""
    return left, signed_at + _signature(row.right, held)


def _recipients(recipients: tuple[str, ...], held: bool) -> str:
    lines = recipient_lines(recipients)
    if not lines:
        return ""
    label = Style(measures.RECIPIENTS_LABEL_PT, bold=True, italic=True, keep_next=held)
    hanging = measures.RECIPIENTS_HANGING_MM
    item = Style(
        measures.RECIPIENTS_PT, left_mm=hanging, first_mm=-hanging, keep_next=held
    )
    items = "".join(paragraph(line, item) for line in lines)
    return paragraph("Nơi nhận:", label) + items


def _signature(signature: Signature | None, held: bool) -> str:
    if signature is None:
        return ""
    style = Style(measures.SIGNATURE_PT, bold=True, align="center", keep_next=held)
    hint = Style(measures.HINT_PT, italic=True, align="center", keep_next=held)
    room_pt = measures.SIGNING_MM / measures.MM_PER_PT
    below = (one_line(signature.second_title), one_line(signature.name))
    return (
        "".join(paragraph(one_line(line), style) for line in signature.capacity)
        + (paragraph(one_line(signature.hint), hint) if signature.hint else "")
        + spacer(room_pt, keep_next=held)
        + "".join(paragraph(text, style) for text in below if text)
    )
