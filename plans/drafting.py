"""Writing a plan: every change of its contents is one function here, and each passes the
guard `editing`."""

import hashlib
import json

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from criteria.selection import circular_for
from plans import changes
from plans.editing import AlreadyBegunError, editing
from plans.enums import SectionEditing
from plans.layouts import layout_for
from plans.models import ActionRow, ImprovementPlan, Monitoring, PlanSection
from plans.models.rows import CriterionLine
from plans.tables import group_key, sort_key
from qualityplan.text import lines
from schools.permissions import Ability, require


class PlanExistsError(AlreadyBegunError):
    def __init__(self, plan):
        super().__init__(plan, f"Trường đã có kế hoạch năm học {plan.school_year}.")


def create_plan(school, school_year, *, by):
    """A draft for `school` and `school_year` with the form's texts prefilled.

    Raises NoCircular when no circular applies, PlanExistsError for a second plan."""
    if by is not None:
        require(by, Ability.CREATE_PLAN, school)
    existing = ImprovementPlan.objects.filter(school=school, school_year=school_year)
    if existing.exists():
        raise PlanExistsError(existing.get())
    circular = circular_for(school.level_key, school_year)
    try:
        with transaction.atomic():
            return _new_plan(school, school_year, circular, by)
    except IntegrityError:
        raise PlanExistsError(existing.get()) from None


def _new_plan(school, school_year, circular, by):
    layout = layout_for(circular)
    words = form_words(school, school_year, circular)
    plan = ImprovementPlan.objects.create(
        school=school,
        school_year=school_year,
        circular=circular,
        grouping=layout.grouping,
        legal_bases="\n".join(base.format(**words) for base in layout.bases),
        introduction=layout.introduction.format(**words),
        recipients="\n".join(line.format(**words) for line in layout.recipients),
    )
    PlanSection.objects.bulk_create(
        PlanSection(
            plan=plan,
            position=position,
            key=section.key,
            title=section.title,
            content=section.content,
            text=section.prefilled(school_year),
        )
        for position, section in enumerate(layout.sections, start=1)
    )
    Monitoring.objects.bulk_create(
        Monitoring(plan=plan, position=position, time=time)
        for position, time in enumerate(layout.monitoring_times, start=1)
    )
    plan.events.create(actor=by, deed="lap", label="Đã lập kế hoạch")
    return plan


def form_words(school, school_year, circular):
    """The words that fill the gaps of a form's prefilled texts."""
    supervision = school.supervision_on(school_year.clamp(timezone.localdate()))
    issued = circular.issued_on
    return {
        "school": school.name,
        "year": school_year.name,
        "previous_year": f"{school_year.first_year - 1}-{school_year.first_year}",
        "circular": circular.number,
        "circular_date": f"{issued.day} tháng {issued.month} năm {issued.year}",
        "circular_title": circular.title,
        "guidance": circular.guidance,
        "superior": supervision.authority.name if supervision else "Cơ quan quản lý",
    }


class LineChangedError(Exception):
    """Somebody else stored or deleted the line meanwhile; `stored` is what is there now,
    None for a line that is gone."""

    def __init__(self, stored):
        self.stored = stored
        super().__init__("the line is not what the form was opened with")


def fingerprint(table, line, layout):
    """What a form was opened with: changes whenever a text of the line does, and only
    then, so that moving lines disturbs nobody."""
    texts = [getattr(line, column.field) for column in table.columns(layout)]
    places = [getattr(line, f"{name}_id", None) for name in ("standard", "criterion")]
    seen = json.dumps([texts, places, getattr(line, "level", "")])
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def save_line(table, plan, line, *, by, seen=None):
    """Store `line` of `table`; a new one, or one whose group changed, goes to the place
    its group and criterion ask for.

    `seen` is the `fingerprint` of the line that the writer saw. Raises LineChangedError
    when it is no longer so: nobody's text is written over unseen."""
    with editing(plan, by=by) as locked:
        line.plan = locked
        ordered = list(table.lines(locked))
        others = [other for other in ordered if other.pk != line.pk]
        stored = next((other for other in ordered if other.pk == line.pk), None)
        if line.pk and stored is None:
            raise LineChangedError(None)
        if stored is not None:
            if seen not in (None, fingerprint(table, stored, locked.layout)):
                raise LineChangedError(stored)
            line.position = stored.position
        if stored is None or group_key(stored, locked) != group_key(line, locked):
            key = sort_key(line, locked)
            place = sum(1 for other in others if sort_key(other, locked) <= key)
            line.position = place + 1
            _renumber(table, [*others[:place], line, *others[place:]], skip=line)
        line.save()
        changes.record(table, locked, stored, line, by=by)
    return line


def duplicate_line(table, plan, line, *, by):
    """A copy of `line` right below it."""
    with editing(plan, by=by) as locked:
        ordered = list(table.lines(locked))
        place = [other.pk for other in ordered].index(line.pk) + 1
        copy = table.model.objects.get(pk=line.pk)
        copy.pk, copy._state.adding = None, True
        if isinstance(copy, CriterionLine):
            copy.source_review = None  # one line answers for a limitation, not two
        if isinstance(copy, ActionRow):
            copy.carried_from, copy.progress = None, ""
        copy.position = place + 1
        _renumber(table, [*ordered[:place], copy, *ordered[place:]], skip=copy)
        copy.save()
        changes.record(table, locked, None, copy, by=by, deed=f"Nhân bản {table.line}")
    return copy


def move_line(table, plan, line, *, by, step):
    """Swap `line` with its neighbour above (`step` -1) or below (1) in the same group.
    Returns False where there is none."""
    with editing(plan, by=by, ability=Ability.ARRANGE_PLAN) as locked:
        ordered = list(table.lines(locked))
        here = [other.pk for other in ordered].index(line.pk)
        there = here + step
        if not 0 <= there < len(ordered) or group_key(
            ordered[here], locked
        ) != group_key(ordered[there], locked):
            return False
        ordered[here], ordered[there] = ordered[there], ordered[here]
        _renumber(table, ordered)
        return True


def delete_line(table, plan, line, *, by):
    with editing(plan, by=by, ability=Ability.ARRANGE_PLAN) as locked:
        changes.record(table, locked, line, None, by=by)
        line.delete()


def _renumber(table, ordered, skip=None):
    """Give the lines their places 1, 2, 3 …; `skip` is saved by the caller."""
    moved = []
    for position, line in enumerate(ordered, start=1):
        if line is not skip and line.position != position:
            line.position = position
            moved.append(line)
    table.model.objects.bulk_update(moved, ["position"])


def save_section(plan, section, *, by, text):
    """Store the school's text of `section`. In a section whose wording is the form's,
    `text` is what the school adds to its end."""
    with editing(plan, by=by) as locked:
        spec = section.spec
        if spec and spec.editing is SectionEditing.LOCKED:
            raise PermissionDenied
        if spec and spec.editing is SectionEditing.ADD and not is_reworded(section):
            text = "\n".join(filter(None, [spec.prefilled(locked.school_year), text]))
        section.text = text
        section.save(update_fields=["text"])


def is_reworded(section):
    """Whether a loaded file words this section otherwise than the form does; then all
    of it is the school's to edit."""
    fixed = section.spec.prefilled(section.plan.school_year)
    return not (section.text == fixed or section.text.startswith(fixed + "\n"))


def added_text(section):
    """What the school wrote below the form's own wording."""
    fixed = section.spec.prefilled(section.plan.school_year)
    return section.text[len(fixed) :].lstrip("\n")


def save_header(plan, *, by, **texts):
    """Store header and footer texts: subject, legal bases, recipients, grouping …"""
    with editing(plan, by=by, ability=Ability.ARRANGE_PLAN) as locked:
        for name, value in texts.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(texts))


def punctuated(text):
    """Legal bases as rule B01 wants them: each line ends with ";", the last with "."."""
    bare = [line.rstrip(" ;,.") for line in lines(text)]
    return ";\n".join(bare) + "." if bare else ""
