"""How a view gets at an inspection: never without the question whose it is."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from inspections.editing import is_of_office, may_read_record, may_record
from inspections.models import Inspection, InspectionRound
from schools.models import Authority
from schools.permissions import Ability, may_at_office


def get_inspection(request, pk):
    """The inspection, if it is one that this person may see; else 404."""
    inspections = Inspection.objects.for_user(request.user).with_header()
    return get_object_or_404(inspections, pk=pk)


def inspection_of_office(request, pk):
    """The inspection, for people who inspect in the office's name (else 403)."""
    return _for_those_who(is_of_office, request, pk)


def inspection_to_record(request, pk):
    """The inspection, for those who write its record (else 403)."""
    return _for_those_who(may_record, request, pk)


def inspection_to_read(request, pk):
    """The inspection, for those who may read its record now (else 403)."""
    return _for_those_who(may_read_record, request, pk)


def _for_those_who(may, request, pk):
    inspection = get_inspection(request, pk)
    if not may(request.user, inspection):
        raise PermissionDenied
    return inspection


def get_round(request, pk):
    rounds = InspectionRound.objects.for_user(request.user)
    rounds = rounds.select_related("authority", "school_year")
    return get_object_or_404(rounds, pk=pk)


def round_of_office(request, pk):
    """The round, for people who inspect in its office's name (else 403)."""
    round_ = get_round(request, pk)
    if not may_at_office(request.user, Ability.INSPECT, round_.authority):
        raise PermissionDenied
    return round_


def own_authorities(user):
    """The offices in whose name `user` inspects."""
    held = Authority.objects.for_user(user).order_by("name")
    return [a for a in held if may_at_office(user, Ability.INSPECT, a)]


def refused(request, error, to):
    """Tell why a deed was not possible, on the page `to`."""
    messages.error(request, str(error))
    return redirect(to)
