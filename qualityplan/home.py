"""The page everybody lands on: what waits for me this school year."""

from dataclasses import dataclass

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render

from plans import completeness, workflow
from plans.enums import PlanStatus
from plans.models import ImprovementPlan
from plans.views.plans import schools_to_plan_for
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
    own = School.objects.for_user(user).filter(pk__in=user.standing.school_ids)
    plans = ImprovementPlan.objects.for_user(user).with_header()
    by_school = {
        plan.school_id: plan
        for plan in plans.filter(school_year=year, school__in=user.standing.school_ids)
    }
    may_create = schools_to_plan_for(user)
    return [
        _school_task(user, school, by_school.get(school.pk), school.pk in may_create)
        for school in own
    ]


def _school_task(user, school, plan, may_create):
    if plan is None:
        return SchoolTask(school, None, may_create)
    steps = workflow.available(plan, user)
    gaps = completeness.gaps(plan) if plan.is_open else []
    note = plan.events.remarks().first()
    count = sum(1 for gap in gaps if gap.blocks)
    return SchoolTask(school, plan, may_create, tuple(steps), count, note)


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
