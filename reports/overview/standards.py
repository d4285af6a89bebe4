"""How far the plans of an office's schools have come, by standard of one circular."""

from django.db.models import Count

from criteria.models import Standard
from plans.enums import ISSUED_STATUSES
from plans.models import ActionRow
from plans.tallies import StandardTally, Tally


def standard_tallies(schools, circular):
    """The `StandardTally` list of the year's issued plans of `schools` (of
    `office_schools`), in order; rows without a standard come last. Two queries, of which
    the one that counts reads nothing but an index."""
    issued = schools.order_by().filter(
        year_plan__circular=circular, year_plan__status__in=sorted(ISSUED_STATUSES)
    )
    rows = ActionRow.objects.filter(plan__in=issued.values("year_plan__pk"))
    counted = rows.order_by().values_list("standard", "progress")
    found = {}
    for pk, progress, count in counted.annotate(count=Count("*")):
        state = progress or "unrecorded"
        found[pk] = found.get(pk, Tally()) + Tally(**{state: count})
    loose = found.pop(None, None)
    named = Standard.objects.in_bulk(list(found)).values()
    listed = [
        StandardTally(standard.number, standard.title, found[standard.pk])
        for standard in sorted(named, key=lambda standard: standard.number)
    ]
    return [*listed, StandardTally(None, "", loose)] if loose else listed
