"""What a plan of a year file refers to in the database: its circular and criteria."""

from dataclasses import dataclass

from criteria.models import Circular, Criterion, Standard
from criteria.selection import DoesNotApply, check_applies
from qualityplan.strict_json import shown
from schools.models import SchoolYear


@dataclass(frozen=True)
class References:
    circular: Circular
    standards: dict[int, Standard]
    criteria: dict[str, Criterion]


def references(data, report):
    """The `References` of `data`; every one that cannot be resolved becomes a fault."""
    circular = circular_of(data, report)
    if circular is None:
        return None
    criteria = Criterion.objects.filter(standard__circular=circular)
    found = References(
        circular,
        {standard.number: standard for standard in circular.standards.all()},
        {c.code: c for c in criteria.select_related("standard")},
    )
    for line in (*data.focus_issues, *data.rows):
        _check_line(line, found, report)
    for number in data.standard_titles:
        if int(number) not in found.standards:
            path = data.at(f"standard_titles.{number}")
            report.fault(path, f"{circular} không có tiêu chuẩn {number}.")
    return found


def circular_of(data, report):
    """The circular that `data` names; None, with a fault, where it does not apply."""
    level, number = data.school.education_level, data.circular
    named = Circular.objects.filter(number=number)
    if not named.exists():
        report.fault(
            data.at("circular"),
            f"Thông tư {number} chưa có trong hệ thống; hãy chạy load_catalogue trước.",
        )
        return None
    if not (level and data.first_year):
        return None  # told already
    circular = Circular.objects.with_number(number, level) or named.first()
    try:
        check_applies(circular, level, SchoolYear(first_year=data.first_year))
    except DoesNotApply as error:
        report.fault(data.at("circular"), str(error))
        return None
    return circular


def _check_line(line, found, report):
    criterion = found.criteria.get(line.criterion)
    if line.criterion and criterion is None:
        report.fault(
            f"{line.path}.criterion",
            f"{found.circular} không có tiêu chí {shown(line.criterion)}.",
        )
    elif line.standard is not None and line.standard not in found.standards:
        report.fault(
            f"{line.path}.standard",
            f"{found.circular} không có tiêu chuẩn {line.standard}.",
        )
    elif criterion and line.standard != criterion.standard.number:
        report.fault(
            f"{line.path}.criterion",
            f"tiêu chí {criterion.code} thuộc tiêu chuẩn {criterion.standard.number}, "
            f"không thuộc tiêu chuẩn {line.standard}.",
        )
