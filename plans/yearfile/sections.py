"""The sections of a year file, matched with those of the form."""

from dataclasses import replace

from plans.enums import SectionContent
from plans.models import PlanSection
from plans.tables import TABLES
from plans.yearfile.data import SectionData
from plans.yearfile.fields import limit_of
from qualityplan.text import fold, roman

MAX_SECTIONS = 39


def read_sections(node, layout):
    """The sections in their order. A section whose title is that of a table of the form
    holds that table; a table that no section holds gets the form's own section."""
    found = []
    for index, item in enumerate(node.items()):
        found.append(_recognised(read_section(item, index), layout, found))
    if len(found) > MAX_SECTIONS:
        node.fault(f"có {len(found)} mục, tối đa {MAX_SECTIONS}.")
    refuse_double_tables(found, node.report)
    return _with_all_tables(found, layout)


def read_section(node, index):
    """A section as it stands, whatever the form calls it."""
    members = node.members()
    number = members["number"].required().line()
    if number and index < MAX_SECTIONS and number != roman(index + 1):
        members["number"].fault(
            f"phải là {roman(index + 1)}: số mục đi liên tiếp; số in trong văn bản gốc "
            "ghi ở number_in_source."
        )
    content = members["content"].choice(list(TABLES), SectionContent.TEXT)
    text = members["paragraphs"].lines()
    if content in TABLES and text:
        members["paragraphs"].fault("mục chứa bảng không có đoạn văn.")
    section = SectionData(
        title=members["title"].required().line(limit_of(PlanSection, "title")),
        content=SectionContent(content),
        text=text,
        number_in_source=members["number_in_source"].line(
            limit_of(PlanSection, "number_in_source"), nullable=True
        ),
        path=node.path,
    )
    members.close()
    return section


def _recognised(section, layout, before):
    """`section` with the key, and where the file is silent the content, of the form's."""
    spec = _counterpart(section, layout)
    if spec is None or any(other.key == spec.key for other in before):
        return section
    content = section.content
    if spec.content == SectionContent.SCHOOL or not section.text:
        content = spec.content
    return replace(section, key=spec.key, content=content)


def _counterpart(section, layout):
    if section.content in TABLES:
        return _first(layout, lambda spec: spec.content == section.content)
    title = fold(section.title)
    return _first(
        layout,
        lambda spec: (
            fold(spec.title) == title and not (spec.content in TABLES and section.text)
        ),
    )


def _first(layout, fits):
    return next((spec for spec in layout.sections if fits(spec)), None)


def refuse_double_tables(sections, report):
    seen = {}
    for section in sections:
        if section.content in TABLES:
            first = seen.setdefault(section.content, section.path)
            if first != section.path:
                report.fault(f"{section.path}.content", f"bảng này đã có ở {first}.")


def _with_all_tables(sections, layout):
    order = [spec.key for spec in layout.sections]
    held = {section.content for section in sections}
    for spec in layout.sections:
        if spec.content in TABLES and spec.content not in held:
            place = _place(sections, order, order.index(spec.key))
            added = SectionData(title=spec.title, content=spec.content, key=spec.key)
            sections = [*sections[:place], added, *sections[place:]]
    return tuple(sections)


def _place(sections, order, rank):
    """Behind the last section that the form puts before the one of this rank."""
    earlier = [
        index
        for index, section in enumerate(sections, start=1)
        if section.key and order.index(section.key) < rank
    ]
    return max(earlier, default=0)
