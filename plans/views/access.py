"""How a view gets at a plan: never without the question whose it is."""

from django.contrib import messages
from django.shortcuts import get_object_or_404

from plans.models import ImprovementPlan
from qualityplan.fields import removed_controls
from schools.permissions import ABILITIES


def get_plan(request, pk):
    """The plan, if it is one that this person may see; else 404."""
    plans = ImprovementPlan.objects.for_user(request.user).with_header()
    return get_object_or_404(plans, pk=pk)


def schools_where(user, ability):
    """Ids of the schools where `user` holds a role that has `ability`."""
    return [
        pk
        for pk, roles in user.standing.roles_at_school.items()
        if any(ability in ABILITIES[role] for role in roles)
    ]


def posted(request):
    """What a form is bound to: the data of a post, even an empty one; else nothing."""
    return request.POST if request.method == "POST" else None


def is_htmx(request):
    return request.headers.get("HX-Request") == "true"


def tell_removed_controls(request, form):
    """Say so when cleaning took out characters that no one can see."""
    count = removed_controls(form)
    if count:
        messages.info(
            request,
            f"Đã bỏ {count} ký tự điều khiển không in được; phần chữ giữ nguyên.",
        )
