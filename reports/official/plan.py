"""Kế hoạch cải tiến chất lượng giáo dục as an official document, in both generations
(format reference D1 and D2)."""

import re

from plans.citing import citation
from plans.enums import DocumentType, PlanStatus, SectionContent
from plans.grouping import GroupTitle, StandardTitle, grouped
from plans.letterhead import letterhead, school_lines
from plans.presenting import cell_text, default_subject, place_text
from plans.tables import FOCUS_ISSUES, MONITORING, ROWS, TABLES
from qualityplan.text import lines, roman
from reports.official import document as paper
from reports.official.ending import end_marked
from reports.official.numbering import date_text, number_text
from reports.official.signing import HINT, recorded_signature

_NUMBERED = re.compile(r"^(\d+(\.\d+)*\.?|[a-zđ]\))\s")
_LONGEST_TITLE = 160  # characters; a longer numbered line is a sentence, not a title


def plan_document(plan):
    """`plan` as a neutral `Document`. Everything is read from the plan and its school;
    nothing here knows Word or HTML."""
    head = letterhead(plan)
    # What is being adjusted has no number of its own yet.
    is_numbered = plan.status != PlanStatus.ADJUSTING
    number = plan.number if is_numbered else None
    return paper.Document(
        letterhead=paper.Letterhead(
            superior=head.superior,
            issuer=head.issuer,
            number=number_text(number, plan.document_type, head.symbol),
            place_and_date=date_text(
                head.place, plan.issued_on if is_numbered else None
            ),
        ),
        title=plan.title or DocumentType(plan.document_type).label.upper(),
        subject=plan.subject or default_subject(plan),
        bases=tuple(lines(plan.legal_bases)),
        blocks=end_marked(plan_blocks(plan)),
        recipients=tuple(lines(plan.recipients)),
        signatures=_signatures(plan),
    )


def _signatures(plan):
    """As recorded; a plan not signed yet has the head's block with the form's hint."""
    if not plan.signatures or plan.status == PlanStatus.ADJUSTING:
        hint = HINT if plan.is_open or not plan.is_issued else ""
        return (paper.Signature((plan.school.head_title,), hint=hint),)
    return tuple(recorded_signature(entry) for entry in plan.signatures)


def plan_blocks(plan):
    """The body of the paper, from the introduction to the last section."""
    blocks = _replacement(plan)
    blocks += [
        paper.Paragraph(line, ref="dau-cuoi") for line in lines(plan.introduction)
    ]
    for section in plan.sections.all():
        is_text = section.content == SectionContent.TEXT
        ref = f"muc-{section.pk}" if is_text else ""
        blocks.append(
            paper.Heading(f"{roman(section.position)}. {section.title}", ref=ref)
        )
        if section.content in TABLES:
            blocks.append(_table(plan, TABLES[section.content]))
            if section.spec is not None and section.spec.note:
                blocks.append(paper.Paragraph(section.spec.note, italic=True))
        elif section.content == SectionContent.SCHOOL:
            text = lines(section.text) or school_lines(plan)
            blocks += [paper.Paragraph(line) for line in text]
        else:
            blocks += [_text_block(line) for line in lines(section.text)]
    return blocks


def _replacement(plan):
    """Which document an adjusted plan takes the place of: said right below the bases,
    before the introduction ("… như sau:"), where nobody can overlook it, and outside the
    sections, whose wording is the form's."""
    is_adjusting = plan.status == PlanStatus.ADJUSTING
    replaced = citation(plan) if is_adjusting else plan.previous_issue
    if not replaced:
        return []
    return [paper.Paragraph(f"Kế hoạch này điều chỉnh, thay thế {replaced}.")]


def _text_block(line):
    """A numbered line without a closing mark is the title of what follows (B03)."""
    is_title = (
        _NUMBERED.match(line)
        and line[-1] not in ".;:,!?"
        and len(line) <= _LONGEST_TITLE
        and not line.endswith("…")
    )
    return paper.Heading(line, level=2) if is_title else (paper.Paragraph(line))


def _table(plan, table):
    stored = list(table.lines(plan))
    if table is ROWS and plan.layout.needs_criterion:
        return _nine_columns(plan, stored)
    columns = [paper.Column(column.width_mm) for column in table.columns(plan.layout)]
    labels = [column.label for column in table.columns(plan.layout)]
    if table is FOCUS_ISSUES:
        widths = (10, 35, 32)
        labels = ["TT", "Tiêu chuẩn", "Tiêu chí liên quan (nếu có)", *labels]
    elif table is ROWS:
        widths = (10,)
        labels = [f"{label} ({n})" for n, label in enumerate(["TT", *labels], start=1)]
    else:
        widths = ()
    leading = [paper.Column(w, paper.Align.LEFT) for w in widths]
    if leading:
        leading[0] = paper.Column(widths[0], paper.Align.CENTER)
    return paper.Table(
        columns=(*leading, *columns),
        head=(_head(labels),),
        body=tuple(_numbered_rows(plan, table, stored, len(labels)))
        or (_blank_row(len(labels)),),
    )


def _head(labels):
    return paper.Row(
        tuple(paper.Cell(t, bold=True, align=paper.Align.CENTER) for t in labels)
    )


def _blank_row(count):
    return paper.Row(tuple(paper.Cell("") for _ in range(count)))


def _numbered_rows(plan, table, stored, width):
    """Lines of Mẫu số 2, under the levels of schooling where there are several."""
    number = 0
    for item in grouped(plan, stored) if table is not MONITORING else stored:
        if isinstance(item, GroupTitle):
            yield _full_row(item.text, width)
            continue
        number += 1
        texts = [cell_text(item, c) for c in table.columns(plan.layout)]
        if table is FOCUS_ISSUES:
            texts = [str(number), *_standard_and_criterion(item), *texts]
        elif table is ROWS:
            texts = [str(number), *texts]
        yield paper.Row(
            tuple(paper.Cell(text) for text in texts), ref=f"{table.slug}-{item.pk}"
        )


def _full_row(text, width, kind=paper.RowKind.GROUP):
    return paper.Row((paper.Cell(text, colspan=width, bold=True),), kind)


def _standard_and_criterion(issue):
    standard, criterion = issue.standard, issue.criterion
    return (
        f"{standard.number}. {standard.title}" if standard else "",
        f"{criterion.code}. {criterion.title}" if criterion else "",
    )


def _nine_columns(plan, stored):
    """The table of D2: levels and standards as rows of their own, TT on the standards."""
    columns = plan.layout.rows
    widths = _best_widths(plan.layout, stored)
    body = []
    for item in grouped(plan, stored):
        if isinstance(item, GroupTitle):
            body.append(_full_row(item.text, len(widths)))
        elif isinstance(item, StandardTitle):
            body.append(
                paper.Row(
                    (
                        paper.Cell(str(item.number), bold=True),
                        paper.Cell(item.text, colspan=len(widths) - 1, bold=True),
                    ),
                    paper.RowKind.STANDARD,
                )
            )
        else:
            texts = [place_text(item), *(cell_text(item, c) for c in columns)]
            cells = tuple(paper.Cell(text) for text in ["", *texts])
            body.append(paper.Row(cells, ref=f"{ROWS.slug}-{item.pk}"))
    body += [
        _full_row(text, len(widths), paper.RowKind.CLOSING)
        for text in lines(plan.closing_rows)
    ]
    first = paper.Column(widths[0], paper.Align.CENTER)
    return paper.Table(
        columns=(first, *(paper.Column(width) for width in widths[1:])),
        head=(_head(["TT", "Tiêu chuẩn, tiêu chí", *(c.label for c in columns)]),),
        body=tuple(body) or (_blank_row(len(widths)),),
    )


def _best_widths(layout, stored):
    """The one of the form's sets of widths that makes the table shortest: long support
    texts and long goals want different ones (D2)."""

    def height(widths):
        return sum(
            max(
                -(-len(getattr(line, column.field)) // width)
                for column, width in zip(layout.rows, widths[2:], strict=True)
            )
            for line in stored
        )

    return min(layout.width_sets, key=height)
