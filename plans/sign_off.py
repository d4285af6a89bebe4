"""What a sign-off is about: a digest of the plan's contents, so that a later change of
what was submitted, approved or received shows."""

import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder

from plans.differing import RECORDED, load_contents, written_down
from plans.models import PlanEvent

APPROVED, RECEIVED = "duyet", "tiep-nhan"
SIGN_OFFS = (APPROVED, RECEIVED)
# Deeds that open the text again, and what they take back. An adjustment takes nothing
# back: what was approved is still in force while it goes on.
_OPENING = frozenset({"mo-lai", "tra-lai", "rut-lai", "dieu-chinh"})
_TAKES_BACK = frozenset({"mo-lai", "tra-lai", "rut-lai"})


def digest_of(contents):
    """SHA-256 of `contents`, anything that JSON holds, as 64 hexadecimal digits."""
    seen = json.dumps(
        contents, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(seen.encode()).hexdigest()


def content_digest(plan):
    """The digest of everything in `plan` that its form carries; progress and results of
    reviews, which are recorded later, are not part of it."""
    return digest_of(
        {
            part: [
                {k: v for k, v in line.items() if k not in RECORDED} for line in lines
            ]
            for part, lines in written_down(plan).items()
        }
    )


@dataclass(frozen=True)
class SignOff:
    """An approval or a receipt. `taken_back` is the later deed that dropped it, or None;
    `is_changed` says that the contents are no longer those signed."""

    event: PlanEvent
    taken_back: PlanEvent | None
    is_changed: bool


def last_sign_off(plan, events, digest=content_digest):
    """The newest `SignOff` of `plan`, or None. `events` are its milestones, the newest
    first; the contents are read, by `digest`, only where there is something to compare
    them with."""
    event = _newest(events, SIGN_OFFS)
    if event is None or not event.content_digest:
        return None
    taken_back = _newest(events[: events.index(event)], _TAKES_BACK)
    return SignOff(event, taken_back, event.content_digest != digest(plan))


def _newest(events, keys):
    return next((event for event in events if event.deed in keys), None)


def changed_plans(plans):
    """The keys of those of `plans` whose contents are not those of their last sign-off,
    for a list: five queries at most, however many plans."""
    plans = {plan.pk: plan for plan in plans}
    events = {}
    wanted = (*SIGN_OFFS, *_OPENING)
    for event in PlanEvent.objects.filter(plan__in=plans, deed__in=wanted):
        events.setdefault(event.plan_id, []).append(event)
    opened = [plans[pk] for pk, found in events.items() if _is_opened_after(found)]
    load_contents(opened)
    signed = {plan.pk: last_sign_off(plan, events[plan.pk]) for plan in opened}
    return {pk for pk, sign_off in signed.items() if sign_off and sign_off.is_changed}


def _is_opened_after(events):
    """Whether somebody could have changed the text since it was signed off."""
    signed = _newest(events, SIGN_OFFS)
    return signed is not None and any(
        event.deed in _OPENING for event in events[: events.index(signed)]
    )


def is_received(plan, digest=content_digest):
    """Whether the office has received exactly the present contents of `plan`."""
    receipt = plan.events.filter(deed=RECEIVED).first()
    return receipt is not None and receipt.content_digest == digest(plan)
