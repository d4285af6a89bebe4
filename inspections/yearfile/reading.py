"""From the JSON of a year file to `InspectionData`, without asking the database."""

import re

from inspections.enums import (
    Duty,
    FollowUp,
    InspectionStatus,
    RecordForm,
    RecordKind,
    Result,
)
from inspections.models import (
    Attendee,
    Finding,
    Inspection,
    InspectionEvent,
    InspectionRound,
    Recommendation,
)
from inspections.yearfile.data import (
    AnswerData,
    EventData,
    FindingData,
    InspectionData,
    OfficeData,
    PersonData,
    RecommendationData,
    RoundData,
)
from plans.yearfile.data import layout_named
from plans.yearfile.fields import limit_of, read_matching
from plans.yearfile.reading import (
    PLAN,
    document_of,
    read_plan,
    read_signature,
    read_titles,
    read_year,
    require_number_with_day,
    tidy,
)
from qualityplan.strict_json import shown
from qualityplan.text import fold
from schools.models import User

_DUTIES = {fold(label): duty for duty, label in Duty.choices}
_RECOMMENDATION = re.compile(r"20\d\d-20\d\d/[1-9]\d?/[1-9]\d?")
_DUTIES["to truong"] = Duty.LEADER  # as the form of 2018 has it


def default_form(layout):
    """The layout of the record that goes with the plan's generation."""
    return RecordForm.FORM_2018 if layout.needs_criterion else RecordForm.CURRENT


def read_inspection(members, school, school_path):
    """The record in the object with these `members`, with the plan that it copies."""
    circular = members["circular"].required().line()
    layout = layout_named(circular)
    if layout is None:
        if circular:
            members["circular"].fault(f"không rõ thông tư {shown(circular)}.")
        return None
    _refuse_contents(members)
    inspection = members["inspection"].required().members()
    plan = _read_copied_plan(inspection["plan"], school, school_path)
    document = _read_document(members["document"].required())
    bases = members["legal_bases"].lines(), inspection["basis"].text(nullable=True)
    record = InspectionData(
        circular=circular,
        first_year=read_year(members["school_year"].required()),
        school=school,
        document=document,
        form=inspection["form"].choice(RecordForm.values, default_form(layout)),
        plan=plan,
        status=_read_status(inspection["status"], document),
        legal_bases="\n".join(filter(None, bases)),
        introduction=members["introduction"].text(nullable=True),
        standard_titles=read_titles(members["standard_titles"]),
        closing_rows=members["closing_rows"].lines(),
        recipients=members["recipients"].lines(),
        signatures=tuple(map(read_signature, members["signatures"].items())),
        path=members.node.path,
        school_path=school_path,
        **_read_visit(inspection),
        **_read_outcome(inspection, len(plan.rows) if plan else 0),
    )
    if record.starts_at and record.ends_at and record.ends_at < record.starts_at:
        inspection["ends_at"].fault("phải sau giờ bắt đầu (starts_at).")
    inspection.close()
    members.close()
    return record


def _refuse_contents(members):
    """The table of a record is that of the plan it copies."""
    members.allow("grouping")
    for key in ("sections", "rows"):
        if members[key].items():
            members[key].fault("của biên bản để trống; nội dung ở inspection.plan.")


def _read_copied_plan(node, school, school_path):
    if node.is_blank:
        return None
    members = node.members()
    members["kind"].choice([PLAN])
    return read_plan(members, school, school_path)


def _read_document(node):
    members = node.members()
    document = document_of(members, Inspection, RecordKind)
    require_number_with_day(members)
    members.close()
    return document


def _read_status(node, document):
    if node.is_blank:
        return None
    status = node.choice(InspectionStatus.values)
    if (status == InspectionStatus.ISSUED) != (document.number is not None):
        node.fault("“issued” khi và chỉ khi văn bản có số (document.number).")
    return status


# --- before and on the day ----------------------------------------------------------


def _read_visit(members):
    return {
        "office": _read_office(members["office"].required()),
        "round": _read_round(members["round"]),
        "planned_on": members["planned_on"].day(),
        "starts_at": members["starts_at"].moment(to_the_minute=True),
        "ends_at": members["ends_at"].moment(to_the_minute=True),
        "held_at": members["place"].line(
            limit_of(Inspection, "held_at"), nullable=True
        ),
        "team": _read_team(members["team"]),
        "school_side": tuple(
            _read_person(item) for item in members["school_side"].items()
        ),
    }


def _read_office(node):
    members = node.members()
    office = OfficeData(
        superior=tidy(members["superior"], limit_of(Inspection, "superior_line")),
        name=tidy(members["name"], limit_of(Inspection, "issuer_line")),
        place=tidy(members["place"], limit_of(Inspection, "place")),
        symbol=tidy(members["symbol"], limit_of(Inspection, "symbol")),
    )
    members.close()
    return office


def _read_round(node):
    if node.is_blank:
        return None
    members = node.members()
    found = RoundData(
        title=members["title"].required().line(limit_of(InspectionRound, "title")),
        legal_bases=members["legal_bases"].text(),
        starts_on=members["starts_on"].day(),
        ends_on=members["ends_on"].day(),
    )
    if found.starts_on and found.ends_on and found.ends_on < found.starts_on:
        members["ends_on"].fault("phải sau ngày bắt đầu (starts_on).")
    members.close()
    return found


def _read_team(node):
    team, leaders = [], 0
    for item in node.items():
        person = _read_person(item, has_duty=True)
        leaders += person.duty == Duty.LEADER
        if person.duty == Duty.LEADER and leaders > 1:
            item.report.fault(f"{item.path}.duty", "đoàn chỉ có một trưởng đoàn.")
        team.append(person)
    return tuple(team)


def _read_person(node, *, has_duty=False):
    members = node.members()
    person = PersonData(
        name=members["name"].line(limit_of(Attendee, "name")),
        job=members["position"].line(limit_of(Attendee, "job")),
        duty=_read_duty(members["duty"]) if has_duty else "",
        is_present=members["present"].flag(default=True),
    )
    members.close()
    return person


def _read_duty(node):
    name = node.line()
    if fold(name) not in _DUTIES:
        node.wrong("“Trưởng đoàn”, “Tổ trưởng”, “Thư ký” hoặc “Thành viên”")
    return _DUTIES.get(fold(name), Duty.MEMBER)


# --- what came of it -------------------------------------------------------------------


def _read_outcome(members, row_count):
    events = members["events"]
    return {
        "findings": _read_findings(members["findings"], row_count),
        "strengths": members["strengths"].text(),
        "limitations": members["limitations"].text(),
        "remarks": members["remarks"].text(nullable=True),
        "recommendations": tuple(
            filter(None, map(_read_recommendation, members["recommendations"].items()))
        ),
        "school_opinion": members["school_opinion"].text(),
        "events": None if events.is_blank else tuple(map(_read_event, events.items())),
    }


def _read_findings(node, row_count):
    found, seen = [], set()
    for item in node.items():
        members = item.members()
        row = members["row"].integer(1, row_count)
        if row in seen:
            members["row"].fault(f"dòng {row} của kế hoạch đã có kết quả ở trên.")
        seen |= {row} - {None}
        result = members["result"]
        found.append(
            FindingData(
                row=row,
                place=members["place"].line(limit_of(Finding, "place")),
                content=members["content"].text(),
                result=result.text() and result.choice(Result.values),
                remark=members["remark"].text(),
            )
        )
        members.close()
    return tuple(found)


def _read_recommendation(node):
    members = node.members()
    due_on = members["due_on"].required().day()
    if due_on is None and not members["due_on"].value:
        members["due_on"].fault("kiến nghị phải có hạn khắc phục.")
    found = RecommendationData(
        text=members["text"].required().text(),
        owner=members["owner"].required().line(limit_of(Recommendation, "owner")),
        due_on=due_on,
        state=members["state"].choice(FollowUp.values, FollowUp.OPEN),
        closing_note=members["closing_note"].text(),
        closed_at=members["closed_at"].moment(),
        carried_from=read_matching(
            members["carried_from"], _RECOMMENDATION, "“2025-2026/1/2”"
        ),
        answers=tuple(map(_read_answer, members["answers"].items())),
    )
    members.close()
    return found


def _read_answer(node):
    members = node.members()
    found = AnswerData(
        text=members["text"].required().text(),
        by=members["by"].line(limit_of(User, "full_name")),
        at=members["at"].required().moment(),
        is_from_office=members["from_office"].flag(),
        evidence=tuple(item.line() for item in members["evidence"].items()),
        path=node.path,
    )
    members.close()
    return found


def _read_event(node):
    members = node.members()
    found = EventData(
        deed=members["deed"].line(limit_of(InspectionEvent, "deed")),
        label=members["label"].line(limit_of(InspectionEvent, "label")),
        at=members["at"].required().moment(),
        by=members["by"].line(limit_of(User, "full_name")),
        note=members["note"].text(),
    )
    members.close()
    return found
