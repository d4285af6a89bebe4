"""Người dùng: who holds which role at one's office and schools."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from qualityplan.text import one_line
from schools.models import User
from schools.people import (
    PeopleError,
    add_role,
    end_role,
    not_ended,
    people,
    require_reach,
)
from schools.people_forms import RoleForm

PAGE_SIZE = 50
_LONGEST = 100


def people_list(request):
    """People by name, found without accents, 50 a page."""
    found = require_reach(request.user)
    text = one_line(request.GET.get("q", ""))[:_LONGEST]
    left = request.GET.get("xem") == "da-nghi"
    listed = people(found, text=text, left=left)
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "text": text, "left": left, "reach": found}
    return render(request, "schools/people/people.html", context)


def _person(request, found, pk):
    """Somebody who holds or held a role in reach; else 404."""
    known = User.objects.filter(pk__in=found.memberships().values("user"))
    return get_object_or_404(known, pk=pk)


def person(request, pk):
    """One person's roles in reach, and a further one."""
    found = require_reach(request.user)
    who = _person(request, found, pk)
    form = RoleForm(request.POST if request.method == "POST" else None, reach=found)
    if request.method == "POST" and form.is_valid():
        try:
            held = add_role(who, by=request.user, **form.cleaned_data)
        except PeopleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                f"Đã giao cho {who} vai trò “{held.get_role_display()}” ở "
                f"{held.school or held.authority}, có hiệu lực ngay.",
            )
            return redirect("schools:person", who.pk)
    roles = found.memberships().filter(user=who).select_related("school", "authority")
    current = set(not_ended(roles).values_list("pk", flat=True))
    context = {
        "person": who,
        "form": form,
        "roles": [
            (role, role.pk in current) for role in roles.order_by("-ends_on", "-pk")
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "schools/people/person.html", context, status=status)


@require_http_methods(["GET", "POST"])
def role_end(request, pk):
    """Ending a role, after a look at what that means."""
    found = require_reach(request.user)
    roles = not_ended(found.memberships()).select_related("user", "school", "authority")
    role = get_object_or_404(roles, pk=pk)
    if request.method == "POST":
        try:
            end_role(role, by=request.user)
        except PeopleError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                f"Đã kết thúc vai trò “{role.get_role_display()}” của {role.user} ở "
                f"{role.school or role.authority}. Người này không còn xem được gì ở đó.",
            )
        return redirect("schools:person", role.user_id)
    return render(request, "schools/people/role_end.html", {"role": role})
