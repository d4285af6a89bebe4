"""Inspections of the demonstration: one that is over, with what came of it, and one that
is planned. Each deed goes through the function that its page calls."""

import json
from datetime import date

from django.conf import settings
from django.utils import timezone

from inspections import following, recording, rounds, team, workflow
from inspections.enums import Duty
from inspections.models import Answer, Inspection
from plans.models import Evidence
from reports.demo.clock import at, has_come
from reports.issuing_record import issue_record, proposed_signers
from schools.enums import Role
from schools.models import Authority, Membership, School, SchoolYear, User

FILE = settings.BASE_DIR / "fixtures" / "demo" / "inspections.json"


def tell_inspections():
    """The rounds of the file, the oldest first. What would lie ahead of today has not
    happened yet: such a visit stays planned."""
    for told in json.loads(FILE.read_text(encoding="utf-8")):
        _tell_round(told)


def _tell_round(told):
    office = Authority.objects.get(name=told["office"])
    round_ = rounds.create_round(
        office,
        SchoolYear.objects.named(told["school_year"]),
        by=_user(told["by"]),
        title=told["title"],
        legal_bases=told["legal_bases"],
        starts_on=date.fromisoformat(told["starts_on"]),
        ends_on=date.fromisoformat(told["ends_on"]),
    )
    by_name = {visit["school"]: visit for visit in told["visits"]}
    schools = School.objects.filter(name__in=by_name)
    rounds.add_schools(round_, {school.pk for school in schools}, by=_user(told["by"]))
    for inspection in round_.inspections.select_related("school"):
        _tell_visit(inspection, by_name[inspection.school.name], told["by"])


def _tell_visit(inspection, told, email):
    officer = _user(email)
    day = date.fromisoformat(told["on"])
    Inspection.objects.filter(pk=inspection.pk).update(planned_on=day)
    for member, duty in told["team"].items():
        team.add_member(inspection, _user(member).pk, Duty(duty), by=officer)
    if "record" in told and day < timezone.localdate():
        _tell_day(inspection, told["record"], day, officer)


def _tell_day(inspection, told, day, officer):
    opened = workflow.perform(
        workflow.OPEN,
        inspection,
        by=officer,
        changes={"starts_at": at(day, "08:00"), "held_at": told["held_at"]},
    )
    for name, job in told["people"]:
        recording.add_person(opened, by=officer, name=name, job=job)
    _tell_findings(opened, told["findings"], officer)
    recording.save_remarks(opened, by=officer, **told["remarks"])
    for held in told["recommendations"]:
        _recommend(opened, held, officer)
    closed = workflow.perform(
        workflow.CLOSE, opened, by=officer, changes={"ends_at": at(day, "11:15")}
    )
    for deed, clock in ((workflow.OPEN, "08:00"), (workflow.CLOSE, "11:15")):
        closed.events.filter(deed=deed.key).update(at=at(day, clock))
    if has_come(date.fromisoformat(told["issued_on"])):
        _issue(closed, told, officer)
    told_answers = (held.get("answer") for held in told["recommendations"])
    for held, answer in zip(closed.recommendations.all(), told_answers, strict=True):
        if answer:
            _answer(held, answer)


def _issue(inspection, told, officer):
    """The record, under the next number of the office's register."""
    office, day = inspection.authority, date.fromisoformat(told["issued_on"])
    issue_record(
        inspection,
        by=officer,
        number=None,
        issued_on=day,
        symbol=office.symbol,
        place=office.place,
        names=[name for _, name in proposed_signers(inspection)],
    )
    inspection.events.filter(deed=workflow.ISSUE.key).update(at=at(day))


def _tell_findings(inspection, told, officer):
    """`told` maps a row's place to its result and remark; all others are met."""
    for finding in inspection.findings.all():
        result, remark = told.get(str(finding.position), ("met", ""))
        recording.save_finding(
            inspection, finding.pk, by=officer, result=result, remark=remark
        )


def _recommend(inspection, told, officer):
    recording.save_recommendation(
        inspection,
        by=officer,
        text=told["text"],
        owner=told["owner"],
        due_on=date.fromisoformat(told["due_on"]),
    )


def _answer(held, told):
    day = date.fromisoformat(told["on"])
    if not has_come(day):
        return
    school = held.inspection.school
    head = Membership.objects.filter(school=school, role=Role.PRINCIPAL)
    pieces = Evidence.objects.filter(
        school=school, school_year=held.inspection.school_year
    )
    given = following.answer(
        held,
        by=User.objects.get(pk=head.values("user")[:1]),
        text=told["text"],
        evidence=pieces.filter(criterion__code=told["proved_by"]).order_by("pk"),
    )
    Answer.objects.filter(pk=given.pk).update(at=at(day, "09:30"))


def _user(email):
    return User.objects.get(email=email)
