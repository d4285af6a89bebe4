"""What happened to a result report besides its paper: state, milestones, comments, earlier
texts, and where the texts of its rows came from. All of it is optional in a year file."""

from dataclasses import dataclass, field, replace

from plans.yearfile.milestones import (
    EventData,
    event_json,
    events_of,
    read_events,
    write_events,
)
from plans.yearfile.moments import only_set
from plans.yearfile.remarks import (
    comments_json,
    comments_of,
    line_key,
    place_of,
    read_comments,
    write_comments,
)
from reports.enums import ReportStatus
from reports.layout import FIELDS
from reports.models import ReportEvent, ResultReport, ResultRow
from reports.workflow import content_digest
from reports.yearfile.versions import (
    VersionData,
    read_versions,
    versions_json,
    versions_of,
    write_versions,
)

_PLAN_ROWS = "plan_rows"  # places of lines of the plan, in a dictionary of their own
_LAST = 9_999


@dataclass(frozen=True)
class RowYear:
    """`plan_row` is the place of the plan's line that the row is about, below 0 for one
    that has gone; `sources` are the texts its cells were prefilled with."""

    plan_row: int | None = None
    is_late: bool = False
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ResultYear:
    status: str
    rows: tuple[RowYear, ...] = ()
    events: tuple[EventData, ...] = ()
    versions: tuple[VersionData, ...] = ()
    comments: tuple = ()
    remarks_source: str = ""

    @property
    def is_empty(self):
        """Whether it says no more than the paper does."""
        return not (
            any(row != RowYear() for row in self.rows)
            or self.events
            or self.versions
            or self.comments
            or self.remarks_source
        )


def default_status(is_issued):
    """That of a file that says none."""
    return ReportStatus.ISSUED if is_issued else ReportStatus.DRAFT


# --- out -------------------------------------------------------------------------------


def result_year(report):
    """What happened to `report`."""
    rows = list(report.rows.all())
    of_plan = report.plan.rows.values_list("pk", flat=True) if report.plan else ()
    places = {
        "rows": {row.pk: place for place, row in enumerate(rows, start=1)},
        _PLAN_ROWS: {pk: place for place, pk in enumerate(of_plan, start=1)},
    }
    return ResultYear(
        status=report.status,
        rows=tuple(_row_year(row, places[_PLAN_ROWS]) for row in rows),
        events=events_of(report, report.events, content_digest),
        versions=versions_of(report, places["rows"]),
        comments=comments_of(report, places),
        remarks_source=report.remarks_source,
    )


def _row_year(row, places):
    key = row.source_key
    return RowYear(
        plan_row=None if key is None else place_of(key, places),
        is_late=row.is_late,
        sources=dict(row.sources),
    )


def add_year(found, year, *, is_issued):
    """`found`, a report as JSON, with the optional keys."""
    for written, told in zip(found["rows"], year.rows, strict=True):
        written |= only_set(
            {
                "plan_row": told.plan_row,
                "is_late": told.is_late,
                "sources": told.sources,
            }
        )
    status = "" if year.status == default_status(is_issued) else year.status
    return found | only_set(
        {
            "status": status,
            "remarks_source": year.remarks_source,
            "versions": versions_json(year.versions),
            "events": [event_json(event) for event in year.events],
            "comments": comments_json(year.comments),
        }
    )


# --- in --------------------------------------------------------------------------------


def read_row_year(members):
    """The `RowYear` among the members of a row."""
    place = members["plan_row"].integer(-_LAST, _LAST)
    if place == 0:
        members["plan_row"].fault("phải là số thứ tự của dòng kế hoạch, khác 0.")
    return RowYear(
        plan_row=place,
        is_late=members["is_late"].flag(),
        sources=_read_sources(members["sources"]),
    )


def _read_sources(node):
    if node.is_blank:
        return {}
    members = node.members()
    found = {name: members[name].text() for name in members.value if name in FIELDS}
    members.close()
    return found


def read_result_year(members, rows, *, is_issued):
    """The `ResultYear` of the report; None where its file has none of the keys."""
    status, default = members["status"], default_status(is_issued)
    year = ResultYear(
        status=default
        if status.is_blank
        else status.choice(ReportStatus.values, default),
        rows=rows,
        events=read_events(members["events"].items(), ReportEvent),
        versions=read_versions(members["versions"]),
        comments=read_comments(members["comments"]) or (),
        remarks_source=members["remarks_source"].text(),
    )
    if (year.status == ReportStatus.ISSUED) != is_issued:
        status.fault("không khớp với số và ngày của văn bản (document).")
    seen = [row.plan_row for row in rows if row.plan_row]
    if len(seen) != len(set(seen)):
        members["rows"].fault("hai dòng cùng ghi một dòng kế hoạch (plan_row).")
    return None if year.is_empty and status.is_blank else year


# --- storing ---------------------------------------------------------------------------


def fitting(year, report):
    """`year` without links to lines that the plan of `report` does not have."""
    count = report.plan.rows.count() if report.plan else 0
    rows = tuple(
        replace(row, plan_row=None) if (row.plan_row or 0) > count else row
        for row in year.rows
    )
    return replace(year, rows=rows)


def write_result_year(report, year):
    """Store `year` of `report`, whose rows are those of the file."""
    ResultReport.objects.filter(pk=report.pk).update(
        status=year.status, remarks_source=year.remarks_source
    )
    report = ResultReport.objects.with_header().get(pk=report.pk)
    year, rows = fitting(year, report), list(report.rows.all())
    of_plan = list(report.plan.rows.values_list("pk", flat=True) if report.plan else ())
    for row, told in zip(rows, year.rows, strict=True):
        key = line_key(told.plan_row, of_plan)
        row.source_key, row.is_late, row.sources = key, told.is_late, told.sources
        row.source_row_id = key if key in of_plan else None
    ResultRow.objects.bulk_update(
        rows, ["source_key", "source_row", "is_late", "sources"]
    )
    keys = [row.pk for row in rows]
    write_versions(report, year.versions, keys)
    write_comments(report, year.comments, {"rows": keys})
    report.events.all().delete()
    current = content_digest(ResultReport.objects.get(pk=report.pk))
    write_events(report.events, year.events, current)
