"""From the JSON of a year file to `PlanData`, without asking the database."""

import re
from dataclasses import dataclass, field

from criteria.models import Standard
from plans.enums import DocumentType, Grouping
from plans.models import ImprovementPlan
from plans.tables import FOCUS_ISSUES, MONITORING, ROWS
from plans.yearfile import FORMAT
from plans.yearfile.data import (
    DocumentData,
    PlanData,
    SchoolData,
    layout_named,
)
from plans.yearfile.fields import Report, Value, limit_of
from plans.yearfile.lines import read_lines
from plans.yearfile.sections import read_sections
from plans.yearfile.year_reading import read_plan_year
from qualityplan.strict_json import SourceError, printable, read_json, shown
from schools.enums import LevelOfSchooling
from schools.models import School, SchoolYear

PLAN, RESULT, INSPECTION = "improvement_plan", "result_report", "inspection_record"
KINDS = (PLAN, "self_assessment", "evidence_list", RESULT, INSPECTION)
_INSPECTION_PARTS = ("office", "starts_at", "place", "team", "school_side", "basis")
MAX_NUMBER = 2_147_483_647
MAX_BYTES = 10 * 1024 * 1024


@dataclass
class SourceFile:
    """A year file as read: what it holds (`PlanData` and the data of other kinds), and
    what there is to say about it."""

    name: str
    contents: list = field(default_factory=list)
    report: Report = field(default_factory=Report)
    # What is stored when all contents are: calls without arguments.
    later: list = field(default_factory=list)


def read_file(path, *, school_name="", readers=None):
    """The contents of the file at `path` (one, or a list as `dump_year` writes it).
    `school_name` stands in where the file names no school; `readers` maps the kinds that
    are taken to the functions that read them."""
    readers = readers or READERS
    # A name may hold anything that is not a slash; a message is one line.
    source = SourceFile(printable(str(path)))
    try:
        value = read_json(path, max_bytes=MAX_BYTES)
    except SourceError as error:
        source.report.fault("", str(error))
        return source
    root = Value(value, "", source.report)
    if value == []:
        root.fault("tệp không có kế hoạch hay báo cáo nào.")
    for node in root.items() if isinstance(value, list) else [root]:
        found = _read_top(node, school_name, readers)
        if found is not None:
            source.contents.append(found)
    if source.report.composed:
        source.report.notes.append(
            f"đã chuyển {source.report.composed} đoạn chữ sang Unicode dựng sẵn (NFC)."
        )
    return source


def _read_top(node, school_name, readers):
    members = node.members()
    if not members.value:
        if isinstance(node.value, dict):
            node.fault("tệp không có nội dung.")
        return None
    if members["format"].choice([FORMAT]) != FORMAT:
        return None
    kind = members["kind"].choice(KINDS)
    if kind not in readers:
        if kind:
            members["kind"].fault(f"loại {kind} chưa được hỗ trợ ở đây.")
        return None
    school = _read_school(members["school"].required(), school_name)
    return readers[kind](members, school, members["school"].path)


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
    return read_plan(plan, school, school_path)


def _read_school(node, school_name):
    members = node.members()
    school = SchoolData(
        name=_school_name(members["name"], school_name),
        education_level=members["education_level"].choice(LevelOfSchooling.values),
        superior=tidy(members["superior"], limit_of(ImprovementPlan, "superior_line")),
        place=tidy(members["place"], limit_of(ImprovementPlan, "place")),
        symbol=tidy(members["symbol"], limit_of(ImprovementPlan, "symbol")),
    )
    members.close()
    return school


def _school_name(node, fallback):
    name = tidy(node, limit_of(School, "name"))
    if node.is_blank and fallback:
        given = Value(fallback, "--school", node.report)
        name = tidy(given, limit_of(School, "name"))
    elif node.is_blank:
        node.fault("tệp không ghi tên trường; hãy chạy lại với --school TÊN.")
    elif not name:
        node.fault("tên trường không được để trống.")
    return name


def tidy(node, limit):
    """A line of a letterhead: blanks around and between its words mean nothing."""
    return " ".join(node.line(limit, nullable=True).split())


def read_plan(members, school, school_path):
    """The plan in the object with these `members`."""
    node = members.node
    circular = members["circular"].required().line()
    layout = layout_named(circular)
    if layout is None:
        if circular:
            members["circular"].fault(f"không rõ thông tư {shown(circular)}.")
        return None
    first_year = read_year(members["school_year"].required())
    document = _read_document(members["document"].required(), first_year)
    issues = read_lines(members[FOCUS_ISSUES.related], FOCUS_ISSUES, layout)
    rows = read_lines(members["rows"].required(), ROWS, layout, len(issues))
    plan = PlanData(
        circular=circular,
        first_year=first_year,
        school=school,
        document=document,
        legal_bases=members["legal_bases"].lines(),
        introduction=members["introduction"].text(nullable=True),
        previous_issue=members["previous_issue"].line(
            limit_of(ImprovementPlan, "previous_issue"), nullable=True
        ),
        sections=read_sections(members["sections"], layout),
        grouping=members["grouping"].choice(Grouping.values, layout.grouping),
        focus_issues=issues,
        rows=rows,
        monitoring=read_lines(members[MONITORING.related], MONITORING, layout),
        standard_titles=read_titles(members["standard_titles"]),
        closing_rows=members["closing_rows"].lines(),
        recipients=members["recipients"].lines(),
        signatures=tuple(map(read_signature, members["signatures"].items())),
        year=read_plan_year(members, document, rows, issues),
        path=node.path,
        school_path=school_path,
    )
    members.close()
    return plan


def read_year(node):
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
    document = document_of(members, ImprovementPlan, DocumentType)
    require_number_with_day(members)
    if first_year and document.issued_on:
        check_day(members["issued_on"], document.issued_on, first_year)
    members.close()
    return document


def document_of(members, model, kinds):
    """The facts of a "document" whose type is one of `kinds`; `model` says how long its
    title may be."""
    return DocumentData(
        document_type=members["type"].choice(kinds.values),
        title=members["title"].line(limit_of(model, "title"), nullable=True),
        subject=members["subject"].text(nullable=True),
        number=members["number"].integer(1, MAX_NUMBER),
        issued_on=members["issued_on"].day(),
        annex_note=members["annex_note"].text(nullable=True),
    )


def require_number_with_day(members):
    """A fault where a "document" has only one of its number and its day of issue."""
    if members["number"].is_blank != members["issued_on"].is_blank:
        empty = "number" if members["number"].is_blank else "issued_on"
        members[empty].fault("số và ngày ban hành phải có cả hai, hoặc cùng để null.")


def check_day(node, day, first_year):
    year = SchoolYear(first_year=first_year)
    if not year.starts_on <= day <= year.ends_on:
        node.fault(
            f"{day:%d/%m/%Y} nằm ngoài năm học {year} (từ {year.starts_on:%d/%m/%Y} đến "
            f"{year.ends_on:%d/%m/%Y})."
        )


def read_titles(node):
    members = node.members()
    titles = {}
    for key in members.value:
        if re.fullmatch(r"[1-9]\d?", key, re.ASCII):
            titles[key] = members[key].line(limit_of(Standard, "title"))
        else:
            node.fault(f"khóa {shown(key)} phải là số của một tiêu chuẩn.")
    return titles


def read_signature(node):
    """As `OfficialText.signatures` holds it."""
    members = node.members()
    found = {
        "capacity": members["capacity"].text(300),
        "name": members["name"].line(200),
    }
    if "second_title" in members:
        found["second_title"] = members["second_title"].line(200)
    members.close()
    return found


# The kinds that this app knows; another app adds its own.
READERS = {PLAN: read_plan, INSPECTION: _read_inspected}
