"""The page everybody lands on: what waits for me this school year."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inspections.following import waiting_at_home
from plans import completeness, sign_off, workflow
from plans.deadlines import Countdown, Deadline
from plans.due import plan_states, school_year_states
from plans.enums import PlanStatus
from plans.models import ImprovementPlan
from plans.tallies import Tally
from plans.views.office_review import may_review_somewhere
from plans.views.plans import schools_to_plan_for
from qualityplan.frame import chosen_school_year
from reports.enums import ReportStatus
from reports.models import ReportEvent, ResultReport
from reports.signing_turns import waiting_for
from schools.enums import ReviewMode
from schools.models import School
from schools.year_rules import rules_of_row, with_year_settings

_OFFICE_REPORTS = (ReportStatus.SUBMITTED, ReportStatus.ISSUED)
_WAITING_REPORTS = "Báo cáo kết quả chờ xem xét"
_ISSUED_REPORTS = "Báo cáo kết quả đã ban hành, chưa tiếp nhận"
_RECEIVED_REPORTS = "Báo cáo kết quả đã tiếp nhận"


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
    open_comments: int = 0


def home(request):
    """Work of one's own schools first, then what waits for the office."""
    year = chosen_school_year(request)
    standing = request.user.standing
    context = {
        "school_year": year,
        "tasks": _school_tasks(request.user, year),
        "is_office": bool(standing.authority_ids) or request.user.is_superuser,
        "to_sign": waiting_for(request.user, year),
        **waiting_at_home(request.user),
    }
    if context["is_office"]:
        context |= _office_groups(request.user, year)
    return render(request, "home.html", context)


def _school_tasks(user, year):
    own = set(user.standing.school_ids)
    may_create = schools_to_plan_for(user)
    if year is None:
        schools = School.objects.for_user(user).filter(pk__in=own)
        return [SchoolTask(school, None, school.pk in may_create) for school in schools]
    plans = ImprovementPlan.objects.for_user(user).filter(school__in=own)
    states = plan_states(plans, year)
    unplanned = own - {state.school.pk for state in states}
    if unplanned:
        schools = School.objects.for_user(user).filter(pk__in=unplanned)
        states += school_year_states(schools, year)
    before = _plans_of_last_year(user, year, set(may_create) & unplanned)
    return [
        _school_task(user, state, state.school.pk in may_create, before)
        for state in sorted(states, key=lambda state: state.school.name)
    ]


def _plans_of_last_year(user, year, school_ids):
    """What schools without a plan for `year` may go on from, by school."""
    if year is None or not school_ids:
        return {}
    plans = ImprovementPlan.objects.for_user(user).select_related("school_year")
    found = plans.filter(
        school__in=school_ids, school_year__first_year=year.first_year - 1
    )
    return {plan.school_id: plan for plan in found}


def _school_task(user, state, may_create, before):
    school, plan, deadline = state.school, state.plan, state.next_deadline
    countdown = deadline.countdown(timezone.localdate()) if deadline else None
    if plan is None:
        return SchoolTask(
            school,
            None,
            may_create,
            deadline=deadline,
            countdown=countdown,
            last_plan=before.get(school.pk),
        )
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
        state.tally,
        deadline,
        countdown,
        open_comments=plan.open_remarks,
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
        "changed": sign_off.changed_plans(
            plan for group in by_status.values() for plan in group
        ),
        "report_groups": _report_groups(user, year, schools),
        "may_approve": may_review_somewhere(user),
    }


def _report_groups(user, year, schools):
    """The result reports of the office's schools that wait for it, and what it has
    received; where the office approves, an issued one waits for nothing."""
    if year is None:
        return []
    receipts = ReportEvent.objects.filter(report=OuterRef("pk"), deed=sign_off.RECEIVED)
    reports = ResultReport.objects.for_user(user).filter(
        school_year=year, school__in=schools.values("pk")
    )
    reports = with_year_settings(reports, school="school", school_year=year)
    reports = reports.annotate(is_received=Exists(receipts))
    reports = reports.select_related("school", "school_year").order_by("school__name")
    found = {}
    for report in reports.filter(status__in=_OFFICE_REPORTS):
        found.setdefault(_report_group(report, year), []).append(report)
    titles = (_WAITING_REPORTS, _ISSUED_REPORTS, _RECEIVED_REPORTS)
    return [(title, found[title]) for title in titles if title in found]


def _report_group(report, year):
    if report.status == ReportStatus.SUBMITTED:
        return _WAITING_REPORTS
    if report.is_received:
        return _RECEIVED_REPORTS
    by_head = rules_of_row(report, year.first_year).report_mode == ReviewMode.SCHOOL
    return _ISSUED_REPORTS if by_head else None


def alive(request):
    """For the monitor of the installation: the process answers and reaches its data."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
