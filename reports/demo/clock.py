"""The days of the story against the clock of the machine: what would lie ahead of today
has not happened yet."""

from datetime import datetime, time

from django.utils import timezone


def has_come(day):
    return day <= timezone.localdate()


def at(day, clock="12:00"):
    """The moment "hh:mm" of `day` where the application is at home."""
    moment = datetime.combine(day, time.fromisoformat(clock))
    return moment.replace(tzinfo=timezone.get_default_timezone())
