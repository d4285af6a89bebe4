"""One inspection: its page, the planned day, its deeds."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render

from inspections import editing, readiness, workflow
from inspections.enums import InspectionStatus, Side
from inspections.forms import ArrangeForm, EndForm, ReopenForm, StartForm
from inspections.presenting import result_counts
from inspections.rounds import outside_round
from inspections.taking_over import earlier_open
from inspections.views.access import get_inspection, inspection_of_office, refused
from plans.views.access import posted, tell_removed_controls


def inspection_detail(request, pk):
    """Where it stands, who goes there, and the way to each part of the record."""
    inspection = get_inspection(request, pk)
    user = request.user
    may_read = editing.may_read_record(user, inspection)
    prefetch_related_objects([inspection], "attendees", "recommendations")
    people = list(inspection.attendees.all())
    transitions = workflow.available(inspection, user)
    context = {
        "inspection": inspection,
        "team": [person for person in people if person.side == Side.TEAM],
        "school_people": [person for person in people if person.side == Side.SCHOOL],
        "may_read": may_read,
        "may_record": editing.may_record(user, inspection),
        "may_arrange": editing.is_of_office(user, inspection) and inspection.is_open,
        "transitions": [t for t in transitions if t is not workflow.ISSUE],
        "may_issue": workflow.ISSUE in transitions,
        "sees_plan": may_see_documents(user, inspection),
        "sees_round": inspection.round_id and editing.is_of_office(user, inspection),
        "earlier": _earlier(user, inspection),
        "events": inspection.events.select_related("actor"),
    }
    if may_read:
        context |= _record_facts(inspection)
    return render(request, "inspections/inspection_detail.html", context)


def may_see_documents(user, inspection):
    """The plan and the evidence, from the start of the inspection to its end, for the
    team; whoever may see the school itself has pages of their own for it."""
    is_on = inspection.status == InspectionStatus.OPEN
    return inspection.plan is not None and (
        editing.may_oversee(user, inspection)
        or (is_on and editing.is_member(user, inspection))
    )


def _earlier(user, inspection):
    """What the inspection would take over, until it starts: for the office, for a visitor
    learns of the school's affairs from the start on."""
    is_planned = inspection.status == InspectionStatus.PLANNED
    if not is_planned or not editing.may_oversee(user, inspection):
        return ()
    return earlier_open(inspection)


def _record_facts(inspection):
    is_on = inspection.status == InspectionStatus.OPEN
    counts, blank = result_counts(inspection)
    return {
        "counts": counts,
        "blank_count": blank,
        "recommendations": inspection.recommendations.all(),
        "gaps": readiness.gaps(inspection, blank) if is_on else (),
    }


def inspection_arrange(request, pk):
    """The planned day and the layout of the record."""
    inspection = inspection_of_office(request, pk)
    form = ArrangeForm(posted(request), inspection=inspection)
    if request.method == "POST" and form.is_valid():
        message = outside_round(form.cleaned_data["planned_on"], inspection)
        if message:
            form.add_error("planned_on", message)
        else:
            return _arrange(request, inspection, form)
    context = {"inspection": inspection, "form": form}
    status = 422 if form.errors else 200
    return render(request, "inspections/arrange.html", context, status=status)


def _arrange(request, inspection, form):
    try:
        with editing.arranging(inspection, by=request.user) as locked:
            locked.planned_on = form.cleaned_data["planned_on"]
            locked.form = form.cleaned_data["form"]
            locked.save(update_fields=["planned_on", "form"])
    except editing.InspectionError as error:
        return refused(request, error, inspection)
    messages.success(request, "Đã lưu ngày dự kiến và cách trình bày biên bản.")
    return redirect(inspection)


def inspection_delete(request, pk):
    inspection = inspection_of_office(request, pk)
    if request.method != "POST":
        context = {"inspection": inspection}
        return render(request, "inspections/inspection_delete.html", context)
    back = inspection.round or "inspections:list"
    try:
        editing.delete(inspection, by=request.user)
    except editing.InspectionError as error:
        return refused(request, error, back)
    messages.success(request, f"Đã bỏ {inspection.school} khỏi đợt kiểm tra.")
    return redirect(back)


_FORMS = {
    workflow.OPEN: StartForm,
    workflow.CLOSE: EndForm,
}


def inspection_deed(request, pk, key):
    """One transition, asked for and confirmed on its own page."""
    inspection = get_inspection(request, pk)
    transition = workflow.TRANSITIONS.get(key)
    if transition is None or transition is workflow.ISSUE:
        raise Http404
    if not workflow.may_perform(transition, inspection, request.user):
        raise PermissionDenied
    data = posted(request)
    form_class = _FORMS.get(transition)
    form = form_class(data, inspection=inspection) if form_class else ReopenForm(data)
    if request.method == "POST" and form.is_valid():
        answer = _perform(request, inspection, transition, form)
        if answer is not None:
            return answer
    is_closing = transition is workflow.CLOSE
    context = {
        "inspection": inspection,
        "transition": transition,
        "form": form,
        "gaps": readiness.gaps(inspection) if is_closing else (),
        "has_leader": readiness.has_leader(inspection),
        "earlier": earlier_open(inspection) if transition is workflow.OPEN else (),
    }
    status = 422 if form.errors else 200
    return render(request, "inspections/deed.html", context, status=status)


def _perform(request, inspection, transition, form):
    """The answer to a deed that is done or impossible; None when the form has an error
    to show."""
    changes = dict(form.cleaned_data)
    note = changes.pop("note", "")
    try:
        workflow.perform(
            transition, inspection, by=request.user, note=note, changes=changes
        )
    except workflow.TransitionError as error:
        if error.is_of_state:
            return refused(request, error, inspection)
        for field, texts in error.fields.items():
            for text in texts:
                form.add_error(field or None, text)
        return None
    except editing.InspectionError as error:
        return refused(request, error, "inspections:list")
    tell_removed_controls(request, form)
    messages.success(request, f"{transition.done}.")
    return redirect(inspection)
