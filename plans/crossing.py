"""How a row of last year's plan reads on this year's form: which criterion it goes on
under, and which text belongs in which column. From 2018 to 2026 by the crosswalk, which
suggests and never decides."""

from dataclasses import dataclass

from criteria.enums import CrosswalkStrength
from criteria.models import Crosswalk
from qualityplan.text import lines

# A text under these stands on both forms.
_ON_BOTH_FORMS = ("goal", "actions", "responsible", "schedule")
_NO_CRITERION = "Dòng cũ không gắn tiêu chí."
_NOT_IN_CROSSWALK = "Chưa có đối chiếu cho tiêu chí này."
_SAME_CODE = "Trường đổi thông tư áp dụng: tiêu chí cùng mã, cùng tên."


@dataclass(frozen=True)
class Crossing:
    """Where the criterion of a row goes on: `criteria` holds what is suggested, the
    nearest first. `is_settled` where there is nothing to choose: the same circular."""

    criteria: tuple = ()
    is_settled: bool = False
    strength: str = ""
    note: str = ""

    @property
    def strength_label(self):
        return CrosswalkStrength(self.strength).label if self.strength else ""

    @property
    def suggested(self):
        return self.criteria[0] if self.criteria else None


def crossings(rows, circular, criteria):
    """The `Crossing` of each of `rows` into `circular`, by the row's pk. `criteria` are
    those of `circular`, by code."""
    foreign = [r.criterion_id for r in rows if not _is_of(r, circular)]
    known = _crosswalk(set(foreign)) if any(foreign) else {}
    return {row.pk: _crossing(row, circular, criteria, known) for row in rows}


def _is_of(row, circular):
    return bool(row.standard_id) and row.standard.circular_id == circular.pk


def _crosswalk(criterion_ids):
    """What the crosswalk says of each criterion: strength, note and ids of the targets,
    in one query."""
    found = {}
    entries = Crosswalk.objects.filter(criterion__in=criterion_ids)
    for pk, strength, note, target in entries.values_list(
        "criterion_id", "strength", "note", "to__pk"
    ):
        found.setdefault(pk, (strength, note, set()))[2].add(target)
    return found


def _crossing(row, circular, criteria, known):
    if _is_of(row, circular):
        return Crossing((row.criterion,) if row.criterion else (), is_settled=True)
    if row.criterion is None:
        return Crossing(strength=CrosswalkStrength.NONE, note=_NO_CRITERION)
    if row.criterion_id in known:
        strength, note, ids = known[row.criterion_id]
        targets = tuple(c for c in criteria.values() if c.pk in ids)
        return Crossing(targets, strength=strength, note=note)
    twin = criteria.get(row.criterion.code)
    if twin is not None and twin.title == row.criterion.title:
        return Crossing((twin,), strength=CrosswalkStrength.CLOSE, note=_SAME_CODE)
    return Crossing(strength=CrosswalkStrength.NONE, note=_NOT_IN_CROSSWALK)


def carried_texts(row, old, new):
    """The texts of `row`, written on the form `old`, by their fields on the form `new`.
    What a form alone asks for stays empty: nothing is made up."""
    if old.key == new.key:
        kept = {c.field: getattr(row, c.field) for c in new.rows}
        kept.pop("progress", None)
        return {**kept, "level": row.level}
    texts = {name: getattr(row, name) for name in _ON_BOTH_FORMS}
    if new.has_levels:
        return {**texts, "support": row.resources}
    resources = "\n".join(filter(None, [row.budget, row.support]))
    return {**texts, "content": _issue_words(row), "resources": resources}


def _issue_words(row):
    """What the row is about, in words there already are: the limitation it answers, else
    the name of its criterion."""
    limitation = row.source_review.limitations if row.source_review else ""
    if limitation.strip():
        return limitation
    return row.criterion_title or (row.criterion.title if row.criterion else "")


def has_limitation(row):
    return bool(row.source_review and lines(row.source_review.limitations))
