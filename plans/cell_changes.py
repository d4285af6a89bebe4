"""The history of what is typed cell by cell. What one person types into one line in one
sitting is one entry, however often it was saved."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from plans import changes
from plans.models import LineChange

# After a pause of this length a new entry begins.
SITTING = timedelta(minutes=5)
# Losing this many characters and more than half of the text may be an accident: what
# was there stays in the history, even within one sitting.
_LOSS = 40


def typing_deed(table):
    return f"Sửa {table.line}"


def sitting_begins():
    """Typing after this moment still belongs to the sitting of now."""
    return timezone.now() - SITTING


def record_typing(plan, changed, *, by, deed=""):
    """Write down `changed`, a list of (table, line, {field: [before, after]}) whose lines
    come from `plans.cell_reading`. A `deed` of another name is an entry of its own."""
    new, longer, undone = [], [], []
    for table, line, texts in changed:
        folded = None if deed else _folded(line, texts)
        if folded is None:
            name = deed or typing_deed(table)
            new.append(changes.entry(table, plan, line, name, texts, by=by))
        elif folded:
            now = timezone.now()
            longer.append(LineChange(pk=line.sitting.pk, changes=folded, at=now))
        else:
            undone.append(line.sitting.pk)
    if len(new) + len(longer) == 1:
        for one in new:
            one.save(force_insert=True)
        for one in longer:
            one.save(force_update=True, update_fields=["changes", "at"])
    else:
        LineChange.objects.bulk_create(new)
        LineChange.objects.bulk_update(longer, ["changes", "at"], batch_size=100)
    if undone:
        LineChange.objects.filter(pk__in=undone).delete()


def _folded(line, texts):
    """The texts of the sitting with `texts` in them, without what is back where it was;
    None where they do not continue it."""
    if line.sitting is None:
        return None
    folded = dict(line.sitting.changes)
    for field, (before, after) in texts.items():
        first, last = folded.get(field, (before, before))
        if last != before or _is_loss(before, after):
            return None
        folded[field] = [first, after]
    return {field: pair for field, pair in folded.items() if pair[0] != pair[1]}


def _is_loss(before, after):
    """Whether so much is gone that somebody may want it back."""
    return len(before) - len(after) >= _LOSS and len(after) * 2 < len(before)


@dataclass(frozen=True)
class CellChange:
    """One change of one cell; `pk` is that of the `LineChange` it is part of."""

    pk: int
    at: datetime
    actor: object
    deed: str
    before: str
    after: str


def changes_of_cell(plan, table, line_pk, field):
    """The changes of one cell, newest first."""
    found = changes.changes_of(plan, table, line_pk)
    return [
        CellChange(
            change.pk, change.at, change.actor, change.deed, *change.changes[field]
        )
        for change in found
        if field in change.changes
    ]


def newest_of_cell(plan, table, line_pk, field):
    """The newest change of one cell, or None."""
    return next(iter(changes_of_cell(plan, table, line_pk, field)), None)
