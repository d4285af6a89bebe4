"""The first page of inspections: an office's rounds, one's own visits, one's schools."""

from django.shortcuts import render

from inspections.enums import OPEN_STATUSES, Side
from inspections.models import Inspection, InspectionRound
from inspections.presenting import with_tallies
from inspections.views.access import own_authorities
from qualityplan.frame import chosen_school_year


def inspection_list(request):
    """What this person has to do with inspections in the chosen school year."""
    user, year = request.user, chosen_school_year(request)
    is_office = bool(user.standing.roles_at_authority) or user.is_superuser
    context = {
        "school_year": year,
        "is_office": is_office,
        "visits": _visits(user),
        "own": _own(user, year),
    }
    if is_office:
        rounds = InspectionRound.objects.for_user(user).with_tallies()
        rounds = rounds.filter(school_year=year).select_related("authority")
        loose = Inspection.objects.for_user(user).filter(
            round__isnull=True, school_year=year
        )
        context |= {
            "rounds": rounds,
            "loose": loose.select_related("school", "authority"),
            "may_create": bool(own_authorities(user)),
        }
    return render(request, "inspections/inspection_list.html", context)


def _visits(user):
    """Where this person is in the team, until the inspection is over."""
    found = Inspection.objects.for_user(user).filter(
        attendees__user=user, attendees__side=Side.TEAM, status__in=OPEN_STATUSES
    )
    return found.select_related("school", "school_year", "round", "authority").order_by(
        "planned_on", "pk"
    )


def _own(user, year):
    """Inspections of this person's own schools."""
    if not user.standing.school_ids:
        return []
    found = Inspection.objects.for_user(user).filter(
        school__in=user.standing.school_ids, school_year=year
    )
    found = with_tallies(found).select_related("school", "school_year", "authority")
    return found.order_by("-planned_on", "-pk")
