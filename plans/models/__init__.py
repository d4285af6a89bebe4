"""What we will do: the plan of a school for a school year, and everything on it."""

from plans.models.assessment import (
    Assessment,
    CriterionReview,
    LevelFourCheck,
    RequirementCheck,
)
from plans.models.events import LineChange, Milestone, PlanEvent, PlanVersion
from plans.models.evidence import Evidence, EvidenceSeries
from plans.models.plan import ImprovementPlan, PlanSection
from plans.models.presence import Presence
from plans.models.progress import ProgressEntry
from plans.models.review import Comment, PlanComment, PlanReading
from plans.models.rows import ActionRow, FocusIssue, Monitoring

__all__ = [
    "ActionRow",
    "Assessment",
    "Comment",
    "CriterionReview",
    "Evidence",
    "EvidenceSeries",
    "FocusIssue",
    "ImprovementPlan",
    "LevelFourCheck",
    "LineChange",
    "Milestone",
    "Monitoring",
    "PlanComment",
    "PlanEvent",
    "PlanReading",
    "PlanSection",
    "PlanVersion",
    "Presence",
    "ProgressEntry",
    "RequirementCheck",
]
