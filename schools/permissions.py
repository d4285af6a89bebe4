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
    REPLY = "reply"  # the school's answers to comments and recommendations
    KEEP_REGISTER = "keep_register"  # numbers of outgoing documents
    SIGN = "sign"
    PUBLISH = "publish"  # công khai
    MANAGE_PEOPLE = "manage_people"
    INSPECT = "inspect"  # the office: rounds, records, follow-up
    SET_YEAR = "set_year"  # the office: deadlines, who approves


_VIEWER = frozenset({Ability.VIEW})
_CONTRIBUTOR = _VIEWER | {Ability.WRITE_ROWS, Ability.ASSESS, Ability.RECORD}
_EDITOR = _CONTRIBUTOR | {
    Ability.CREATE_PLAN,
    Ability.ARRANGE_PLAN,
    Ability.SUBMIT_PLAN,
    Ability.RECALL_PLAN,
    Ability.LEAD_ASSESSMENT,
    Ability.WRITE_REPORT,
    Ability.REPLY,
    Ability.KEEP_REGISTER,
}
_OFFICE = _VIEWER | {
    Ability.REVIEW_PLAN,
    Ability.COMMENT_PLAN,
    Ability.INSPECT,
}

ABILITIES = {
    Role.PRINCIPAL: _EDITOR
    | {
        Ability.APPROVE_AS_HEAD,
        Ability.ISSUE_PLAN,
        Ability.ADJUST_PLAN,
        Ability.EDIT_SCHOOL,
        Ability.SIGN,
        Ability.PUBLISH,
        Ability.MANAGE_PEOPLE,
    },
    Role.EDITOR: _EDITOR,
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    Role.VIEWER: _VIEWER,
    Role.OFFICE_LEADER: _OFFICE | {Ability.MANAGE_PEOPLE},
    Role.OFFICE_OFFICER: _OFFICE,
    Role.OFFICE_VIEWER: _VIEWER,
}

_OFFICE_CLERK = _VIEWER | {Ability.INSPECT, Ability.KEEP_REGISTER}
# What a role may do in the name of the office itself, not at one of its schools.
OFFICE_ABILITIES = {
    Role.OFFICE_LEADER: _OFFICE_CLERK
    | {Ability.SIGN, Ability.MANAGE_PEOPLE, Ability.SET_YEAR},
    Role.OFFICE_OFFICER: _OFFICE_CLERK,
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


def schools_open_to(user, ability):
    """Keys of the schools where a role held at the school itself gives `ability` today:
    part of another query. What a role at an authority gives is asked through `may`."""
    roles = [role for role, given in ABILITIES.items() if ability in given]
    held = user.memberships.on(timezone.localdate())
    return held.filter(role__in=roles, school__isnull=False).values("school")


def require(user, ability, school):
    """Raise PermissionDenied (403) unless `may` says yes."""
    if not may(user, ability, school):
        raise PermissionDenied


def may_at_office(user, ability, authority):
    """Whether `user` may do the deed `ability` in the name of `authority` itself: rounds
    of inspection, deadlines, people. A role above it looks on."""
    if not user.is_authenticated or not user.is_active:
        return False
    looks_on = ability == Ability.VIEW and user.is_superuser
    roles = user.standing.roles_at_authority.get(authority.pk, frozenset())
    return looks_on or any(ability in OFFICE_ABILITIES[role] for role in roles)


def require_at_office(user, ability, authority):
    """Raise PermissionDenied (403) unless `may_at_office` says yes."""
    if not may_at_office(user, ability, authority):
        raise PermissionDenied
