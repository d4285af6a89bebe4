"""What others saw: inspections of a school's plan, what was found, what follows."""

from inspections.models.follow_up import Answer, Recommendation
from inspections.models.inspection import Inspection, InspectionEvent
from inspections.models.record import Attendee, Finding
from inspections.models.round import InspectionRound

__all__ = [
    "Answer",
    "Attendee",
    "Finding",
    "Inspection",
    "InspectionEvent",
    "InspectionRound",
    "Recommendation",
]
