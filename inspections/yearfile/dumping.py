"""From an inspection in the database to the interchange format."""

from criteria.selection import circular_for
from inspections.enums import Side
from inspections.models import Inspection
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
from inspections.yearfile.writing import as_json
from plans.letterhead import plan_day, recorded_letterhead
from plans.yearfile.data import SchoolData
from plans.yearfile.dumping import (
    document_of,
    effective,
    plan_data,
)
from plans.yearfile.evidence import evidence_key
from plans.yearfile.moments import (
    named,
    to_the_minute,
)

# The parts of an `OfficeData` by the fields of the record.
LETTERHEAD = {
    "superior": "superior_line",
    "name": "issuer_line",
    "place": "place",
    "symbol": "symbol",
}
LOADED = "nap"  # the deed of the loader: this database's trace, and not the year's


def dump_inspection(inspection):
    """`inspection` as the JSON object of a year file, its keys in the format's order."""
    return as_json(inspection_data(inspection))


def inspection_data(inspection):
    """What `inspection` states, with the letterhead of its office filled in."""
    plan = inspection.plan
    copied = effective(plan_data(plan), plan) if plan else None
    places = {row.pk: n for n, row in enumerate(plan.rows.all(), 1)} if plan else {}
    people = list(inspection.attendees.all())
    texts = (
        "planned_on",
        "held_at",
        "form",
        "status",
        "legal_bases",
        "introduction",
        "strengths",
        "limitations",
        "remarks",
        "school_opinion",
        "closing_rows",
        "recipients",
    )
    return InspectionData(
        circular=_circular_number(inspection),
        first_year=inspection.school_year.first_year,
        school=copied.school if copied else _school(inspection),
        document=document_of(inspection),
        office=_office(inspection),
        plan=copied,
        round=_round(inspection.round),
        starts_at=to_the_minute(inspection.starts_at),
        ends_at=to_the_minute(inspection.ends_at),
        team=tuple(_person(p) for p in people if p.side == Side.TEAM),
        school_side=tuple(_person(p) for p in people if p.side == Side.SCHOOL),
        findings=tuple(_finding(f, places) for f in inspection.findings.all()),
        recommendations=_recommendations(inspection),
        events=_events(inspection),
        standard_titles=dict(inspection.standard_titles),
        signatures=tuple(inspection.signatures),
        **{name: getattr(inspection, name) for name in texts},
    )


def _circular_number(inspection):
    if inspection.plan:
        return inspection.plan.circular.number
    school = inspection.school
    return circular_for(school.level_key, inspection.school_year).number


def _school(inspection):
    school = inspection.school
    recorded = recorded_letterhead(school, plan_day(inspection))
    return SchoolData(
        name=school.name,
        education_level=str(school.level_key or ""),
        superior=recorded.superior,
        place=recorded.place,
        symbol=recorded.symbol,
    )


def _office(inspection):
    known = recorded_office(inspection.authority)
    keeps_blanks = inspection.is_issued_outside
    return OfficeData(
        **{
            part: getattr(inspection, name)
            or ("" if keeps_blanks else getattr(known, part))
            for part, name in LETTERHEAD.items()
        }
    )


def recorded_office(authority):
    """The letterhead by the office's record alone."""
    if authority is None:
        return OfficeData()
    return OfficeData(
        superior=authority.header_line,
        name=authority.office_name.upper(),
        place=authority.place,
        symbol=authority.symbol,
    )


def _round(held):
    if held is None:
        return None
    return RoundData(held.title, held.legal_bases, held.starts_on, held.ends_on)


def _person(person):
    is_team = person.side == Side.TEAM
    return PersonData(
        person.name, person.job, person.duty if is_team else "", person.is_present
    )


def _finding(finding, places):
    return FindingData(
        row=places.get(finding.row_id),
        place=finding.place,
        content=finding.content,
        result=finding.result,
        remark=finding.remark,
    )


def _recommendations(inspection):
    stored = inspection.recommendations.select_related(
        "carried_from__inspection__school_year"
    ).prefetch_related("answers__author", "answers__evidence__school_year")
    return tuple(
        RecommendationData(
            text=r.text,
            owner=r.owner,
            due_on=r.due_on,
            state=r.state,
            closing_note=r.closing_note,
            closed_at=r.closed_at,
            carried_from=_recommendation_key(r.carried_from),
            answers=tuple(_answer(answer) for answer in r.answers.all()),
        )
        for r in stored
    )


def _recommendation_key(recommendation):
    if recommendation is None:
        return ""
    inspection = recommendation.inspection
    visits = inspections_of(inspection.school_id, inspection.school_year.first_year)
    visit = list(visits.values_list("pk", flat=True)).index(inspection.pk) + 1
    asked = inspection.recommendations.values_list("pk", flat=True)
    place = list(asked).index(recommendation.pk) + 1
    return f"{inspection.school_year}/{visit}/{place}"


def inspections_of(school_id, first_year):
    """The inspections of a school in a year, in the order of the year file."""
    found = Inspection.objects.filter(
        school=school_id, school_year__first_year=first_year
    )
    return found.order_by("pk")


def _answer(answer):
    return AnswerData(
        text=answer.text,
        by=named(answer.author, answer.author_name),
        at=answer.at,
        is_from_office=answer.is_from_office,
        evidence=tuple(sorted(evidence_key(piece) for piece in answer.evidence.all())),
    )


def _events(inspection):
    events = inspection.events.exclude(deed=LOADED).select_related("actor")
    return tuple(
        EventData(e.deed, e.label, e.at, named(e.actor, e.actor_name), e.note)
        for e in events.order_by("at", "pk")
    )
