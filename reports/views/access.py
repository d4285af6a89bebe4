"""How a view gets at a report: never without the question whose it is."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from reports.models import ResultReport
from schools.permissions import Ability, may


def get_report(request, pk, ability=Ability.VIEW):
    """The report, if it is one that this person may see (else 404) and do `ability` to
    (else 403)."""
    reports = ResultReport.objects.for_user(request.user).with_header()
    report = get_object_or_404(reports, pk=pk)
    if not may(request.user, ability, report.school):
        raise PermissionDenied
    return report


def refused(request, report, error):
    """Show the report again, with the reason why the deed was refused."""
    messages.error(request, str(error))
    return redirect(report)
