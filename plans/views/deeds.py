"""The steps of the workflow: a page that says what will happen, and the deed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from plans import completeness, sign_off, workflow
from plans.forms import NoteForm
from plans.views.access import get_plan, posted

# Issuing has its own page; reporting happens when the report is issued.
_ELSEWHERE = (workflow.ISSUE, workflow.REPORT)


def plan_deed(request, pk, key):
    """One transition of the plan, asked for and confirmed on its own page."""
    plan = get_plan(request, pk)
    transition = workflow.TRANSITIONS.get(key)
    if transition is None or transition in _ELSEWHERE:
        raise Http404
    if not workflow.may_perform(transition, plan, request.user):
        raise PermissionDenied
    form = NoteForm(posted(request), transition=transition)
    if request.method == "POST" and form.is_valid():
        return _perform(request, plan, transition, form.cleaned_data["note"])
    gaps = completeness.gaps(plan) if transition is workflow.SUBMIT else []
    is_closing = transition is workflow.CLOSE
    today = timezone.localdate()
    context = {
        "plan": plan,
        "transition": transition,
        "form": form,
        "blocking": [gap for gap in gaps if gap.blocks],
        "advice": [gap for gap in gaps if not gap.blocks],
        "review_mode": workflow.review_mode(plan),
        # What this person decides on: other contents are not signed off in their name.
        "seen": sign_off.content_digest(plan) if transition.is_sign_off else "",
        "obstacle": completeness.closing_obstacle(plan, today) if is_closing else "",
    }
    return render(request, "plans/plan_deed.html", context)


def _perform(request, plan, transition, note):
    seen = None if transition is workflow.SUBMIT else request.POST.get("seen", "")
    try:
        workflow.perform(transition, plan, by=request.user, note=note, seen=seen)
    except workflow.TransitionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{transition.done}.")
    return redirect(plan)
