"""Taking a limitation of the self-assessment into a plan: linked back, never twice."""

import re

from criteria.queries import criteria_with_requirements
from plans.assessed import criterion_result, found_of
from plans.crossing import crossings
from plans.drafting import save_line
from plans.editing import PlanLockedError, editing
from plans.models import ActionRow, FocusIssue, ImprovementPlan
from plans.tables import FOCUS_ISSUES, ROWS

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=\w)")


class CannotTakeError(Exception):
    """The limitation cannot go into this plan. The text is ready to show."""


class AlreadyTakenError(Exception):
    """A row of the plan comes from this limitation already; `row` is that one."""

    def __init__(self, row):
        self.row = row
        super().__init__(
            f"Hạn chế này đã được đưa vào kế hoạch năm học {row.plan.school_year}, ở dòng "
            f"“{row}”."
        )


def plans_for(assessment):
    """The open plans that limitations may go into."""
    return _plans_grounded_on(assessment).open()


def plans_left_for(review):
    """The open plans that the limitation of `review` is not in yet."""
    taken = review.rows.values("plan")
    return plans_for(review.assessment).exclude(pk__in=taken)


def taken_rows(**of_review):
    """The rows of plans that limitations have become, by review; `of_review` filters
    the rows by where they come from."""
    rows = ActionRow.objects.filter(**of_review).order_by("pk")
    taken = {}
    for row in rows.select_related("plan__school_year", "criterion"):
        taken.setdefault(row.source_review_id, []).append(row)
    return taken


def why_not(review):
    """Why there is no plan left for the limitation, and what to do."""
    row = review.rows.select_related("plan__school_year", "criterion").last()
    if row is not None:
        return str(AlreadyTakenError(row))
    return why_no_plan(review.assessment)


def why_no_plan(assessment):
    locked = _plans_grounded_on(assessment).last()
    if locked is not None:
        return f"Năm học {locked.school_year}: {PlanLockedError(locked)}"
    return (
        f"Chưa có kế hoạch năm học {assessment.school_year} hoặc năm học sau. Hãy lập kế "
        "hoạch trước, rồi đưa từng nội dung vào."
    )


def _plans_grounded_on(assessment):
    """An assessment is the ground of next year's plan and, when it is made in autumn,
    of this year's."""
    year = assessment.school_year.first_year
    plans = ImprovementPlan.objects.select_related("school_year", "circular")
    return plans.filter(
        school=assessment.school_id, school_year__first_year__in=(year, year + 1)
    ).order_by("school_year__first_year")


def take_limitation(review, plan, *, by):
    """The new row of `plan` for the limitation of `review`; in Mẫu số 2 with its issue.

    Raises CannotTakeError, AlreadyTakenError, and what the guard of the plan raises."""
    with editing(plan, by=by) as locked:
        _check_fits(review, locked)
        row = locked.rows.filter(source_review=review).select_related("plan").first()
        if row is not None:
            raise AlreadyTakenError(row)
        place = _place(review, locked)
        if locked.layout.focus_issues:
            row = _row_of_2026(review, place)
            row.focus_issue = _issue(review, locked, place, by)
        else:
            row = _row_of_2018(review, place)
        return save_line(ROWS, locked, row, by=by)


def _check_fits(review, plan):
    if not plans_for(review.assessment).filter(pk=plan.pk).exists():
        raise CannotTakeError(
            "Chỉ đưa được vào kế hoạch của cùng trường, cùng năm học hoặc năm học sau."
        )
    if not review.limitations.strip():
        raise CannotTakeError(
            f"Tiêu chí {review.criterion.code} chưa ghi điểm còn hạn chế nên chưa có gì "
            "để đưa vào kế hoạch."
        )


def _place(review, plan):
    """Where the limitation stands in the plan: its own criterion, or under another
    circular the one it most nearly continues into, for the user to confirm."""
    found = ActionRow(
        pk=0, criterion=review.criterion, standard=review.criterion.standard
    )
    criteria = criteria_with_requirements(plan.circular)
    criterion = crossings([found], plan.circular, criteria)[0].suggested
    if criterion is None and plan.layout.needs_criterion:
        raise CannotTakeError(
            f"Kế hoạch lập theo {plan.circular}; tiêu chí {review.criterion.code} không "
            "có tiêu chí tương ứng ở đó. Hãy thêm nội dung bằng tay."
        )
    return {
        "criterion": criterion,
        "standard": criterion.standard if criterion else None,
        "education_level_id": review.level_of_schooling or None,
        "source_review": review,
    }


def _issue(review, plan, place, by):
    """The issue of table IV; one that is there already is kept as it was written."""
    issue = plan.focus_issues.filter(source_review=review).first()
    if issue is not None:
        return issue
    issue = FocusIssue(
        current_state=review.current_state,
        limitation=review.limitations,
        cause=review.cause,
        **place,
    )
    return save_line(FOCUS_ISSUES, plan, issue, by=by)


def _row_of_2026(review, place):
    return ActionRow(content=first_sentence(review.limitations), **place)


def _row_of_2018(review, place):
    """The level is the next one that the criterion does not reach yet."""
    result = criterion_result(review.assessment, review.criterion, found_of(review))
    level = min(result.next_level or result.top, 3)
    weakness = first_sentence(review.limitations)
    return ActionRow(
        level=str(level),
        criterion_title=place["criterion"].title,
        goal=f"Khắc phục điểm yếu: {weakness}\nTiêu chí {place['criterion'].code} đạt "
        f"Mức {level}.",
        **place,
    )


def first_sentence(text):
    """What names a limitation: its first sentence, without the dash of a list."""
    line = text.strip().split("\n", maxsplit=1)[0].lstrip("-–+• ").strip()
    for end in _SENTENCE_END.finditer(line):
        if line[end.end()].isupper():  # "v.v. và" goes on
            return line[: end.start()]
    return line
