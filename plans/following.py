"""How far a plan is, row by row, as its page shows it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery

from plans.enums import Progress
from plans.grouping import standard_title
from plans.models import ProgressEntry
from plans.presenting import place_text
from plans.tables import ROWS

NOTHING_YET = "none"
LATE = "late"
FILTERS = {
    "": "Tất cả",
    **dict(Progress.choices),
    NOTHING_YET: "Chưa ghi",
    LATE: "Chậm so với kế hoạch",
}


@dataclass(frozen=True)
class RowState:
    row: object
    number: int
    place: str
    entry: object  # the newest, None while nothing was recorded

    @property
    def code(self):
        return self.row.progress or NOTHING_YET

    @property
    def label(self):
        return FILTERS[self.code]

    @property
    def is_late(self):
        return self.entry is not None and self.entry.is_late

    def fits(self, asked):
        if asked == LATE:
            return self.is_late
        return not asked or self.code == asked


@dataclass(frozen=True)
class StandardGroup:
    title: str
    rows: tuple


@dataclass(frozen=True)
class Choice:
    """One of the states to look at, with how many rows are in it."""

    key: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ProgressView:
    groups: tuple
    choices: tuple
    row_count: int


def progress_view(plan, asked=""):
    """The rows of `plan` that are in the state `asked`, by standard."""
    states = row_states(plan)
    counts = Counter(state.code for state in states)
    counts[LATE] = sum(state.is_late for state in states)
    counts[""] = len(states)
    choices = tuple(
        Choice(key, label, counts[key], key == asked) for key, label in FILTERS.items()
    )
    shown = [state for state in states if state.fits(asked)]
    return ProgressView(_by_standard(plan, shown), choices, len(states))


def row_states(plan):
    """Every row with its newest entry and `evidence_count`: two queries."""
    newest = ProgressEntry.objects.filter(row=OuterRef("pk"))
    newest = newest.order_by("-recorded_on", "-pk")
    rows = ROWS.lines(plan).annotate(
        newest_entry=Subquery(newest.values("pk")[:1]),
        evidence_count=Count("evidence"),
    )
    rows = list(rows)
    wanted = [row.newest_entry for row in rows if row.newest_entry]
    entries = ProgressEntry.objects.select_related("created_by").in_bulk(wanted)
    return [
        RowState(row, number, place_text(row), entries.get(row.newest_entry))
        for number, row in enumerate(rows, start=1)
    ]


def _by_standard(plan, states):
    groups = {}
    for state in states:
        groups.setdefault(state.row.standard, []).append(state)
    ordered = sorted(groups, key=lambda s: s.number if s else 0)
    return tuple(
        StandardGroup(
            standard_title(plan, standard) if standard else "Không theo tiêu chuẩn nào",
            tuple(groups[standard]),
        )
        for standard in ordered
    )
