"""What came of a row last year: beside the row that goes on from it, and where it is
decided whether it goes on."""

from dataclasses import dataclass

from plans.enums import Progress
from plans.models import ActionRow


@dataclass(frozen=True)
class LastResult:
    """What came of a row by the newest entry; `code` is empty where nothing is known."""

    code: str = ""
    done: str = ""
    reason: str = ""
    is_late: bool = False
    recorded_on: object = None

    @property
    def label(self):
        return Progress(self.code).label if self.code else "Chưa ghi kết quả"


def last_result(row):
    """Reads what is prefetched as `progress_entries`: the newest comes first."""
    newest = next(iter(row.progress_entries.all()), None)
    if newest is None:
        return LastResult(row.progress)
    return LastResult(
        newest.status, newest.done, newest.reason, newest.is_late, newest.recorded_on
    )


@dataclass(frozen=True)
class LastYear:
    """The row of last year that a carried row goes on from, for its editor."""

    row: ActionRow
    result: LastResult
    texts: tuple
    is_schedule_copied: bool


def last_year(row):
    """The `LastYear` of `row`, or None for one that was not carried."""
    if not getattr(row, "carried_from_id", None):
        return None
    old = ActionRow.objects.select_related(
        "criterion", "plan__circular", "plan__school_year"
    ).get(pk=row.carried_from_id)
    columns = [c for c in old.plan.layout.rows if c.field != "progress"]
    texts = [(c.label, getattr(old, c.field)) for c in columns]
    is_copied = bool(old.schedule) and old.schedule == row.schedule
    texts = tuple(text for text in texts if text[1])
    return LastYear(old, last_result(old), texts, is_copied)
