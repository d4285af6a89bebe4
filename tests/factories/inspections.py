"""Inspections with as much on them as a test states."""

import datetime

from django.utils import timezone

from inspections.enums import Duty, InspectionStatus, Result, Side
from inspections.models import Finding, Inspection, InspectionRound
from plans.presenting import place_text
from plans.tables import ROWS
from tests.factories.schools import UserFactory

STARTED = datetime.time(8, 0)
ENDED = datetime.time(11, 30)


def make_round(authority, school_year, schools=(), **fields):
    """A round of `authority` with a planned inspection of each of `schools`, of their
    plan of the year where there is one."""
    first = school_year.first_year
    fields.setdefault("title", f"Kiểm tra kế hoạch năm học {school_year}")
    fields.setdefault("starts_on", datetime.date(first + 1, 3, 1))
    fields.setdefault("ends_on", datetime.date(first + 1, 3, 31))
    round_ = InspectionRound.objects.create(
        authority=authority, school_year=school_year, **fields
    )
    for school in schools:
        Inspection.objects.create(
            round=round_,
            authority=authority,
            school=school,
            school_year=school_year,
            plan=school.plans.filter(school_year=school_year).first(),
            planned_on=fields["starts_on"],
        )
    return round_


def make_inspection(
    plan,
    status="planned",
    *,
    authority=None,
    leader=None,
    members=(),
    recommendations=2,
    results=("met", "partly", "unmet", "unchecked"),
    **fields,
):
    """An inspection of `plan` with a team (`leader`, a secretary, `members`) and, from
    the state `open` on, what a day leaves behind: people of the school, a finding for
    every row (`results` in turn), remarks and `recommendations`. Fresh from the base."""
    inspection = Inspection(
        authority=authority or _office(plan.school),
        school=plan.school,
        school_year=plan.school_year,
        plan=plan,
        planned_on=datetime.date(plan.school_year.first_year + 1, 3, 18),
    )
    if status != InspectionStatus.PLANNED:
        _fill_day(inspection, status)
    for name, value in {"status": status, **fields}.items():
        setattr(inspection, name, value)
    inspection.save()
    add_team(inspection, leader or UserFactory(), *members)
    if status != InspectionStatus.PLANNED:
        add_school_people(inspection)
        add_findings(inspection, results)
        add_recommendations(inspection, recommendations)
    return Inspection.objects.with_header().get(pk=inspection.pk)


def _office(school):
    held = school.supervision_on(timezone.localdate())
    return held.authority if held else None


def _fill_day(inspection, status):
    zone = timezone.get_default_timezone()
    day = inspection.planned_on
    inspection.starts_at = datetime.datetime.combine(day, STARTED, zone)
    if status != InspectionStatus.OPEN:
        inspection.ends_at = datetime.datetime.combine(day, ENDED, zone)
    inspection.held_at = f"Phòng họp {inspection.school}"
    inspection.strengths = "Hồ sơ được lưu đầy đủ, dễ tra cứu."
    inspection.limitations = "Một số nội dung chậm so với kế hoạch."
    inspection.remarks = "Nhà trường phối hợp tốt với đoàn."
    inspection.school_opinion = "Nhà trường thống nhất với nhận xét của đoàn."


def add_team(inspection, leader, *members):
    """`leader` leads, the secretary has no account, `members` follow."""
    people = [(leader, leader.full_name, Duty.LEADER)]
    people.append((None, "Lâm Thị Thư Ký", Duty.SECRETARY))
    people += [(user, user.full_name, Duty.MEMBER) for user in members]
    for position, (user, name, duty) in enumerate(people, start=1):
        inspection.attendees.create(
            side=Side.TEAM,
            position=position,
            user=user,
            name=name,
            job="Chuyên viên" if duty != Duty.MEMBER else "Hiệu trưởng",
            duty=duty,
        )


def add_school_people(inspection):
    for position, (name, job) in enumerate(
        (("Mai Văn Trường", "Hiệu trưởng"), ("Tạ Thị Tổ", "Tổ trưởng")), start=1
    ):
        inspection.attendees.create(
            side=Side.SCHOOL, position=position, name=name, job=job, duty=""
        )


def add_findings(inspection, results):
    rows = ROWS.lines(inspection.plan) if inspection.plan else ()
    for index, row in enumerate(rows):
        result = results[index % len(results)] if results else ""
        Finding.objects.create(
            inspection=inspection,
            row=row,
            position=index + 1,
            place=place_text(row),
            content=row.content or row.goal,
            result=result,
            remark="" if result in ("", Result.MET) else f"Nhận xét {index + 1}.",
        )


def add_recommendations(inspection, count=1, **fields):
    """`count` recommendations, due in May of the school year unless told else."""
    due_on = datetime.date(inspection.school_year.first_year + 1, 5, 15)
    first = inspection.recommendations.count() + 1
    return [
        inspection.recommendations.create(
            position=number,
            **{
                "text": f"Bổ sung hồ sơ còn thiếu, việc {number}.",
                "owner": "Phó hiệu trưởng",
                "due_on": due_on,
                **fields,
            },
        )
        for number in range(first, first + count)
    ]


def make_visits(cast, plan, closed):
    """Ids of inspections of `plan` in the state each page asks for, with what belongs to
    them, and of the recommendation of `closed` that the school is to answer."""
    round_ = make_round(cast.office, plan.school_year)
    planned = make_inspection(plan, leader=cast.leader, round=round_, planned_on=None)
    opened = make_inspection(plan, "open", leader=cast.leader, recommendations=1)
    follow_up, old = closed.recommendations.all()
    taken_over = add_recommendations(opened, carried_from=old)[0]
    return {
        "round": round_.pk,
        "planned_visit": planned.pk,
        "open_visit": opened.pk,
        "viewer_of_office": cast.office_viewer.pk,
        "team_mate": planned.attendees.first().pk,
        "person": opened.attendees.filter(side=Side.SCHOOL).first().pk,
        "finding": opened.findings.first().pk,
        "to_do": opened.recommendations.first().pk,
        "taken_over": taken_over.pk,
        "follow_up": follow_up.pk,
    }
