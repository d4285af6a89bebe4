"""An `InspectionData` as the JSON object of a year file."""

from dataclasses import replace

from inspections.enums import Duty, InspectionStatus, RecordForm
from inspections.yearfile.reading import default_form
from plans.yearfile import FORMAT
from plans.yearfile.data import layout_named
from plans.yearfile.dumping import as_json as plan_json
from plans.yearfile.dumping import (
    document_json,
    paragraphs,
    school_json,
    signatures_json,
)
from plans.yearfile.moments import instant_text, only_set, wall_text
from plans.yearfile.reading import INSPECTION

_TEAM_DUTIES = {
    RecordForm.FORM_2018: {Duty.LEADER: "Tổ trưởng"},
    RecordForm.CURRENT: {},
}


def as_json(data):
    layout = layout_named(data.circular)
    titles = sorted(data.standard_titles.items(), key=lambda item: int(item[0]))
    is_2018 = data.form == RecordForm.FORM_2018
    return {
        "format": FORMAT,
        "kind": INSPECTION,
        "circular": data.circular,
        "school_year": f"{data.first_year}-{data.first_year + 1}",
        "school": school_json(data.school),
        "document": document_json(data.document),
        # The form of 2018 has its bases below the people: `basis`.
        "legal_bases": [] if is_2018 else paragraphs(data.legal_bases),
        "introduction": data.introduction or None,
        "sections": [],
        "grouping": data.plan.grouping if data.plan else str(layout.grouping),
        "rows": [],
        "standard_titles": dict(titles),
        "closing_rows": paragraphs(data.closing_rows),
        "recipients": paragraphs(data.recipients),
        "signatures": signatures_json(data.signatures),
        "inspection": _visit_json(data, is_2018) | _outcome_json(data, layout),
    }


def _visit_json(data, is_2018):
    return {
        "office": _office_json(data.office),
        "starts_at": data.starts_at and wall_text(data.starts_at),
        "place": data.held_at or None,
        "team": [_person_json(p, data.form) for p in data.team],
        "school_side": [_person_json(p) for p in data.school_side],
        "basis": data.legal_bases if is_2018 else "",
        "remarks": data.remarks,
        "plan": _plan_json(data.plan),
    }


def _office_json(office):
    more = {"place": office.place, "symbol": office.symbol}
    return {
        "superior": office.superior or None,
        "name": office.name or None,
        **only_set(more),
    }


def _person_json(person, form=None):
    found = {"name": person.name, "position": person.job}
    if form is not None:
        label = Duty(person.duty).label if person.duty else ""
        found["duty"] = _TEAM_DUTIES[form].get(person.duty, label)
    return found if person.is_present else found | {"present": False}


def _plan_json(plan):
    if plan is None:
        return None
    own = plan_json(replace(plan, path=""))
    return {k: v for k, v in own.items() if k not in ("format", "school")}


def _outcome_json(data, layout):
    """What the transcriptions of old records do not have: only where it says something."""
    form = data.form if data.form != default_form(layout) else ""
    return only_set(
        {
            "form": form,
            "status": data.status
            if data.status != default_status(data.document)
            else "",
            "round": data.round and _round_json(data.round),
            "planned_on": data.planned_on and data.planned_on.isoformat(),
            "ends_at": data.ends_at and wall_text(data.ends_at),
            "findings": [_finding_json(f) for f in data.findings],
            "strengths": data.strengths,
            "limitations": data.limitations,
            "recommendations": [_recommendation_json(r) for r in data.recommendations],
            "school_opinion": data.school_opinion,
            "events": [_event_json(e) for e in data.events],
        }
    )


def default_status(document):
    """That of a file that says none: it has number and date, or it is being written."""
    is_issued = document.number is not None
    return InspectionStatus.ISSUED if is_issued else InspectionStatus.OPEN


def _round_json(held):
    more = {
        "legal_bases": held.legal_bases,
        "starts_on": held.starts_on and held.starts_on.isoformat(),
        "ends_on": held.ends_on and held.ends_on.isoformat(),
    }
    return {"title": held.title, **only_set(more)}


def _finding_json(finding):
    more = {
        "place": finding.place,
        "content": finding.content,
        "result": finding.result,
        "remark": finding.remark,
    }
    return {"row": finding.row, **only_set(more)}


def _recommendation_json(held):
    more = {
        "closing_note": held.closing_note,
        "closed_at": held.closed_at and instant_text(held.closed_at),
        "carried_from": held.carried_from,
        "answers": [_answer_json(answer) for answer in held.answers],
    }
    return {
        "text": held.text,
        "owner": held.owner,
        "due_on": held.due_on.isoformat(),
        "state": held.state,
        **only_set(more),
    }


def _answer_json(answer):
    head = {"at": instant_text(answer.at), "by": answer.by, "text": answer.text}
    more = {"from_office": answer.is_from_office, "evidence": list(answer.evidence)}
    return head | only_set(more)


def _event_json(event):
    head = {"at": instant_text(event.at), "deed": event.deed, "label": event.label}
    return head | only_set({"by": event.by, "note": event.note})
