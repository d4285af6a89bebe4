"""Báo cáo kết quả thực hiện kế hoạch cải tiến as an official document (format reference
D3): a report of its own (D3b) or an annex to the plan (D3a)."""

from plans.grouping import GroupTitle, StandardTitle, grouped
from plans.letterhead import letterhead
from plans.presenting import place_text
from qualityplan.text import lines, roman
from reports.enums import ReportStatus
from reports.layout import (
    COLUMNS,
    LEADING_WIDTHS,
    NOTE,
    PLAN_COLUMNS,
    PLAN_GROUP,
    RESULT_COLUMNS,
    RESULT_GROUP,
    default_subject,
)
from reports.official import document as paper
from reports.official.ending import end_marked
from reports.official.fitting import fitted
from reports.official.numbering import date_text, number_text
from reports.official.signing import HINT, recorded_signature

_WIDTH = len(LEADING_WIDTHS) + len(COLUMNS)
# Schools tell a whole year in one cell; kept whole, such rows leave half of the paper blank.
_SPLITS_FROM = 0.35


def result_document(report):
    """`report` as a neutral `Document`; a `Row` refers to its line (`dong-12`)."""
    head = letterhead(report)
    signed = date_text(head.place, report.issued_on)
    return paper.Document(
        letterhead=None
        if report.is_annex
        else paper.Letterhead(
            superior=head.superior,
            issuer=head.issuer,
            number=number_text(report.number, report.document_type, head.symbol),
            place_and_date=signed,
        ),
        title=report.title or report.get_document_type_display().upper(),
        subject=report.subject or default_subject(report),
        annex_note=report.annex_note if report.is_annex else "",
        signed_at=signed if report.is_annex else "",
        bases=tuple(lines(report.legal_bases)),
        addressees=tuple(lines(report.addressees)),
        blocks=end_marked(_blocks(report)),
        recipients=tuple(lines(report.recipients)),
        signatures=_signatures(report),
    )


def _signatures(report):
    """As recorded; one that is not issued yet has the head's block with the form's
    hint."""
    if not report.signatures:
        hint = "" if report.status == ReportStatus.ISSUED else HINT
        return (paper.Signature((report.school.head_title,), hint=hint),)
    return tuple(recorded_signature(entry) for entry in report.signatures)


def _blocks(report):
    ref = "dau-cuoi"
    blocks = [paper.Paragraph(line, ref=ref) for line in lines(report.introduction)]
    table = result_table(report)
    for number, section in enumerate(report.sections, start=1):
        blocks.append(paper.Heading(f"{roman(number)}. {section['title']}"))
        if section["content"] == "rows":
            blocks.append(table)
        blocks += [paper.Paragraph(line) for line in lines(section["text"])]
    if table not in blocks:
        blocks.append(table)
    blocks += [paper.Paragraph(line, ref=ref) for line in lines(report.remarks)]
    return blocks


def result_table(report):
    first, *others = (*LEADING_WIDTHS, *(column.width_mm for column in COLUMNS))
    table = paper.Table(
        columns=(
            paper.Column(first, paper.Align.CENTER),
            *(paper.Column(width) for width in others),
        ),
        head=_head(report),
        body=tuple(_body(report)) or (_cells([""] * _WIDTH),),
        splits_from=_SPLITS_FROM,
    )
    return fitted(table)


def _head(report):
    """Two rows: what was planned over two columns, what came of it over three."""
    over = (
        _title("TT", rowspan=2),
        _title("Tiêu chuẩn, tiêu chí", rowspan=2),
        _title(PLAN_GROUP.format(year=report.school_year), colspan=len(PLAN_COLUMNS)),
        _title(RESULT_GROUP, colspan=len(RESULT_COLUMNS)),
        _title(NOTE.label, rowspan=2),
    )
    under = tuple(_title(column.label) for column in COLUMNS if column is not NOTE)
    return paper.Row(over), paper.Row(under)


def _title(text, **spans):
    return paper.Cell(text, bold=True, align=paper.Align.CENTER, **spans)


def _body(report):
    for item in grouped_rows(report):
        if isinstance(item, GroupTitle):
            yield _full_row(item.text, paper.RowKind.GROUP)
        elif isinstance(item, StandardTitle):
            yield paper.Row(
                (
                    paper.Cell(str(item.number), bold=True),
                    paper.Cell(item.text, colspan=_WIDTH - 1, bold=True),
                ),
                paper.RowKind.STANDARD,
            )
        else:
            texts = [getattr(item, column.field) for column in COLUMNS]
            yield _cells(["", row_place(item), *texts], ref=f"dong-{item.pk}")
    for text in lines(report.closing_rows):
        yield _full_row(text, paper.RowKind.CLOSING)


def grouped_rows(report):
    """The lines of `report` with the titles of their groups in between."""
    rows = report.rows.select_related("standard", "criterion")
    return grouped(report, rows)


def row_place(row):
    """What the second column says of a line: its criterion, else what it is about."""
    return place_text(row) if row.criterion else row.criterion_title


def _full_row(text, kind):
    is_group = kind is paper.RowKind.GROUP
    return paper.Row((paper.Cell(text, colspan=_WIDTH, bold=is_group),), kind)


def _cells(texts, ref=""):
    return paper.Row(tuple(paper.Cell(text) for text in texts), ref=ref)
