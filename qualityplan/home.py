"""The page everybody lands on: what waits for me this school year."""

from dataclasses import dataclass

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plans import completeness, workflow
from plans.deadlines import Countdown, Deadline, next_deadline
from plans.enums import PlanStatus
from plans.models import ImprovementPlan
from plans.tallies import Tally, tallies, total
from plans.views.plans import schools_to_plan_for
from plans.yearly import plan_deadlines, with_year_facts
from qualityplan.frame import chosen_school_year
from schools.models import School


@dataclass(frozen=True)
class SchoolTask:
    """What is next for one school in the chosen year."""

    school: School
    plan: ImprovementPlan | None
    may_create: bool = False
    next_steps: tuple = ()
    gap_count: int = 0
    last_note: object = None
    tally: Tally | None = None
    deadline: Deadline | None = None
    countdown: Countdown | None = None
    last_plan: ImprovementPlan | None = None  # of the year before, to go on from


def home(request):
    """Work of one's own schools first, then what waits for the office."""
    year = chosen_school_year(request)
    standing = request.user.standing
    context = {
        "school_year": year,
        "tasks": _school_tasks(request.user, year),
        "is_office": bool(standing.authority_ids) or request.user.is_superuser,
    }
    if context["is_office"]:
        context |= _office_groups(request.user, year)
    return render(request, "home.html", context)


def _school_tasks(user, year):
    plans = ImprovementPlan.objects.for_user(user).with_header()
    plans = plans.filter(school__in=user.standing.school_ids)
    this_year = with_year_facts(plans.filter(school_year=year))
    by_school = {plan.school_id: plan for plan in this_year}
    may_create = schools_to_plan_for(user)
    # Nothing is recorded on a plan that is not issued: it needs no count.
    issued = [plan.pk for plan in by_school.values() if plan.is_issued]
    counted = tallies(issued) if issued else {}
    before = _plans_of_last_year(user, year, set(may_create) - set(by_school))
    tasks = []
    for school in _own_schools(user, by_school):
        plan, may_begin = by_school.get(school.pk), school.pk in may_create
        if plan is None:
            last = before.get(school.pk)
            tasks.append(SchoolTask(school, None, may_begin, last_plan=last))
        else:
            tally = total(counted.get(plan.pk, ()))
            tasks.append(_school_task(user, school, plan, may_begin, tally))
    return tasks


def _own_schools(user, plans):
    """The schools where `user` holds a role, by name. Those of `plans` are read already."""
    own = {pk: plan.school for pk, plan in plans.items()}
    missing = set(user.standing.school_ids) - set(own)
    if missing:
        found = School.objects.for_user(user).filter(pk__in=missing)
        own |= {school.pk: school for school in found}
    return sorted(own.values(), key=lambda school: school.name)


def _plans_of_last_year(user, year, school_ids):
    """What schools without a plan for `year` may go on from, by school."""
    if year is None or not school_ids:
        return {}
    plans = ImprovementPlan.objects.for_user(user).select_related("school_year")
    found = plans.filter(
        school__in=school_ids, school_year__first_year=year.first_year - 1
    )
    return {plan.school_id: plan for plan in found}


def _school_task(user, school, plan, may_create, tally):
    deadline = next_deadline(plan_deadlines(plan, tally))
    countdown = deadline.countdown(timezone.localdate()) if deadline else None
    steps = workflow.available(plan, user)
    gaps = completeness.gaps(plan) if plan.is_open else []
    note = plan.events.remarks().first()
    count = sum(1 for gap in gaps if gap.blocks)
    return SchoolTask(
        school,
        plan,
        may_create,
        tuple(steps),
        count,
        note,
        tally,
        deadline,
        countdown,
    )


def _office_groups(user, year):
    """The plans of the office's schools, grouped by what is to be done with them."""
    schools = School.objects.for_user(user).exclude(pk__in=user.standing.school_ids)
    plans = ImprovementPlan.objects.for_user(user).filter(
        school_year=year, school__in=schools.values("pk")
    )
    plans = plans.select_related("school", "school_year").order_by("school__name")
    by_status = {}
    for plan in plans:
        by_status.setdefault(plan.status, []).append(plan)
    planned = [plan.school_id for group in by_status.values() for plan in group]
    order = [
        (PlanStatus.SUBMITTED, "Chờ xem xét"),
        (PlanStatus.RETURNED, "Đã trả lại, chờ trường sửa"),
        (PlanStatus.APPROVED, "Đã duyệt, chờ trường ban hành"),
        (PlanStatus.DRAFT, "Trường đang soạn"),
        (PlanStatus.ISSUED, "Đã ban hành, đang thực hiện"),
        (PlanStatus.ADJUSTING, "Trường đang điều chỉnh"),
        (PlanStatus.REPORTED, "Đã báo cáo kết quả"),
        (PlanStatus.CLOSED, "Đã kết thúc"),
    ]
    return {
        "groups": [(t, by_status[s]) for s, t in order if by_status.get(s)],
        "not_started": schools.filter(is_active=True).exclude(pk__in=planned),
    }


def alive(request):
    """For the monitor of the installation: the process answers and reaches its data."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
