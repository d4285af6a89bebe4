"""Reading a self-assessment: what was found, what level that is, and why."""

from dataclasses import dataclass

from django.utils import timezone

from criteria.attainment import (
    Attainment,
    CriterionAttainment,
    attain,
    clause_key,
    framework_of,
    lowest,
)
from criteria.queries import criteria_with_requirements
from plans.models import CriterionReview, RequirementCheck
from schools.enums import LevelOfSchooling


@dataclass(frozen=True)
class ReviewLine:
    """One criterion of the list: its review and what it reaches."""

    review: CriterionReview
    result: CriterionAttainment


@dataclass(frozen=True)
class SchoolingPart:
    """The criteria of one level of schooling; `code` is empty where there is but one."""

    code: str
    lines: tuple[ReviewLine, ...]
    attainment: Attainment

    @property
    def label(self):
        return LevelOfSchooling(self.code).label if self.code else ""


@dataclass(frozen=True)
class AssessmentSheet:
    parts: tuple[SchoolingPart, ...]
    attainment: Attainment  # of the school: the lowest of its levels of schooling

    @property
    def lines(self):
        return [line for part in self.parts for line in part.lines]

    @property
    def finished_count(self):
        return sum(line.review.is_finished for line in self.lines)


def law_day(assessment):
    """The day whose law applies: today, kept within the year assessed."""
    return assessment.school_year.clamp(timezone.localdate())


def reviews_in_order(assessment):
    """The reviews by level of schooling, then as the circular lists the criteria."""
    reviews = CriterionReview.objects.filter(assessment=assessment)
    reviews = reviews.select_related("criterion__standard", "assigned_to")
    order = list(LevelOfSchooling.values)
    return sorted(
        reviews.order_by("criterion__standard__number", "criterion__position"),
        key=lambda review: (
            order.index(review.level_of_schooling) if review.level_of_schooling else -1
        ),
    )


def sheet_of(assessment):
    """All of `assessment` with its results, in as many queries whatever its size."""
    criteria = criteria_with_requirements(assessment.circular).values()
    clauses = list(assessment.circular.level_four_clauses.all())
    framework = framework_of(
        assessment.circular, criteria, clauses, law_day(assessment)
    )
    of_clauses = {
        clause_key(check.clause): check.is_met
        for check in assessment.level_four_checks.select_related("clause")
    }
    reviews, checks = reviews_in_order(assessment), {}
    for check in RequirementCheck.objects.filter(review__assessment=assessment):
        checks.setdefault(check.review_id, {})[check.requirement_id] = check.is_met
    parts = tuple(
        _part(framework, code, reviews, checks, of_clauses)
        for code in dict.fromkeys(review.level_of_schooling for review in reviews)
    )
    return AssessmentSheet(parts, lowest(part.attainment for part in parts))


def _part(framework, code, reviews, checks, of_clauses):
    own = [review for review in reviews if review.level_of_schooling == code]
    found = dict(of_clauses)
    for review in own:
        found |= checks.get(review.pk, {})
    attainment = attain(framework, found)
    results = {result.code: result for result in attainment.criteria}
    lines = tuple(ReviewLine(review, results[review.criterion.code]) for review in own)
    return SchoolingPart(code, lines, attainment)


def criterion_result(assessment, criterion, found):
    """What one criterion reaches with `found` (None: not looked at)."""
    framework = framework_of(assessment.circular, [criterion], (), law_day(assessment))
    seen = {pk: is_met for pk, is_met in found.items() if is_met is not None}
    return attain(framework, seen).criteria[0]


def found_of(review):
    """What is stored for the requirements of `review`."""
    return dict(review.checks.values_list("requirement_id", "is_met"))
