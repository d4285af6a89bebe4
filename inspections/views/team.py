"""The team of an inspection, formed by the office."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from inspections import team
from inspections.editing import InspectionError
from inspections.enums import Duty, Side
from inspections.forms import GuestForm, MemberForm
from inspections.views.access import inspection_of_office, refused
from plans.views.access import tell_removed_controls


def inspection_team(request, pk):
    return _page(request, inspection_of_office(request, pk))


def _page(request, inspection, *, member=None, guest=None):
    """The team and both ways to join it; `member` or `guest` is a form with errors."""
    asked = request.GET.get("q", "")[:200].strip()
    members = list(inspection.attendees.filter(side=Side.TEAM))
    has_leader = any(m.duty == Duty.LEADER for m in members)
    first = Duty.MEMBER if has_leader else Duty.LEADER
    context = {
        "inspection": inspection,
        "members": members,
        "has_leader": has_leader,
        "duties": Duty.choices,
        "first_duty": first,
        "asked": asked,
        "candidates": team.candidates(inspection, asked) if inspection.is_open else (),
        "most": team.MOST_SHOWN,
        "member_form": member,
        "guest_form": guest or GuestForm(initial={"duty": first}),
        "others": _others_without_team(inspection),
    }
    status = 422 if member or guest else 200
    return render(request, "inspections/team.html", context, status=status)


def _others_without_team(inspection):
    if inspection.round is None:
        return 0
    others = inspection.round.inspections.filter(status="planned")
    return others.exclude(attendees__side=Side.TEAM).exclude(pk=inspection.pk).count()


@require_POST
def team_member(request, pk):
    """Let a person with an account join."""
    inspection = inspection_of_office(request, pk)
    form = MemberForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            joined = team.add_member(
                inspection, told["person"], told["duty"], by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        except InspectionError as error:
            return refused(request, error, inspection)
        else:
            return _told(request, inspection, f"{joined.name} đã vào đoàn.")
    return _page(request, inspection, member=form)


@require_POST
def team_guest(request, pk):
    """Let somebody without an account join, by name."""
    inspection = inspection_of_office(request, pk)
    form = GuestForm(request.POST)
    if form.is_valid():
        try:
            team.add_guest(inspection, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        except InspectionError as error:
            return refused(request, error, inspection)
        else:
            tell_removed_controls(request, form)
            name = form.cleaned_data["name"]
            return _told(request, inspection, f"{name} đã vào đoàn.")
    return _page(request, inspection, guest=form)


@require_POST
def team_change(request, pk, attendee_pk):
    """Another duty for a member, or the end of their part."""
    inspection = inspection_of_office(request, pk)
    duty = request.POST.get("duty", "")
    try:
        if "remove" in request.POST:
            gone = team.remove_member(inspection, attendee_pk, by=request.user)
            done = f"{gone.name} không còn trong đoàn và không xem được hồ sơ nữa."
        elif duty in Duty.values:
            member = team.change_duty(inspection, attendee_pk, duty, by=request.user)
            done = f"{member.name}: {member.get_duty_display().lower()}."
        else:
            return refused(request, "Hãy chọn nhiệm vụ.", _url(inspection))
    except ValidationError as error:
        return refused(request, error.messages[0], _url(inspection))
    except InspectionError as error:
        return refused(request, error, inspection)
    return _told(request, inspection, done)


@require_POST
def team_copy(request, pk):
    """Give the team to the other schools of the round that have none."""
    inspection = inspection_of_office(request, pk)
    try:
        count = team.copy_team(inspection, by=request.user)
    except InspectionError as error:
        return refused(request, error, inspection)
    return _told(request, inspection, f"Đã dùng đoàn này cho {count} trường khác.")


def _told(request, inspection, message):
    messages.success(request, message)
    return redirect(_url(inspection))


def _url(inspection):
    return reverse("inspections:team", args=[inspection.pk])
