"""Bring the stored catalogues in line with the files. Rows are created and updated,
never deleted: plans that are already written point to them, and saved assessments name
their codes, levels and points. A file that lacks one of them is refused."""

from dataclasses import dataclass

from criteria.models import (
    Circular,
    Criterion,
    Crosswalk,
    LevelFourClause,
    Requirement,
    Standard,
)
from schools.enums import LevelOfSchooling
from schools.models import EducationLevel


@dataclass(frozen=True)
class Outcome:
    """What loading one file came to."""

    contents: str
    is_new: bool
    changes: int

    def __str__(self):
        if self.is_new:
            return f"{self.contents} – mới"
        if self.changes:
            return f"{self.contents} – cập nhật {self.changes} mục"
        return f"{self.contents} – không đổi"


class _VanishedError(Exception):
    """A stored row that the file does not have."""


def _bring_in_line(stored, wanted, key_fields, *, batch_size=500):
    """Create or update rows so that they say what the unsaved instances `wanted` say.
    Gives the rows by key, and the keys that changed."""
    model = stored.model
    names = [f.attname for f in model._meta.concrete_fields if f.name != "id"]

    def key_of(row):
        return tuple(getattr(row, name) for name in key_fields)

    left = {key_of(row): row for row in stored}
    rows, created, updated = {}, [], []
    for fresh in wanted:
        key = key_of(fresh)
        row = left.pop(key, None)
        if row is None:
            row = fresh
            created.append(row)
        elif any(getattr(row, name) != getattr(fresh, name) for name in names):
            for name in names:
                setattr(row, name, getattr(fresh, name))
            updated.append(row)
        rows[key] = row
    for row in left.values():
        raise _VanishedError(row)
    model.objects.bulk_create(created, batch_size)
    changeable = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    model.objects.bulk_update(updated, changeable, batch_size)
    return rows, {key_of(row) for row in [*created, *updated]}


def create_education_levels():
    EducationLevel.objects.bulk_create(
        [EducationLevel(code=code) for code in LevelOfSchooling.values],
        ignore_conflicts=True,
    )


def store_circular(file):
    circular, is_new, changes = _store_head(file)
    try:
        changes += _store_parts(file, circular)
    except _VanishedError as vanished:
        raise file.source.fault(
            f"tệp thiếu mục “{vanished}” đang có trong hệ thống; kế hoạch đã lập có thể "
            "dựa vào mục này nên không xóa. Hãy ghi lại mục đó vào tệp (yêu cầu không "
            "còn áp dụng thì thêm repealed_on)."
        ) from None
    contents = (
        f"{str(circular).removeprefix('Thông tư ')}: {len(file.standards)} tiêu chuẩn, "
        f"{len(file.criteria)} tiêu chí, {len(file.requirements)} yêu cầu"
    )
    return Outcome(contents, is_new, changes)


def _store_head(file):
    """A circular is known by its number and annex: under another name its file updates
    it and its address stays as it was."""
    fresh = file.circular
    stored = Circular.objects.filter(number=fresh.number, annex=fresh.annex)
    known = stored.first()
    if known is not None:
        fresh.slug = known.slug
    elif taken := Circular.objects.filter(slug=fresh.slug).first():
        raise file.source["circular"]["number"].fault(
            f"tên tệp này đã dùng cho {taken}; mỗi thông tư có một tệp riêng."
        )
    rows, changed = _bring_in_line(stored, [fresh], ["number", "annex"])
    circular = rows[fresh.number, fresh.annex]
    levels = set(circular.education_levels.values_list("pk", flat=True))
    if levels != set(file.levels):
        circular.education_levels.set(file.levels)
        changed.add("education_levels")
    return circular, known is None, len(changed)


def _store_parts(file, circular):
    for standard in file.standards:
        standard.circular = circular
    standards, changed = _bring_in_line(
        Standard.objects.filter(circular=circular), file.standards, ["number"]
    )
    changes = len(changed)
    for criterion in file.criteria:
        criterion.standard = standards[(criterion.standard.number,)]
    stored = Criterion.objects.filter(standard__circular=circular)
    criteria, changed = _bring_in_line(stored, file.criteria, ["code"])
    changes += len(changed)
    for requirement in file.requirements:
        requirement.criterion = criteria[(requirement.criterion.code,)]
    stored = Requirement.objects.filter(criterion__standard__circular=circular)
    _, changed = _bring_in_line(
        stored.select_related("criterion"),
        file.requirements,
        ["criterion_id", "level", "point"],
    )
    changes += len(changed)
    for clause in file.clauses:
        clause.circular = circular
    stored = LevelFourClause.objects.filter(circular=circular)
    _, changed = _bring_in_line(stored, file.clauses, ["number"])
    return changes + len(changed)


def store_crosswalk(root, entries):
    criteria = {
        (c.standard.circular.number, c.standard.circular.annex, c.code): c
        for c in Criterion.objects.select_related("standard__circular")
    }
    rows, pairs = [], set()
    for entry in entries:
        criterion = _known(criteria, entry.source["criterion"], entry.number, "")
        rows.append(
            Crosswalk(criterion=criterion, strength=entry.strength, note=entry.note)
        )
        successor = criterion.standard.circular.replaced_by
        for code in entry.source["to"].items(allow_empty=True):
            target = _known(criteria, code, successor, entry.to_annex)
            pairs.add((criterion.pk, target.pk))
    stored = Crosswalk.objects.filter(
        criterion__standard__circular__number__in={entry.number for entry in entries}
    ).select_related("criterion__standard__circular")
    is_new = not stored.exists()
    try:
        _, changed = _bring_in_line(stored, rows, ["criterion_id"])
    except _VanishedError as vanished:
        criterion = vanished.args[0].criterion
        raise root.fault(
            f"tệp thiếu tiêu chí {criterion.code} của {criterion.standard.circular} đang "
            "có trong hệ thống; hãy ghi lại mục đó (không còn tương ứng thì ghi none)."
        ) from None
    touched = {pk for (pk,) in changed} | _store_pairs(rows, pairs)
    return Outcome(f"Đối chiếu: {len(rows)} tiêu chí", is_new, len(touched))


def _known(criteria, field, number, annex):
    criterion = criteria.get((number, annex, field.value))
    if criterion is None:
        circular = Circular(number=number, annex=annex)
        raise field.fault(f"không có tiêu chí {field.value} trong {circular}.")
    return criterion


def _store_pairs(rows, wanted):
    """Link the rows to their successors; gives the criteria whose links changed."""
    links = Crosswalk.to.through.objects
    stored = {
        (link.crosswalk_id, link.criterion_id): link
        for link in links.filter(crosswalk__in=[row.criterion_id for row in rows])
    }
    gone, added = stored.keys() - wanted, wanted - stored.keys()
    links.filter(pk__in=[stored[pair].pk for pair in gone]).delete()
    links.bulk_create(
        [links.model(crosswalk_id=old, criterion_id=new) for old, new in sorted(added)]
    )
    return {old for old, _ in gone | added}
