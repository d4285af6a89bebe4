"""Behind a cell of the grid: a school's rows of a criterion, and what it found there."""

from dataclasses import dataclass

from django.utils import timezone

from criteria.attainment import attain, framework_of, result_name
from plans.enums import Progress
from plans.models import ActionRow, CriterionReview
from reports.overview.heat import is_past


@dataclass(frozen=True)
class BehindRow:
    row: ActionRow
    is_late: bool

    @property
    def progress_label(self):
        return self.row.get_progress_display() if self.row.progress else "Chưa ghi"


@dataclass(frozen=True)
class BehindReview:
    review: CriterionReview
    result: str  # empty while the self-assessment is open


def criterion_rows(plans, criterion, school_year):
    """The `BehindRow` of each row of `plans` that answers `criterion`."""
    rows = ActionRow.objects.filter(plan__in=plans, criterion=criterion)
    today, first_year = timezone.localdate(), school_year.first_year
    return [
        BehindRow(
            row,
            row.plan.is_issued
            and row.progress != Progress.DONE
            and is_past(row.schedule, first_year, today),
        )
        for row in rows.select_related("plan").order_by("position", "pk")
    ]


def reviews_of(assessments, criterion, circular, school_year):
    """The `BehindReview` of each review of `criterion`: one for each level of schooling."""
    reviews = CriterionReview.objects.filter(
        assessment__in=assessments, criterion=criterion
    )
    day = school_year.clamp(timezone.localdate())
    framework = framework_of(circular, [criterion], (), day)
    return [
        BehindReview(
            review, "" if review.assessment.is_open else _name(review, framework)
        )
        for review in reviews.select_related("assessment").prefetch_related("checks")
    ]


def _name(review, framework):
    found = {check.requirement_id: check.is_met for check in review.checks.all()}
    return result_name(attain(framework, found).criteria[0])
