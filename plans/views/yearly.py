"""The year of one plan, and three years of one school."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from plans.deadlines import next_deadline
from plans.drawing import YearScale, stacked
from plans.models import ImprovementPlan
from plans.tallies import tallies, total
from plans.three_years import may_be_recognised, three_years
from plans.yearly import milestones, plan_deadlines, row_spans, with_year_facts
from schools.models import School
from schools.models.school_year import first_year_on


def plan_year(request, pk):
    """Dates behind and ahead, progress by standard, what is planned for when."""
    plans = ImprovementPlan.objects.for_user(request.user).with_header()
    plan = get_object_or_404(with_year_facts(plans), pk=pk)
    today = timezone.localdate()
    standards = tallies([plan.pk]).get(plan.pk, [])
    tally, spans = total(standards), row_spans(plan)
    entries = plan_deadlines(plan, tally)
    upcoming = next_deadline(entries)
    scale = YearScale(plan.school_year.first_year)
    most = max((standard.tally.planned for standard in standards), default=0)
    year = plan.school_year
    context = {
        "plan": plan,
        "deadline": upcoming,
        "countdown": upcoming.countdown(today) if upcoming else None,
        "tally": tally,
        "standards": [(s, stacked(s.tally, most)) for s in standards],
        "milestones": milestones(plan, entries, spans, today),
        "scale": scale,
        "today_x": scale.x(today) if year.starts_on <= today <= year.ends_on else None,
        "calendar": [
            (span, scale.span(span.start, span.end) if span.start else None)
            for span in spans
        ],
    }
    return render(request, "plans/plan_year.html", context)


def school_three_years(request, school_pk):
    """Three consecutive school years of one school, those up to today's by default."""
    schools = School.objects.for_user(request.user)
    school = get_object_or_404(
        schools.prefetch_related("education_levels"), pk=school_pk
    )
    today = timezone.localdate()
    last = _asked_year(request.GET.get("den", ""), first_year_on(today))
    context = {
        "school": school,
        "columns": three_years(school, last, today),
        "may_be_recognised": may_be_recognised(school),
        "earlier": last - 1 if last > _FIRST_LAST_YEAR else None,
        "later": last + 1 if last <= first_year_on(today) else None,
    }
    return render(request, "plans/three_years.html", context)


_FIRST_LAST_YEAR = 2020  # the third of the first three years there are


def _asked_year(asked, default):
    """The year asked for by its first number, where there may be plans of it."""
    year = int(asked) if asked.isascii() and asked.isdigit() else default
    return year if _FIRST_LAST_YEAR <= year <= default + 1 else default
