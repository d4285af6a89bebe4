"""From a result report in the database to the interchange format."""

from dataclasses import replace

from plans.letterhead import plan_day, recorded_letterhead
from plans.yearfile import FORMAT
from plans.yearfile.data import LineData
from plans.yearfile.dumping import (
    document_json,
    document_of,
    paragraphs,
    school_json,
    school_of,
    signatures_json,
)
from plans.yearfile.reading import RESULT
from qualityplan.text import roman
from reports.enums import Period
from reports.layout import FIELDS
from reports.yearfile.data import ResultData, ResultSectionData
from reports.yearfile.year import add_year, result_year


def dump_result(report):
    """`report` as the JSON object of a year file, its keys in the format's order."""
    return as_json(effective(result_data(report), report))


def dump_whole_result(report):
    """`report` as `dump_result` has it, and all that happened to it."""
    found = result_data(report)
    return add_year(
        as_json(effective(found, report)),
        result_year(report),
        is_issued=found.is_issued,
    )


def effective(data, report):
    """`data` with the blanks that `report` leaves to the school's record filled in, as
    `plans.yearfile.dumping.effective` does for plans."""
    if report.is_issued_outside:
        return data
    recorded = recorded_letterhead(report.school, plan_day(report))
    school = replace(
        data.school,
        superior=data.school.superior or recorded.superior,
        place=data.school.place or recorded.place,
        symbol=data.school.symbol or recorded.symbol,
    )
    return replace(data, school=school)


def result_data(report):
    """What `report` itself states."""
    document = document_of(report)
    if not report.is_annex:
        document = replace(document, annex_note="")
    return ResultData(
        circular=report.circular.number,
        first_year=report.school_year.first_year,
        school=school_of(report),
        document=document,
        grouping=report.grouping,
        rows=tuple(
            _line(row) for row in report.rows.select_related("standard", "criterion")
        ),
        sections=tuple(
            ResultSectionData(
                section["title"],
                section["text"],
                section["number_in_source"],
                section["content"] == "rows",
            )
            for section in report.sections
        ),
        legal_bases=report.legal_bases,
        addressees=report.addressees,
        introduction=report.introduction,
        remarks=report.remarks,
        standard_titles=dict(report.standard_titles),
        closing_rows=report.closing_rows,
        recipients=report.recipients,
        signatures=tuple(report.signatures),
        period=report.period,
    )


def _line(row):
    return LineData(
        cells={name: getattr(row, name) for name in FIELDS},
        standard=row.standard.number if row.standard else None,
        criterion=row.criterion.code if row.criterion else "",
        education_level=row.education_level_id or "",
        level=row.level,
        criterion_title=row.criterion_title,
    )


def as_json(data):
    titles = sorted(data.standard_titles.items(), key=lambda item: int(item[0]))
    return {
        "format": FORMAT,
        "kind": RESULT,
        "circular": data.circular,
        "school_year": f"{data.first_year}-{data.first_year + 1}",
        **({"period": data.period} if data.period != Period.YEAR else {}),
        "school": school_json(data.school),
        "document": document_json(data.document),
        "legal_bases": paragraphs(data.legal_bases),
        **({"addressees": paragraphs(data.addressees)} if data.addressees else {}),
        "introduction": data.introduction or None,
        "sections": [
            _section_json(section, roman(place))
            for place, section in enumerate(data.sections, start=1)
        ],
        "grouping": data.grouping,
        "rows": [_row_json(row) for row in data.rows],
        "standard_titles": dict(titles),
        "closing_rows": paragraphs(data.closing_rows),
        **({"remarks": paragraphs(data.remarks)} if data.remarks else {}),
        "recipients": paragraphs(data.recipients),
        "signatures": signatures_json(data.signatures),
    }


def _section_json(section, number):
    head = {"number": number, "title": section.title}
    if section.number_in_source:
        head["number_in_source"] = section.number_in_source
    if section.holds_table:
        return head | {"content": "rows"}
    return head | {"paragraphs": paragraphs(section.text)}


def _row_json(row):
    tail = {"education_level": row.education_level} if row.education_level else {}
    return {
        "level": row.level or None,
        "standard": row.standard,
        "criterion": row.criterion,
        "criterion_title": row.criterion_title,
        **row.cells,
        **tail,
    }
