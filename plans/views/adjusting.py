"""What adjustments changed in a plan, cell by cell."""

from django.shortcuts import render

from plans import adjusting, workflow
from plans.views.access import get_plan


def plan_difference(request, pk):
    plan = get_plan(request, pk)
    steps = (workflow.ADJUST, workflow.KEEP, workflow.ISSUE)
    context = {
        "plan": plan,
        "adjustments": adjusting.adjustments(plan),
        "reasons": plan.events.filter(deed=workflow.ADJUST.key).select_related("actor"),
        "transitions": [
            t for t in workflow.available(plan, request.user) if t in steps
        ],
    }
    return render(request, "plans/plan_difference.html", context)
