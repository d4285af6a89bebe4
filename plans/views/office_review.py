"""The office reads a plan on one page and decides there; and approves several that it has
read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from plans import adjusting, commenting, reviewing, sign_off, workflow
from plans.editing import lock
from plans.enums import PlanStatus
from plans.models import ImprovementPlan
from plans.views.access import get_plan
from plans.views.comments import PLANS, comment_url
from schools.permissions import ABILITIES, Ability, may

_DEEDS = (workflow.APPROVE, workflow.RETURN, workflow.REOPEN, workflow.RECEIVE)


def office_review(request, pk):
    """The whole plan with its comments, last year, the difference since it was submitted
    before, and the deeds. Opening it is noted (`PlanReading`): a GET that writes, once
    for each content, because reading is exactly what is to be known."""
    plan = get_plan(request, pk)
    if not may(request.user, Ability.COMMENT_PLAN, plan.school):
        raise PermissionDenied

    def link(**place):
        return "" if commenting.obstacle(plan) else comment_url(PLANS, plan, **place)

    with transaction.atomic():
        # What is shown, its digest and the note of it are of one moment.
        plan = lock(plan)
        is_comparing = request.GET.get("thay-doi") == "1"
        sheet = reviewing.review_sheet(plan, link, with_changes=is_comparing)
        reviewing.remember_reading(plan, request.user, sheet.digest)
    events = list(plan.events.select_related("actor"))
    deeds = [t for t in workflow.available(plan, request.user) if t in _DEEDS]
    context = {
        "plan": plan,
        "sheet": sheet,
        "is_comparing": is_comparing,
        "previous": adjusting.previous_submission(plan),
        "open_count": commenting.open_count(sheet.threads),
        "whole": [t for t in sheet.threads if not t.comment.table],
        "comment_url": link(),
        "comments_url": reverse("plans:comments", args=[plan.pk]),
        "deeds": deeds,
        "last_note": next((e for e in events if e.note and e.actor_id), None),
        "signed": sign_off.last_sign_off(plan, events),
        "day": plan.school_year.clamp(timezone.localdate()),
    }
    return render(request, "plans/office_review.html", context)


def office_approve(request):
    """The submitted plans of one's schools; those read as they now are can be ticked."""
    if not may_review_somewhere(request.user):
        raise PermissionDenied
    plans = ImprovementPlan.objects.for_user(request.user).with_header()
    plans = plans.filter(status=PlanStatus.SUBMITTED)
    plans = plans.order_by("school__name", "school_year__first_year", "pk")
    mine = reviewing.approvable(list(plans), request.user)
    page = Paginator(mine, 50).get_page(request.GET.get("page"))
    found = reviewing.waiting(list(page), request.user)
    if request.method == "POST":
        return _approve(request, found)
    context = {
        "waiting": found,
        "page_obj": page,
        "is_paginated": page.has_other_pages(),
        "may_tick": any(not one.obstacle for one in found),
    }
    return render(request, "plans/office_review_many.html", context)


def may_review_somewhere(user):
    """Whether `user` holds a role that reviews plans at any office."""
    return any(
        Ability.REVIEW_PLAN in ABILITIES[role]
        for roles in user.standing.roles_at_authority.values()
        for role in roles
    )


def _approve(request, found):
    ticked = set(request.POST.getlist("plan"))
    chosen = [one for one in found if str(one.plan.pk) in ticked]
    approved, refused = reviewing.approve_read(chosen, by=request.user)
    gone = len(ticked) - len(chosen)
    if not ticked:
        messages.warning(request, "Chưa chọn kế hoạch nào nên không có gì thay đổi.")
    if approved:
        names = ", ".join(plan.school.name for plan in approved)
        messages.success(request, f"Đã phê duyệt {len(approved)} kế hoạch: {names}.")
    for plan, why in refused:
        messages.error(request, f"Chưa phê duyệt {plan.school.name}: {why}")
    if gone:
        messages.error(
            request,
            f"{gone} kế hoạch đã chọn không còn chờ duyệt ở đây (người khác vừa quyết "
            "định, hoặc trường đã rút lại) nên được bỏ qua.",
        )
    return redirect("plans:office-approve")
