"""The year of a plan as its page shows it: dates behind and ahead, and what is planned
for when."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from plans import deadlines, schedules
from plans.enums import AssessmentStatus, PlanStatus, Progress
from plans.models import Assessment, Monitoring, PlanComment
from schools.year_rules import rules_of_row, with_year_settings

_OVER = frozenset({PlanStatus.REPORTED, PlanStatus.CLOSED})


def with_year_facts(plans):
    """`plans` with what their dates depend on: reviews that have a result, whether the
    year's self-assessment is finished, how far the year's report is, and what the office
    decided for the year. `open_remarks` counts the office's remarks that nobody has
    settled yet."""
    reviews = Monitoring.objects.filter(plan=OuterRef("pk")).exclude(result="")
    reviews = reviews.order_by().values("plan").annotate(count=Count("pk"))
    assessed = Assessment.objects.filter(
        school=OuterRef("school"),
        school_year=OuterRef("school_year"),
        status=AssessmentStatus.FINISHED,
    )
    remarks = PlanComment.objects.filter(
        plan=OuterRef("pk"), parent__isnull=True, resolved_at__isnull=True
    )
    remarks = remarks.order_by().values("plan").annotate(count=Count("pk"))
    # Reports stand to the right of plans: reached through the relation alone.
    result_report = plans.model.result_reports.rel.related_model
    results = result_report.objects.filter(plan=OuterRef("pk"), period="year")
    plans = with_year_settings(plans, school="school", school_year="school_year")
    return plans.annotate(
        review_count=Coalesce(Subquery(reviews.values("count")), 0),
        is_assessed=Exists(assessed),
        result_status=Subquery(results.values("status")[:1]),
        open_remarks=Coalesce(Subquery(remarks.values("count")), 0),
    )


def plan_deadlines(plan, tally):
    """The dates of the plan's year; `plan` comes from `with_year_facts`. A plan that is
    closed waits for nothing any more."""
    if plan.status == PlanStatus.CLOSED:
        return ()
    year_rules = rules_of_row(plan, plan.school_year.first_year)
    done = deadlines.reached(
        tally,
        reviews=plan.review_count,
        is_reviewed_in_table=bool(plan.layout.monitoring),
        is_assessed=plan.is_assessed,
        is_over=plan.status in _OVER,
        is_plan_in=deadlines.is_handed_in(plan.status, year_rules.mode),
        is_result_in=deadlines.is_handed_in(plan.result_status, year_rules.report_mode),
    )
    return deadlines.deadlines(
        year_rules,
        done,
        is_reviewed_in_table=bool(plan.layout.monitoring),
    )


@dataclass(frozen=True)
class Milestone:
    """One entry of the timeline. `code`: done, ahead, due, overdue or now."""

    day: date
    title: str
    code: str
    day_text: str = ""
    note: str = ""
    order: int = field(default=0)  # among those of one day


def milestones(plan, entries, spans, today):
    """The timeline in order of days, with today in its place. `entries` are the plan's
    deadlines, `spans` its rows (`row_spans`)."""
    # Oldest first: of one day, they stay in their order.
    events = plan.events.select_related("actor").order_by("at", "pk")
    found = [_event(event) for event in events]
    if plan.is_issued_outside and plan.issued_on:
        found.append(_of_day(plan.issued_on, "Ban hành kế hoạch", "done"))
    found += [_deadline(entry, today) for entry in entries]
    found += _due_months(spans, today)
    found.append(_of_day(today, "Hôm nay", "now", order=1))
    year = plan.school_year
    if not year.starts_on <= today <= year.ends_on:
        found.pop()
    return sorted(found, key=lambda milestone: (milestone.day, milestone.order))


def _of_day(day, title, code, note="", order=0):
    return Milestone(day, title, code, f"{day:%d/%m/%Y}", note, order)


def _event(event):
    day = timezone.localtime(event.at).date()
    return _of_day(day, event.label, "done", str(event.who or "Hệ thống"))


def _deadline(entry, today):
    countdown = entry.countdown(today)
    code = "ahead" if countdown.code == "none" else countdown.code
    return _of_day(entry.day, entry.name, code, countdown.words)


@dataclass(frozen=True)
class RowSpan:
    """A row with the time planned for it; `start` is None where its text tells none."""

    number: int
    row: object
    start: date | None
    end: date | None

    @property
    def is_finished(self):
        return self.row.progress == Progress.DONE

    @property
    def name(self):
        criterion = self.row.criterion
        return f"tiêu chí {criterion.code}" if criterion else f"nội dung {self.number}"


def row_spans(plan):
    first_year = plan.school_year.first_year
    rows = plan.rows.select_related("criterion", "standard")
    spans = []
    for number, row in enumerate(rows, start=1):
        start, end = schedules.parse(row.schedule, first_year) or (None, None)
        spans.append(RowSpan(number, row, start, end))
    return spans


def _due_months(spans, today):
    """One milestone for each month in which rows are to be finished."""
    months = {}
    for span in spans:
        if span.end is not None:
            months.setdefault((span.end.year, span.end.month), []).append(span)
    return [
        _due_month(year, month, due, today) for (year, month), due in months.items()
    ]


def _due_month(year, month, spans, today):
    last = max(span.end for span in spans)
    left = [span for span in spans if not span.is_finished]
    title = f"{len(spans)} nội dung đến hạn theo kế hoạch"
    if not left:
        code, note = "done", "Đã hoàn thành"
    else:
        is_late = any(span.end < today for span in left)
        code = "due" if is_late else "ahead"
        names = ", ".join(dict.fromkeys(span.name for span in left))
        # Amber and not red: the day is only read out of what somebody typed.
        words = "Quá thời gian đã ghi, còn" if is_late else "Còn"
        note = f"{words} {len(left)} nội dung chưa hoàn thành: {names}"
    return Milestone(last, title, code, f"Tháng {month}/{year}", note)
