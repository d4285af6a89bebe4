"""Carrying out a plan: how far each row is, its entries, and the reviews of the whole."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from plans import changes, evidencing, recording
from plans.enums import CARRIED_OUT_STATUSES
from plans.evidence_forms import AttachForm, attachable
from plans.following import FILTERS, progress_view
from plans.models import Monitoring
from plans.presenting import cell_text, place_text
from plans.progress_forms import MonitoringForm, ProgressForm
from plans.tables import BY_SLUG, ROWS
from plans.views.access import get_plan, posted, tell_removed_controls
from plans.views.plans import refused
from schools.permissions import Ability, may


def plan_progress(request, pk):
    """All rows with their state in words, by standard."""
    plan = get_plan(request, pk)
    asked = request.GET.get("loc", "")
    context = {
        "plan": plan,
        "view": progress_view(plan, asked if asked in FILTERS else ""),
        "reviews": list(plan.monitoring.all()) if plan.layout.monitoring else [],
        "may_record": _may_record(request, plan),
    }
    return render(request, "plans/plan_progress.html", context)


def _may_record(request, plan):
    return plan.status in CARRIED_OUT_STATUSES and may(
        request.user, Ability.RECORD, plan.school
    )


def _require_record(request, plan):
    if not may(request.user, Ability.RECORD, plan.school):
        raise PermissionDenied


def progress_row(request, pk, row_pk):
    """One row: what was planned, what was recorded, what proves it; a new entry."""
    plan = get_plan(request, pk)
    row = _row(plan, row_pk)
    form = ProgressForm(posted(request), row=row)
    if request.method == "POST":
        _require_record(request, plan)
        if form.is_valid():
            done = _record(request, plan, row, form)
            if done is not None:
                return done
    columns = ROWS.columns(plan.layout)
    may_record = _may_record(request, plan)
    context = {
        "plan": plan,
        "row": row,
        "place": place_text(row),
        "cells": [(c, cell_text(row, c)) for c in columns if c.field != "progress"],
        "entries": row.progress_entries.select_related("created_by"),
        "evidence": row.evidence.order_by("criterion__standard__number", "pk"),
        "may_record": may_record,
        "form": form,
        "attachable": attachable(plan, row) if may_record else (),
    }
    status = 422 if form.errors else 200
    return render(request, "plans/progress_row.html", context, status=status)


def _row(plan, row_pk):
    row = get_object_or_404(ROWS.lines(plan), pk=row_pk)
    row.plan = plan
    return row


def _record(request, plan, row, form):
    """The answer to a good entry; None when the form has an error to show."""
    try:
        recording.record_progress(row, **form.cleaned_data, by=request.user)
    except recording.NotCarriedOutError as error:
        return refused(request, plan, error)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    tell_removed_controls(request, form)
    messages.success(request, "Đã ghi tiến độ.")
    return redirect("plans:progress-row", plan.pk, row.pk)


@require_POST
def row_evidence(request, pk, row_pk):
    """Attach a piece from the list to the row, or take one off it."""
    plan = get_plan(request, pk)
    row = _row(plan, row_pk)
    _require_record(request, plan)
    is_removal = "remove" in request.POST
    choices = row.evidence.all() if is_removal else attachable(plan, row)
    form = AttachForm(
        {"evidence": request.POST.get("remove") or request.POST.get("evidence")},
        evidence=choices,
    )
    if not form.is_valid():
        messages.error(request, form.errors["evidence"][0])
        return redirect("plans:progress-row", plan.pk, row.pk)
    piece = form.cleaned_data["evidence"]
    change = evidencing.detach_evidence if is_removal else evidencing.attach_evidence
    try:
        change(piece, by=request.user, rows=[row])
    except recording.NotCarriedOutError as error:
        return refused(request, plan, error)
    done = "Đã bỏ" if is_removal else "Đã gắn"
    messages.success(request, f"{done} minh chứng {piece.code}.")
    return redirect(f"{reverse('plans:progress-row', args=[pk, row_pk])}#minh-chung")


def monitoring_add(request, pk):
    plan = get_plan(request, pk)
    return _monitoring(request, plan, Monitoring(plan=plan, position=0))


def monitoring_edit(request, pk, line_pk):
    plan = get_plan(request, pk)
    return _monitoring(request, plan, get_object_or_404(plan.monitoring, pk=line_pk))


def _monitoring(request, plan, line):
    _require_record(request, plan)
    if not plan.layout.monitoring:
        raise Http404
    if plan.status not in CARRIED_OUT_STATUSES:
        return refused(request, plan, recording.NotCarriedOutError(plan))
    form = MonitoringForm(posted(request), plan=plan, line=line)
    if request.method == "POST" and form.is_valid():
        try:
            recording.save_monitoring(plan, form.filled_line(), by=request.user)
        except recording.NotCarriedOutError as error:
            return refused(request, plan, error)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            tell_removed_controls(request, form)
            messages.success(request, "Đã lưu lần theo dõi.")
            return redirect(f"{reverse('plans:progress', args=[plan.pk])}#theo-doi")
    context = {"plan": plan, "line": line, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/monitoring_form.html", context, status=status)


def line_history(request, pk, slug, line_pk):
    """Milestones of the plan and changes of one line, newest first; also of a line that
    was deleted."""
    plan = get_plan(request, pk)
    table = BY_SLUG[slug]
    line = table.lines(plan).filter(pk=line_pk).first()
    found = changes.changes_of(plan, table, line_pk)
    if line is None and not found:
        raise Http404
    context = {
        "plan": plan,
        "table": table,
        "line": line,
        "name": table.line_name(line, line.position) if line else found[0].line_name,
        "moments": changes.history(plan, table, found),
    }
    return render(request, "plans/line_history.html", context)
