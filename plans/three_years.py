"""Three consecutive school years of one school side by side: what is there, what is
missing. Recognition needs data of three such years (57/2026 Điều 16.1.b). No scores, no
other schools."""

from dataclasses import dataclass

from plans.enums import AssessmentStatus, PlanStatus
from plans.models import ImprovementPlan
from plans.tallies import Tally, tallies, total
from schools.enums import LevelOfSchooling
from schools.year_rules import year_end

_NO_PLAN, _NO_RESULT, _NO_ASSESSMENT = (
    "thiếu kế hoạch",
    "thiếu kết quả",
    "thiếu tự đánh giá",
)


@dataclass(frozen=True)
class YearColumn:
    """One school year of the school. `gaps` names what a year that is over lacks;
    `is_over` False: there is still time, so nothing is missing yet."""

    name: str
    plan: ImprovementPlan | None
    tally: Tally
    assessment: object
    reports: tuple
    is_over: bool
    gaps: tuple


def three_years(school, last_first_year, today):
    """The columns of the three school years of `school` that end with the one beginning
    in `last_first_year`, oldest first: four queries."""
    years = range(last_first_year - 2, last_first_year + 1)
    wanted = {"school_year__first_year__in": years}
    plans = {
        plan.school_year.first_year: plan
        for plan in school.plans.filter(**wanted).select_related("school_year")
    }
    assessments = {
        found.school_year.first_year: found
        for found in school.assessments.filter(**wanted).select_related("school_year")
    }
    # Reports stand to the right of plans: reached from the school, not imported.
    reports = {}
    for report in school.result_reports.filter(**wanted).select_related("school_year"):
        reports.setdefault(report.school_year.first_year, []).append(report)
    counted = tallies([plan.pk for plan in plans.values()])
    return [
        _column(
            year,
            plans.get(year),
            counted,
            assessments.get(year),
            tuple(reports.get(year, ())),
            today,
        )
        for year in years
    ]


def _column(year, plan, counted, assessment, reports, today):
    tally = total(counted.get(plan.pk, ())) if plan else Tally()
    is_over = today > year_end(year)
    gaps = _gaps(plan, tally, assessment, reports) if is_over else ()
    return YearColumn(
        f"{year}-{year + 1}", plan, tally, assessment, reports, is_over, gaps
    )


def _gaps(plan, tally, assessment, reports):
    missing = []
    if plan is None or not plan.is_issued:
        missing.append(_NO_PLAN)
    if not _has_result(plan, tally, reports):
        missing.append(_NO_RESULT)
    if assessment is None or assessment.status != AssessmentStatus.FINISHED:
        missing.append(_NO_ASSESSMENT)
    return tuple(missing)


def _has_result(plan, tally, reports):
    """A plan that was closed without results breaks the series: the state alone is not
    enough. A result stands in an issued report, or on every row."""
    if any(report.status == "issued" for report in reports):
        return True
    if plan is None:
        return False
    recorded = tally.planned > 0 and tally.unrecorded == 0
    return plan.status == PlanStatus.REPORTED or recorded


def may_be_recognised(school):
    """57/2026 Điều 1.3: not centres of continuing education."""
    return school.level_codes != [LevelOfSchooling.CONTINUING]
