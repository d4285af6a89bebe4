"""From the JSON of a year file to `ResultData`, without asking the database."""

from dataclasses import replace

from plans.enums import Grouping, SectionContent
from plans.models import ActionRow
from plans.tables import ROWS
from plans.yearfile.data import LineData, layout_named
from plans.yearfile.fields import limit_of
from plans.yearfile.lines import read_criterion, read_level
from plans.yearfile.reading import (
    check_day,
    document_of,
    read_signature,
    read_titles,
    read_year,
)
from plans.yearfile.sections import MAX_SECTIONS, read_section, refuse_double_tables
from qualityplan.strict_json import shown
from reports.enums import DocumentKind, Period
from reports.layout import FIELDS
from reports.models import ResultReport
from reports.yearfile.data import ResultData, ResultSectionData
from reports.yearfile.year import read_result_year, read_row_year


def read_result(members, school, school_path):
    """The report in the object with these `members`."""
    node = members.node
    circular = members["circular"].required().line()
    layout = layout_named(circular)
    if layout is None:
        if circular:
            members["circular"].fault(f"không rõ thông tư {shown(circular)}.")
        return None
    first_year = read_year(members["school_year"].required())
    document = _read_document(members["document"].required(), first_year)
    rows = tuple(_read_row(item, layout) for item in members["rows"].required().items())
    report = ResultData(
        circular=circular,
        first_year=first_year,
        school=school,
        document=document,
        legal_bases=members["legal_bases"].lines(),
        addressees=members["addressees"].lines(),
        introduction=members["introduction"].text(nullable=True),
        remarks=members["remarks"].lines(),
        sections=_read_sections(members["sections"]),
        grouping=members["grouping"].choice(Grouping.values, layout.grouping),
        rows=rows,
        standard_titles=read_titles(members["standard_titles"]),
        closing_rows=members["closing_rows"].lines(),
        recipients=members["recipients"].lines(),
        signatures=tuple(map(read_signature, members["signatures"].items())),
        period=members["period"].choice(Period.values, Period.YEAR),
        path=node.path,
        school_path=school_path,
    )
    year = read_result_year(
        members, tuple(row.year for row in rows), is_issued=report.is_issued
    )
    members.close()
    return replace(report, year=year)


def _read_document(node, first_year):
    members = node.members()
    document = document_of(members, ResultReport, DocumentKind)
    has_number = not members["number"].is_blank
    has_day = not members["issued_on"].is_blank
    if has_number and not has_day:
        members["issued_on"].fault("có số thì phải có ngày ban hành.")
    if has_day and not has_number and not document.annex_note:
        members["number"].fault(
            "số và ngày ban hành phải có cả hai, hoặc cùng để null; chỉ báo cáo kèm theo "
            "kế hoạch (annex_note) mới không có số riêng."
        )
    if first_year and document.issued_on:
        check_day(members["issued_on"], document.issued_on, first_year)
    members.close()
    return document


def _read_sections(node):
    found = [read_section(item, index) for index, item in enumerate(node.items())]
    if len(found) > MAX_SECTIONS:
        node.fault(f"có {len(found)} mục, tối đa {MAX_SECTIONS}.")
    for section in found:
        if section.content not in (SectionContent.TEXT, SectionContent.ROWS):
            node.report.fault(
                f"{section.path}.content", "báo cáo kết quả không có bảng này."
            )
    refuse_double_tables(found, node.report)
    return tuple(
        ResultSectionData(
            title=section.title,
            text=section.text,
            number_in_source=section.number_in_source,
            holds_table=section.content == SectionContent.ROWS,
        )
        for section in found
    )


def _read_row(node, layout):
    members = node.members()
    limit = limit_of(ActionRow, "criterion_title")
    line = read_criterion(members, ROWS, layout) | {
        "level": read_level(members["level"]),
        "criterion_title": members["criterion_title"].line(limit, nullable=True),
    }
    cells = {name: members[name].text() for name in FIELDS}
    year = read_row_year(members)
    members.close()
    return LineData(cells=cells, path=node.path, year=year, **line)
