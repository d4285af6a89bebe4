"""What changed in a result report since it was last laid before the office: its texts are
written down when it is submitted, and when it is issued where the head of school
approves; they are compared as `plans.differing` compares plans."""

from dataclasses import dataclass

from django.utils import timezone

from plans.differing import HEADER, PartChanges, compare, is_reordered, named
from plans.tables import ROWS
from reports.layout import COLUMNS, FIELDS, default_subject
from reports.models import ReportVersion

# What the pages let people write, above and below the table and in it.
HEADER_LABELS = {
    "subject": "Trích yếu",
    "annex_note": "Ghi chú kèm theo",
    "addressees": "Kính gửi",
    "introduction": "Lời dẫn",
    "grouping": "Cách xếp bảng",
    "closing_rows": "Dòng cuối bảng",
    "remarks": "Nhận xét chung",
    "recipients": "Nơi nhận",
}
LATE = "is_late"
_ROW_LABELS = {LATE: "Đánh dấu chậm so với kế hoạch"}
_ROW_LABELS |= {column.field: column.label for column in COLUMNS}
_HEADER_NAME = "Phần đầu, nhận xét chung và nơi nhận"
# What a line is stored with: texts by which its reader knows it, and its cells.
ROW_TEXTS = ("criterion", "criterion_title", *FIELDS)


@dataclass(frozen=True)
class Changes:
    """What became different since `previous`, a `ReportVersion`; nothing where there is
    none."""

    previous: ReportVersion | None = None
    parts: tuple[PartChanges, ...] = ()

    @property
    def header(self):
        """The `CellChange`s outside the table."""
        return [
            cell
            for part in self.parts
            if part.name == HEADER
            for line in part.lines
            for cell in line.cells
        ]

    @property
    def rows(self):
        """The `LineChanges` of the table by the key of the row."""
        found = [part for part in self.parts if part.name == ROWS.related]
        return {line.pk: line for part in found for line in part.lines}

    @property
    def removed(self):
        return [line for line in self.rows.values() if line.after is None]


def remember(report, occasion="Bản trình"):
    """Write down the contents of `report` as they are laid before the office."""
    today = timezone.localdate()
    report.versions.create(
        document=f"{occasion} ngày {today:%d/%m/%Y}", lines=written_down(report)
    )


def written_down(report, rows=None):
    """The contents of `report` as JSON: what `ReportVersion.lines` holds. `rows` are its
    rows with their criteria, where they have been read already."""
    header = {name: getattr(report, name) for name in HEADER_LABELS}
    # An empty subject prints as the form's own; writing that out is no change.
    header["subject"] = report.subject or default_subject(report)
    rows = report.rows.select_related("criterion") if rows is None else rows
    return {
        HEADER: [{"pk": report.pk, **header}],
        ROWS.related: [_written_row(row) for row in rows],
    }


def _written_row(row):
    return {
        "pk": row.pk,
        LATE: row.is_late,
        "criterion": row.criterion.code if row.criterion else "",
        "criterion_title": row.criterion_title,
        **{name: getattr(row, name) for name in FIELDS},
    }


def changes(report, rows=None):
    """The `Changes` of `report`; `rows` as for `written_down`."""
    previous = previous_version(report)
    if previous is None:
        return Changes()
    return Changes(previous, difference(previous.lines, written_down(report, rows)))


def previous_version(report):
    """The `ReportVersion` that the present text is read against, or None: while the
    school writes the newest, else the one before, for the newest is the text itself."""
    newest = 0 if report.is_open else 1
    versions = report.versions.order_by("-created_at", "-pk")
    return next(iter(versions[newest : newest + 1]), None)


def difference(before, after):
    """The `PartChanges` between what was written down as `before` and `after`; only the
    parts in which something changed. Pure: knows no database."""
    parts = (
        (HEADER, _HEADER_NAME, HEADER_LABELS),
        (ROWS.related, "Bảng kết quả", _ROW_LABELS),
    )
    found = []
    for name, title, labels in parts:
        was, now = before[name], after[name]
        numbers = {line["pk"]: n for n, line in enumerate(now, start=1)}
        lines = tuple(
            named(change, _name(name, change, numbers.get(change.pk)))
            for change in compare(was, now, labels)
        )
        found.append(PartChanges(name, title, lines, is_reordered(was, now)))
    return tuple(part for part in found if part)


def _name(part, change, number):
    """What a reader knows the line by; one that has gone has no `number` any more."""
    if part == HEADER:
        return _HEADER_NAME
    line = change.after or change.before
    code = line["criterion"]
    place = f"Tiêu chí {code}" if code else line["criterion_title"]
    if number is None:
        words = (place, line["planned"].split("\n")[0][:80])
        return ": ".join(filter(None, words)) or "Dòng trống"
    return f"Dòng {number} ({place})" if place else f"Dòng {number}"
