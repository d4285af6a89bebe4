"""The school's documents for the team, while the inspection goes on: a member from
another school has no other way to them, and none afterwards."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render

from inspections.presenting import evidence_of
from inspections.views.access import get_inspection
from inspections.views.inspections import may_see_documents
from plans.letterhead import letterhead
from plans.presenting import default_subject, section_views
from qualityplan.downloads import attachment


def _with_documents(request, pk):
    """The inspection, if its documents are open to this person; else 404."""
    inspection = get_inspection(request, pk)
    if not may_see_documents(request.user, inspection):
        raise Http404
    inspection.plan.school = inspection.school
    inspection.plan.school_year = inspection.school_year
    return inspection


def inspection_plan(request, pk):
    """The plan as on screen, its head, and the school's evidence."""
    inspection = _with_documents(request, pk)
    plan = inspection.plan
    context = {
        "inspection": inspection,
        "plan": plan,
        "head": letterhead(plan),
        "subject": plan.subject or default_subject(plan),
        "sections": section_views(plan),
        "evidence": evidence_of(inspection),
    }
    return render(request, "inspections/plan.html", context)


def evidence_file(request, pk, evidence_pk):
    """A file of the evidence; never shown inside a page."""
    inspection = _with_documents(request, pk)
    piece = get_object_or_404(evidence_of(inspection), pk=evidence_pk)
    try:
        content = piece.file.open("rb") if piece.file else None
    except FileNotFoundError:
        content = None
    if content is None:
        messages.error(request, "Tệp của minh chứng này không còn trên máy chủ.")
        return redirect("inspections:plan", pk)
    response = FileResponse(content, content_type=piece.content_type)
    response["Content-Disposition"] = attachment(piece.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
