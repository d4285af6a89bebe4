"""The filing package of a school year: what will be in it, and its download."""

import tempfile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from plans.models import Evidence
from qualityplan.downloads import attachment
from reports.exporting.names import fit
from reports.filenames import short_name
from reports.models import IssuedDocument
from reports.package import PackageError
from reports.package.packing import write_package
from reports.package.papers import may_pack, of_year
from schools.models import School, SchoolYear

_IN_MEMORY = 1024**2  # what is larger lies on the disk


def _place(request, pk, first_year):
    """School and year; 404 for what is not one's own, 403 for a wrong role."""
    schools = School.objects.for_user(request.user).prefetch_related("supervisions")
    school = get_object_or_404(schools, pk=pk)
    if not may_pack(request.user, school):
        raise PermissionDenied
    return school, get_object_or_404(SchoolYear, first_year=first_year)


def package(request, pk, first_year):
    """What the package of the year will hold."""
    school, year = _place(request, pk, first_year)
    where = {"school": school, "school_year": year}
    documents = IssuedDocument.objects.for_user(request.user).filter(
        of_year(school, year)
    )
    evidence = Evidence.objects.for_user(request.user).filter(**where)
    context = {
        "school": school,
        "year": year,
        "years": SchoolYear.objects.filter(
            pk__in=school.plans.values("school_year")
        ).order_by("-first_year"),
        "document_count": documents.count(),
        "signed_count": documents.filter(signed_files__isnull=False).distinct().count(),
        "evidence_count": evidence.count(),
        "file_count": evidence.exclude(sha256="").count(),
        "plan": school.plans.filter(school_year=year).first(),
    }
    return render(request, "reports/package.html", context)


@require_POST
def package_download(request, pk, first_year):
    """The ZIP, made on the disk and sent from there."""
    school, year = _place(request, pk, first_year)
    target = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- the response closes it
    try:
        write_package(school, year, target, by=request.user)
    except PackageError as error:
        target.close()
        messages.error(request, str(error))
        return redirect("reports:package", pk, first_year)
    target.seek(0)
    response = FileResponse(target, content_type="application/zip")
    name = f"Ho so {fit(short_name(school.name))} {year}.zip"
    response["Content-Disposition"] = attachment(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
