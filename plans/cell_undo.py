"""Taking back the deletion of a line. What it was travels as a signed token in the page of
the person who deleted it, for an hour."""

from django.core import signing
from django.db.models import Q
from django.urls import reverse

from plans import changes, drafting
from plans.editing import editing
from plans.tables import BY_SLUG
from schools.permissions import Ability

MAX_AGE = 60 * 60  # seconds
_SALT = "plans.cell_undo"


class UndoError(Exception):
    """The deletion cannot be taken back; the message says why and what to do."""


class LineRecordedError(Exception):
    """Progress or evidence hangs on the line, which no token could bring back. `url` is
    the page that deletes it all the same."""

    def __init__(self, table, plan, line):
        self.url = reverse("plans:line-delete", args=[plan.pk, table.slug, line.pk])
        super().__init__(
            f"{table.line_name(line, line.position)} đã ghi tiến độ hoặc có minh chứng nên "
            "không xóa, không gộp trong bảng được. Nếu thật sự bỏ nội dung này, hãy dùng "
            "trang xóa của dòng."
        )


def refuse_recorded(table, plan, line):
    recorded = [
        getattr(line, name)
        for name in ("progress_entries", "evidence")
        if hasattr(line, name)
    ]
    if any(found.exists() for found in recorded):
        raise LineRecordedError(table, plan, line)


def remembered(table, line):
    """Everything `line` says, and what points to it and would be cut loose."""
    return {
        "table": table.slug,
        "line": line.pk,
        "fields": {f.attname: getattr(line, f.attname) for f in _fields(table)},
        "loose": {
            relation.name: list(
                relation.related_model.objects.filter(
                    **{relation.field.name: line.pk}
                ).values_list("pk", flat=True)
            )
            for relation in _loose_relations(table)
        },
    }


def _fields(table):
    """What a line consists of, but for whose it is and which."""
    return [
        field
        for field in table.model._meta.concrete_fields
        if not field.primary_key and field.name != "plan"
    ]


def _loose_relations(table):
    """What names a line and goes on without it: rows of an issue, next year's row."""
    return [
        relation
        for relation in table.model._meta.related_objects
        if relation.field.null and not relation.many_to_many
    ]


def token_for(plan, by, memory):
    told = {"plan": plan.pk, "user": by.pk, **memory}
    return signing.dumps(told, salt=_SALT, compress=True)


def undelete(plan, token, *, by):
    """Bring the line back to its place. Returns its table, the line, and the line it had
    been merged into (or None). Pressed twice, it is there once.

    Raises UndoError for a token that is too old, of another plan or person, or not ours."""
    with editing(plan, by=by, ability=Ability.ARRANGE_PLAN) as locked:
        memory = _read(locked, token, by)
        table = BY_SLUG[memory["table"]]
        there = table.lines(locked).filter(pk=memory["line"]).first()
        if there is not None:
            return table, there, None
        merged = _take_apart(table, locked, memory.get("merged"), by)
        line = _restored(table, locked, memory)
        ordered = list(table.lines(locked))
        index = max(0, min(line.position - 1, len(ordered)))
        around = [*ordered[:index], line, *ordered[index:]]
        line.position = index + 1
        drafting.renumber(table, around, skip=line)
        line.save(force_insert=True)
        _tie_again(table, line, memory["loose"], merged)
        deed = f"Khôi phục {table.line} đã xóa"
        changes.record(table, locked, None, line, by=by, deed=deed)
    return table, line, merged


def _read(plan, token, by):
    try:
        memory = signing.loads(token, salt=_SALT, max_age=MAX_AGE)
    except signing.SignatureExpired:
        raise UndoError("Đã quá một giờ nên không hoàn tác được nữa.") from None
    except signing.BadSignature:
        raise UndoError("Không hoàn tác được: hãy tải lại trang.") from None
    if (memory["plan"], memory["user"]) != (plan.pk, by.pk):
        raise UndoError("Không hoàn tác được: việc xóa này không phải của bạn.")
    return memory


def _restored(table, plan, memory):
    """The line as it was; what it pointed to and is no longer there is left out."""
    line = table.model(pk=memory["line"], plan=plan)
    for field in _fields(table):
        value = memory["fields"].get(field.attname)
        if field.is_relation and value is not None:
            is_there = field.related_model.objects.filter(pk=value).exists()
            value = value if is_there else None
        if value is None and not field.null:
            value = field.get_default()
        setattr(line, field.attname, value)
    for constraint in table.model._meta.constraints:
        name = constraint.fields[-1]
        attname = table.model._meta.get_field(name).attname
        taken = table.model.objects.filter(plan=plan, **{name: getattr(line, attname)})
        if getattr(line, attname) is not None and taken.exists():
            setattr(line, attname, None)  # another line has taken its place meanwhile
    return line


def _tie_again(table, line, loose, merged):
    """Let what named `line` name it again, unless it names yet another line by now."""
    for relation in _loose_relations(table):
        name = relation.field.name
        free = Q(**{f"{name}__isnull": True})
        if merged is not None:
            free |= Q(**{name: merged.pk})
        told = Q(pk__in=loose.get(relation.name, ()))
        relation.related_model.objects.filter(free, told).update(**{name: line.pk})


def _take_apart(table, plan, merged, by):
    """Give the line that had taken in the other its own texts back, where nobody has
    written in it since."""
    if merged is None:
        return None
    line = table.lines(plan).filter(pk=merged["line"]).first()
    if line is None:
        return None
    before = table.lines(plan).get(pk=line.pk)
    for name, was in merged["before"].items():
        became = merged["after"][name]
        if name != "position" and was != became and getattr(line, name) == became:
            setattr(line, name, was)
    line.save()
    changes.record(table, plan, before, line, by=by, deed=f"Tách {table.line}")
    return line
