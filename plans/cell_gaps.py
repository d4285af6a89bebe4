"""How many gaps block submission, by place and by section, for the counters of the
editor: "dong-12" is a line, "muc-5" the text of a section, "dong" a table without lines."""

from plans import completeness
from plans.cell_tables import CELL_TABLES
from plans.enums import SectionContent
from plans.tables import SECTIONS, TABLES


def gaps_of_lines(plan, lines):
    """The gaps of each of `lines`, given by (table slug, line), by its place."""
    return {
        f"{slug}-{pk}": _count(plan, CELL_TABLES[slug], line)
        for (slug, pk), line in lines.items()
    }


def all_gaps(plan):
    """Of the whole plan: `rows` by place, `sections` by table or text, and the `total`.
    Places without a gap are left out."""
    rows, sections = {}, {}
    for section in plan.sections.all():
        key, counted = _section_gaps(plan, section)
        counted = {place: count for place, count in counted.items() if count}
        if counted:
            rows |= counted
            sections[key] = sum(counted.values())
    return {"total": sum(rows.values()), "rows": rows, "sections": sections}


def _section_gaps(plan, section):
    if section.content == SectionContent.TEXT:
        place = f"{SECTIONS.slug}-{section.pk}"
        return place, {place: _count(plan, SECTIONS, section)}
    table = TABLES.get(section.content)
    if table is None:
        return "", {}
    lines = {(table.slug, line.pk): line for line in table.lines(plan)}
    return table.slug, gaps_of_lines(plan, lines) or {table.slug: 1}


def _count(plan, table, line):
    if table is SECTIONS:
        found = completeness.text_gaps(plan, line)
    else:
        found = completeness.line_gaps(plan, table, line.position, line)
    return sum(gap.blocks for gap in found)
