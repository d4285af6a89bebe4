"""Which of an office's schools are overdue, counted in the database. The rule itself is
that of `plans.deadlines`: schools that are alike in all it asks for are one group, and the
rule is asked once for each group, however many schools there are."""

from types import SimpleNamespace
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.db.models.lookups import IsNull

from plans import deadlines
from plans.enums import CARRIED_OUT_STATUSES, AssessmentStatus, Progress
from plans.layouts import LAYOUTS, layout_for
from plans.models import ActionRow, Monitoring
from plans.tallies import Tally
from plans.yearly import plan_deadlines
from reports.enums import Period
from schools.year_rules import FIELDS

_BOTH = 2  # reviews of a year; more make no difference to any date
_PLAN = OuterRef("year_plan__pk")


class Facts(NamedTuple):
    """All that the dates of a school's year depend on, as they are stored."""

    office: int | None
    year_plan__status: str | None
    year_plan__circular__number: str | None
    assessment: str | None  # the status of a finished one
    result_status: str
    reviewed: int  # of the year's two reviews, how many lie behind

    @property
    def state(self):
        return self.year_plan__status or "none"

    @property
    def is_assessed(self):
        return bool(self.assessment)


NAMES = Facts._fields


def with_facts(schools, school_year, passed):
    """`schools` (of `office_schools`) with their `Facts`. `passed` holds the keys of the
    dates that lie behind: what only the others depend on is not looked up."""
    found = {
        "assessment": Value(""),
        "result_status": Value(""),
        "reviewed": Value(0),
    }
    if deadlines.ASSESSMENT in passed:
        schools, found["assessment"] = _with_assessment(schools, school_year)
    if deadlines.RESULT in passed:
        schools, found["result_status"] = _with_result(schools, school_year)
    if {deadlines.FIRST_REVIEW, deadlines.SECOND_REVIEW} & set(passed):
        found["reviewed"] = _reviewed()
    return schools.annotate(**found)


def _with_assessment(schools, school_year):
    condition = Q(
        assessments__school_year=school_year,
        assessments__status=AssessmentStatus.FINISHED,
    )
    schools = schools.annotate(
        finished=FilteredRelation("assessments", condition=condition)
    )
    return schools, F("finished__status")


def _with_result(schools, school_year):
    condition = Q(
        result_reports__school_year=school_year, result_reports__period=Period.YEAR
    )
    schools = schools.annotate(
        year_report=FilteredRelation("result_reports", condition=condition)
    )
    # One that a file brought may belong to no plan.
    of_plan = Q(year_report__plan=F("year_plan__pk"))
    status = Case(
        When(of_plan, then=F("year_report__status")),
        default=Value(""),
        output_field=CharField(),
    )
    return schools, status


def _reviewed():
    """Of a form with a table of reviews, the reviews count; else progress on the rows:
    some stands for the first, on all of them for both. Only while the plan is carried out:
    of one that is reported nothing is asked."""
    reviewed = [n for layout in LAYOUTS if layout.monitoring for n in layout.circulars]
    in_table = Q(year_plan__circular__number__in=reviewed)
    carried_out = Q(year_plan__status__in=sorted(CARRIED_OUT_STATUSES))
    counted = Monitoring.objects.filter(plan=_PLAN).exclude(result="").order_by()
    counted = Subquery(counted.values("plan").annotate(n=Count("pk")).values("n"))
    rows = ActionRow.objects.filter(plan=_PLAN).order_by()
    unfinished = rows.filter(progress__in=["", Progress.IN_PROGRESS])
    return Case(
        When(in_table, then=Least(Coalesce(counted, 0), _BOTH)),
        When(~carried_out, then=Value(0)),
        When(~Q(_is_there(rows.filter(progress__gt=""))), then=Value(0)),
        When(_is_there(unfinished), then=Value(1)),
        default=Value(_BOTH),
        output_field=IntegerField(),
    )


def _is_there(rows):
    """As Exists, but asked for each plan: PostgreSQL would read the rows of all years to
    answer an EXISTS."""
    return IsNull(Subquery(rows.values("pk")[:1]), False)


def grouped(schools):
    """{`Facts`: number of schools} of `with_facts`: one query."""
    found = schools.order_by().values_list(*NAMES).annotate(count=Count("pk"))
    return {Facts(*entry[:-1]): entry[-1] for entry in found}


def listed(schools):
    """[(pk, *facts), …] of `with_facts`, in their order: one query. The facts are plain
    tuples, each equal to its `Facts`: a name for every value is dear where there are
    thousands."""
    return list(schools.values_list("pk", *NAMES))


def passed_dates(offices, today):
    """Keys of the dates that have passed under any of the `offices`."""
    return {
        entry.key
        for year_rules in {office.rules for office in offices.values()}
        for entry in deadlines.deadlines(year_rules)
        if entry.is_overdue(today)
    }


def is_overdue(facts, office, school_year, today):
    """Whether a school with these `facts` is overdue with anything."""
    if facts.year_plan__status:
        entries = plan_deadlines(_plan(facts, office, school_year), _tally(facts))
    else:
        entries = entries_without_plan(office.rules, is_assessed=facts.is_assessed)
    return any(entry.is_overdue(today) for entry in entries)


def entries_without_plan(year_rules, *, is_assessed):
    """The dates of a school that has begun no plan."""
    done = {deadlines.ASSESSMENT} if is_assessed else frozenset()
    entries = deadlines.deadlines(year_rules, done)
    return tuple(entry for entry in entries if entry.key in deadlines.WITHOUT_PLAN)


def _plan(facts, office, school_year):
    """What the rule reads of a plan from `with_year_facts`."""
    number = facts.year_plan__circular__number
    return SimpleNamespace(
        **{f"set_{name}": getattr(office.rules, name) for name in FIELDS},
        has_office=office.pk is not None,
        is_assessed=facts.is_assessed,
        status=facts.year_plan__status,
        school_year=school_year,
        layout=layout_for(SimpleNamespace(number=number)),
        review_count=facts.reviewed,
        result_status=facts.result_status,
    )


def _tally(facts):
    """The smallest tally that has begun, or ended, as the school's has."""
    if not facts.reviewed:
        return Tally()
    return Tally(done=1, unrecorded=0 if facts.reviewed == _BOTH else 1)
