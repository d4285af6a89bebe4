"""What happened to a plan, from the optional keys of its year file."""

import re

from plans.enums import (
    ISSUED_STATUSES,
    Grouping,
    PlanStatus,
    Progress,
    VersionOccasion,
)
from plans.models import PlanEvent, PlanVersion, ProgressEntry
from plans.yearfile.fields import limit_of, read_matching
from plans.yearfile.milestones import read_events
from plans.yearfile.remarks import read_comments
from plans.yearfile.year_data import (
    EntryData,
    LineYear,
    VersionData,
    YearData,
)
from plans.yearfile.year_dumping import default_status
from schools.enums import LevelOfSchooling

_REVIEW = re.compile(r"20\d\d-20\d\d/\d{1,2}\.\d{1,2}(/[a-z_]+)?")
_ROW = re.compile(r"20\d\d-20\d\d/[1-9]\d{0,3}")
# Of a line of an earlier version: what pages and the loader read as more than text.
_PATTERNS = {
    "standard": (re.compile(r"[1-9]\d?"), "“1”"),
    "source_review": (_REVIEW, "“2025-2026/1.2”"),
    "carried_from": (_ROW, "“2025-2026/3”"),
}
_CHOICES = {
    "education_level": LevelOfSchooling.values,
    "grouping": Grouping.values,
}
_NEEDED = {"sections": ("title",), "header": ()}
_PARTS = {"rows", "focus_issues", "monitoring", "sections", "header"}


def read_line_year(members, *, has_progress):
    """The `LineYear` among the members of a line."""
    entries = members["entries"] if has_progress else None
    return LineYear(
        review=read_matching(members["review"], _REVIEW, "“2025-2026/1.2”"),
        carried_from=read_matching(members["carried_from"], _ROW, "“2025-2026/3”")
        if has_progress
        else "",
        entries=tuple(map(_read_entry, entries.items())) if has_progress else (),
    )


def _read_entry(node):
    members = node.members()
    found = EntryData(
        status=members["status"].choice(Progress.values),
        recorded_on=members["recorded_on"].required().day(),
        at=members["at"].required().moment(),
        is_late=members["is_late"].flag(),
        done=members["done"].text(),
        reason=members["reason"].text(),
        by=members["by"].line(limit_of(ProgressEntry, "author_name")),
    )
    members.close()
    return found


def read_plan_year(members, document, rows, issues):
    """The `YearData` of the plan; None where its file has none of the optional keys."""
    status, default = members["status"], default_status(document.number)
    events, versions = members["events"], members["versions"]
    year = YearData(
        status=default
        if status.is_blank
        else status.choice(PlanStatus.values, default),
        rows=tuple(line.year for line in rows),
        focus_issues=tuple(line.year for line in issues),
        events=read_events(events.items(), PlanEvent),
        versions=tuple(map(_read_version, versions.items())),
        comments=read_comments(members["comments"]),
    )
    if (year.status in ISSUED_STATUSES) != (document.number is not None):
        status.fault("không khớp với số của văn bản (document.number).")
    return None if year.is_empty and status.is_blank else year


def _read_version(node):
    members = node.members()
    found = VersionData(
        occasion=members["occasion"].choice(VersionOccasion.values),
        document=members["document"].line(limit_of(PlanVersion, "document")),
        at=members["at"].required().moment(),
        parts=_read_parts(members["parts"].required()),
        path=members["parts"].path,
    )
    members.close()
    return found


def _read_parts(node):
    """Texts by the names of the fields; each line with its place."""
    members, parts = node.members(), {}
    for key in sorted(_PARTS & set(members.value)):
        parts[key] = [_read_version_line(key, item) for item in members[key].items()]
    members.close()
    return {key: parts[key] for key in members.value if key in parts}


def _read_version_line(part, node):
    members, line = node.members(), {}
    for key in members.value:
        value = members[key]
        if key in ("line", "position", "focus_issue"):
            line[key] = value.required().integer(-9_999, 9_999)
        elif key in _PATTERNS:
            line[key] = read_matching(value, *_PATTERNS[key])
        elif key in _CHOICES:
            line[key] = value.choice(_CHOICES[key]) if value.value else ""
        else:
            line[key] = value.text(nullable=True)
    for key in _NEEDED.get(part, ("position",)):
        members[key].required()
    if "standard" in line:
        members["criterion"].required()
    members.close()
    if not line.get("line"):
        members["line"].fault("phải là số thứ tự của dòng, khác 0.")
    return line
