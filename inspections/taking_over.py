"""What an inspection starts from: the rows of the plan, and what earlier inspections of
the school left open."""

from django.db.models import Max

from inspections.models import Finding, Recommendation
from inspections.readiness import new_rows
from plans.models import ImprovementPlan
from plans.presenting import place_text
from plans.tables import ROWS
from schools.models import School


def begin(inspection):
    """Fill the record of an inspection that has just been opened."""
    if inspection.plan is None:
        inspection.plan = ImprovementPlan.objects.filter(
            school=inspection.school_id, school_year=inspection.school_year_id
        ).first()
        inspection.save(update_fields=["plan"])
    add_findings(inspection)
    take_open_recommendations(inspection)


def add_findings(inspection):
    """A finding without a result for each row of the plan that has none; how many."""
    if inspection.plan is None:
        return 0
    wanted = set(new_rows(inspection).values_list("pk", flat=True))
    last = inspection.findings.aggregate(last=Max("position"))["last"] or 0
    rows = [row for row in ROWS.lines(inspection.plan) if row.pk in wanted]
    Finding.objects.bulk_create(
        Finding(
            inspection=inspection,
            row=row,
            position=position,
            place=place_text(row)[:300],
            content=row.content or row.goal,
        )
        for position, row in enumerate(rows, start=last + 1)
    )
    return len(rows)


def take_open_recommendations(inspection):
    """Go on with what is not put right yet. Each is taken over once: the school is
    locked, so that of two inspections that open together the first takes it."""
    School.objects.select_for_update().get(pk=inspection.school_id)
    found = waiting(inspection.school).filter(carried_to__isnull=True)
    last = inspection.recommendations.aggregate(last=Max("position"))["last"] or 0
    Recommendation.objects.bulk_create(
        Recommendation(
            inspection=inspection,
            position=position,
            text=old.text,
            owner=old.owner,
            due_on=old.due_on,
            carried_from=old,
        )
        for position, old in enumerate(
            found.exclude(inspection=inspection), start=last + 1
        )
    )


def waiting(school):
    """The recommendations to `school` that are not put right, the oldest first: those of
    inspections that are over, unless a later one that is over goes on with them."""
    return (
        Recommendation.objects.in_force()
        .unsettled()
        .filter(inspection__school=school)
        .order_by("inspection__starts_at", "inspection_id", "position", "pk")
    )


def earlier_open(inspection):
    """What the next inspection would take over, to look at beforehand."""
    found = waiting(inspection.school).filter(carried_to__isnull=True)
    return found.exclude(inspection=inspection).select_related("inspection")
