"""The texts a plan had: as issued, when it is adjusted in the middle of the year, so that
the change can be shown and the result report has both; and as submitted, so that the
office sees what became different since. `workflow.ADJUST` opens the plan, `workflow.KEEP`
goes back, `workflow.ISSUE` makes a new document of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from plans.citing import citation
from plans.differing import PartChanges, difference, written_down
from plans.enums import PlanStatus, VersionOccasion


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


def remember_submitted(plan):
    """Write down the contents of `plan` as they were submitted."""
    today = timezone.localdate()
    plan.versions.create(
        occasion=VersionOccasion.SUBMITTED,
        document=f"Bản trình ngày {today:%d/%m/%Y}",
        lines=written_down(plan),
    )


def previous_submission(plan):
    """The `PlanVersion` that the present text is read against, or None: the submission
    before the one that is under review, else the last one."""
    versions = plan.versions.filter(occasion=VersionOccasion.SUBMITTED)
    newest = list(versions.order_by("-created_at", "-pk")[:2])
    if plan.status == PlanStatus.SUBMITTED:
        newest = newest[1:]
    return newest[0] if newest else None


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
    issued = plan.versions.filter(occasion=VersionOccasion.ADJUSTED)
    return issued.order_by("created_at", "pk")
