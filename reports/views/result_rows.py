"""One line of a result report: its cells, and where they came from."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from plans.views.access import posted, tell_removed_controls
from reports import resulting
from reports.layout import FIELDS
from reports.presenting import row_view, sources_of
from reports.result_forms import ResultRowForm
from reports.resulting import ReportError
from reports.views.access import get_report, refused
from schools.permissions import Ability


def _row(report, row_pk):
    rows = report.rows.select_related("standard", "criterion", "report")
    return get_object_or_404(rows, pk=row_pk)


def result_row(request, pk, row_pk):
    report = get_report(request, pk, Ability.WRITE_REPORT)
    row = _row(report, row_pk)
    form = ResultRowForm(posted(request), row=row)
    if request.method == "POST" and form.is_valid():
        try:
            resulting.save_row(report, row, by=request.user, **form.cleaned_data)
        except ReportError as error:
            return refused(request, report, error)
        tell_removed_controls(request, form)
        messages.success(request, "Đã lưu dòng báo cáo.")
        return redirect(f"{report.get_absolute_url()}#dong-{row.pk}")
    if not report.is_open:
        return refused(request, report, resulting.ReportLockedError(report))
    context = {
        "report": report,
        "row": row,
        "form": form,
        "view": row_view(row, sources_of(report).get(row.source_key)),
        "entries": _entries(row),
    }
    return render(request, "reports/result_row.html", context)


def _entries(row):
    """What was recorded on the plan's row, the newest first: read beside the form."""
    return row.source_row.progress_entries.all() if row.source_row else []


@require_POST
def result_source(request, pk, row_pk, field):
    """Fill a cell with what its source says now, or keep it as it is."""
    report = get_report(request, pk, Ability.WRITE_REPORT)
    row = _row(report, row_pk)
    keep = request.POST.get("keep") == "1"
    if field not in FIELDS:
        return redirect(report)
    try:
        resulting.take_from_source(report, row, field, by=request.user, keep_text=keep)
    except ReportError as error:
        return refused(request, report, error)
    words = "Giữ phần chữ đang có." if keep else "Đã lấy lại từ nguồn."
    messages.success(request, words)
    return redirect(f"{report.get_absolute_url()}#dong-{row.pk}")
