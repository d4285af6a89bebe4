"""Storing the records of inspection of year files."""

import dataclasses
from dataclasses import replace
from functools import partial
from pathlib import Path

from inspections.enums import Side
from inspections.models import (
    Answer,
    Attendee,
    Finding,
    Inspection,
    InspectionEvent,
    InspectionRound,
    Recommendation,
)
from inspections.yearfile.data import InspectionData
from inspections.yearfile.dumping import (
    LETTERHEAD,
    LOADED,
    inspection_data,
    inspections_of,
    recorded_office,
)
from inspections.yearfile.reading import read_inspection
from inspections.yearfile.writing import default_status
from plans.models import Evidence, ImprovementPlan
from plans.yearfile.checking import circular_of
from plans.yearfile.evidence import evidence_key
from plans.yearfile.kinds import Kind
from plans.yearfile.loading import store_plan
from plans.yearfile.reading import INSPECTION
from plans.yearfile.schools import known_school, ready_authority, ready_school
from qualityplan.strict_json import shown
from schools.models import SchoolYear

_TEXTS = (
    "planned_on",
    "starts_at",
    "ends_at",
    "held_at",
    "form",
    "legal_bases",
    "introduction",
    "strengths",
    "limitations",
    "remarks",
    "school_opinion",
    "closing_rows",
    "recipients",
    "standard_titles",
)


def store_inspection(data, source):
    """Store one record and the plan it copies, unless its file has faults; the rows
    created or changed."""
    changed = store_plan(data.plan, source) if data.plan else []
    if data.plan is None:
        circular_of(data, source.report)
    school = known_school(data, source.report)
    if source.report.faults:
        return []
    stored = _stored(data, school)
    if stored is not None and _says_the_same(data, stored):
        return changed
    if stored is not None and not stored.is_open:
        state = stored.get_status_display().lower()
        source.report.fault(
            data.at("school_year"),
            f"cuộc kiểm tra {stored.school} năm học {stored.school_year} {state}; nội "
            "dung tệp khác với bản đang lưu nên không nạp đè được.",
        )
        return []
    year, is_new_year = SchoolYear.objects.get_or_create(first_year=data.first_year)
    changed += [year] if is_new_year else []
    school, changed_school = ready_school(data, school, year)
    inspection = stored or Inspection(school=school, school_year=year)
    changed += [*changed_school, *_write(inspection, data, source)]
    return [] if source.report.faults else [*changed, inspection]


def _stored(data, school):
    """The inspection of the school and year that the file is about, locked."""
    if school is None:
        return None
    found = Inspection.objects.with_header().select_for_update(of=("self",))
    found = found.filter(school=school, school_year__first_year=data.first_year)
    return next((i for i in found if inspection_data(i).period == data.period), None)


def _says_the_same(data, stored):
    unsaid = {n: None for n in ("status", "events") if getattr(data, n) is None}
    return replace(inspection_data(stored), **unsaid) == data


def _write(inspection, data, source):
    """Replace the contents of `inspection`; the offices created for it."""
    document = data.document
    for name in _TEXTS:
        setattr(inspection, name, getattr(data, name))
    inspection.document_type, inspection.title = document.document_type, document.title
    inspection.subject, inspection.annex_note = document.subject, document.annex_note
    inspection.number, inspection.issued_on = document.number, document.issued_on
    inspection.is_issued_outside = document.number is not None
    inspection.status = data.status or default_status(document)
    inspection.signatures = list(data.signatures)
    inspection.plan = _plan(inspection) if data.plan else None
    changed = _write_office(inspection, data)
    inspection.save()
    _write_people(inspection, data)
    _write_findings(inspection, data)
    _write_recommendations(inspection, data, source)
    _write_events(inspection, data, source)
    return changed


def _plan(inspection):
    return ImprovementPlan.objects.get(
        school=inspection.school, school_year=inspection.school_year
    )


def _write_office(inspection, data):
    """Authority, round and letterhead. One that stood in the file as the office's record
    has it is left to that record, until the paper is issued."""
    office, changed = data.office, []
    if office.superior:
        found, is_new = ready_authority(office.superior, inspection.school_year)
        inspection.authority = found
        changed += [found] if is_new else []
    inspection.round = _round(inspection, data, changed)
    known = recorded_office(inspection.authority)
    for field in dataclasses.fields(office):
        stated = getattr(office, field.name)
        keeps = inspection.is_issued_outside or stated != getattr(known, field.name)
        setattr(inspection, LETTERHEAD[field.name], stated if keeps else "")
    return changed


def _round(inspection, data, changed):
    """The round of that title in the year; one that is here stays as it is."""
    told = data.round
    if told is None or inspection.authority is None:
        return None
    found, is_new = InspectionRound.objects.get_or_create(
        authority=inspection.authority,
        school_year=inspection.school_year,
        title=told.title,
        defaults={
            "legal_bases": told.legal_bases,
            "starts_on": told.starts_on,
            "ends_on": told.ends_on,
        },
    )
    if is_new:
        changed.append(found)
    return found


def _write_people(inspection, data):
    """Whoever had a place in the team under the same name keeps it with their account."""
    accounts = {
        person.name: person.user_id
        for person in inspection.attendees.exclude(user=None)
    }
    inspection.attendees.all().delete()
    for side, people in ((Side.TEAM, data.team), (Side.SCHOOL, data.school_side)):
        Attendee.objects.bulk_create(
            Attendee(
                inspection=inspection,
                side=side,
                position=position,
                name=person.name,
                job=person.job,
                duty=person.duty,
                is_present=person.is_present,
                user_id=accounts.pop(person.name, None) if side == Side.TEAM else None,
            )
            for position, person in enumerate(people, start=1)
        )


def _write_findings(inspection, data):
    rows = list(inspection.plan.rows.all()) if inspection.plan else []
    inspection.findings.all().delete()
    Finding.objects.bulk_create(
        Finding(
            inspection=inspection,
            row=rows[told.row - 1] if told.row else None,
            position=position,
            place=told.place,
            content=told.content,
            result=told.result,
            remark=told.remark,
        )
        for position, told in enumerate(data.findings, start=1)
    )


def _write_recommendations(inspection, data, source):
    inspection.recommendations.all().delete()
    for position, told in enumerate(data.recommendations, start=1):
        stored = Recommendation.objects.create(
            inspection=inspection,
            position=position,
            text=told.text,
            owner=told.owner,
            due_on=told.due_on,
            state=told.state,
            closing_note=told.closing_note,
            closed_at=told.closed_at,
        )
        if told.carried_from:
            source.later.append(partial(_join, stored, told.carried_from, source))
        for answer in told.answers:
            _write_answer(inspection, stored, answer, source)


def _join(recommendation, name, source):
    """Link the recommendation with the one it goes on with, which may have been stored
    after it; one that is not here is left out, with a note."""
    year, visit, place = name.split("/")
    visits = inspections_of(recommendation.inspection.school_id, int(year[:4]))
    held = visits[int(visit) - 1 : int(visit)].first()
    asked = held.recommendations.all() if held else Recommendation.objects.none()
    recommendation.carried_from = asked[int(place) - 1 : int(place)].first()
    if recommendation.carried_from is None:
        source.report.notes.append(f"không có kiến nghị {name} nên bỏ liên kết tới đó.")
    recommendation.save(update_fields=["carried_from"])


def _write_answer(inspection, recommendation, told, source):
    answer = Answer.objects.create(
        recommendation=recommendation,
        text=told.text,
        author_name=told.by,
        is_from_office=told.is_from_office,
    )
    Answer.objects.filter(pk=answer.pk).update(at=told.at)
    pieces = Evidence.objects.filter(school=inspection.school)
    known = {evidence_key(p): p for p in pieces.select_related("school_year")}
    for key in told.evidence:
        if key in known:
            answer.evidence.add(known[key])
        elif key.startswith(f"{inspection.school_year}/"):
            source.report.fault(
                f"{told.path}.evidence", f"trường không có minh chứng {shown(key)}."
            )
        else:
            source.report.notes.append(
                f"không có minh chứng {shown(key)} nên bỏ liên kết tới đó."
            )


def _write_events(inspection, data, source):
    """The milestones that the file tells; where it tells none, those here stay."""
    if data.events is not None:
        inspection.events.exclude(deed=LOADED).delete()
    for told in data.events or ():
        event = InspectionEvent.objects.create(
            inspection=inspection,
            deed=told.deed,
            label=told.label,
            note=told.note,
            actor_name=told.by,
        )
        InspectionEvent.objects.filter(pk=event.pk).update(at=told.at)
    inspection.events.create(
        deed=LOADED, label="Đã nạp từ tệp", note=Path(source.name).name
    )


INSPECTION_KIND = Kind(INSPECTION, InspectionData, read_inspection, store_inspection)
