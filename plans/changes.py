"""What was changed in a line, by whom and when. The functions that change lines write it
down here, inside the same transaction; only what really changed."""

from dataclasses import dataclass

from django.db.models import Q

from plans.models import LineChange
from plans.tables import ROWS
from schools.enums import LevelOfSchooling

# Fields that no column of the paper names, in the words of the editor.
_LABELS = {
    "education_level": "Cấp học",
    "focus_issue": "Vấn đề trọng tâm",
    "standard": "Tiêu chuẩn",
    "criterion": "Tiêu chí",
    "level": "Mức",
    "progress": "Mức độ thực hiện",
    "is_late": "Chậm so với kế hoạch",
    "done": "Việc đã làm, kết quả",
    "reason": "Lý do chậm hoặc chưa làm",
    "recorded_on": "Ngày ghi nhận",
    "evidence": "Minh chứng",
}
_PLACE = ("education_level", "focus_issue", "standard", "criterion")


def record(table, plan, before, after, *, by, deed=""):
    """Write down how `before` became `after`: None before is a new line, None after a
    deleted one. Where nothing changed, nothing is written."""
    line = after or before
    deed = deed or _deed(table, before, after)
    write_down(table, plan, line, deed, _difference(table, plan, before, after), by=by)


def write_down(table, plan, line, deed, changed, *, by):
    """The change `deed` of `line`; `changed` maps a field to its text before and after."""
    if changed:
        entry(table, plan, line, deed, changed, by=by).save()


def entry(table, plan, line, deed, changed, *, by):
    """The `LineChange` of `write_down`, not stored yet."""
    return LineChange(
        plan=plan,
        table=table.slug,
        line_id=line.pk,
        line_name=table.line_name(line, line.position)[:200],
        deed=deed,
        changes=changed,
        actor=by,
    )


def _deed(table, before, after):
    verb = "Thêm" if before is None else "Xóa" if after is None else "Sửa"
    return f"{verb} {table.line}"


def _difference(table, plan, before, after):
    nothing = table.model()
    before, after = before or nothing, after or nothing
    changed = {}
    for name in _fields(table, plan):
        attname = table.model._meta.get_field(name).attname
        if getattr(before, attname) != getattr(after, attname):
            changed[name] = [_text(before, name), _text(after, name)]
    return changed


def _fields(table, plan):
    has = {field.name for field in table.model._meta.get_fields()}
    place = [name for name in (*_PLACE, "level") if name in has]
    return [*place, *(column.field for column in table.columns(plan.layout))]


def _text(line, name):
    """The value of a field as people read it."""
    if name == "education_level":
        code = line.education_level_id
        return str(LevelOfSchooling(code).label) if code else ""
    value = getattr(line, name)
    if name == "progress":
        return str(line.get_progress_display())
    return str(value) if value else ""


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Moment:
    """One entry of a line's history: a change of it, or a milestone of its plan."""

    at: object
    actor: object
    deed: str
    note: str = ""
    fields: tuple = ()
    is_milestone: bool = False


def changes_of(plan, table, line_id):
    found = plan.line_changes.filter(Q(table=table.slug), Q(line_id=line_id))
    return list(found.select_related("actor"))


def history(plan, table, found):
    """The milestones of `plan` and the changes `found` of one line, newest first."""
    labels = _LABELS | {c.field: c.label for c in table.columns(plan.layout)}
    order = [*_fields(table, plan), *_LABELS]  # jsonb of PostgreSQL keeps none
    moments = [
        Moment(event.at, event.who, event.label, event.note, is_milestone=True)
        for event in plan.events.select_related("actor")
    ]
    moments += [
        Moment(
            change.at,
            change.actor,
            change.deed,
            fields=tuple(
                FieldChange(labels[name], *change.changes[name])
                for name in sorted(change.changes, key=order.index)
            ),
        )
        for change in found
    ]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def write_down_progress(plan, row, entry, before, *, by):
    """A recorded progress in the row's history; `before` is the state it had."""
    texts = {
        "progress": [before, entry.get_status_display()],
        "is_late": ["", "Có" if entry.is_late else ""],
        "done": ["", entry.done],
        "reason": ["", entry.reason],
        "recorded_on": ["", f"{entry.recorded_on:%d/%m/%Y}"],
    }
    changed = {name: pair for name, pair in texts.items() if pair[0] != pair[1]}
    write_down(ROWS, plan, row, "Ghi tiến độ", changed, by=by)
