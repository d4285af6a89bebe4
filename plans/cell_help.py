"""What helps the person who types in a cell: what the criterion asks for, what was planned
and reached last year, what the self-assessment found, how such a cell may read. Shown
beside the cell; nothing of it is ever put in by itself."""

from dataclasses import dataclass

from django.db.models import Prefetch

from criteria.models import Criterion
from plans import schedules
from plans.cells import schedule_note
from plans.last_year import LastYear, last_result, last_year
from plans.layouts import Column
from plans.models import ActionRow, CriterionReview, ProgressEntry
from plans.phrases import phrases

# Last year's rows of one criterion that are shown beside a new one.
_MOST_EARLIER = 3


@dataclass(frozen=True)
class ScheduleReading:
    """How a time was understood, and a remark where it is outside the year."""

    first: object
    last: object
    note: str


@dataclass(frozen=True)
class CellHelp:
    """`earlier` are rows of last year, `limitation` what the self-assessment names."""

    column: Column
    criterion: Criterion | None
    earlier: tuple[LastYear, ...]
    limitation: str
    phrases: tuple[str, ...]
    reading: ScheduleReading | None


def help_for(plan, table, line, column, text=None):
    """The `CellHelp` of one cell; `text` is what stands in it while it is typed."""
    criterion = _criterion(line)
    text = getattr(line, column.field) if text is None else text
    return CellHelp(
        column,
        criterion,
        tuple(_earlier(plan, line, criterion)),
        _limitation(plan, line, criterion),
        tuple(p for p in phrases(plan, table, column.field) if p != text),
        _reading(plan, column, text),
    )


def _criterion(line):
    key = getattr(line, "criterion_id", None)
    found = Criterion.objects.select_related("standard")
    return key and found.prefetch_related("requirements").get(pk=key)


def _earlier(plan, line, criterion):
    """The row this one goes on from; else last year's rows of the same criterion."""
    if not isinstance(line, ActionRow):
        return []
    carried = last_year(line)
    if carried or criterion is None:
        return [carried] if carried else []
    rows = ActionRow.objects.filter(
        plan__school=plan.school_id,
        plan__school_year__first_year=plan.school_year.first_year - 1,
        criterion=criterion,
    ).select_related("criterion", "plan__circular", "plan__school_year")
    entries = Prefetch("progress_entries", ProgressEntry.objects.all())
    rows = rows.prefetch_related(entries).order_by("position")[:_MOST_EARLIER]
    return [_shown(row) for row in rows]


def _shown(row):
    columns = [c for c in row.plan.layout.rows if c.field != "progress"]
    texts = [(c.label, getattr(row, c.field)) for c in columns]
    texts = tuple(text for text in texts if text[1])
    return LastYear(row, last_result(row), texts, is_schedule_copied=False)


def _limitation(plan, line, criterion):
    """Of the review that the line came from; else of the newest one of its criterion."""
    if getattr(line, "source_review", None) is not None:
        return line.source_review.limitations
    if criterion is None:
        return ""
    year = plan.school_year.first_year
    reviews = CriterionReview.objects.filter(
        assessment__school=plan.school_id,
        assessment__school_year__first_year__range=(year - 1, year),
        criterion=criterion,
    ).exclude(limitations="")
    if line.education_level_id:
        reviews = reviews.filter(level_of_schooling__in=("", line.education_level_id))
    newest = reviews.order_by("-assessment__school_year__first_year", "pk").first()
    return newest.limitations if newest else ""


def _reading(plan, column, text):
    if column.field != "schedule":
        return None
    span = schedules.parse(text, plan.school_year.first_year)
    return span and ScheduleReading(*span, schedule_note(plan, text))
