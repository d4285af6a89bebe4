"""Biên bản kiểm tra việc thực hiện kế hoạch cải tiến as an official document: the layout
of Mẫu 1.9 (format reference 1.8 and D4). That of 2018 is in `inspection_2018`."""

from inspections.enums import RecordForm
from plans.citing import citation
from plans.presenting import place_text
from plans.tables import ROWS
from qualityplan.text import lines, roman
from reports.official import document as paper
from reports.official.dotted import blank_lines, dots, filled_or_dotted
from reports.official.ending import end_marked
from reports.official.fitting import fitted
from reports.official.inspection_2018 import record_2018_document
from reports.official.inspection_facts import (
    Visit,
    default_recipients,
    moment_text,
    record_letterhead,
    recorded_signatures,
    without_honorific,
)
from reports.official.numbering import number_text

TITLE = "BIÊN BẢN"
SUBJECT = "Kiểm tra việc thực hiện kế hoạch cải tiến chất lượng giáo dục năm học {year}"
SECRETARY, LEADER, SCHOOL = "THƯ KÝ", "TRƯỞNG ĐOÀN", "ĐẠI DIỆN NHÀ TRƯỜNG"
_HINT = "(Ký, ghi rõ họ tên)"
_UPRIGHT = paper.Orientation.PORTRAIT
_PEOPLE_ON_A_BLANK = 3
_LINES_ON_A_BLANK = 4
_NAME_DOTS_MM = 38  # in a column of 45 mm
_CELL_PT = 12


def inspection_document(inspection, *, blank=False):
    """`inspection` as a neutral `Document`, in the layout it asks for. `blank`: the form
    to take along, on which the day itself is still to be written by hand."""
    visit = Visit.of(inspection, blank=blank)
    if inspection.form == RecordForm.FORM_2018:
        return record_2018_document(visit)
    head = record_letterhead(inspection)
    number = None if blank else inspection.number
    return paper.Document(
        letterhead=paper.Letterhead(
            superior=head.superior,
            issuer=head.issuer,
            number=number_text(number, inspection.document_type, head.symbol),
            place_and_date="",  # Mẫu 1.9 has none
        ),
        title=inspection.title or TITLE,
        subject=inspection.subject or SUBJECT.format(year=inspection.school_year),
        blocks=end_marked(_blocks(visit)),
        recipients=tuple(lines(inspection.recipients))
        or default_recipients(inspection),
        signatures=_signatures(visit),
        orientation=_UPRIGHT,
    )


def _signatures(visit):
    """Secretary left, leader right, the school below (Mẫu 1.9)."""
    if recorded := recorded_signatures(visit):
        return tuple(
            paper.Signature(tuple(lines(capacity.upper())), name)
            for capacity, name in recorded
        )
    hint = "" if visit.is_issued else _HINT
    return tuple(
        paper.Signature((capacity,), without_honorific(name), hint=hint)
        for capacity, name in signers(visit)
    )


def signers(visit):
    """(capacity, name) of those who sign a record, by the people written down."""
    return (
        (SECRETARY, visit.name_of("secretary")),
        (LEADER, visit.name_of("leader")),
        (SCHOOL, visit.head_of_school),
    )


def _blocks(visit):
    parts = (
        ("THÀNH PHẦN THAM DỰ", _people(visit)),
        ("NỘI DUNG KIỂM TRA", _checked(visit)),
        ("NHẬN XÉT CỦA ĐOÀN KIỂM TRA", _remarks(visit)),
        ("KIẾN NGHỊ", _recommendations(visit)),
        ("Ý KIẾN CỦA NHÀ TRƯỜNG", _text_or_lines(visit.school_opinion)),
    )
    blocks = _opening(visit)
    for number, (title, inner) in enumerate(parts, start=1):
        blocks += [paper.Heading(f"{roman(number)}. {title}"), *inner]
    ended = moment_text(visit.ends_at)
    return [*blocks, paper.Paragraph(f"Cuộc kiểm tra kết thúc vào {ended}.")]


def _opening(visit):
    held_at = visit.held_at and f"{visit.held_at.rstrip(' .')}."
    place = filled_or_dotted("Địa điểm:", held_at, _UPRIGHT)
    blocks = [
        paper.Paragraph(f"Thời gian bắt đầu: {moment_text(visit.starts_at)}."),
        paper.Paragraph(place),
        paper.Paragraph(f"Đơn vị được kiểm tra: {visit.inspection.school.name}."),
    ]
    # B01: one paragraph each, closed by semicolons and a full stop.
    bases = [base.rstrip(" ;.,") for base in visit.bases]
    marks = [";"] * (len(bases) - 1) + ["."]
    return blocks + [
        paper.Paragraph(f"{base}{mark}", italic=True)
        for base, mark in zip(bases, marks, strict=False)
    ]


# --- who was there ----------------------------------------------------------------


def _people(visit):
    return [
        paper.Heading("1. Đoàn kiểm tra", level=2),
        _table(
            ("TT", "Họ và tên", "Chức vụ, đơn vị công tác", "Nhiệm vụ", "Có mặt, vắng"),
            (10, 45, 62, 26, 22),
            [_person(visit, p, p.get_duty_display()) for p in visit.team]
            or _unknown_people(("Trưởng đoàn", "Thư ký", "Thành viên")),
        ),
        paper.Heading("2. Phía nhà trường", level=2),
        _table(
            ("TT", "Họ và tên", "Chức vụ", "Có mặt, vắng"),
            (10, 55, 78, 22),
            [_person(visit, p) for p in visit.school_side]
            or _unknown_people([None] * _PEOPLE_ON_A_BLANK),
        ),
    ]


def _person(visit, person, *duty):
    name = person.name or dots(_NAME_DOTS_MM, _CELL_PT)
    return [name, person.job, *duty, visit.presence_of(person)]


def _unknown_people(duties):
    """Lines for people nobody has named yet."""
    name = dots(_NAME_DOTS_MM, _CELL_PT)
    return [[name, "", *filter(None, [duty]), ""] for duty in duties]


# --- what was checked -------------------------------------------------------------


def _checked(visit):
    plan = visit.inspection.plan
    cited = filled_or_dotted("Kế hoạch được kiểm tra:", _cited(plan), _UPRIGHT)
    return [
        paper.Paragraph(f"{cited}." if plan else cited),
        _findings(visit, plan),
    ]


def _findings(visit, plan):
    table = _table(
        ("TT", "Tiêu chí, nội dung", "Mục tiêu", "Kết quả kiểm tra", "Nhận xét"),
        (10, 52, 36, 25, 42),
        [_finding(visit, finding) for finding in visit.findings]
        or [_row(row) for row in plan_rows(plan)]
        or [[""] * 4] * _PEOPLE_ON_A_BLANK,
    )
    # What is still to be written by hand needs the room that the form gives it.
    return fitted(table, paper.Orientation.PORTRAIT) if visit.is_over else table


def _cited(plan):
    if plan is None:
        return ""
    year = f"năm học {plan.school_year}"
    if plan.number is None:
        return f"Kế hoạch cải tiến chất lượng giáo dục {year}"
    return f"{citation(plan)}, {year}"


def plan_rows(plan):
    return ROWS.lines(plan) if plan else ()


def _finding(visit, finding):
    row = finding.row
    texts = _row(row)[:2] if row else [_joined(finding.place, finding.content), ""]
    if visit.is_blank:
        return [*texts, "", ""]
    return [*texts, finding.get_result_display(), finding.remark]


def _row(row):
    return [_joined(place_text(row), row.content or row.actions), row.goal, "", ""]


def _joined(*texts):
    return "\n".join(filter(None, texts))


# --- what the team says, and what the school says -----------------------------------


def _remarks(visit):
    blocks = [
        paper.Heading("1. Ưu điểm", level=2),
        *_text_or_lines(visit.strengths),
        paper.Heading("2. Hạn chế", level=2),
        *_text_or_lines(visit.limitations),
    ]
    if visit.remarks:
        others = [paper.Paragraph(line) for line in lines(visit.remarks)]
        blocks += [paper.Heading("3. Nhận xét khác", level=2), *others]
    return blocks


def _text_or_lines(text):
    written = [paper.Paragraph(line) for line in lines(text)]
    return written or blank_lines(_LINES_ON_A_BLANK, _UPRIGHT)


def _recommendations(visit):
    found = visit.recommendations
    if not found and visit.is_over:
        return [paper.Paragraph("Đoàn kiểm tra không có kiến nghị.")]
    room = f"{dots(78, _CELL_PT)}\n{dots(78, _CELL_PT)}"
    return [
        _table(
            ("TT", "Kiến nghị", "Người thực hiện", "Hạn khắc phục"),
            (10, 88, 40, 27),
            [[r.text, r.owner, f"{r.due_on:%d/%m/%Y}"] for r in found]
            or [[room, "", ""]] * _PEOPLE_ON_A_BLANK,
        )
    ]


def _table(labels, widths, rows):
    """A table whose first column numbers its rows."""
    first, *others = widths
    head = tuple(paper.Cell(t, bold=True, align=paper.Align.CENTER) for t in labels)
    return paper.Table(
        columns=(
            paper.Column(first, paper.Align.CENTER),
            *(paper.Column(width) for width in others),
        ),
        head=(paper.Row(head),),
        body=tuple(
            paper.Row(tuple(paper.Cell(text) for text in (str(number), *texts)))
            for number, texts in enumerate(rows, start=1)
        ),
    )
