"""Rounds: begin, change, choose schools."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from inspections import rounds
from inspections.editing import InspectionError
from inspections.forms import RoundForm, SchoolSearchForm, numbers
from inspections.models import Inspection
from inspections.presenting import with_tallies
from inspections.views.access import (
    get_round,
    own_authorities,
    refused,
    round_of_office,
)
from plans.views.access import posted, tell_removed_controls
from qualityplan.frame import chosen_school_year
from schools.permissions import Ability, may_at_office

SCHOOLS_PER_PAGE = 50


def round_create(request):
    authorities = own_authorities(request.user)
    if not authorities:
        raise PermissionDenied
    form = RoundForm(
        posted(request),
        authorities=authorities,
        school_year=chosen_school_year(request),
    )
    if request.method == "POST" and form.is_valid():
        answer = _create(request, form)
        if answer is not None:
            return answer
    return _form_page(request, form)


def _create(request, form):
    """The answer after creating; None when the form has an error to show."""
    year = form.cleaned_data["school_year"]
    try:
        round_ = rounds.create_round(
            form.authority, year, by=request.user, **form.texts()
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None
    tell_removed_controls(request, form)
    messages.success(request, "Đã lập đợt kiểm tra. Bây giờ hãy chọn các trường.")
    return redirect("inspections:round-schools", round_.pk)


def _form_page(request, form, round_=None):
    context = {"form": form, "round": round_}
    status = 422 if form.errors else 200
    return render(request, "inspections/round_form.html", context, status=status)


def round_edit(request, pk):
    round_ = round_of_office(request, pk)
    form = RoundForm(posted(request), round_=round_)
    if request.method == "POST" and form.is_valid():
        try:
            rounds.save_round(round_, by=request.user, **form.texts())
        except ValidationError as error:
            form.add_error(None, error)
        except InspectionError as error:
            return refused(request, error, "inspections:list")
        else:
            tell_removed_controls(request, form)
            messages.success(request, "Đã lưu đợt kiểm tra.")
            return redirect(round_)
    return _form_page(request, form, round_)


def round_detail(request, pk):
    round_ = get_round(request, pk)
    inspections = Inspection.objects.for_user(request.user).filter(round=round_)
    inspections = with_tallies(inspections).select_related("school", "plan")
    inspections = list(inspections.order_by("planned_on", "school__name"))
    may_inspect = may_at_office(request.user, Ability.INSPECT, round_.authority)
    context = {
        "round": round_,
        "inspections": inspections,
        "may_inspect": may_inspect,
        "may_delete": may_inspect and all(i.status == "planned" for i in inspections),
    }
    return render(request, "inspections/round_detail.html", context)


def round_schools(request, pk):
    """Choose schools of the office, found by name and level of schooling."""
    round_ = round_of_office(request, pk)
    if request.method == "POST":
        return _add_schools(request, round_)
    search = SchoolSearchForm(request.GET)
    asked = search.cleaned_data if search.is_valid() else {}
    found = rounds.find_schools(round_, asked.get("q", ""), asked.get("cap", ""))
    page = Paginator(found, SCHOOLS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "round": round_,
        "asked": asked,
        "levels": search.fields["cap"].choices,
        "page_obj": page,
        "held": round_.inspections.count(),
        "most": rounds.MOST_SCHOOLS,
    }
    return render(request, "inspections/round_schools.html", context)


def _add_schools(request, round_):
    wanted = numbers(request.POST.getlist("schools"))
    if "all" in request.POST:
        found = rounds.find_schools(
            round_, request.POST.get("q", ""), request.POST.get("cap", "")
        )
        wanted = {school.pk for school in found}
    back = f"{request.path}?{request.GET.urlencode()}"
    if not wanted:
        return refused(request, "Hãy đánh dấu ít nhất một trường.", back)
    try:
        count = rounds.add_schools(round_, wanted, by=request.user)
    except InspectionError as error:
        return refused(request, error, back)
    if count:
        messages.success(request, f"Đã thêm {count} trường vào đợt kiểm tra.")
    else:
        messages.info(request, "Không có gì mới: các trường này đã có trong đợt.")
    return redirect(round_)


def round_delete(request, pk):
    round_ = round_of_office(request, pk)
    if request.method != "POST":
        count = round_.inspections.count()
        context = {"round": round_, "count": count}
        return render(request, "inspections/round_delete.html", context)
    try:
        rounds.delete_round(round_, by=request.user)
    except InspectionError as error:
        return refused(request, error, "inspections:list")
    messages.success(request, f"Đã xóa đợt kiểm tra “{round_.title}”.")
    return redirect("inspections:list")
