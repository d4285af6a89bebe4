"""What pages ask about inspections. A page of an app to the left loads these instead of
importing anything."""

from django import template

from inspections.following import open_for_school, tasks
from inspections.recording import FINDING, fingerprint
from plans.presenting import cell_text

register = template.Library()


@register.filter
def cells(row, plan):
    """Label and text of the row's filled cells, as its plan's form calls them."""
    columns = plan.layout.rows
    return [(c.label, cell_text(row, c)) for c in columns if cell_text(row, c)]


@register.filter
def seen(finding):
    """What a form about `finding` was opened with."""
    return fingerprint(finding, FINDING)


@register.inclusion_tag("inspections/_carry_suggestions.html")
def open_recommendations(school, plan=None):
    """What `school` still has to put right, with the way into its open `plan`."""
    return {"tasks": tasks(open_for_school(school)), "plan": plan}
