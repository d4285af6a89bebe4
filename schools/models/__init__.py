"""Who: people, the offices above the schools, the schools, the school years."""

from schools.models.api_token import ApiToken
from schools.models.authority import Authority, ReviewSetting, Supervision
from schools.models.invitation import Invitation
from schools.models.mail import Mail
from schools.models.people import Membership, User
from schools.models.school import EducationLevel, School
from schools.models.school_year import SchoolYear

__all__ = [
    "ApiToken",
    "Authority",
    "EducationLevel",
    "Invitation",
    "Mail",
    "Membership",
    "ReviewSetting",
    "School",
    "SchoolYear",
    "Supervision",
    "User",
]
