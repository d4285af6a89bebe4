"""From a plan in the database to the interchange format."""

from dataclasses import replace

from plans.enums import Progress, SectionContent
from plans.letterhead import plan_day, recorded_letterhead, school_lines
from plans.tables import FOCUS_ISSUES, MONITORING, ROWS, TABLES
from plans.yearfile import FORMAT
from plans.yearfile.data import (
    DocumentData,
    LineData,
    PlanData,
    SchoolData,
    SectionData,
)
from qualityplan.text import roman


def dump_plan(plan):
    """`plan` as the JSON object of a year file, its keys in the format's order."""
    return as_json(effective(plan_data(plan), plan))


def effective(data, plan):
    """`data` with the blanks that `plan` leaves to the school's record filled in. A
    document issued elsewhere says what it says, and no more."""
    if plan.is_issued_outside:
        return data
    recorded = recorded_letterhead(plan.school, plan_day(plan))
    school = replace(
        data.school,
        superior=data.school.superior or recorded.superior,
        place=data.school.place or recorded.place,
        symbol=data.school.symbol or recorded.symbol,
    )
    sections = tuple(_with_school_lines(section, plan) for section in data.sections)
    return replace(data, school=school, sections=sections)


def _with_school_lines(section, plan):
    if section.content != SectionContent.SCHOOL or section.text:
        return section
    return replace(section, text="\n".join(school_lines(plan)))


def plan_data(plan):
    """What `plan` itself states."""
    layout = plan.layout
    issues = list(FOCUS_ISSUES.lines(plan)) if layout.focus_issues else []
    places = {issue.pk: place for place, issue in enumerate(issues, start=1)}
    return PlanData(
        circular=plan.circular.number,
        first_year=plan.school_year.first_year,
        school=school_of(plan),
        document=document_of(plan),
        sections=tuple(
            SectionData(
                s.title, SectionContent(s.content), s.text, s.number_in_source, s.key
            )
            for s in plan.sections.all()
        ),
        grouping=plan.grouping,
        legal_bases=plan.legal_bases,
        introduction=plan.introduction,
        previous_issue=plan.previous_issue,
        focus_issues=_lines(issues, FOCUS_ISSUES, layout, places),
        rows=_lines(ROWS.lines(plan), ROWS, layout, places),
        monitoring=_lines(MONITORING.lines(plan), MONITORING, layout, places),
        standard_titles=dict(plan.standard_titles),
        closing_rows=plan.closing_rows,
        recipients=plan.recipients,
        signatures=tuple(plan.signatures),
    )


def school_of(plan):
    return SchoolData(
        name=plan.school.name,
        education_level=str(plan.school.level_key or ""),
        superior=plan.superior_line,
        place=plan.place,
        symbol=plan.symbol,
    )


def document_of(plan):
    return DocumentData(
        document_type=plan.document_type,
        title=plan.title,
        subject=plan.subject,
        number=plan.number,
        issued_on=plan.issued_on,
        annex_note=plan.annex_note,
    )


def _lines(stored, table, layout, places):
    columns = table.columns(layout)
    if not columns:
        return ()
    return tuple(_line(line, table, layout, columns, places) for line in stored)


def _line(line, table, layout, columns, places):
    found = LineData(cells={c.field: getattr(line, c.field) for c in columns})
    if table.has_criterion:
        found = replace(
            found,
            standard=line.standard.number if line.standard else None,
            criterion=line.criterion.code if line.criterion else "",
            education_level=line.education_level_id or "",
        )
    if table is ROWS:
        has_levels = layout.has_levels
        found = replace(
            found,
            level=line.level if has_levels else "",
            criterion_title=line.criterion_title if has_levels else "",
            issue=places.get(line.focus_issue_id),
        )
    return found


def as_json(data):
    return {
        "format": FORMAT,
        "kind": "improvement_plan",
        "circular": data.circular,
        "school_year": f"{data.first_year}-{data.first_year + 1}",
        "school": school_json(data.school),
        "document": document_json(data.document),
        "legal_bases": paragraphs(data.legal_bases),
        "introduction": data.introduction or None,
        **({"previous_issue": data.previous_issue} if data.previous_issue else {}),
        "sections": [
            section_json(section, roman(place))
            for place, section in enumerate(data.sections, start=1)
        ],
        "grouping": data.grouping,
        **_tables_json(data),
        "standard_titles": dict(
            sorted(data.standard_titles.items(), key=lambda item: int(item[0]))
        ),
        "closing_rows": paragraphs(data.closing_rows),
        "recipients": paragraphs(data.recipients),
        "signatures": signatures_json(data.signatures),
    }


def signatures_json(signatures):
    """In one order: jsonb of PostgreSQL keeps none."""
    keys = ("capacity", "name", "second_title")
    return [{key: each[key] for key in keys if key in each} for each in signatures]


def school_json(school):
    return {
        "name": school.name,
        "education_level": school.education_level or None,
        "superior": school.superior or None,
        "place": school.place or None,
        "symbol": school.symbol or None,
    }


def document_json(document):
    return {
        "type": document.document_type,
        "title": document.title or None,
        "subject": document.subject or None,
        "number": document.number,
        "issued_on": document.issued_on and document.issued_on.isoformat(),
        "annex_note": document.annex_note or None,
    }


def _tables_json(data):
    layout = data.layout
    tables = (
        (FOCUS_ISSUES, data.focus_issues),
        (ROWS, data.rows),
        (MONITORING, data.monitoring),
    )
    return {
        table.related: [_line_json(line, table, layout) for line in lines]
        for table, lines in tables
        if table.columns(layout)
    }


def paragraphs(text):
    return text.split("\n") if text else []


def section_json(section, number):
    head = {"number": number, "title": section.title}
    if section.number_in_source:
        head["number_in_source"] = section.number_in_source
    if section.content in TABLES:
        return head | {"content": str(section.content)}
    return head | {"paragraphs": paragraphs(section.text)}


def _line_json(line, table, layout):
    """One line; what the format calls optional appears only where it is set."""
    head, tail = {}, {}
    if table is ROWS and layout.has_levels:
        head["level"] = line.level or None
    if table.needs_standard(layout) or line.standard is not None:
        head |= {"standard": line.standard, "criterion": line.criterion}
    if table is ROWS and layout.has_levels:
        head["criterion_title"] = line.criterion_title
    if line.education_level:
        tail["education_level"] = line.education_level
    if line.issue is not None:
        tail["issue"] = line.issue
    return head | _cells_json(line, table, layout) | tail


def _cells_json(line, table, layout):
    cells = {c.json_key: line.cells[c.field] for c in table.columns(layout)}
    if cells.get("progress"):
        cells["progress"] = Progress(cells["progress"]).label
    return cells
