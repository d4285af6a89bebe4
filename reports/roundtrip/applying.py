"""What was looked over is applied: all of it or nothing, through the guards of the plan and
of the report. Nothing is written over a text that was not shown."""

from dataclasses import asdict, dataclass

from django.core import signing
from django.db import transaction

from criteria.models import Criterion
from plans import drafting
from plans.cells import Edit, save_cells
from plans.editing import editing
from plans.grid_rows import token
from plans.models import ActionRow
from plans.tables import BY_SLUG, SECTIONS
from reports.models import ResultRow
from reports.resulting import writing
from reports.roundtrip import problems
from reports.roundtrip.comparing import NewLine
from reports.roundtrip.problems import WorkbookRefusedError
from schools.enums import LevelOfSchooling

_SALT = "qualityplan.workbook-changes"
_A_DAY = 24 * 60 * 60
DEED = "Nhận từ tệp Excel"
_TABLES = {**BY_SLUG, SECTIONS.slug: SECTIONS}


@dataclass(frozen=True)
class Accepted:
    """What a person looked over, carried by the page to the button. `cells` and
    `conflicts` are lists of [slug, line, field, text, digest of what was shown as
    stored]; `lines` maps slugs to the lines there were."""

    user: int
    kind: str
    pk: int
    cells: list
    conflicts: list
    new: list
    lines: dict


def carried(book, comparison, *, by):
    """`comparison` as a signed text for the page."""

    def cells(changes):
        return [[c.slug, c.line, c.field, c.after, c.seen] for c in changes]

    accepted = Accepted(
        user=by.pk,
        kind=book.subject.kind,
        pk=book.subject.pk,
        cells=cells(comparison.changes),
        conflicts=cells(comparison.conflicts),
        new=[asdict(line) for line in comparison.new],
        lines={s.slug: sorted(line.pk for line in s.lines) for s in book.sheets},
    )
    return signing.dumps(asdict(accepted), salt=_SALT, compress=True)


def accepted_from(text, *, kind, pk, by):
    """The `Accepted` in `text`, if it is of this person and this paper, and of today.
    Raises WorkbookRefusedError."""
    try:
        accepted = Accepted(**signing.loads(text, salt=_SALT, max_age=_A_DAY))
    except (signing.BadSignature, TypeError):
        raise WorkbookRefusedError(problems.SPENT) from None
    if (accepted.user, accepted.kind, accepted.pk) != (by.pk, kind, pk):
        raise WorkbookRefusedError(problems.SPENT)
    return accepted


def chosen_cells(accepted, chosen):
    """The cells to write: all without a conflict, and the conflicts that were `chosen` by
    their number."""
    return accepted.cells + [
        cell for number, cell in enumerate(accepted.conflicts) if number in chosen
    ]


def _refuse_moved(book, accepted):
    """New lines are added once only: to the lines that were there when they were shown."""
    now = {s.slug: sorted(line.pk for line in s.lines) for s in book.sheets}
    if accepted.new and now != accepted.lines:
        raise WorkbookRefusedError(problems.NEW_LINES_MOVED)


def apply_to_plan(plan, accepted, cells, *, by, book_of):
    """Write `cells` and the new lines into `plan`; how many of each.

    Raises what `plans.cells.save_cells` raises, and WorkbookRefusedError."""
    edits = [Edit(_TABLES[s], line, f, text, seen) for s, line, f, text, seen in cells]
    with transaction.atomic(), editing(plan, by=by) as locked:
        _refuse_moved(book_of(locked), accepted)
        if edits:
            save_cells(locked.pk, edits, by=by, deed=DEED)
        criteria = _criteria(locked, accepted)
        for new in accepted.new:
            line = _plan_line(NewLine(**new), criteria)
            drafting.save_line(_TABLES[new["slug"]], locked, line, by=by)
    return len(edits), len(accepted.new)


def _criteria(paper, accepted):
    codes = {new["criterion"] for new in accepted.new}
    found = Criterion.objects.filter(
        standard__circular=paper.circular_id, code__in=codes
    )
    return {criterion.code: criterion for criterion in found.select_related("standard")}


def _plan_line(new, criteria):
    table = _TABLES[new.slug]
    line = table.model(**new.texts)
    if table.has_criterion:
        _put_place(line, new, criteria)
    if isinstance(line, ActionRow):
        line.level = new.level
        line.criterion_title = line.criterion.title if line.criterion else ""
    return line


def _put_place(line, new, criteria):
    line.criterion = criteria.get(new.criterion)
    line.standard = line.criterion.standard if line.criterion else None
    codes = {str(label): code for code, label in LevelOfSchooling.choices}
    line.education_level_id = codes.get(new.schooling)


def apply_to_result(report, accepted, cells, *, by, book_of):
    """Write `cells` and the new rows into `report`; how many of each. Raises what
    `reports.resulting.writing` raises, and WorkbookRefusedError."""
    with writing(report, by=by) as locked:
        _refuse_moved(book_of(locked), accepted)
        rows = {row.pk: row for row in locked.rows.all()}
        changed = {}
        for _, pk, field, text, seen in cells:
            row = rows.get(pk)
            if row is None or token(getattr(row, field)) != seen:
                raise WorkbookRefusedError(problems.NEW_LINES_MOVED)
            setattr(row, field, text)
            changed[pk] = row
        fields = {cell[2] for cell in cells}
        if changed:
            ResultRow.objects.bulk_update(changed.values(), fields, batch_size=100)
        _add_rows(locked, accepted, max((r.position for r in rows.values()), default=0))
    return len(cells), len(accepted.new)


def _add_rows(report, accepted, last):
    criteria, added = _criteria(report, accepted), []
    for position, each in enumerate(accepted.new, start=last + 1):
        new = NewLine(**each)
        row = ResultRow(report=report, position=position, level=new.level, **new.texts)
        _put_place(row, new, criteria)
        row.criterion_title = row.criterion.title if row.criterion else ""
        added.append(row)
    ResultRow.objects.bulk_create(added)
