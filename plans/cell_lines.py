"""Lines of a plan added, copied, moved and merged while it is being typed in. As the forms
of `plans.drafting` do it, but for lines that may be gone by now."""

from contextlib import contextmanager

from criteria.models import Criterion, Standard
from plans import changes, drafting
from plans.cell_tables import cell_name, column_of, limit_of, put_text, why_fixed
from plans.cell_undo import refuse_recorded, remembered, token_for
from plans.cells import LinesGoneError
from plans.editing import editing
from plans.enums import LEVEL_CHOICES
from plans.models import ActionRow
from plans.tables import FOCUS_ISSUES, group_key, sort_key
from qualityplan.text import clean
from schools.permissions import Ability

# Where a line comes from. A merged line keeps what either of the two had.
_ORIGINS = ("source_review_id", "carried_from_id", "focus_issue_id")
_PLACE = (
    "standard_id",
    "criterion_id",
    "criterion_title",
    "education_level_id",
    "level",
    "focus_issue_id",
)


class LineRefusedError(Exception):
    """The deed is not possible; the message says why and what to do."""


@contextmanager
def _opened(table, plan, *keys, by, ability=Ability.WRITE_ROWS):
    """Yield the locked plan and its lines `keys`, as they are now."""
    with editing(plan, by=by, ability=ability) as locked:
        found = {line.pk: line for line in table.lines(locked).filter(pk__in=keys)}
        gone = [(table.slug, key) for key in keys if key not in found]
        if gone:
            raise LinesGoneError(gone)
        yield locked, [found[key] for key in keys]


def add_line(table, plan, *, by, after=None, place=None, texts=()):
    """A new line below the line `after`, of the same place; or where `place` belongs:
    `standard` (its number), `criterion` (its code), `level`, `education_level`."""
    with editing(plan, by=by) as locked:
        ordered = list(table.lines(locked))
        line = table.model(plan=locked)
        above = _above(table, ordered, after)
        if above is not None:
            _copy_place(above, line)
        if place and table.has_criterion:
            _put_in_place(locked, line, place)
        if table.needs_criterion(locked.layout) and line.criterion_id is None:
            raise LineRefusedError("Chưa thêm: hãy chọn tiêu chí của dòng mới.")
        _fill(table, locked, line, dict(texts))
        index = _index(ordered, above, line, locked)
        line.position = index + 1
        around = [*ordered[:index], line, *ordered[index:]]
        drafting.renumber(table, around, skip=line)
        line.save()
        changes.record(table, locked, None, line, by=by)
    return line


def _above(table, ordered, key):
    if key is None:
        return None
    found = next((line for line in ordered if line.pk == key), None)
    if found is None:
        raise LinesGoneError([(table.slug, key)])
    return found


def _copy_place(above, line):
    for name in _PLACE:
        if hasattr(above, name):
            setattr(line, name, getattr(above, name))


def _put_in_place(plan, line, place):
    code, number = clean(place.get("criterion") or ""), place.get("standard")
    circular = plan.circular_id
    if code:
        criteria = Criterion.objects.select_related("standard")
        line.criterion = criteria.filter(standard__circular=circular, code=code).first()
        if line.criterion is None:
            raise LineRefusedError(f"Chưa thêm: không có tiêu chí “{code}”.")
        line.standard = line.criterion.standard
    elif number is not None:
        standards = Standard.objects.filter(circular=circular, number=number)
        line.criterion, line.standard = None, standards.first()
    if place.get("education_level") in plan.school.level_codes:
        line.education_level_id = place["education_level"]
    if isinstance(line, ActionRow):
        line.criterion_title = line.criterion.title if line.criterion else ""
        if plan.layout.has_levels and place.get("level") is not None:
            if place["level"] not in dict(LEVEL_CHOICES):
                raise LineRefusedError("Chưa thêm: hãy chọn một mức trong danh sách.")
            line.level = place["level"]


def _fill(table, plan, line, texts):
    for field, text in texts.items():
        column = column_of(table, plan, field)
        if column is None or why_fixed(line, field):
            raise LineRefusedError(f"Chưa thêm: ô “{field}” không gõ được.")
        _put(table, line, column, clean(text), "Chưa thêm")


def _put(table, line, column, text, verb):
    limit = limit_of(table, column.field)
    if len(text) > limit:
        number = f"{limit:,}".replace(",", ".")
        raise LineRefusedError(
            f"{verb}: {cell_name(table, line, column)} dài quá mức {number} ký tự. Hãy "
            "rút gọn trước."
        )
    put_text(line, column.field, text)


def _index(ordered, above, line, plan):
    """Where the new line belongs: below `above` if that is of its group, else where its
    criterion says."""
    if above is not None and group_key(above, plan) == group_key(line, plan):
        return ordered.index(above) + 1
    key = sort_key(line, plan)
    return sum(1 for other in ordered if sort_key(other, plan) <= key)


def duplicate_line(table, plan, key, *, by):
    with _opened(table, plan, key, by=by) as (locked, (line,)):
        return drafting.duplicate_line(table, locked, line, by=by)


def move_line(table, plan, key, *, by, step):
    """False where there is no neighbour of the same group on that side."""
    with _opened(table, plan, key, by=by, ability=Ability.ARRANGE_PLAN) as found:
        locked, (line,) = found
        return drafting.move_line(table, locked, line, by=by, step=step)


def delete_line(table, plan, key, *, by):
    """Delete the line; returns the token by which it comes back."""
    with _opened(table, plan, key, by=by, ability=Ability.ARRANGE_PLAN) as found:
        locked, (line,) = found
        refuse_recorded(table, locked, line)
        undo = token_for(locked, by, remembered(table, line))
        drafting.delete_line(table, locked, line, by=by)
    return undo


def merge_lines(table, plan, into, away, *, by):
    """Join the texts of the line `away` to those of the line `into`, line by line, and
    delete it; rows of an issue go to the issue that stays. Returns the line and the token
    by which both come back."""
    with _opened(table, plan, into, away, by=by, ability=Ability.ARRANGE_PLAN) as found:
        locked, (kept, gone) = found
        if kept is gone:
            raise LineRefusedError("Chưa gộp: hãy chọn hai dòng khác nhau.")
        refuse_recorded(table, locked, gone)
        before = table.lines(locked).get(pk=kept.pk)
        memory = remembered(table, gone)
        _join(table, locked, kept, gone)
        if table is FOCUS_ISSUES:
            gone.rows.update(focus_issue=kept)
        drafting.delete_line(table, locked, gone, by=by)
        kept.save()
        changes.record(table, locked, before, kept, by=by, deed=f"Gộp {table.line}")
        memory["merged"] = {
            "line": kept.pk,
            "before": remembered(table, before)["fields"],
            "after": remembered(table, kept)["fields"],
        }
        undo = token_for(locked, by, memory)
    return kept, undo


def _join(table, plan, kept, gone):
    for column in table.columns(plan.layout):
        if why_fixed(kept, column.field):
            continue
        both = joined(getattr(kept, column.field), getattr(gone, column.field))
        if limit_of(table, column.field) <= 300:
            both = both.replace("\n", "; ")  # a field of one line
        _put(table, kept, column, both, "Chưa gộp")
    for name in _ORIGINS:
        if hasattr(kept, name) and getattr(kept, name) is None:
            setattr(kept, name, getattr(gone, name))


def joined(first, second):
    """Both texts, without those lines of the second that the first has already."""
    there = {line.strip() for line in first.split("\n")}
    more = [line for line in second.split("\n") if line.strip() not in there]
    return clean("\n".join([first, *more]))
