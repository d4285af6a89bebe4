"""What happened to a plan besides its paper: links of its lines, progress, milestones,
earlier versions. In a year file all of it is optional."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from plans.yearfile.milestones import EventData

GONE = 10**15  # keys of lines that only an earlier version has; no database gets there


@dataclass(frozen=True)
class EntryData:
    """An entry in the progress of a row. `by` is a name, and no account."""

    status: str
    recorded_on: date
    at: datetime
    is_late: bool = False
    done: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class VersionData:
    """The contents on an earlier day: `parts` maps a table (and "sections", "header") to
    its lines, each with "line": its place in the plan, below 0 for one that has gone."""

    occasion: str
    document: str
    at: datetime
    parts: dict
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class LineYear:
    """Where a line came from ("2025-2026/1.2", the limitation found for a criterion;
    "2025-2026/3", a row of that year's plan), and for a row its progress."""

    review: str = ""
    carried_from: str = ""
    entries: tuple[EntryData, ...] = ()


@dataclass(frozen=True)
class YearData:
    status: str
    rows: tuple[LineYear, ...] = ()
    focus_issues: tuple[LineYear, ...] = ()
    events: tuple[EventData, ...] = ()
    versions: tuple[VersionData, ...] = ()
    comments: tuple | None = ()  # of `remarks.CommentData`; None: the file does not say

    @property
    def is_empty(self):
        """Whether it says no more than the paper does."""
        lines = {*self.rows, *self.focus_issues} - {LineYear()}
        return not (lines or self.events or self.versions or self.comments)

    def says_the_same(self, told):
        """Whether `told`, what a file says, is what is held here."""
        unsaid = {"comments": None} if told.comments is None else {}
        return replace(self, **unsaid) == told
