"""What happened in the demonstration's school years: plans put into force, progress,
evidence, self-assessments and result reports, each through the function that its page
calls."""

import json
from datetime import date

from django.conf import settings

from criteria.queries import criteria_with_requirements
from plans import workflow
from plans.assessed import criterion_result
from plans.assessing import (
    assign,
    begin_assessment,
    finish_assessment,
    save_review,
)
from plans.evidencing import add_evidence
from plans.models import CriterionReview, ImprovementPlan, LineChange
from plans.recording import record_progress
from plans.yearfile.loading import LOADED
from reports.demo.clock import at, has_come
from reports.demo.papers import (
    date_events,
    enter_lines,
    put_into_force,
    report_on,
)
from schools.enums import Role
from schools.models import Membership, User

FOLDER = settings.BASE_DIR / "fixtures" / "demo" / "year"
_REVIEW_TEXTS = ("current_state", "strengths", "limitations", "cause")


def tell_years():
    """Walk through every file of the folder, the oldest year first."""
    told = [json.loads(p.read_text(encoding="utf-8")) for p in FOLDER.glob("*.json")]
    for year in sorted(told, key=lambda y: (y["first_year"], y["school"])):
        plan = ImprovementPlan.objects.with_header().get(
            school__name=year["school"], school_year__first_year=year["first_year"]
        )
        _tell(plan, year, head_of(plan.school))


def head_of(school):
    held = Membership.objects.filter(school=school, role=Role.PRINCIPAL)
    return User.objects.get(pk=held.values("user")[:1])


def _tell(plan, year, head):
    enter_lines(plan.school, year.get("register", ()), head)
    if plan.is_issued_outside:
        date_events(plan, LOADED, plan.issued_on)
    if "issue" in year:
        if not _is_over(year["issue"], "issued_on"):
            return  # nothing is recorded on a plan that is still being written
        put_into_force(plan, year["issue"], head)
    assessment = None
    if "assessment" in year:
        assessment = begin_assessment(plan.school, plan.school_year, by=head)
    _carry_out(plan, year.get("progress", ()), head, assessment)
    if assessment is not None:
        _assess(plan, assessment, year["assessment"], head)
    if _is_over(year.get("report", {}), "issued_on"):
        report_on(plan, year["report"], head)
    if _is_over(year, "closed_on"):
        workflow.perform(workflow.CLOSE, plan, by=head)
        date_events(plan, workflow.CLOSE.key, date.fromisoformat(year["closed_on"]))


def _is_over(told, name):
    """Whether the story has the day `name`, and it is not ahead of today."""
    return name in told and has_come(date.fromisoformat(told[name]))


def _carry_out(plan, progress, head, assessment):
    rows = {row.position: row for row in plan.rows.select_related("criterion")}
    for told in progress:
        row = rows[told["row"]]
        for entry in told["entries"]:
            _record(row, entry, head)
        for piece in told.get("evidence", ()):
            _prove(plan, row.criterion, piece, head, assessment, rows=[row])


def _record(row, told, head):
    day = date.fromisoformat(told["on"])
    if not has_come(day):
        return
    record_progress(
        row,
        status=told["status"],
        is_late=told.get("is_late", False),
        done=told["done"],
        reason=told.get("reason", ""),
        recorded_on=day,
        by=_person(told, head),
    )
    change = row.plan.line_changes.filter(line_id=row.pk).latest("pk")
    LineChange.objects.filter(pk=change.pk).update(at=at(day))


def _person(told, head):
    return User.objects.get(email=told["by"]) if "by" in told else head


def _prove(plan, criterion, piece, head, assessment, rows=()):
    """A piece that proves a row also serves what is found for the row's criterion."""
    reviews = ()
    if assessment is not None:
        reviews = assessment.reviews.filter(criterion=criterion)
    return add_evidence(
        plan.school,
        plan.school_year,
        criterion,
        by=_person(piece, head),
        rows=rows,
        reviews=reviews,
        **{k: v for k, v in piece.items() if k not in ("by", "criterion")},
    )


def _assess(plan, assessment, told, head):
    criteria = criteria_with_requirements(assessment.circular)
    reviews = CriterionReview.objects.filter(assessment=assessment)
    by_code = {review.criterion.code: review for review in reviews}
    for email, codes in told["assigned"].items():
        given = [by_code[code].pk for code in codes]
        assign(assessment, given, User.objects.get(email=email), by=head)
    for piece in told.get("evidence", ()):
        _prove(plan, criteria[piece["criterion"]], piece, head, assessment)
    for found in told["reviews"]:
        review = by_code[found["criterion"]]
        review.assessment, review.criterion = assessment, criteria[found["criterion"]]
        _save(review, found, head)
    if told["is_finished"]:
        finish_assessment(assessment, by=head)


def _save(review, found, head):
    """`unmet` and `unseen` name points as "2b", or "3" where the level has no points;
    all others are met."""
    asked = criterion_result(review.assessment, review.criterion, {}).criterion.demands
    unmet, unseen = found.get("unmet", ()), found.get("unseen", ())
    answers = {}
    for demand in asked:
        name = f"{demand.level}{demand.point}"
        answers[demand.key] = None if name in unseen else name not in unmet
    save_review(
        review,
        by=_person(found, head),
        texts={name: found.get(name, "") for name in _REVIEW_TEXTS},
        found=answers,
        is_finished=found.get("is_finished", True),
    )
