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
from plans.enums import SectionContent, SectionEditing
from plans.layouts import layout_for
from plans.models import ActionRow, ImprovementPlan, Monitoring, PlanSection
from plans.models.rows import CriterionLine
from plans.tables import SECTIONS, group_key, sort_key
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


def token(text):
    """A short digest of `text`, by which the server sees what a writer started from."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


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
    return token(json.dumps([texts, places, getattr(line, "level", "")]))


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
            renumber(table, [*others[:place], line, *others[place:]], skip=line)
        line.save()
        changes.record(table, locked, stored, line, by=by)
    return line


def duplicate_line(table, plan, line, *, by):
    """A copy of `line` right below it. Raises LineChangedError for a line that is gone."""
    with editing(plan, by=by) as locked:
        ordered = list(table.lines(locked))
        place = _place(ordered, line) + 1
        copy = table.model.objects.get(pk=line.pk)
        copy.pk, copy._state.adding = None, True
        if isinstance(copy, CriterionLine):
            copy.source_review = None  # one line answers for a limitation, not two
        if isinstance(copy, ActionRow):
            copy.carried_from, copy.progress = None, ""
        copy.position = place + 1
        renumber(table, [*ordered[:place], copy, *ordered[place:]], skip=copy)
        copy.save()
        changes.record(table, locked, None, copy, by=by, deed=f"Nhân bản {table.line}")
    return copy


def move_line(table, plan, line, *, by, step):
    """Swap `line` with its neighbour above (`step` -1) or below (1) in the same group.
    Returns False where there is none. Raises LineChangedError for a line that is gone."""
    with editing(plan, by=by, ability=Ability.ARRANGE_PLAN) as locked:
        ordered = list(table.lines(locked))
        here = _place(ordered, line)
        there = here + step
        if not 0 <= there < len(ordered) or group_key(
            ordered[here], locked
        ) != group_key(ordered[there], locked):
            return False
        ordered[here], ordered[there] = ordered[there], ordered[here]
        renumber(table, ordered)
        return True


def delete_line(table, plan, line, *, by):
    """Raises LineChangedError for a line that is gone. What the history keeps is what it
    held at the end."""
    with editing(plan, by=by, ability=Ability.ARRANGE_PLAN) as locked:
        ordered = list(table.lines(locked))
        stored = ordered[_place(ordered, line)]
        changes.record(table, locked, stored, None, by=by)
        stored.delete()


def _place(ordered, line):
    """Where `line` stands now, counted from 0; under the plan's lock."""
    keys = [other.pk for other in ordered]
    if line.pk not in keys:
        raise LineChangedError(None)
    return keys.index(line.pk)


def renumber(table, ordered, skip=None):
    """Give the lines their places 1, 2, 3 …; `skip` is saved by the caller."""
    moved = []
    for position, line in enumerate(ordered, start=1):
        if line is not skip and line.position != position:
            line.position = position
            moved.append(line)
    table.model.objects.bulk_update(moved, ["position"])


class TextsChangedError(Exception):
    """Somebody else stored other texts meanwhile; `stored` holds them by field."""

    def __init__(self, stored):
        self.stored = stored
        super().__init__("the texts are not what the form was opened with")


def texts_token(texts):
    """The `token` of several texts by field."""
    return token(json.dumps(texts, sort_keys=True))


def _refuse_unseen(stored, texts, seen):
    """Raise TextsChangedError where `texts` would be written over what their writer has
    not seen; `seen` is the `texts_token` they began with, None to write all the same."""
    if seen not in (None, texts_token(stored)) and texts != stored:
        raise TextsChangedError(stored)


def save_section(plan, section, *, by, text, seen=None):
    """Store the school's text of `section`. In a section whose wording is the form's,
    `text` is what the school adds to its end. `seen` as `texts_token` has it: raises
    TextsChangedError where another text came between."""
    with editing(plan, by=by) as locked:
        spec = section.spec
        if spec and spec.editing is SectionEditing.LOCKED:
            raise PermissionDenied
        section.refresh_from_db(fields=["text"])
        fixed, before = section_texts(locked, section)
        _refuse_unseen({"text": before}, {"text": text}, seen)
        section.text = "\n".join(filter(None, [fixed, text]))
        section.save(update_fields=["text"])
        changed = {"text": [before, text]} if before != text else {}
        changes.write_down(SECTIONS, locked, section, "Sửa mục", changed, by=by)


def section_texts(plan, section):
    """(the form's own wording, the text of the school); the second is None where the
    school writes nothing. A section that a loaded file words otherwise than the form does
    is all the school's."""
    spec = section.spec
    if section.content != SectionContent.TEXT:
        return section.text, None
    if spec is None or spec.editing is SectionEditing.FREE:
        return "", section.text
    if spec.editing is SectionEditing.LOCKED:
        return section.text, None
    fixed = spec.prefilled(plan.school_year)
    if section.text == fixed or section.text.startswith(fixed + "\n"):
        return fixed, section.text[len(fixed) :].lstrip("\n")
    return "", section.text


def added_text(section):
    """What the school itself wrote in `section`."""
    return section_texts(section.plan, section)[1] or ""


def header_texts(plan, names):
    return {name: getattr(plan, name) for name in names}


def save_header(plan, *, by, seen=None, **texts):
    """Store header and footer texts: subject, legal bases, recipients, grouping … `seen`
    as `texts_token` has it of the same fields: raises TextsChangedError where others came
    between."""
    with editing(plan, by=by, ability=Ability.ARRANGE_PLAN) as locked:
        _refuse_unseen(header_texts(locked, texts), texts, seen)
        for name, value in texts.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(texts))


def punctuated(text):
    """Legal bases as rule B01 wants them: each line ends with ";", the last with "."."""
    bare = [line.rstrip(" ;,.") for line in lines(text)]
    return ";\n".join(bare) + "." if bare else ""
