"""From one year's plan to the next: three lists (what is copied, what begins afresh, what
stays behind), and the one write that follows them."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from criteria.models import Criterion
from criteria.selection import NoCircular, circular_for
from plans import carried_lines, drafting
from plans.carried_sections import left_items, reset_items, text_offers
from plans.crossing import Crossing, crossings
from plans.editing import editing
from plans.enums import DRAFT_STATUSES, ISSUED_STATUSES, Progress
from plans.last_year import LastResult, last_result
from plans.layouts import layout_for
from plans.models import ActionRow, ImprovementPlan
from schools.models import SchoolYear
from schools.models.school_year import first_year_on
from schools.permissions import Ability, require

# Rows that are known to be unfinished come before those nobody has recorded.
_ORDER = {Progress.NOT_DONE: 0, Progress.IN_PROGRESS: 1, "": 2, Progress.DONE: 3}


class CarryOverError(Exception):
    """Nothing can be carried into that year; the message says why and what to do."""


@dataclass(frozen=True)
class RowOffer:
    """One row of the old plan, with last year's result, and why it is where it is."""

    row: ActionRow
    result: LastResult
    crossing: Crossing
    reason: str
    is_ticked: bool = False  # beforehand, on the page
    is_carried: bool = False  # it stands in the new plan already


@dataclass(frozen=True)
class Proposal:
    """The three lists for one plan and the year after it. `target` is the plan of that
    year, where there is one; `obstacle` why nothing can be carried, else empty."""

    plan: ImprovementPlan
    new_year: SchoolYear
    target: ImprovementPlan | None
    circular: object = None
    criteria: tuple = ()
    rows: tuple = ()
    texts: tuple = ()
    reset: tuple = ()
    left_rows: tuple = ()
    left: tuple = ()
    obstacle: str = ""

    @property
    def offers(self):
        """Every row that may still be taken, ticked or not."""
        return [o for o in (*self.rows, *self.left_rows) if not o.is_carried]

    @property
    def needs_criterion(self):
        return self.target_layout.needs_criterion

    @property
    def target_layout(self):
        return layout_for(self.circular)


def year_after(plan):
    """The school year after the plan's; not stored where it is new."""
    first = plan.school_year.first_year + 1
    return SchoolYear.objects.filter(first_year=first).first() or SchoolYear(
        first_year=first
    )


def proposal(old_plan, new_year):
    """What carrying `old_plan` into `new_year` would do. Writes nothing."""
    target = _plan_of(old_plan, new_year)
    try:
        circular = (
            target.circular
            if target
            else circular_for(old_plan.school.level_key, new_year)
        )
    except NoCircular as error:
        return Proposal(old_plan, new_year, None, obstacle=str(error))
    obstacle = _obstacle(old_plan, new_year, target)
    if obstacle:
        return Proposal(old_plan, new_year, target, circular, obstacle=obstacle)
    criteria = _criteria(circular)
    offers = _row_offers(old_plan, new_year, circular, criteria)
    texts, kept = text_offers(old_plan, new_year, circular, target)
    return Proposal(
        plan=old_plan,
        new_year=new_year,
        target=target,
        circular=circular,
        criteria=tuple(criteria.values()),
        rows=tuple(o for o in offers if not _stays(o)),
        texts=texts,
        reset=reset_items(old_plan, circular, kept),
        left_rows=tuple(o for o in offers if _stays(o)),
        left=left_items(old_plan, circular),
    )


def _stays(offer):
    return offer.is_carried or offer.result.code == Progress.DONE


def _plan_of(old_plan, new_year):
    if new_year.pk is None:
        return None
    plans = ImprovementPlan.objects.filter(school=old_plan.school, school_year=new_year)
    plan = plans.select_related("circular", "school_year").first()
    if plan is not None:
        plan.school = old_plan.school  # with its supervisions, which are read already
    return plan


def _obstacle(old_plan, new_year, target):
    if target is not None and target.status not in DRAFT_STATUSES:
        state = target.get_status_display()
        advice = (
            "Nội dung mới chỉ thêm được khi điều chỉnh kế hoạch đó."
            if target.status in ISSUED_STATUSES
            else "Muốn chuyển, hãy rút lại hoặc đề nghị người duyệt trả lại kế hoạch đó."
        )
        return (
            f"Kế hoạch năm học {new_year} đang ở trạng thái “{state}”, không chuyển thêm "
            f"nội dung vào được. {advice}"
        )
    if new_year.first_year > first_year_on(timezone.localdate()) + 1:
        return (
            f"Chưa đến lúc lập kế hoạch năm học {new_year}; chỉ lập trước được một năm "
            "học."
        )
    return ""


def may_go_on(plan):
    """Whether the year after takes what is carried: its plan is open, or there is none."""
    first_year = plan.school_year.first_year + 1
    if first_year > first_year_on(timezone.localdate()) + 1:
        return False
    after = plan.school.plans.filter(school_year__first_year=first_year)
    return not after.exclude(status__in=DRAFT_STATUSES).exists()


def _criteria(circular):
    found = Criterion.objects.filter(standard__circular=circular)
    found = found.select_related("standard").order_by("standard__number", "position")
    return {criterion.code: criterion for criterion in found}


def _row_offers(old_plan, new_year, circular, criteria):
    rows = old_plan.rows.select_related(
        "standard",
        "criterion__standard",
        "source_review",
        "focus_issue__standard",
        "focus_issue__criterion",
    ).prefetch_related("progress_entries")
    carried = ActionRow.objects.filter(
        carried_from=OuterRef("pk"),
        plan__school=old_plan.school_id,
        plan__school_year__first_year=new_year.first_year,
    )
    rows = list(rows.annotate(is_carried=Exists(carried)))
    ways = crossings(rows, circular, criteria)
    offers = [_row_offer(row, ways[row.pk]) for row in rows]
    return sorted(offers, key=lambda o: (_ORDER[o.result.code], o.row.position))


def _row_offer(row, crossing):
    result = last_result(row)
    if row.is_carried:
        reason = "Đã có trong kế hoạch năm sau."
    elif result.code == Progress.DONE:
        reason = "Đã xong nên để lại. Đánh dấu nếu năm sau vẫn làm tiếp."
    elif result.code:
        reason = "Chưa xong nên chuyển tiếp."
    else:
        reason = "Không có kết quả nên coi như chưa xong."
    goes_on = crossing.is_settled or bool(crossing.criteria)
    is_ticked = goes_on and not row.is_carried and result.code != Progress.DONE
    return RowOffer(row, result, crossing, reason, is_ticked, row.is_carried)


@dataclass(frozen=True)
class Outcome:
    """What a carry-over did."""

    plan: ImprovementPlan
    is_new: bool
    row_count: int
    text_count: int


@transaction.atomic
def carry_over(old_plan, new_year, *, by, rows, texts=()):
    """Carry `rows` (old row's pk → pk of its new criterion or None) and the texts named
    in `texts` into the plan of `new_year`, which is begun where there is none.

    What was carried before stays as it is. Raises CarryOverError, PermissionDenied."""
    require(by, Ability.CREATE_PLAN, old_plan.school)
    plan = _plan_of(old_plan, new_year)
    found = proposal(old_plan, new_year)
    if found.obstacle:
        raise CarryOverError(found.obstacle)
    taken = [offer for offer in found.offers if offer.row.pk in rows]
    kept = [text for text in found.texts if text.key in texts]
    if not taken and not kept and plan is not None:
        return Outcome(plan, False, 0, 0)
    is_new = plan is None
    if is_new:
        plan = _begin(old_plan, new_year, by)
    with editing(plan, by=by, ability=Ability.ARRANGE_PLAN) as locked:
        _refuse_locked(old_plan, new_year, locked)
        chosen = _chosen(found, rows)
        count = carried_lines.add(locked, old_plan, taken, chosen, by=by)
        for text in kept:
            text.write(locked)
        locked.events.create(
            actor=by,
            deed="chuyen-tiep",
            label=f"Đã chuyển {count} nội dung từ kế hoạch {old_plan.school_year}",
        )
    return Outcome(locked, is_new, count, len(kept))


def _begin(old_plan, new_year, by):
    if new_year.pk is None:
        new_year, _ = SchoolYear.objects.get_or_create(first_year=new_year.first_year)
    try:
        plan = drafting.create_plan(old_plan.school, new_year, by=by)
    except drafting.PlanExistsError as error:  # somebody was quicker
        return error.existing
    if plan.layout.key == old_plan.layout.key:
        plan.grouping = old_plan.grouping
        plan.save(update_fields=["grouping"])
    return plan


def _refuse_locked(old_plan, new_year, locked):
    """The plan as it is now that nobody else can change it."""
    obstacle = _obstacle(old_plan, new_year, locked)
    if obstacle:
        raise CarryOverError(obstacle)


def _chosen(found, rows):
    """The new criterion of each row by the old row's pk. A settled one is not asked
    for; a pk of another circular finds nothing."""
    by_pk = {criterion.pk: criterion for criterion in found.criteria}
    return {
        offer.row.pk: offer.row.criterion
        if offer.crossing.is_settled
        else by_pk.get(rows.get(offer.row.pk))
        for offer in found.offers
    }
