"""The recommendations of a record: what the school is to put right, by whom, until when."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from inspections import recording
from inspections.editing import InspectionError, may_write_now
from inspections.following import settle_on_the_day
from inspections.forms import RecommendationForm
from inspections.views.access import inspection_to_read, inspection_to_record, refused
from plans.views.access import posted, tell_removed_controls


def recommendations(request, pk):
    """All of them, and a form for one more."""
    inspection = inspection_to_read(request, pk)
    form = RecommendationForm(posted(request))
    if request.method == "POST":
        inspection = inspection_to_record(request, pk)
        answer = _save(request, inspection, form)
        if answer is not None:
            return answer
    held = inspection.recommendations.select_related("carried_from__inspection")
    context = {
        "inspection": inspection,
        "recommendations": held,
        "form": form,
        "may_write": may_write_now(request.user, inspection),
    }
    status = 422 if form.errors else 200
    return render(request, "inspections/recommendations.html", context, status=status)


def _save(request, inspection, form, pk=None):
    """The answer after saving; None when the form has an error to show."""
    if not form.is_valid():
        return None
    try:
        stored = recording.save_recommendation(
            inspection, pk, by=request.user, **form.cleaned_data
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None
    except recording.ChangedMeanwhileError as error:
        form.show_other(error)
        return None
    except InspectionError as error:
        return refused(request, error, inspection)
    if stored is None:
        raise Http404
    tell_removed_controls(request, form)
    messages.success(request, f"Đã lưu kiến nghị {stored.position}.")
    return redirect("inspections:recommendations", inspection.pk)


def recommendation_edit(request, pk, recommendation_pk):
    inspection = inspection_to_record(request, pk)
    held = get_object_or_404(inspection.recommendations, pk=recommendation_pk)
    form = RecommendationForm(posted(request), recommendation=held)
    if request.method == "POST":
        answer = _save(request, inspection, form, held.pk)
        if answer is not None:
            return answer
    context = {"inspection": inspection, "recommendation": held, "form": form}
    status = 422 if form.errors else 200
    return render(
        request, "inspections/recommendation_form.html", context, status=status
    )


@require_POST
def recommendation_delete(request, pk, recommendation_pk):
    inspection = inspection_to_record(request, pk)
    try:
        gone = recording.delete_recommendation(
            inspection, recommendation_pk, by=request.user
        )
    except InspectionError as error:
        return refused(request, error, inspection)
    if not gone:
        raise Http404
    messages.success(request, "Đã xóa kiến nghị khỏi biên bản.")
    return redirect("inspections:recommendations", pk)


@require_POST
def recommendation_settled(request, pk, recommendation_pk):
    """What was taken over from an earlier inspection is put right."""
    inspection = inspection_to_record(request, pk)
    note = (
        f"Đoàn kiểm tra xác nhận đã khắc phục, lần kiểm tra {inspection.school_year}."
    )
    try:
        old = settle_on_the_day(
            inspection, recommendation_pk, by=request.user, note=note
        )
    except InspectionError as error:
        return refused(request, error, inspection)
    if old is None:
        raise Http404
    messages.success(
        request,
        "Kiến nghị của lần trước đã khắc phục, không ghi lại trong biên bản này.",
    )
    return redirect("inspections:recommendations", pk)
