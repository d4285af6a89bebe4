"""Adjusting an issued plan in the middle of the year: what it was is kept, so that the
change can be shown and the result report has both texts. `workflow.ADJUST` opens the
plan, `workflow.KEEP` goes back, `workflow.ISSUE` makes a new document of it."""

from dataclasses import dataclass
from datetime import datetime

from plans.citing import citation
from plans.differing import PartChanges, difference, written_down


@dataclass(frozen=True)
class Adjustment:
    """One adjustment: the `document` it started from, and what became different."""

    document: str
    opened_at: datetime
    parts: list[PartChanges]
    is_open: bool


def remember(plan):
    """Write down the contents of `plan` as they were issued."""
    plan.versions.create(document=citation(plan), lines=written_down(plan))


def forget(plan):
    """An adjustment that changed nothing leaves no version behind."""
    newest = _versions(plan).last()
    if newest is not None:
        newest.delete()


def is_adjusted(plan):
    """Whether `plan` differs from what was issued last."""
    newest = _versions(plan).last()
    return newest is not None and bool(difference(plan, newest.lines))


def adjustments(plan):
    """Every `Adjustment` of `plan`, the newest first: each version is compared with the
    next one, the last with the plan as it now is."""
    versions = list(_versions(plan))
    after = [*(version.lines for version in versions[1:]), None]
    found = [
        Adjustment(
            version.document,
            version.created_at,
            difference(plan, version.lines, later),
            is_open=later is None and plan.is_open,
        )
        for version, later in zip(versions, after, strict=False)
    ]
    return found[::-1]


def _versions(plan):
    return plan.versions.order_by("created_at", "pk")
