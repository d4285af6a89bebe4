"""The team of an inspection: who may be asked to join, and every change of it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from inspections.editing import arranging
from inspections.enums import Duty, Side
from inspections.models import Attendee
from inspections.rounds import branches
from qualityplan.text import fold
from schools.enums import Role
from schools.models import Authority, Membership, Supervision

MOST_SHOWN = 30
_STAFF = (Role.OFFICE_LEADER, Role.OFFICE_OFFICER, Role.OFFICE_VIEWER)


@dataclass(frozen=True)
class Candidate:
    """A person who may join, with the job and place the record will name."""

    user: object
    job: str
    is_staff: bool


def candidates(inspection, asked=""):
    """Office staff and principals of other schools, at most `MOST_SHOWN`: of the office
    and its branches; those of the offices above it and of their branches are found by
    name. Nobody of the inspected school, nobody who is in the record already."""
    wanted = fold(asked)
    authority = inspection.authority
    places = branches(_top(authority)) if wanted else branches(authority)
    held = inspection.attendees.filter(user__isnull=False).values_list(
        "user", flat=True
    )
    memberships = _memberships(inspection, places).exclude(user__in=list(held))
    found = {}
    for each in memberships:
        if wanted in fold(f"{each.user.full_name} {each.school or each.authority}"):
            found.setdefault(each.user_id, _candidate(each))
    ordered = sorted(found.values(), key=lambda c: (not c.is_staff, c.user.full_name))
    return ordered[:MOST_SHOWN]


def _memberships(inspection, places):
    """Who may join at all, at the authorities `places` and the schools under them."""
    today = timezone.localdate()
    schools = Supervision.objects.on(today).filter(authority__in=places)
    held = Membership.objects.on(today).filter(user__is_active=True)
    staff = held.filter(authority__in=places, role__in=_STAFF)
    heads = held.filter(school__in=schools.values("school"), role=Role.PRINCIPAL)
    own = held.filter(school=inspection.school_id).values("user")
    found = (staff | heads).exclude(user__in=own)
    return found.select_related("user", "school", "authority").order_by("pk")


def _candidate(membership):
    place = membership.school or membership.authority
    return Candidate(
        membership.user,
        f"{membership.get_role_display()}, {place}",
        membership.authority_id is not None,
    )


def _top(authority):
    above = dict(Authority.objects.values_list("pk", "parent"))
    top = authority.pk
    while above.get(top):
        top = above[top]
    return Authority(pk=top)


def add_member(inspection, user_pk, duty, *, by):
    """Let the person with `user_pk` join. Raises PermissionDenied, RecordLockedError,
    ValidationError by field."""
    with arranging(inspection, by=by) as locked:
        if locked.attendees.filter(user=user_pk).exists():
            raise ValidationError({"person": "Người này đã có trong đoàn."})
        places = branches(_top(locked.authority))
        membership = _memberships(locked, places).filter(user=user_pk).first()
        if membership is None:
            raise ValidationError(
                {
                    "person": "Chỉ chọn được người của cơ quan và hiệu trưởng của trường "
                    "khác; người của chính trường được kiểm tra không vào đoàn."
                }
            )
        _check_duty(locked, duty)
        chosen = _candidate(membership)
        return _add(locked, duty, chosen.user.full_name, chosen.job, chosen.user)


def add_guest(inspection, name, job, duty, *, by):
    """Let somebody without an account join, by name. Raises as `add_member`."""
    with arranging(inspection, by=by) as locked:
        names = locked.attendees.filter(side=Side.TEAM).values_list("name", "job")
        if (fold(name), fold(job)) in {(fold(n), fold(j)) for n, j in names}:
            raise ValidationError({"name": "Người này đã có trong đoàn."})
        _check_duty(locked, duty)
        return _add(locked, duty, name, job)


def _add(inspection, duty, name, job, user=None):
    last = inspection.attendees.filter(side=Side.TEAM).aggregate(last=Max("position"))
    return inspection.attendees.create(
        side=Side.TEAM,
        position=(last["last"] or 0) + 1,
        user=user,
        name=name[:150],
        job=job[:200],
        duty=duty,
    )


def _check_duty(inspection, duty, member=None):
    if duty != Duty.LEADER:
        return
    leader = inspection.attendees.filter(side=Side.TEAM, duty=Duty.LEADER).first()
    if leader is not None and leader != member:
        raise ValidationError(
            {
                "duty": f"Đoàn đã có trưởng đoàn là {leader.name}. Hãy đổi nhiệm vụ của "
                "người đó trước."
            }
        )


def change_duty(inspection, attendee_pk, duty, *, by):
    with arranging(inspection, by=by) as locked:
        member = _member(locked, attendee_pk)
        _check_duty(locked, duty, member)
        member.duty = duty
        member.save(update_fields=["duty"])
        return member


def remove_member(inspection, attendee_pk, *, by):
    """Take a member off the team: their access to the school's papers ends with it."""
    with arranging(inspection, by=by) as locked:
        member = _member(locked, attendee_pk)
        member.delete()
        return member


def _member(inspection, attendee_pk):
    found = inspection.attendees.filter(side=Side.TEAM, pk=attendee_pk).first()
    if found is None:
        raise ValidationError({"": "Người này không còn trong đoàn."})
    return found


def copy_team(inspection, *, by):
    """Give this team to the planned inspections of the round that have none yet; how
    many. Nobody joins the inspection of their own school."""
    with arranging(inspection, by=by) as locked:
        if locked.round is None:
            return 0
        members = list(locked.attendees.filter(side=Side.TEAM))
        others = locked.round.inspections.filter(status="planned")
        others = others.exclude(attendees__side=Side.TEAM).exclude(pk=locked.pk)
        others = list(others.select_for_update(of=("self",)))
        homes = _schools_of(members)
        Attendee.objects.bulk_create(
            Attendee(
                inspection=other,
                side=Side.TEAM,
                position=member.position,
                user_id=member.user_id,
                name=member.name,
                job=member.job,
                duty=member.duty,
            )
            for other in others
            for member in members
            if other.school_id not in homes.get(member.user_id, ())
        )
        return len(others)


def _schools_of(members):
    """The schools where members of the team hold a role today, by person."""
    users = [member.user_id for member in members if member.user_id]
    held = Membership.objects.on(timezone.localdate()).filter(
        user__in=users, school__isnull=False
    )
    homes = {}
    for user, school in held.values_list("user", "school"):
        homes.setdefault(user, set()).add(school)
    return homes
