"""An office's schools over the school years: how many were in each state, how much was
planned and done. The schools are those it looks after today."""

from dataclasses import dataclass

from django.db.models import Count

from plans.enums import ISSUED_STATUSES
from plans.models import ActionRow, ImprovementPlan
from plans.tallies import Tally
from reports.overview.scope import NOT_STARTED, STATES

MOST_YEARS = 5


@dataclass(frozen=True)
class YearColumn:
    """One school year: `counts` maps each state to its number of schools; `tally` counts
    the rows of issued plans."""

    year: object
    counts: dict
    tally: Tally

    @property
    def states(self):
        return [(key, label, self.counts[key]) for key, label in STATES.items()]


def year_columns(schools, years):
    """The `YearColumn` of each of `years`, the oldest first: three queries."""
    keys = schools.order_by().values("pk")
    total = schools.count()
    plans = ImprovementPlan.objects.filter(school__in=keys, school_year__in=years)
    found = {year.pk: dict.fromkeys(STATES, 0) for year in years}
    counted = plans.order_by().values_list("school_year", "status")
    for year, status, count in counted.annotate(count=Count("pk")):
        found[year][status] = count
    for counts in found.values():
        counts[NOT_STARTED] = total - sum(counts.values())
    tallies = _tallies(keys, years)
    return [
        YearColumn(year, found[year.pk], tallies.get(year.pk, Tally()))
        for year in sorted(years, key=lambda year: year.first_year)
    ]


def _tallies(schools, years):
    rows = ActionRow.objects.filter(
        plan__school_year__in=years,
        plan__status__in=sorted(ISSUED_STATUSES),
        plan__school__in=schools,
    )
    found = {}
    counted = rows.order_by().values_list("plan__school_year", "progress")
    for year, progress, count in counted.annotate(count=Count("*")):
        state = progress or "unrecorded"
        found[year] = found.get(year, Tally()) + Tally(**{state: count})
    return found
