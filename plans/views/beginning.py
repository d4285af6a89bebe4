"""The page that begins something a school has once a year: a plan, a self-assessment."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from criteria.selection import NoCircular
from plans.editing import AlreadyBegunError
from plans.forms import NewPlanForm
from plans.views.access import posted, schools_where
from qualityplan.frame import chosen_school_year
from schools.models import School, SchoolYear


def begin(request, *, ability, start, done, template):
    """Ask for school and year, then `start(school, school_year, by=user)` and go to what
    it made; or to what was there already. `done` is what is said then, before the year."""
    ids = schools_where(request.user, ability)
    if not ids:
        raise PermissionDenied
    schools = School.objects.for_user(request.user).filter(pk__in=ids)
    year = chosen_school_year(request)
    form = NewPlanForm(
        posted(request),
        schools=schools.prefetch_related("education_levels"),
        initial_year=year.first_year if year else None,
    )
    if request.method == "POST" and form.is_valid():
        begun = _start(request, form, start, done)
        if begun is not None:
            return redirect(begun)
    return render(request, template, {"form": form})


def _start(request, form, start, done):
    """What was made, or was there; None when the form has an error to show."""
    first_year = form.cleaned_data["first_year"]
    school_year, _ = SchoolYear.objects.get_or_create(first_year=first_year)
    try:
        begun = start(form.cleaned_data["school"], school_year, by=request.user)
    except NoCircular as error:
        form.add_error("first_year", str(error))
        return None
    except AlreadyBegunError as error:
        messages.info(request, f"{error} Đây là bản đó.")
        return error.existing
    messages.success(request, f"{done} năm học {school_year}.")
    return begun
