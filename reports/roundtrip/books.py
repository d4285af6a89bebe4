"""The workbook of a plan, and that of a result report."""

from plans.cell_tables import limit_of, typed_text, why_fixed
from plans.grid_rows import READ_ONLY
from plans.presenting import cell_text
from plans.tables import FOCUS_ISSUES, MONITORING, ROWS, SECTIONS
from qualityplan.text import MAX_TEXT
from reports.layout import COLUMNS
from reports.roundtrip.shape import KEY_COLUMNS, Book, Column, Line, Sheet, Subject
from schools.enums import LevelOfSchooling

PLAN, RESULT = "plan", "result"
RESULT_SLUG = "ket-qua"
_LEVELS = ("1", "2", "3", "1, 2, 3")
_WIDE, _SHORT = 40, 20  # characters
_SECTION_LABELS = ("Mã dòng", "", "", "Mục")
_REVIEW_LABELS = ("Mã dòng", "", "", "Lần theo dõi")


def plan_book(plan):
    """The `Book` of `plan`; every cell as the editor has it."""
    has_level = plan.layout.has_levels
    tables = [t for t in (FOCUS_ISSUES, ROWS, MONITORING) if t.columns(plan.layout)]
    return Book(
        subject=_subject(PLAN, plan, f"Kế hoạch năm học {plan.school_year}"),
        sheets=(_sections(plan), *(_table(plan, table) for table in tables)),
        criteria=_criteria(plan.circular),
        levels=_LEVELS if has_level else (),
        schoolings=_schoolings(plan.school),
    )


def result_book(report):
    """The `Book` of a result report: its table."""
    columns = tuple(
        Column(c.field, c.label, _WIDE if c.field != "note" else _SHORT, True, MAX_TEXT)
        for c in COLUMNS
    )
    rows = report.rows.select_related("standard", "criterion")
    lines = tuple(
        Line(row.pk, _keys(row), {c.field: getattr(row, c.field) for c in columns})
        for row in rows
    )
    sheet = Sheet(
        slug=RESULT_SLUG,
        title="Bảng kết quả",
        columns=columns,
        lines=lines,
        takes_new=True,
        takes_criterion=True,
        needs_criterion=True,
    )
    return Book(
        subject=_subject(RESULT, report, f"Báo cáo kết quả {report.period_name}"),
        sheets=(sheet,),
        criteria=_criteria(report.circular),
        levels=_LEVELS,
        schoolings=_schoolings(report.school),
    )


def _subject(kind, paper, name):
    year = paper.school_year.first_year
    return Subject(kind, paper.pk, paper.school_id, paper.school.name, year, name)


def _criteria(circular):
    found = [
        (criterion.code, criterion.title)
        for standard in circular.standards.prefetch_related("criteria")
        for criterion in standard.criteria.all()
    ]
    return tuple(sorted(found, key=lambda pair: [int(n) for n in pair[0].split(".")]))


def _schoolings(school):
    codes = school.level_codes
    if len(codes) < 2:
        return ()
    return tuple(str(LevelOfSchooling(code).label) for code in codes)


def _keys(line):
    schooling = getattr(line, "education_level_id", None)
    place = line.criterion or line.standard
    if line.criterion:
        place = f"{line.criterion.code} {line.criterion.title}"
    return (
        str(LevelOfSchooling(schooling).label) if schooling else "",
        getattr(line, "level", ""),
        str(place or ""),
    )


def _sections(plan):
    lines = []
    for section in SECTIONS.lines(plan):
        section.plan = plan
        fixed = frozenset({"text"}) if why_fixed(section, "text") else frozenset()
        texts = {"text": typed_text(section, "text")}
        lines.append(Line(section.pk, ("", "", section.title), texts, fixed))
    column = Column("text", "Nội dung", 100, True, limit_of(SECTIONS, "text"))
    return Sheet(
        slug=SECTIONS.slug,
        title=SECTIONS.title,
        columns=(column,),
        lines=tuple(lines),
        key_labels=_SECTION_LABELS,
    )


def _table(plan, table):
    columns = tuple(
        Column(
            c.field,
            c.label,
            _SHORT if c.is_short else _WIDE,
            c.field not in READ_ONLY,
            limit_of(table, c.field),
        )
        for c in table.columns(plan.layout)
    )
    plain = table.columns(plan.layout)
    lines = tuple(
        Line(
            line.pk,
            _keys(line) if table.has_criterion else ("", "", f"Lần {number}"),
            {c.field: cell_text(line, c) for c in plain},
        )
        for number, line in enumerate(table.lines(plan), start=1)
    )
    labels = KEY_COLUMNS if table.has_criterion else _REVIEW_LABELS
    return Sheet(
        slug=table.slug,
        title=table.title,
        columns=columns,
        lines=lines,
        takes_new=True,
        takes_criterion=table.has_criterion,
        needs_criterion=table.needs_criterion(plan.layout),
        key_labels=labels,
    )
