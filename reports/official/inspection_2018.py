"""The record of an inspection as offices wrote it under the circulars of 2018 (seed 004):
the plan is copied whole, and the remarks stand below it."""

from plans.presenting import place_text
from qualityplan.text import lines
from reports.official import document as paper
from reports.official.dotted import blank_lines, dots, filled_or_dotted
from reports.official.ending import end_marked
from reports.official.inspection_facts import (
    duty_label,
    moment_text,
    record_letterhead,
    recorded_signatures,
)
from reports.official.numbering import date_text, number_text
from reports.official.plan import plan_blocks

TITLE = "KIỂM TRA KẾ HOẠCH"
SUBJECT = "Cải tiến chất lượng giáo dục năm học {year}"
_WIDE = paper.Orientation.LANDSCAPE
_SIGNERS = (("Hiệu trưởng", ""), ("Thành viên đoàn kiểm tra", ""))
_LINES_ON_A_BLANK = 4
_PEOPLE_ON_A_BLANK = ("Tổ trưởng", "Thành viên", "Thành viên")
_NAME_MM, _JOB_MM = 70, 80


def record_2018_document(visit):
    """The `Document` of a record in this layout."""
    inspection = visit.inspection
    head = record_letterhead(inspection)
    number = None if visit.is_blank else inspection.number
    has_number = number is not None or head.symbol
    return paper.Document(
        letterhead=paper.Letterhead(
            superior=head.superior,
            issuer=head.issuer,
            number=number_text(number, inspection.document_type, head.symbol)
            if has_number
            else "",
            place_and_date=date_text(
                head.place, None if visit.is_blank else inspection.issued_on
            ),
        ),
        title=inspection.title or TITLE,
        subject=inspection.subject
        or SUBJECT.format(year=inspection.school_year.spaced_name),
        blocks=end_marked(_blocks(visit)),
        recipients=tuple(lines(inspection.recipients)),
        signatures=_signatures(visit),
    )


def _signatures(visit):
    """The head of school left, those who inspected right; the words as recorded."""
    return tuple(
        paper.Signature(tuple(lines(capacity)), name)
        for capacity, name in recorded_signatures(visit) or _SIGNERS
    )


def _blocks(visit):
    blocks = [
        paper.Paragraph(f"Vào lúc {moment_text(visit.starts_at)}."),
        paper.Paragraph(_place(visit)),
        paper.Heading("1. Thành phần:", level=2),
        paper.Paragraph("Tổ kiểm tra:"),
        *_numbered(_team(visit)),
        paper.Paragraph("Phía nhà trường"),
        *_numbered(_school_side(visit)),
    ]
    blocks += [paper.Paragraph(base, italic=True) for base in visit.bases]
    introduction = lines(visit.inspection.introduction)
    blocks += [paper.Paragraph(line) for line in introduction]
    blocks += _copied_plan(visit.inspection.plan)
    blocks += _paragraphs(visit.inspection.closing_rows)
    blocks.append(paper.Heading("Nhận xét của đoàn kiểm tra", level=2))
    return blocks + (_remarks(visit) or blank_lines(_LINES_ON_A_BLANK, _WIDE))


def _place(visit):
    label = "Tại" if visit.held_at else "Tại trường"
    return filled_or_dotted(label, visit.held_at, _WIDE)


def _numbered(people):
    """One line each: semicolons, and a full stop at the end."""
    last = len(people)
    return [
        paper.Paragraph(f"{number}. {person}{'.' if number == last else ';'}")
        for number, person in enumerate(people, start=1)
    ]


def _team(visit):
    if not visit.team:
        name, job = f"Ông/Bà {dots(_NAME_MM)}", dots(_JOB_MM)
        return [f"{name}, {job} - {duty}" for duty in _PEOPLE_ON_A_BLANK]
    return [f"{_named(p)} - {duty_label(p)}" for p in visit.team]


def _named(person):
    name = person.name or f"Ông/Bà {dots(_NAME_MM)}"
    return ", ".join(filter(None, (name, person.job)))


def _school_side(visit):
    if not visit.school_side:
        blank = f"Ông/Bà {dots(_NAME_MM)}, Chức vụ: {dots(_JOB_MM)}"
        return [blank] * len(_PEOPLE_ON_A_BLANK)
    return [
        f"{p.name or f'Ông/Bà {dots(_NAME_MM)}'}, Chức vụ: {p.job or dots(_JOB_MM)}"
        for p in visit.school_side
    ]


def _copied_plan(plan):
    if plan is None:
        return []
    bases = [paper.Paragraph(base, italic=True) for base in lines(plan.legal_bases)]
    return [*bases, *plan_blocks(plan)]


# --- remarks: whatever was written down on the day, under the one heading the form has ----


def _remarks(visit):
    if visit.is_blank:
        return []
    blocks = _paragraphs(visit.remarks)
    blocks += [
        paper.Paragraph(text) for text in filter(None, map(_found, visit.findings))
    ]
    blocks += _labelled("Ưu điểm:", visit.strengths)
    blocks += _labelled("Hạn chế:", visit.limitations)
    blocks += [
        paper.Paragraph(
            f"Kiến nghị {number}: {r.text} (người thực hiện: {r.owner}; hạn khắc phục: "
            f"{r.due_on:%d/%m/%Y})."
        )
        for number, r in enumerate(visit.recommendations, start=1)
    ]
    blocks += _labelled("Ý kiến của nhà trường:", visit.school_opinion)
    if visit.ends_at:
        ended = moment_text(visit.ends_at)
        blocks.append(paper.Paragraph(f"Cuộc kiểm tra kết thúc vào {ended}."))
    return blocks


def _found(finding):
    """One line on a row that was looked at."""
    result = finding.get_result_display()
    if not (result or finding.remark):
        return ""
    place = (place_text(finding.row) if finding.row else "") or finding.place
    name = place or f"Nội dung {finding.position}"
    return f"{name}: {'. '.join(filter(None, (result, finding.remark)))}"


def _labelled(label, text):
    first, *others = lines(text) or [""]
    if not first:
        return []
    return [paper.Paragraph(f"{label} {first}"), *map(paper.Paragraph, others)]


def _paragraphs(text):
    return [paper.Paragraph(line) for line in lines(text)]
