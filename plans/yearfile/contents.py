"""The texts and tables of a plan, replaced by those of a year file."""

from plans.enums import SectionContent
from plans.letterhead import school_lines
from plans.models import PlanSection
from plans.tables import FOCUS_ISSUES, MONITORING, ROWS


def write_contents(plan, data, found):
    """Set the text fields of `plan` (the caller saves them) and store its sections and
    tables. `found` are the `References` of `data`."""
    document = data.document
    plan.document_type, plan.title = document.document_type, document.title
    plan.subject, plan.annex_note = document.subject, document.annex_note
    plan.grouping = data.grouping
    plan.legal_bases, plan.introduction = data.legal_bases, data.introduction
    plan.previous_issue = data.previous_issue
    plan.recipients, plan.closing_rows = data.recipients, data.closing_rows
    plan.standard_titles = data.standard_titles
    plan.signatures = list(data.signatures)
    _write_sections(plan, data.sections)
    for table in (ROWS, FOCUS_ISSUES, MONITORING):
        getattr(plan, table.related).all().delete()
    issues = _write_lines(plan, FOCUS_ISSUES, data.focus_issues, found)
    _write_lines(plan, ROWS, data.rows, found, issues)
    _write_lines(plan, MONITORING, data.monitoring, found)


def _write_sections(plan, sections):
    plan.sections.all().delete()
    PlanSection.objects.bulk_create(
        PlanSection(
            plan=plan,
            position=position,
            key=section.key,
            title=section.title,
            content=section.content,
            text=_section_text(plan, section),
            number_in_source=section.number_in_source,
        )
        for position, section in enumerate(sections, start=1)
    )


def _section_text(plan, section):
    """Section I of a draft is left to the school's record where it says the same."""
    is_school = section.content == SectionContent.SCHOOL
    if is_school and not plan.is_issued_outside:
        return "" if section.text == "\n".join(school_lines(plan)) else section.text
    return section.text


def _write_lines(plan, table, lines, found, issues=()):
    stored = []
    for position, line in enumerate(lines, start=1):
        fields = dict(line.cells)
        if table.has_criterion:
            fields |= {
                "standard": found.standards.get(line.standard),
                "criterion": found.criteria.get(line.criterion),
                "education_level_id": line.education_level or None,
            }
        if table is ROWS:
            fields |= {
                "level": line.level,
                "criterion_title": line.criterion_title,
                "focus_issue": issues[line.issue - 1] if line.issue else None,
            }
        stored.append(table.model(plan=plan, position=position, **fields))
    return table.model.objects.bulk_create(stored)
