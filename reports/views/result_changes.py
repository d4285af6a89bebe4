"""What became different in a result report since the office last had it."""

from django.shortcuts import render

from reports import differing
from reports.views.access import get_report


def result_changes(request, pk):
    """The report against the submission before, cell by cell."""
    report = get_report(request, pk)
    context = {"report": report, "changes": differing.changes(report)}
    return render(request, "reports/result_changes.html", context)
