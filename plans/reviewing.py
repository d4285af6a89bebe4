"""The office reads a plan: each cell with what was said about it and what it was when it
was submitted before, each row with last year's; and what an officer has read."""

from dataclasses import dataclass, field

from django.db.models import Q

from criteria.queries import criteria_with_requirements
from plans import adjusting, commenting, sign_off, workflow
from plans.commenting import HEADER, SECTION
from plans.differing import HEADER as HEADER_PART
from plans.differing import SECTIONS, difference, load_contents
from plans.enums import PlanStatus
from plans.last_year import LastYear, last_result
from plans.models import ActionRow, PlanReading
from plans.presenting import section_views
from plans.tables import ROWS, TABLES
from schools.enums import ReviewMode
from schools.permissions import Ability, may

_SLUGS = {table.related: table.slug for table in TABLES.values()}
_SLUGS |= {SECTIONS: SECTION, HEADER_PART: HEADER}


@dataclass(frozen=True)
class ReviewCell:
    """`before` is the text of the submission before, None where it is the same."""

    label: str
    text: str
    before: str | None
    threads: tuple
    url: str  # where a comment on it is written


@dataclass(frozen=True)
class ReviewLine:
    """A title over a table, or one of its lines. `moved` are the changes of what no
    column shows: criterion, level; `criterion` has its requirements and stands at the
    first line that names it."""

    item: object
    cells: tuple = ()
    threads: tuple = ()
    is_new: bool = False
    moved: tuple = ()
    beside: tuple = ()
    criterion: object = None
    url: str = ""


@dataclass(frozen=True)
class ReviewSection:
    """One section; `lines` of its table, or `cell` with its text."""

    view: object
    cell: ReviewCell | None = None
    lines: tuple = ()


@dataclass(frozen=True)
class Changes:
    """What changed since `previous`, by place; nothing where there is none."""

    previous: object = None
    parts: tuple = ()
    cells: dict = field(default_factory=dict)
    added: frozenset = frozenset()
    removed: tuple = ()


@dataclass(frozen=True)
class Sheet:
    """A plan as its reviewer reads it. `digest` is that of exactly these contents."""

    digest: str
    header: tuple
    sections: tuple
    changes: Changes
    threads: list


def review_sheet(plan, link, *, with_changes):
    """The `Sheet` of `plan`. `link(table, line_id, field)` is where a comment on that
    place is written. Call it with the plan locked, so that nothing moves meanwhile."""
    views = section_views(plan)
    threads = commenting.threads_of(plan, commenting.plan_places(plan, views))
    changes = _changes(plan) if with_changes else Changes()
    desk = _Desk(plan, link, commenting.by_place(threads), changes)
    return Sheet(
        sign_off.content_digest(plan),
        desk.header(commenting.plan_places(plan, ()).find(HEADER, None)),
        tuple(desk.section(view) for view in views),
        changes,
        threads,
    )


def _changes(plan):
    previous = adjusting.previous_submission(plan)
    if previous is None:
        return Changes()
    cells, added, removed = {}, set(), []
    parts = tuple(difference(plan, previous.lines))
    for part in parts:
        slug = _SLUGS[part.name]
        for line in part.lines:
            key = (slug, None if slug == HEADER else line.pk)
            if line.after is None:
                removed.append((part.title, line))
            elif line.before is None:
                added.add(key)
            else:
                cells |= {(*key, cell.field): cell for cell in line.cells}
    return Changes(previous, parts, cells, frozenset(added), tuple(removed))


class _Desk:
    """What lies beside a plan while it is read."""

    def __init__(self, plan, link, threads, changes):
        self.plan, self.link = plan, link
        self.threads, self.changes = threads, changes
        self.beside = last_year_rows(plan)
        criteria = criteria_with_requirements(plan.circular).values()
        self.criteria = {criterion.pk: criterion for criterion in criteria}
        self.helped = set()

    def header(self, line):
        return tuple(
            self._cell(HEADER, None, name, label, text)
            for name, (label, text) in line.cells.items()
            if text or (HEADER, None, name) in self.changes.cells
        )

    def section(self, view):
        if view.table is None:
            text = "\n".join(view.paragraphs)
            cell = self._cell(SECTION, view.section.pk, "text", "Nội dung", text)
            whole = self.threads.get((SECTION, view.section.pk, ""), ())
            return ReviewSection(view, self._joined(cell, whole))
        items = view.table.items
        return ReviewSection(
            view, lines=tuple(self._line(view.table, item) for item in items)
        )

    def _cell(self, table, pk, name, label, text):
        key = (table, pk, name)
        change = self.changes.cells.get(key)
        return ReviewCell(
            label,
            text,
            change.before if change else None,
            tuple(self.threads.get(key, ())),
            self.link(table=table, line_id=pk, field=name),
        )

    def _joined(self, cell, threads):
        both = (*threads, *cell.threads)
        return ReviewCell(cell.label, cell.text, cell.before, both, cell.url)

    def _line(self, view, item):
        if item.line is None:
            return ReviewLine(item)
        slug, pk = view.table.slug, item.line.pk
        shown = {column.field for column, _ in item.cells}
        return ReviewLine(
            item,
            tuple(
                self._cell(slug, pk, c.field, c.label, text) for c, text in item.cells
            ),
            tuple(self.threads.get((slug, pk, ""), ())),
            (slug, pk) in self.changes.added,
            tuple(
                change
                for key, change in self.changes.cells.items()
                if key[:2] == (slug, pk) and key[2] not in shown
            ),
            self.beside.get(pk, ()) if view.table is ROWS else (),
            self._requirements(slug, getattr(item.line, "criterion_id", None)),
            self.link(table=slug, line_id=pk),
        )

    def _requirements(self, slug, criterion_pk):
        """The criterion, for the first line of a table that names it."""
        is_first = (slug, criterion_pk) not in self.helped
        self.helped.add((slug, criterion_pk))
        return self.criteria.get(criterion_pk) if is_first else None


def last_year_rows(plan):
    """For each row of `plan` the `LastYear`s beside it: the row it was carried from, else
    those of the same criterion in the school's plan of the year before."""
    rows = list(
        plan.rows.values_list("pk", "carried_from_id", "criterion_id", "schedule")
    )
    before = Q(
        plan__school=plan.school_id,
        plan__school_year__first_year=plan.school_year.first_year - 1,
        criterion__in={criterion for _, _, criterion, _ in rows if criterion},
    )
    carried = {old for _, old, _, _ in rows if old}
    found = ActionRow.objects.filter(before | Q(pk__in=carried))
    found = found.select_related("criterion", "plan__circular", "plan__school_year")
    by_key, by_criterion = {}, {}
    for old in found.prefetch_related("progress_entries"):
        by_key[old.pk] = old
        by_criterion.setdefault(old.criterion_id, []).append(old)
    beside = {}
    for pk, carried_from, criterion, schedule in rows:
        same = by_criterion.get(criterion, ()) if criterion else ()
        chosen = [by_key[carried_from]] if carried_from in by_key else same
        beside[pk] = tuple(_last_year(old, schedule) for old in chosen)
    return beside


def _last_year(old, schedule):
    columns = [c for c in old.plan.layout.rows if c.field != "progress"]
    texts = ((column.label, getattr(old, column.field)) for column in columns)
    is_copied = bool(old.schedule) and old.schedule == schedule
    return LastYear(old, last_result(old), tuple(t for t in texts if t[1]), is_copied)


# --- what an officer has read ---------------------------------------------------------


def remember_reading(plan, user, digest):
    """Note that `user` had these contents of `plan` before them; once for each content,
    so that opening the page again writes nothing."""
    read = PlanReading.objects.filter(plan=plan, user=user, content_digest=digest)
    if not read.exists():
        PlanReading.objects.update_or_create(
            plan=plan, user=user, defaults={"content_digest": digest}
        )


@dataclass(frozen=True)
class Waiting:
    """A submitted plan on the page of approving several; `obstacle` says why it cannot be
    ticked, `digest` what this person has read of it."""

    plan: object
    obstacle: str = ""
    digest: str = ""


def approvable(plans, user):
    """Those of `plans` (`with_header`) that wait for `user` to approve them in the
    office's name."""
    modes = workflow.review_modes(plans)
    return [
        plan
        for plan in plans
        if plan.status == PlanStatus.SUBMITTED
        and modes[plan.pk] == ReviewMode.OFFICE
        and may(user, Ability.REVIEW_PLAN, plan.school)
    ]


def waiting(plans, user):
    """The `Waiting` of each of `plans`: a fixed number of queries."""
    readings = PlanReading.objects.filter(plan__in=plans, user=user)
    read = dict(readings.values_list("plan", "content_digest"))
    load_contents([plan for plan in plans if plan.pk in read])
    return [_waiting(plan, read.get(plan.pk)) for plan in plans]


def _waiting(plan, digest):
    if digest is None:
        return Waiting(plan, "Bạn chưa mở trang xem xét của kế hoạch này.")
    if digest != sign_off.content_digest(plan):
        return Waiting(plan, "Nội dung đã thay đổi từ lần bạn xem. Hãy xem lại.")
    return Waiting(plan, digest=digest)


def approve_read(found, *, by):
    """Approve each of `found` (`Waiting`) in a transaction of its own. Returns the plans
    that were approved, and (plan, why) for those that were not."""
    approved, refused = [], []
    for one in found:
        if one.obstacle:
            refused.append((one.plan, one.obstacle))
            continue
        try:
            workflow.perform(workflow.APPROVE, one.plan, by=by, seen=one.digest)
        except workflow.TransitionError as error:
            refused.append((one.plan, str(error)))
        else:
            approved.append(one.plan)
    return approved, refused
