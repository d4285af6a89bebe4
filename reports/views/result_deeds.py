"""The steps of a result report: a page that says what will happen, and the deed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from plans.forms import NoteForm
from plans.transitions import TransitionError
from plans.views.access import posted
from reports import completeness, workflow
from reports.views.access import get_report, refused


def result_deed(request, pk, key):
    """One transition of the report, asked for and confirmed on its own page; issuing has
    another."""
    report = get_report(request, pk)
    transition = workflow.TRANSITIONS.get(key)
    if transition is None or transition is workflow.ISSUE:
        raise Http404
    if not workflow.may_perform(transition, report, request.user):
        raise PermissionDenied
    refusal = workflow.why_not(transition, report)
    if refusal:
        return refused(request, report, refusal)
    form = NoteForm(posted(request), transition=transition)
    if request.method == "POST" and form.is_valid():
        return _perform(request, report, transition, form.cleaned_data["note"])
    is_submitting = transition is workflow.SUBMIT
    context = {
        "report": report,
        "transition": transition,
        "form": form,
        "blocking": completeness.gaps(report) if is_submitting else [],
        # What this person decides on: other contents are not signed off in their name.
        "seen": workflow.content_digest(report) if transition.is_sign_off else "",
    }
    return render(request, "reports/result_deed.html", context)


def _perform(request, report, transition, note):
    seen = None if transition is workflow.SUBMIT else request.POST.get("seen", "")
    try:
        workflow.perform(transition, report, by=request.user, note=note, seen=seen)
    except TransitionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{transition.done}.")
    return redirect(report)
