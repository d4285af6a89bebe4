"""Which deeds a role may do: one table, asked through `may`."""

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from schools.enums import Role


class Ability(StrEnum):
    VIEW = "view"
    CREATE_PLAN = "create_plan"
    WRITE_ROWS = "write_rows"  # the texts of rows and sections
    ARRANGE_PLAN = "arrange_plan"  # order, deletion, letterhead data
    SUBMIT_PLAN = "submit_plan"
    RECALL_PLAN = "recall_plan"
    REVIEW_PLAN = "review_plan"  # the office: approve, return, reopen
    COMMENT_PLAN = "comment_plan"
    APPROVE_AS_HEAD = "approve_as_head"
    ISSUE_PLAN = "issue_plan"
    EDIT_SCHOOL = "edit_school"
    ASSESS = "assess"  # write what was found for a criterion
    LEAD_ASSESSMENT = "lead_assessment"  # begin, assign, finish
    RECORD = "record"  # progress, evidence, reviews of the plan
    ADJUST_PLAN = "adjust_plan"
    WRITE_REPORT = "write_report"


_VIEWER = frozenset({Ability.VIEW})
_CONTRIBUTOR = _VIEWER | {Ability.WRITE_ROWS, Ability.ASSESS, Ability.RECORD}
_EDITOR = _CONTRIBUTOR | {
    Ability.CREATE_PLAN,
    Ability.ARRANGE_PLAN,
    Ability.SUBMIT_PLAN,
    Ability.RECALL_PLAN,
    Ability.LEAD_ASSESSMENT,
    Ability.WRITE_REPORT,
}

ABILITIES = {
    Role.PRINCIPAL: _EDITOR
    | {
        Ability.APPROVE_AS_HEAD,
        Ability.ISSUE_PLAN,
        Ability.ADJUST_PLAN,
        Ability.EDIT_SCHOOL,
    },
    Role.EDITOR: _EDITOR,
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    Role.VIEWER: _VIEWER,
    Role.OFFICE_LEADER: _VIEWER | {Ability.REVIEW_PLAN, Ability.COMMENT_PLAN},
    Role.OFFICE_OFFICER: _VIEWER | {Ability.REVIEW_PLAN, Ability.COMMENT_PLAN},
    Role.OFFICE_VIEWER: _VIEWER,
}


def roles_at(user, school):
    """The roles `user` holds today at `school` or at the authority above it."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    held = user.standing
    roles = held.roles_at_school.get(school.pk, frozenset())
    if held.roles_at_authority:
        supervision = school.supervision_on(timezone.localdate())
        if supervision is not None:
            roles |= held.roles_at_authority.get(supervision.authority_id, frozenset())
    return roles


def may(user, ability, school):
    """Whether `user` may do the deed `ability` at `school`. A system administrator looks
    on: being one gives no more than `Ability.VIEW`."""
    looks_on = ability == Ability.VIEW and user.is_superuser and user.is_active
    return looks_on or any(
        ability in ABILITIES[role] for role in roles_at(user, school)
    )


def require(user, ability, school):
    """Raise PermissionDenied (403) unless `may` says yes."""
    if not may(user, ability, school):
        raise PermissionDenied
