"""The plan as a sheet to type in. What it sends, it sends through the JSON endpoints
beside it; the plain form of a row stays for everybody else."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from plans.editing import PlanLockedError
from plans.enums import LEVEL_CHOICES
from plans.grid_rows import (
    Filter,
    criteria_to_choose,
    grid_sections,
    lines_changed_by,
    open_comments,
)
from plans.views.access import get_plan
from plans.views.plans import refused
from schools.enums import LevelOfSchooling
from schools.permissions import Ability, may

# What `?loc=` may ask for, in the words of the page.
FILTERS = {"thieu": "Còn thiếu", "gop-y": "Có góp ý", "toi-sua": "Mình đã sửa"}


@ensure_csrf_cookie
def plan_grid(request, pk):
    plan = get_plan(request, pk)
    if not may(request.user, Ability.WRITE_ROWS, plan.school):
        raise PermissionDenied
    if not plan.is_open:
        return refused(request, plan, PlanLockedError(plan))
    asked = request.GET.get("loc", "")
    standard = _number(request.GET.get("tieuchuan"))
    mine = lines_changed_by(plan, request.user) if asked == "toi-sua" else None
    comments = open_comments(plan)
    shown = Filter(standard, asked == "thieu", asked == "gop-y", mine)
    sections = grid_sections(plan, shown, comments)
    criteria = list(criteria_to_choose(plan))
    codes = plan.school.level_codes
    context = {
        "plan": plan,
        "sections": sections,
        "gap_count": sum(section.gap_count for section in sections),
        "hidden_count": sum(s.table.hidden_count for s in sections if s.table),
        "may_arrange": may(request.user, Ability.ARRANGE_PLAN, plan.school),
        "filters": FILTERS,
        "asked": asked if asked in FILTERS else "",
        "standards": list({c.standard_id: c.standard for c in criteria}.values()),
        "standard": standard,
        "criteria": criteria,
        "levels": LEVEL_CHOICES if plan.layout.has_levels else (),
        "schooling": [(code, LevelOfSchooling(code).label) for code in codes],
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    return render(request, "plans/grid/page.html", context)


def _number(text):
    """The number that `text` is, or None."""
    return int(text) if text and text.isdecimal() and len(text) < 3 else None
