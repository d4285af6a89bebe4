"""What the plan and its year say of a result: the source of every cell. Nothing is
invented here; where nothing was recorded, the text is empty."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from criteria.models import Criterion, Standard
from plans.enums import Progress
from plans.models import ActionRow, ProgressEntry
from reports.enums import Period

REMOVED = "Nội dung này đã được bỏ khi điều chỉnh kế hoạch."
_REASON = "Lý do: {}"
_RESULT_CELL = {
    Progress.DONE: "done",
    Progress.IN_PROGRESS: "in_progress",
    Progress.NOT_DONE: "not_done",
}


@dataclass(frozen=True)
class SourceLine:
    """What is known of one row of the plan. `row` is None for one that an adjustment
    took out of it."""

    key: int
    texts: dict[str, str]
    row: ActionRow | None = None
    standard: Standard | None = None
    criterion: Criterion | None = None
    education_level_id: str | None = None
    level: str = ""
    criterion_title: str = ""
    is_late: bool = False
    has_progress: bool = False


def source_lines(plan, period):
    """A `SourceLine` for every row that `plan` has or had when it was first issued, in
    the order of the paper. Three queries."""
    entries = ProgressEntry.objects.all()
    if period == Period.FIRST_SEMESTER:
        entries = entries.filter(recorded_on__lte=semester_end(plan.school_year))
    rows = plan.rows.select_related("standard", "criterion").prefetch_related(
        Prefetch("progress_entries", entries)
    )
    version = plan.versions.order_by("created_at", "pk").first()
    first = version.lines["rows"] if version else None
    by_pk = None if first is None else {line["pk"]: line for line in first}
    found = [_of_row(plan, row, by_pk) for row in rows]
    if by_pk is not None:
        there = {line.key for line in found}
        gone = [line for line in first if line["pk"] not in there]
        for line in _of_removed(plan, gone):
            found.insert(_place(found, line), line)
    if not plan.groups_by_standard:  # the report does, the plan of 2026 does not
        found.sort(key=lambda line: line.standard.number if line.standard else 99)
    return found


def _place(lines, removed):
    """Behind the last of `lines` in the same group, else at the end."""
    group = _group(removed)
    same = [n for n, line in enumerate(lines, start=1) if _group(line) == group]
    return max(same, default=len(lines))


def _group(line):
    return line.education_level_id, line.level, line.standard


def semester_end(school_year):
    return date(school_year.first_year + 1, 1, 31)


def _of_row(plan, row, first):
    now = _planned_text(plan, vars(row))
    if first is None:
        planned, adjusted = now, ""
    else:
        was = first.get(row.pk)
        planned = _planned_text(plan, was) if was else ""
        adjusted = now if now != planned else ""
    entries = list(row.progress_entries.all())
    return SourceLine(
        key=row.pk,
        texts={"planned": planned, "adjusted": adjusted, **_result_texts(entries)},
        row=row,
        standard=row.standard,
        criterion=row.criterion,
        education_level_id=row.education_level_id,
        level=row.level,
        criterion_title=_title(row.criterion, vars(row)),
        is_late=bool(entries) and entries[0].is_late,
        has_progress=bool(entries),
    )


def _title(criterion, fields):
    """The name of the criterion as the plan has it; a row of Mẫu số 2 without one is
    known by its content."""
    if criterion is None:
        return fields["content"][:300]
    return fields["criterion_title"] or criterion.title


def _planned_text(plan, fields):
    """The content of the plan's row in one cell: goal, then actions."""
    names = [c.field for c in plan.layout.rows if c.field in _PLANNED]
    return "\n".join(fields[name].strip() for name in names if fields[name].strip())


_PLANNED = ("content", "goal", "actions")


def _result_texts(entries):
    """The three result cells, from the newest of the row's `entries` to the oldest: all
    that was done, in the cell of the newest state, with the newest reason."""
    texts = dict.fromkeys(_RESULT_CELL.values(), "")
    if entries:
        newest = entries[0]
        told = dict.fromkeys(e.done.strip() for e in reversed(entries))
        if newest.reason.strip():
            told[_REASON.format(newest.reason.strip())] = None
        cell = _RESULT_CELL[Progress(newest.status)]
        texts[cell] = "\n".join(text for text in told if text)
    return texts


def _of_removed(plan, gone):
    if not gone:
        return
    standards = {s.pk: s for s in plan.circular.standards.all()}
    criteria = Criterion.objects.in_bulk([line["criterion_id"] for line in gone])
    for line in gone:
        texts = {"planned": _planned_text(plan, line), "adjusted": REMOVED}
        criterion = criteria.get(line["criterion_id"])
        yield SourceLine(
            key=line["pk"],
            texts=texts | _result_texts([]),
            standard=standards.get(line["standard_id"]),
            criterion=criterion,
            education_level_id=line["education_level_id"],
            level=line["level"],
            criterion_title=_title(criterion, line),
        )


def remarks_text(plan, period):
    """What the reviews of the plan found and adjusted, a paragraph each."""
    paragraphs = []
    for review in plan.monitoring.all():
        time = review.time.strip()
        if period == Period.FIRST_SEMESTER and not time.casefold().endswith("kỳ i"):
            continue
        if review.result.strip():
            paragraphs.append(f"{time}: {_one_line(review.result)}")
        if review.adjustment.strip():
            paragraphs.append(f"{time}, điều chỉnh: {_one_line(review.adjustment)}")
    return "\n".join(paragraphs)


def _one_line(text):
    return " ".join(text.split())
