"""Who keeps whose roles: the leader of an office those of the office and its schools, a
principal those of their own school. A person who leaves has no access from the same
moment on."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from qualityplan.text import fold
from schools.enums import OFFICE_ROLES, SCHOOL_ROLES, Role
from schools.models import (
    Authority,
    Invitation,
    Membership,
    School,
    Supervision,
    User,
)
from schools.permissions import ABILITIES, OFFICE_ABILITIES, Ability

_KEEPS_SCHOOL = {r for r, given in ABILITIES.items() if Ability.MANAGE_PEOPLE in given}
_KEEPS_OFFICE = {
    role for role, given in OFFICE_ABILITIES.items() if Ability.MANAGE_PEOPLE in given
}


class PeopleError(Exception):
    """The deed cannot be done; the message says why and what to do."""


@dataclass(frozen=True)
class Reach:
    """The offices and schools whose people somebody keeps today."""

    office_ids: frozenset
    schools: object  # a queryset
    is_leader: bool

    def memberships(self):
        """Roles there, past ones too."""
        return Membership.objects.filter(
            Q(authority__in=self.office_ids) | Q(school__in=self.schools.values("pk"))
        )

    def offices(self):
        return Authority.objects.filter(pk__in=self.office_ids)

    def holds(self, place):
        if isinstance(place, School):
            return self.schools.filter(pk=place.pk).exists()
        return place.pk in self.office_ids


def _kept(user):
    """The keys of the offices and of the schools where `user` keeps people by a role held
    there itself."""
    standing = user.standing
    at_offices = standing.roles_at_authority.items()
    offices = frozenset(pk for pk, roles in at_offices if roles & _KEEPS_OFFICE)
    at_schools = standing.roles_at_school.items()
    return offices, [pk for pk, roles in at_schools if roles & _KEEPS_SCHOOL]


def keeps_people(user):
    """Whether `user` keeps anybody's roles."""
    return user.is_active and any(_kept(user))


def reach(user):
    """The `Reach` of `user`; None where they keep nobody's roles."""
    if not keeps_people(user):
        return None
    offices, own = _kept(user)
    supervised = Supervision.objects.on(timezone.localdate()).filter(
        authority__in=offices
    )
    schools = School.objects.filter(
        Q(pk__in=own) | Q(pk__in=supervised.values("school"))
    )
    return Reach(offices, schools, bool(offices))


def require_reach(user):
    """Their `Reach`; raises PermissionDenied where there is none."""
    found = reach(user)
    if found is None:
        raise PermissionDenied
    return found


def not_ended(memberships):
    """Roles of today and of days to come."""
    today = timezone.localdate()
    return memberships.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def people(found, *, text="", left=False):
    """The people with a role in the `Reach` `found`, each with `roles` there; found by
    parts of their name, of their e-mail or of their school, without accents. `left`: those
    whose roles there are all over."""
    held = found.memberships()
    current = not_ended(held)
    listed = User.objects.filter(pk__in=(held if left else current).values("user"))
    if left:
        listed = listed.exclude(pk__in=current.values("user"))
    for word in fold(text).split():
        at_school = held.filter(school__search_name__contains=word)
        listed = listed.filter(
            Q(search_name__contains=word)
            | Q(email__contains=word)
            | Q(pk__in=at_school.values("user"))
        )
    shown = held if left else current
    roles = shown.select_related("school", "authority").order_by("role", "pk")
    return listed.prefetch_related(
        Prefetch("memberships", roles, to_attr="roles")
    ).order_by("search_name", "pk")


def role_fits(role, place):
    return role in (SCHOOL_ROLES if isinstance(place, School) else OFFICE_ROLES)


@transaction.atomic
def add_role(person, role, place, *, by, starts_on=None, ends_on=None):
    """Give `person` the `role` at `place`, a school or an authority, in the name of `by`.

    Raises PermissionDenied out of reach, PeopleError for a role that does not fit there
    or that is held already."""
    lock_place(place)
    found = require_reach(fresh(by))
    if not found.holds(place):
        raise PermissionDenied
    if not role_fits(role, place):
        raise PeopleError(WRONG_ROLE)
    where = {"school" if isinstance(place, School) else "authority": place}
    if not_ended(person.memberships.filter(role=role, **where)).exists():
        raise PeopleError(f"{person} đã có vai trò “{Role(role).label}” ở {place}.")
    return Membership.objects.create(
        user=person, role=role, starts_on=starts_on, ends_on=ends_on, **where
    )


WRONG_ROLE = (
    "Vai trò không hợp với nơi làm việc: ở trường chọn vai trò của trường, ở cơ quan "
    "chọn vai trò của cơ quan."
)
LAST_OWN_ROLE = (
    "Đây là vai trò quản lý duy nhất của chính bạn. Kết thúc nó thì bạn không quản lý "
    "được người dùng nữa, nên hãy nhờ người quản lý khác làm việc này."
)


@transaction.atomic
def end_role(membership, *, by):
    """End the role as of yesterday: whoever held it has nothing from now on.

    Raises PermissionDenied out of reach, PeopleError for one's own last role that keeps
    people: an office is not to be left without anybody who can."""
    place = membership.school or membership.authority
    # Two leaders who end each other's roles: the second has none any more.
    lock_place(place)
    found = require_reach(fresh(by))
    if not found.holds(place):
        raise PermissionDenied
    if membership.user_id == by.pk and _is_last(membership):
        raise PeopleError(LAST_OWN_ROLE)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    if membership.starts_on and membership.starts_on > yesterday:
        membership.starts_on = yesterday
    membership.ends_on = yesterday
    membership.save(update_fields=["starts_on", "ends_on"])
    close_invitations([membership])


def close_invitations(memberships):
    """Let no open link give these roles again: somebody who got the role in another way,
    and has lost it, still has the mail."""
    ended = {
        (held.user.email, held.role, held.school_id, held.authority_id)
        for held in memberships
    }
    now = timezone.now()
    links = Invitation.objects.filter(
        used_at__isnull=True, expires_at__gt=now, email__in={key[0] for key in ended}
    )
    gives = links.values_list("email", "role", "school", "authority", "pk")
    pks = [pk for *key, pk in gives if tuple(key) in ended]
    Invitation.objects.filter(pk__in=pks).update(expires_at=now)


def _is_last(membership):
    """Whether its holder keeps people by this role and by no other."""
    keeping = Q(role__in=_KEEPS_SCHOOL, school__isnull=False) | Q(
        role__in=_KEEPS_OFFICE, authority__isnull=False
    )
    held = Membership.objects.on(timezone.localdate()).filter(
        keeping, user=membership.user_id
    )
    keys = set(held.values_list("pk", flat=True))
    return keys == {membership.pk}


def lock_place(place):
    """Let nobody else change roles there until the transaction ends."""
    type(place).objects.select_for_update().get(pk=place.pk)


def lock_reach(found):
    """`lock_place` for every place of the `Reach` `found`, always in the same order."""
    for places in (found.offices(), found.schools):
        list(places.select_for_update().order_by("pk").values_list("pk"))


def fresh(user):
    """The same person as the database knows them now."""
    return User.objects.get(pk=user.pk)
