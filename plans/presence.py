"""Who else has a plan open. A sign of the page every half minute, fading with time; it
locks nobody out (ux pattern 7)."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from plans.models import ImprovementPlan, Presence
from schools.permissions import Ability, schools_open_to

# Since the last key pressed.
IDLE_AFTER = timedelta(minutes=10)
AWAY_AFTER = timedelta(minutes=25)
# Since the last sign of the page: it was closed, or the machine sleeps.
CLOSED_AFTER = timedelta(minutes=2)
GONE_AFTER = timedelta(hours=1)
# Signs that come faster than this are not written down.
THROTTLE = timedelta(seconds=15)

ACTIVE, IDLE, AWAY = "active", "idle", "away"


@dataclass(frozen=True)
class Person:
    name: str
    state: str


def state_at(presence, now):
    """How present somebody is, or an empty string for one who has gone."""
    unseen, quiet = now - presence.seen_at, now - presence.active_at
    if unseen >= GONE_AFTER:
        return ""
    if unseen >= CLOSED_AFTER or quiet >= AWAY_AFTER:
        return AWAY
    return IDLE if quiet >= IDLE_AFTER else ACTIVE


def sign(pk, *, by, is_active):
    """Note that `by` has the plan `pk` open (`is_active`: and has typed since the last
    sign), and return the `Person` list of the others, those who type first.

    Two queries at most for people of the school; the first sign of a page takes more.
    Raises ImprovementPlan.DoesNotExist for a plan that `by` does not see."""
    now = timezone.now()
    here = Presence.objects.filter(plan=pk).select_related("user")
    found = list(here.filter(plan__school__in=schools_open_to(by, Ability.VIEW)))
    own = next((presence for presence in found if presence.user_id == by.pk), None)
    if own is None:
        ImprovementPlan.objects.for_user(by).only("pk").get(pk=pk)
        found = list(here)
        _enter(pk, by, now)
    elif now - own.seen_at >= THROTTLE or (is_active and own.active_at < own.seen_at):
        marks = {"seen_at": now} | ({"active_at": now} if is_active else {})
        Presence.objects.filter(pk=own.pk).update(**marks)
    return _others(found, by, now)


def _enter(pk, by, now):
    """Two tabs may open at once: one row all the same."""
    marks = {"seen_at": now, "active_at": now}
    Presence.objects.bulk_create(
        [Presence(plan_id=pk, user=by, **marks)],
        update_conflicts=True,
        unique_fields=["plan", "user"],
        update_fields=["seen_at"],
    )


def _others(found, by, now):
    order = (ACTIVE, IDLE, AWAY)
    people = [
        Person(str(presence.user), state)
        for presence in found
        if presence.user_id != by.pk and (state := state_at(presence, now))
    ]
    return sorted(people, key=lambda person: (order.index(person.state), person.name))
