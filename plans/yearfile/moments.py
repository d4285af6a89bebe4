"""Times and names of a year file: texts that mean the same on every machine."""

from datetime import UTC

from django.utils import timezone


def wall_text(moment):
    """The clock on the wall, to the minute: "2026-09-15T08:30"."""
    return timezone.localtime(moment).replace(tzinfo=None).isoformat(timespec="minutes")


def instant_text(moment):
    """The instant itself: "2026-09-15T01:30:00.123456+00:00"."""
    return moment.astimezone(UTC).isoformat()


def to_the_minute(moment):
    return moment and moment.replace(second=0, microsecond=0)


def only_set(members):
    """Those of `members` that say something: what is optional in the format."""
    return {key: value for key, value in members.items() if value}


def named(user, name):
    """Who did something: the name of their account, else the one a file told."""
    return user.full_name if user is not None else name
