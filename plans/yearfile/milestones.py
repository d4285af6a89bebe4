"""The milestones of a plan or of a result report in its year file."""

import re
from dataclasses import dataclass
from datetime import datetime

from plans.yearfile.fields import limit_of, read_matching
from plans.yearfile.moments import instant_text, named, only_set

CURRENT = "current"
_DIGEST = re.compile(rf"{CURRENT}|[0-9a-f]{{64}}")


@dataclass(frozen=True)
class EventData:
    """A milestone. `digest` is "current" where it was about the contents as they now are:
    the digest itself holds keys of one database."""

    deed: str
    label: str
    at: datetime
    by: str = ""
    note: str = ""
    digest: str = ""


def events_of(owner, events, content_digest):
    """The `EventData` of `events`, milestones of `owner`, in the order they happened."""
    found = list(events.select_related("actor").order_by("at", "pk"))
    digest = content_digest(owner) if any(e.content_digest for e in found) else ""
    return tuple(
        EventData(
            deed=e.deed,
            label=e.label,
            at=e.at,
            by=named(e.actor, e.actor_name),
            note=e.note,
            digest=CURRENT if digest == e.content_digest != "" else e.content_digest,
        )
        for e in found
    )


def event_json(event):
    head = {"at": instant_text(event.at), "deed": event.deed, "label": event.label}
    return head | only_set({"by": event.by, "note": event.note, "digest": event.digest})


def read_events(nodes, model):
    """`model` is what the milestones will be stored as: its fields set the limits."""
    return tuple(_read_event(node, model) for node in nodes)


def _read_event(node, model):
    members = node.members()
    found = EventData(
        deed=members["deed"].required().line(limit_of(model, "deed")),
        label=members["label"].required().line(limit_of(model, "label")),
        at=members["at"].required().moment(),
        by=members["by"].line(limit_of(model, "actor_name")),
        note=members["note"].text(),
        digest=read_matching(members["digest"], _DIGEST, f"“{CURRENT}” hoặc SHA-256"),
    )
    members.close()
    return found


def write_events(events, told_events, current):
    """Add to `events`, the milestones of one text; `current` is the digest of what it now
    says."""
    for told in told_events:
        event = events.create(
            deed=told.deed,
            label=told.label,
            note=told.note,
            actor_name=told.by,
            content_digest=current if told.digest == CURRENT else told.digest,
        )
        # The database set the moment of storing.
        events.filter(pk=event.pk).update(at=told.at)
