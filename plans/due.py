"""Where all the schools of a list stand in a school year: their plans and their dates. One
answer for the home page, the office's lists, reminders and the weekly summary; the number
of queries does not depend on how many schools there are."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from plans import deadlines
from plans.enums import AssessmentStatus
from plans.models import Assessment, ImprovementPlan
from plans.tallies import Tally, tallies, total
from plans.yearly import plan_deadlines, with_year_facts
from schools.models import School
from schools.year_rules import YearRules, rules_of_row, with_year_settings


@dataclass(frozen=True)
class SchoolYearState:
    """One school in one year. `plan` is None before it is begun; `result_status` is that
    of the year's report, empty before there is one."""

    school: School
    plan: ImprovementPlan | None
    rules: YearRules
    entries: tuple[deadlines.Deadline, ...]
    tally: Tally

    @property
    def next_deadline(self):
        return deadlines.next_deadline(self.entries)

    @property
    def result_status(self):
        return (self.plan.result_status or "") if self.plan else ""

    def overdue(self, today):
        """The dates that have passed with nothing done, the oldest first."""
        return [entry for entry in self.entries if entry.is_overdue(today)]


def school_year_states(schools, school_year):
    """The `SchoolYearState` of each of `schools` (a queryset) in `school_year`, in order."""
    assessed = Assessment.objects.filter(
        school=OuterRef("pk"),
        school_year=school_year,
        status=AssessmentStatus.FINISHED,
    )
    plans = ImprovementPlan.objects.filter(school__in=schools.order_by().values("pk"))
    plans, counted = _plans_with_tallies(plans, school_year)
    by_school = {plan.school_id: plan for plan in plans}
    schools = with_year_settings(schools, school="pk", school_year=school_year)
    schools = schools.annotate(is_assessed=Exists(assessed))
    return [
        state_of(school, by_school.get(school.pk), school_year, counted)
        for school in schools
    ]


def plan_states(plans, school_year):
    """The `SchoolYearState` of the schools that have one of `plans` (a queryset) in
    `school_year`: the schools come with their plans."""
    plans, counted = _plans_with_tallies(plans, school_year)
    return [state_of(plan.school, plan, school_year, counted) for plan in plans]


def _plans_with_tallies(plans, school_year):
    plans = with_year_facts(plans.with_header()).filter(school_year=school_year)
    # Nothing is recorded on a plan that is not issued: it needs no count.
    issued = [plan.pk for plan in plans if plan.is_issued]
    return plans, tallies(issued) if issued else {}


def state_of(school, plan, school_year, counted):
    """The `SchoolYearState` of `school`. `plan` comes from `with_year_facts`, `counted`
    from `tallies`; of a school without a plan, its own year settings and `is_assessed` are
    read."""
    year_rules = rules_of_row(plan or school, school_year.first_year)
    if plan is not None:
        tally = total(counted.get(plan.pk, ()))
        entries = plan_deadlines(plan, tally)
        return SchoolYearState(school, plan, year_rules, entries, tally)
    done = {deadlines.ASSESSMENT} if school.is_assessed else frozenset()
    entries = deadlines.deadlines(year_rules, done)
    entries = tuple(e for e in entries if e.key in deadlines.WITHOUT_PLAN)
    return SchoolYearState(school, None, year_rules, entries, Tally())
