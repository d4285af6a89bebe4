"""Schools and school years."""

from django.shortcuts import get_object_or_404
from ninja import Router
from ninja.pagination import paginate

from qualityplan.api.paging import Pages
from qualityplan.api.shapes import SchoolOut, SchoolYearOut
from schools.models import School, SchoolYear

router = Router(tags=["schools"])


def _schools(request):
    return School.objects.for_user(request.user).prefetch_related("education_levels")


@router.get("schools", response=list[SchoolOut], url_name="schools")
@paginate(Pages)
def school_list(request):
    """The schools the token's owner may see, by name."""
    return _schools(request).order_by("name", "pk")


@router.get("schools/{int:school_id}", response=SchoolOut, url_name="school")
def school_detail(request, school_id: int):
    """One school."""
    return get_object_or_404(_schools(request), pk=school_id)


@router.get("school-years", response=list[SchoolYearOut], url_name="school-years")
@paginate(Pages)
def school_year_list(request):
    """All school years, the newest first."""
    return SchoolYear.objects.all()
