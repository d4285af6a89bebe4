"""The texts that a result report had when it was laid before the office, in year files:
lines are named by their place, as everywhere there, and never by a key."""

from dataclasses import dataclass
from datetime import datetime

from plans.differing import HEADER
from plans.enums import Grouping
from plans.tables import ROWS
from plans.yearfile.fields import limit_of
from plans.yearfile.moments import instant_text
from plans.yearfile.remarks import line_key, place_of
from reports.differing import HEADER_LABELS, LATE, ROW_TEXTS
from reports.models import ReportVersion

_LAST = 9_999


@dataclass(frozen=True)
class VersionData:
    """`header` has the texts outside the table; each of `rows` has "line", its place in
    the report, below 0 for one that has gone."""

    document: str
    at: datetime
    header: dict
    rows: tuple[dict, ...]


def versions_of(report, places):
    """The versions of `report`, the oldest first; `places` has the number of each row by
    its key, and is added to for rows that have gone."""
    return tuple(
        VersionData(
            document=version.document,
            at=version.created_at,
            header=_texts(version.lines[HEADER][0], HEADER_LABELS),
            rows=tuple(_told(row, places) for row in version.lines[ROWS.related]),
        )
        for version in report.versions.order_by("created_at", "pk")
    )


def _texts(line, names):
    return {name: line[name] for name in names}


def _told(row, places):
    place = {"line": place_of(row["pk"], places), LATE: row[LATE]}
    return place | _texts(row, ROW_TEXTS)


def versions_json(versions):
    return [
        {
            "at": instant_text(version.at),
            "document": version.document,
            HEADER: version.header,
            ROWS.related: list(version.rows),
        }
        for version in versions
    ]


def read_versions(node):
    return tuple(map(_read_version, node.items()))


def _read_version(node):
    members = node.members()
    document, rows = members["document"].required(), members[ROWS.related].required()
    found = VersionData(
        document=document.line(limit_of(ReportVersion, "document")),
        at=members["at"].required().moment(),
        header=_read_header(members[HEADER].required()),
        rows=tuple(map(_read_row, rows.items())),
    )
    members.close()
    return found


def _read_header(node):
    members = node.members()
    found = {name: members[name].text() for name in HEADER_LABELS}
    found["grouping"] = members["grouping"].choice(Grouping.values)
    members.close()
    return found


def _read_row(node):
    members = node.members()
    place = members["line"].required().integer(-_LAST, _LAST)
    if place == 0:
        members["line"].fault("phải là số thứ tự của dòng, khác 0.")
    found = {"line": place, LATE: members[LATE].flag()}
    found |= {name: members[name].text() for name in ROW_TEXTS}
    members.close()
    return found


def write_versions(report, versions, keys):
    """Store `versions` as those of `report`, whose rows have the `keys`."""
    report.versions.all().delete()
    for told in versions:
        rows = [
            {"pk": line_key(row["line"], keys), LATE: row[LATE]}
            | _texts(row, ROW_TEXTS)
            for row in told.rows
        ]
        lines = {HEADER: [{"pk": report.pk, **told.header}], ROWS.related: rows}
        version = ReportVersion.objects.create(
            report=report, document=told.document, lines=lines
        )
        ReportVersion.objects.filter(pk=version.pk).update(created_at=told.at)
