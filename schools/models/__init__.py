"""Who: people, the offices above the schools, the schools, the school years."""

from schools.models.authority import Authority, ReviewSetting, Supervision
from schools.models.people import Membership, User
from schools.models.school import EducationLevel, School
from schools.models.school_year import SchoolYear

__all__ = [
    "Authority",
    "EducationLevel",
    "Membership",
    "ReviewSetting",
    "School",
    "SchoolYear",
    "Supervision",
    "User",
]
