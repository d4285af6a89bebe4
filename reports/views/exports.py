"""Xuất dữ liệu: choose, watch it being made, take the file."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from qualityplan.downloads import attachment
from reports.enums import ExportKind, JobState
from reports.export_forms import ExportForm
from reports.exporting.choice import chosen_schools
from reports.exporting.starting import ExportError, cancel, start
from reports.models import Export
from reports.overview.scope import LEVELS, Filters, offices
from reports.views.documents import CONTENT_TYPES
from reports.views.overview_frame import chosen_year, no_year
from schools.models import School

_SHOWN = 20
_CONTENT_TYPES = {"zip": "application/zip", "xlsx": CONTENT_TYPES["xlsx"]}


def exports(request):
    """The choice of schools and contents, and what one has made lately. For people of
    offices, a province's too."""
    year = chosen_year(request)
    if year is None:
        return no_year(request)
    filters = Filters.of(request.GET, year).without_state()
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            kind = ExportKind(form.cleaned_data["kind"])
            stored = form.choice(filters).stored()
            export = start(request.user, year, kind, stored)
        except ExportError as error:
            form.add_error(None, str(error))
        else:
            return redirect("reports:export", export.pk)
    held = offices(request.user, year)
    schools = chosen_schools(request.user, year, filters)
    context = {
        "form": form,
        "school_year": year,
        "filters": filters,
        "query": filters.query(),
        "offices": sorted((o for o in held.values() if o.pk), key=lambda o: o.name),
        "levels": LEVELS.items(),
        "school_count": schools.count(),
        "schools": schools[:_SHOWN],
        "exports": _own(request)[:_SHOWN],
        "now": timezone.now(),
    }
    status = 422 if form.errors else 200
    return render(request, "reports/exports/exports.html", context, status=status)


def _own(request):
    return Export.objects.for_user(request.user).select_related("school_year")


def _context(request, pk):
    export = get_object_or_404(_own(request), pk=pk)
    return {"export": export, "is_expired": _is_expired(export)}


def _is_expired(export):
    return export.state == JobState.DONE and (
        not export.file or export.expires_at <= timezone.now()
    )


def export_page(request, pk):
    """How far it is. Looks again by itself, also without JavaScript."""
    return render(request, "reports/exports/export.html", _context(request, pk))


def export_status(request, pk):
    """The part of the page that changes."""
    return render(request, "reports/exports/_status.html", _context(request, pk))


@require_POST
def export_cancel(request, pk):
    export = get_object_or_404(_own(request), pk=pk)
    if cancel(export):
        messages.success(request, "Đã yêu cầu hủy; gói dừng sau trường đang làm.")
    else:
        messages.info(request, "Gói này đã kết thúc nên không hủy được nữa.")
    return redirect("reports:export", pk)


def export_download(request, pk):
    """The finished file, for its owner, until it expires (410), and as long as they see
    the schools in it (403)."""
    context = _context(request, pk)
    export = context["export"]
    if export.state != JobState.DONE:
        messages.info(request, "Gói chưa lập xong nên chưa tải về được.")
        return redirect("reports:export", pk)
    if context["is_expired"] or not export.file.storage.exists(export.file.name):
        context["reason"] = "expired"
        return render(request, "reports/exports/gone.html", context, status=410)
    if not _sees_all(request.user, export):
        context["reason"] = "rights"
        return render(request, "reports/exports/gone.html", context, status=403)
    kind = _CONTENT_TYPES[export.file_name.rpartition(".")[2]]
    response = FileResponse(export.file.open("rb"), content_type=kind)
    response["Content-Disposition"] = attachment(export.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _sees_all(user, export):
    made_for = export.choice["school_pks"]
    seen = School.objects.for_user(user).values_list("pk", flat=True)
    return set(made_for) <= set(seen)
