"""From the JSON of a year file to `PlanData`, without asking the database."""

import re
from dataclasses import dataclass, field

from criteria.models import Standard
from plans.enums import DocumentType, Grouping, Progress
from plans.models import ActionRow, ImprovementPlan
from plans.tables import FOCUS_ISSUES, MONITORING, ROWS
from plans.yearfile import FORMAT
from plans.yearfile.data import (
    DocumentData,
    LineData,
    PlanData,
    SchoolData,
    layout_named,
)
from plans.yearfile.fields import Report, Value
from plans.yearfile.sections import read_sections
from plans.yearfile.source import SourceError, read_json, shown
from schools.enums import LevelOfSchooling
from schools.models import School, SchoolYear

PLAN, RESULT, INSPECTION = "improvement_plan", "result_report", "inspection_record"
_INSPECTION_PARTS = ("office", "starts_at", "place", "team", "school_side", "basis")
_MAX_NUMBER = 2_147_483_647
_PROGRESS = {label: value for value, label in Progress.choices}


def _limit(model, name):
    return model._meta.get_field(name).max_length


@dataclass
class SourceFile:
    """A year file as read: its plans, and what there is to say about it."""

    name: str
    plans: list[PlanData] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def read_file(path, *, school_name=""):
    """The plans in the file at `path` (one, or a list as `dump_year` writes it).
    `school_name` stands in where the file names no school."""
    # A name may hold anything that is not a slash; a message is one line.
    source = SourceFile(shown(str(path))[1:-1])
    try:
        value = read_json(path)
    except SourceError as error:
        source.report.fault("", str(error))
        return source
    root = Value(value, "", source.report)
    for node in root.items() if isinstance(value, list) else [root]:
        plan = _read_top(node, school_name)
        if plan is not None:
            source.plans.append(plan)
    if source.report.composed:
        source.report.notes.append(
            f"đã chuyển {source.report.composed} đoạn chữ sang Unicode dựng sẵn (NFC)."
        )
    return source


def _read_top(node, school_name):
    members = node.members()
    if not members.value:
        if isinstance(node.value, dict):
            node.fault("tệp không có nội dung.")
        return None
    if members["format"].choice([FORMAT]) != FORMAT:
        return None
    kind = members["kind"].choice([PLAN, RESULT, INSPECTION])
    if kind == RESULT:
        members["kind"].fault(
            "tệp báo cáo kết quả (result_report) chưa được hỗ trợ ở bản này."
        )
    if kind not in (PLAN, INSPECTION):
        return None
    school = _read_school(members["school"].required(), school_name)
    school_path = members["school"].path
    if kind == PLAN:
        return _read_plan(members, school, school_path)
    return _read_inspected(members, school, school_path)


def _read_inspected(members, school, school_path):
    """The plan that an inspection record carries; the record itself is not taken."""
    members.allow("circular", "school_year", "document", "legal_bases", "introduction")
    members.allow("sections", "grouping", "rows", "standard_titles", "closing_rows")
    members.allow("recipients", "signatures")
    inspection = members["inspection"].required().members()
    inspection.allow(*_INSPECTION_PARTS, "remarks")
    node = inspection["plan"]
    members.close()
    inspection.close()
    if node.is_blank:
        node.fault(
            "biên bản kiểm tra không kèm kế hoạch; bản này chỉ nhận kế hoạch kèm theo."
        )
        return None
    members.node.report.notes.append(
        "chỉ nhận kế hoạch kèm theo (inspection.plan); nội dung biên bản kiểm tra chưa "
        "được nạp ở bản này."
    )
    plan = node.members()
    plan["kind"].choice([PLAN])
    return _read_plan(plan, school, school_path)


def _read_school(node, school_name):
    members = node.members()
    school = SchoolData(
        name=_school_name(members["name"], school_name),
        education_level=members["education_level"].choice(LevelOfSchooling.values),
        superior=_tidy(members["superior"], _limit(ImprovementPlan, "superior_line")),
        place=_tidy(members["place"], _limit(ImprovementPlan, "place")),
        symbol=_tidy(members["symbol"], _limit(ImprovementPlan, "symbol")),
    )
    members.close()
    return school


def _school_name(node, fallback):
    name = _tidy(node, _limit(School, "name"))
    if node.is_blank and fallback:
        given = Value(fallback, "--school", node.report)
        name = _tidy(given, _limit(School, "name"))
    elif node.is_blank:
        node.fault("tệp không ghi tên trường; hãy chạy lại với --school TÊN.")
    elif not name:
        node.fault("tên trường không được để trống.")
    return name


def _tidy(node, limit):
    """A line of a letterhead: blanks around and between its words mean nothing."""
    return " ".join(node.line(limit, nullable=True).split())


def _read_plan(members, school, school_path):
    node = members.node
    circular = members["circular"].required().line()
    layout = layout_named(circular)
    if layout is None:
        if circular:
            members["circular"].fault(f"không rõ thông tư {shown(circular)}.")
        return None
    first_year = _read_year(members["school_year"].required())
    issues = _read_lines(members[FOCUS_ISSUES.related], FOCUS_ISSUES, layout)
    plan = PlanData(
        circular=circular,
        first_year=first_year,
        school=school,
        document=_read_document(members["document"].required(), first_year),
        legal_bases=members["legal_bases"].lines(),
        introduction=members["introduction"].text(nullable=True),
        sections=read_sections(members["sections"], layout),
        grouping=members["grouping"].choice(Grouping.values, layout.grouping),
        focus_issues=issues,
        rows=_read_lines(members["rows"].required(), ROWS, layout, len(issues)),
        monitoring=_read_lines(members[MONITORING.related], MONITORING, layout),
        standard_titles=_read_titles(members["standard_titles"]),
        closing_rows=members["closing_rows"].lines(),
        recipients=members["recipients"].lines(),
        signatures=tuple(map(_read_signature, members["signatures"].items())),
        path=node.path,
        school_path=school_path,
    )
    members.close()
    return plan


def _read_year(node):
    """The first calendar year of "2022-2023"; 0 for a wrong one."""
    name = node.line()
    found = re.fullmatch(r"(\d{4})-(\d{4})", name, re.ASCII)
    if found is None or int(found[2]) != int(found[1]) + 1:
        if not node.is_blank:
            node.wrong("hai năm liền nhau, ví dụ “2026-2027”")
        return 0
    first = int(found[1])
    if not 2018 <= first <= 2100:
        node.fault(f"năm học phải từ 2018-2019 đến 2100-2101, không phải {name}.")
        return 0
    return first


def _read_document(node, first_year):
    members = node.members()
    document = DocumentData(
        document_type=members["type"].choice(DocumentType.values),
        title=members["title"].line(_limit(ImprovementPlan, "title"), nullable=True),
        subject=members["subject"].text(nullable=True),
        number=members["number"].integer(1, _MAX_NUMBER),
        issued_on=members["issued_on"].day(),
        annex_note=members["annex_note"].text(nullable=True),
    )
    if members["number"].is_blank != members["issued_on"].is_blank:
        empty = "number" if members["number"].is_blank else "issued_on"
        members[empty].fault("số và ngày ban hành phải có cả hai, hoặc cùng để null.")
    if first_year and document.issued_on:
        _check_day(members["issued_on"], document.issued_on, first_year)
    members.close()
    return document


def _check_day(node, day, first_year):
    year = SchoolYear(first_year=first_year)
    if not year.starts_on <= day <= year.ends_on:
        node.fault(
            f"{day:%d/%m/%Y} nằm ngoài năm học {year} (từ {year.starts_on:%d/%m/%Y} đến "
            f"{year.ends_on:%d/%m/%Y})."
        )


def _read_titles(node):
    members = node.members()
    titles = {}
    for key in members.value:
        title = members[key].line(_limit(Standard, "title"))
        if re.fullmatch(r"[1-9]\d?", key, re.ASCII):
            titles[key] = title
        else:
            members[key].fault("khóa phải là số của tiêu chuẩn.")
    return titles


def _read_signature(node):
    members = node.members()
    signature = (members["capacity"].text(300), members["name"].line(200))
    members.close()
    return signature


def _read_lines(node, table, layout, issue_count=0):
    columns = table.columns(layout)
    if not columns:
        if node.items():
            node.fault(f"mẫu {layout.name} không có bảng này.")
        return ()
    return tuple(
        _read_line(item, table, layout, columns, issue_count) for item in node.items()
    )


def _read_line(node, table, layout, columns, issue_count):
    members = node.members()
    line = {}
    if table.has_criterion:
        line |= _read_criterion(members, table, layout)
    if table is ROWS and layout.has_levels:
        limit = _limit(ActionRow, "criterion_title")
        line["level"] = _read_level(members["level"])
        line["criterion_title"] = members["criterion_title"].line(limit, nullable=True)
    if table is ROWS and layout.focus_issues:
        line["issue"] = members["issue"].integer(1, max(issue_count, 1))
        if line["issue"] and not issue_count:
            members["issue"].fault("tệp không có vấn đề trọng tâm nào.")
    cells = {c.field: _read_cell(members[c.json_key], table, c) for c in columns}
    members.close()
    return LineData(cells=cells, path=node.path, **line)


def _read_criterion(members, table, layout):
    standard, criterion = members["standard"], members["criterion"]
    if table.needs_criterion(layout):
        standard.required()
        criterion.required()
    number, code = standard.integer(1, 99), criterion.line(nullable=True)
    if number is None and (found := re.fullmatch(r"(\d{1,2})\.\d{1,2}", code)):
        number = int(found[1])
    schooling = members["education_level"]
    levels = [level for level in LevelOfSchooling.values if level != "multi_level"]
    return {
        "standard": number,
        "criterion": code,
        "education_level": "" if schooling.is_blank else schooling.choice(levels),
    }


def _read_level(node):
    level = node.line(nullable=True)
    numbers = level.split(", ")
    known = all(number in ("1", "2", "3", "4") for number in numbers)
    if level and not (known and numbers == sorted(set(numbers))):
        node.wrong("null, “1”, “2”, “3” hoặc “1, 2, 3”")
    return level


def _read_cell(node, table, column):
    text = node.text(_limit(table.model, column.field))
    if column.field != "progress" or not text:
        return text
    if text not in _PROGRESS:
        node.wrong(f"để trống hoặc một trong: {', '.join(_PROGRESS)}")
    return _PROGRESS.get(text, "")
