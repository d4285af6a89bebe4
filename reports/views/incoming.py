"""Bringing in an old Word or Excel file: upload, wait, look over, take in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from criteria.models import Criterion
from plans.views.access import posted, schools_where
from reports import incoming as files
from reports.incoming_forms import ReviewForm, UploadForm
from reports.incoming_result import taken_part
from reports.incoming_saving import NotTakenError, YearTakenError, take_in
from reports.incoming_screen import screen_of
from reports.models import IncomingFile
from reports.tasks import read_incoming
from schools.models import School
from schools.permissions import Ability, may, require


def incoming_start(request):
    """One's own files that are on their way in, and the form for another."""
    ids = schools_where(request.user, Ability.CREATE_PLAN)
    if not ids:
        raise PermissionDenied
    schools = School.objects.for_user(request.user).filter(pk__in=ids)
    form = UploadForm(posted(request), request.FILES or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        received = files.receive(
            name=form.cleaned_data["file"].name,
            content=form.content,
            school=form.cleaned_data["school"],
            school_year=form.school_year,
            by=request.user,
        )
        read_incoming.enqueue(received.pk)
        return redirect("reports:incoming-file", received.pk)
    waiting = IncomingFile.objects.for_user(request.user).filter(taken_at=None)
    waiting = waiting.defer("content", "result").select_related("school")
    context = {"form": form, "waiting": waiting[:50]}
    return render(request, "reports/incoming/start.html", context)


def get_incoming(request, pk):
    """One's own file that is not taken in yet; else 404. Whoever lost the role since
    gets 403."""
    found = IncomingFile.objects.for_user(request.user).defer("content")
    found = found.select_related("school", "school_year")
    incoming = get_object_or_404(found, pk=pk, taken_at=None)
    require(request.user, Ability.CREATE_PLAN, incoming.school)
    return incoming


def incoming_file(request, pk):
    """The state of a file; once it is read, the screen on which it is looked over."""
    incoming = get_incoming(request, pk)
    if not incoming.result:
        context = {"incoming": incoming, "is_stalled": files.is_stalled(incoming)}
        return render(request, "reports/incoming/waiting.html", context)
    form = ReviewForm(
        posted(request),
        incoming=incoming,
        part=taken_part(incoming.result),
        may_issue=may(request.user, Ability.ISSUE_PLAN, incoming.school),
    )
    context = {"incoming": incoming, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            stored, notes = take_in(incoming, form.choices(), by=request.user)
        except YearTakenError as error:
            context |= {"taken": error.existing, "faults": error.lines}
        except NotTakenError as error:
            context["faults"] = error.lines
        else:
            return _taken(request, stored, notes)
    return _review(request, context)


def _taken(request, stored, notes):
    for note in notes:
        messages.warning(request, f"{note[:1].upper()}{note[1:]}")
    messages.success(
        request,
        f"Đã nhận tệp cũ vào năm học {stored.school_year}. Hãy xem lại một lượt trước khi "
        "dùng tiếp.",
    )
    return redirect(stored)


def _review(request, context):
    form = context["form"]
    choices = form.choices()
    incoming = context["incoming"]
    criteria = Criterion.objects.filter(
        standard__circular__number=choices.circular,
        standard__circular__education_levels=incoming.school.level_key,
    ).order_by("standard__number", "position")
    codes = dict(criteria.values_list("code", "title"))
    context |= {
        "screen": screen_of(
            incoming.result, choices, school=incoming.school.name, codes=codes
        ),
        "codes": codes.items(),
        "has_errors": bool(form.errors or context.get("faults")),
    }
    status = 422 if context["has_errors"] else 200
    return render(request, "reports/incoming/review.html", context, status=status)


@require_POST
def incoming_discard(request, pk):
    """Forget the file and its bytes."""
    incoming = get_incoming(request, pk)
    files.discard(incoming)
    messages.success(
        request, f"Đã bỏ tệp “{incoming.name}”. Không có gì được nhận vào."
    )
    return redirect("reports:incoming")
