"""What the team writes on the day: findings, those present, remarks."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from inspections import readiness, recording
from inspections.editing import InspectionError, may_write_now
from inspections.enums import Result, Side
from inspections.forms import (
    FindingForm,
    PersonForm,
    PlaceForm,
    RemarksForm,
    numbers,
)
from inspections.presenting import findings_view
from inspections.views.access import inspection_to_read, inspection_to_record, refused
from plans.views.access import is_htmx, posted, tell_removed_controls


def findings(request, pk):
    """The rows of the plan with what was found, by state and by standard."""
    inspection = inspection_to_read(request, pk)
    asked = request.GET.get("loc", ""), request.GET.get("tieu-chuan", "")
    may_write = may_write_now(request.user, inspection)
    context = {
        "inspection": inspection,
        "view": findings_view(inspection, *asked),
        "results": Result.choices,
        "may_write": may_write,
        "new_rows": readiness.new_rows(inspection).count() if may_write else 0,
    }
    return render(request, "inspections/findings.html", context)


@require_POST
def finding(request, pk, finding_pk):
    """Store one finding. htmx takes the card as it now is; else back to the list."""
    inspection = inspection_to_record(request, pk)
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _card(request, inspection, finding_pk, form, _first_error(form))
    told = form.cleaned_data
    # A result button brings its result; "save the remark" keeps the one there is.
    result = told["result"] or request.POST.get("current", "")
    result = result if result in Result.values else ""
    try:
        stored = recording.save_finding(
            inspection,
            finding_pk,
            by=request.user,
            result=result,
            remark=told["remark"],
            seen=request.POST.get("seen") or None,
        )
    except recording.ChangedMeanwhileError as error:
        return _card(request, inspection, finding_pk, form, str(error))
    except InspectionError as error:
        if is_htmx(request):
            return _card(request, inspection, finding_pk, form, str(error))
        return refused(request, error, inspection)
    if stored is None:
        raise Http404
    tell_removed_controls(request, form)
    if is_htmx(request):
        return _card(request, inspection, finding_pk)
    messages.success(request, f"Đã lưu: {stored}.")
    return redirect(_back_to(request, inspection, finding_pk))


def _first_error(form):
    return next(iter(form.errors.values()))[0]


def _back_to(request, inspection, finding_pk):
    """The list as it was narrowed, at the row that was written."""
    query = request.POST.get("query", "")
    query = query if query.startswith("?") and len(query) < 80 else ""
    url = reverse("inspections:findings", args=[inspection.pk])
    return f"{url}{query}#noi-dung-{finding_pk}"


def _card(request, inspection, finding_pk, form=None, error=""):
    """One finding as it is stored; with `form`, what was typed and why it is not kept."""
    held = inspection.findings.select_related("row__criterion", "row__standard")
    held = held.prefetch_related("row__evidence").filter(pk=finding_pk).first()
    if held is None:
        raise Http404
    context = {
        "inspection": inspection,
        "finding": held,
        "results": Result.choices,
        "may_write": True,
        "typed": form.data.get("remark", "") if form else None,
        "error": error,
        "is_swapped": True,
    }
    is_part = is_htmx(request)
    template = "inspections/_finding.html" if is_part else "inspections/finding.html"
    return render(request, template, context, status=422 if error else 200)


@require_POST
def findings_fetch(request, pk):
    """Take over rows that an adjustment added to the plan meanwhile."""
    inspection = inspection_to_record(request, pk)
    try:
        count = recording.fetch_new_rows(inspection, by=request.user)
    except InspectionError as error:
        return refused(request, error, inspection)
    messages.success(request, f"Đã lấy về {count} nội dung mới của kế hoạch.")
    return redirect("inspections:findings", pk)


def people(request, pk):
    """Where it takes place and who is there."""
    inspection = inspection_to_read(request, pk)
    may_write = may_write_now(request.user, inspection)
    if request.method == "POST":
        return _save_people(request, inspection_to_record(request, pk))
    return _people_page(request, inspection, may_write)


def _people_page(request, inspection, may_write, form=None):
    held = list(inspection.attendees.all())
    context = {
        "inspection": inspection,
        "team": [person for person in held if person.side == Side.TEAM],
        "school_people": [person for person in held if person.side == Side.SCHOOL],
        "may_write": may_write,
        "place_form": PlaceForm(inspection=inspection, people=held),
        "form": form or PersonForm(),
        "known": _known_people(inspection, held) if may_write else (),
    }
    status = 422 if form is not None else 200
    return render(request, "inspections/people.html", context, status=status)


def _known_people(inspection, held):
    """People of the school who have an account and are not on the list yet."""
    names = {person.name for person in held}
    members = inspection.school.memberships.on(timezone.localdate())
    members = members.select_related("user").order_by("pk")
    return [m for m in members if m.user.full_name not in names]


def _save_people(request, inspection):
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return refused(request, _first_error(form), request.path)
    told, by = form.cleaned_data, request.user
    present = numbers(request.POST.getlist("present"))
    shown = told["shown"] if "shown" in request.POST else None
    try:
        recording.save_presence(inspection, present, by=by, shown=shown)
        recording.save_place(inspection, by=by, held_at=told["held_at"])
    except InspectionError as error:
        return refused(request, error, inspection)
    messages.success(request, "Đã lưu địa điểm và những người có mặt.")
    return redirect(request.path)


@require_POST
def people_add(request, pk):
    inspection = inspection_to_record(request, pk)
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            recording.add_person(inspection, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except InspectionError as error:
            return refused(request, error, inspection)
        else:
            tell_removed_controls(request, form)
            messages.success(request, f"Đã thêm {form.cleaned_data['name']}.")
            return redirect("inspections:people", pk)
    return _people_page(request, inspection, True, form)


@require_POST
def people_remove(request, pk, attendee_pk):
    inspection = inspection_to_record(request, pk)
    try:
        gone = recording.remove_person(inspection, attendee_pk, by=request.user)
    except InspectionError as error:
        return refused(request, error, inspection)
    if not gone:
        raise Http404
    messages.success(request, "Đã bỏ tên khỏi danh sách.")
    return redirect("inspections:people", pk)


def remarks(request, pk):
    """General remarks and the school's opinion."""
    inspection = inspection_to_read(request, pk)
    names = recording.REMARKS
    initial = {name: getattr(inspection, name) for name in names}
    form = RemarksForm(posted(request), initial=initial)
    seen, stored = recording.fingerprint(inspection, names), None
    if request.method == "POST" and form.is_valid():
        inspection = inspection_to_record(request, pk)
        asked = request.POST.get("seen") or None
        try:
            recording.save_remarks(
                inspection, by=request.user, seen=asked, **form.cleaned_data
            )
        except recording.ChangedMeanwhileError as error:
            form.add_error(None, str(error))
            stored = error.stored
        except InspectionError as error:
            return refused(request, error, inspection)
        else:
            tell_removed_controls(request, form)
            messages.success(request, "Đã lưu nhận xét.")
            return redirect(request.path)
    context = {
        "inspection": inspection,
        "form": form,
        "seen": seen,
        "theirs": _theirs(form, stored) if stored else (),
        "may_write": may_write_now(request.user, inspection),
    }
    status = 422 if form.errors else 200
    return render(request, "inspections/remarks.html", context, status=status)


def _theirs(form, stored):
    """Label and text of the fields in which the stored texts differ from the typed."""
    return [
        (form.fields[name].label, getattr(stored, name))
        for name in recording.REMARKS
        if getattr(stored, name) != form.cleaned_data.get(name)
    ]
