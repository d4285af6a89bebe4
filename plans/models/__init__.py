"""What we will do: the plan of a school for a school year, and everything on it."""

from plans.models.events import PlanEvent
from plans.models.plan import ImprovementPlan, PlanSection
from plans.models.rows import ActionRow, FocusIssue, Monitoring

__all__ = [
    "ActionRow",
    "FocusIssue",
    "ImprovementPlan",
    "Monitoring",
    "PlanEvent",
    "PlanSection",
]
