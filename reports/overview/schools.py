"""The list of an office's schools: each one's state in the year, and how many there are in
each state."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from plans.deadlines import Countdown, next_deadline
from plans.due import plan_states
from plans.enums import AssessmentStatus
from plans.models import Assessment, ImprovementPlan
from reports.enums import Period, ReportStatus
from reports.models import ResultReport
from reports.overview import overdue
from reports.overview.scope import (
    NOT_STARTED,
    OVERDUE,
    STATES,
    in_order,
    in_state,
    narrowed,
    office_schools,
    offices,
    with_office,
)
from schools.enums import LevelOfSchooling
from schools.models import School


@dataclass(frozen=True)
class StateCount:
    """How many schools are in a state; `query` is the address that lists them."""

    key: str
    label: str
    count: int
    query: str
    is_chosen: bool


class Overview:
    """The schools of `user` in a year under `filters`: three queries for the counts and the
    keys of a page, and those of `rows`, whatever the number of schools."""

    def __init__(self, user, school_year, filters):
        self.school_year, self.filters = school_year, filters
        self.today = timezone.localdate()
        self.offices = offices(user, school_year)
        passed = overdue.passed_dates(self.offices, self.today)
        self.schools = narrowed(office_schools(user, school_year), filters)
        with_facts = overdue.with_facts(self.schools, school_year, passed)
        self.overdue_keys = []
        if filters.state == OVERDUE:
            self._list_overdue(with_facts)
        else:
            self.groups = overdue.grouped(with_facts)
            self.late = {facts for facts in self.groups if self._is_overdue(facts)}

    def _list_overdue(self, with_facts):
        """The rule is not told to the database: which schools it holds for is known once
        all are read. One query here too."""
        found = overdue.listed(in_order(with_facts))
        counted = Counter(entry[1:] for entry in found)
        self.groups = {overdue.Facts(*facts): n for facts, n in counted.items()}
        self.late = {facts for facts in self.groups if self._is_overdue(facts)}
        self.overdue_keys = [entry[0] for entry in found if entry[1:] in self.late]

    def _is_overdue(self, facts):
        office = self.offices.get(facts.office) or self.offices[None]
        return overdue.is_overdue(facts, office, self.school_year, self.today)

    @property
    def total(self):
        return sum(self.groups.values())

    @property
    def count(self):
        """How many schools the chosen state has."""
        state = self.filters.state
        return next((c.count for c in self.counts if c.key == state), self.total)

    @property
    def counts(self):
        """Every state with its number of schools, the empty key for all of them."""
        found = dict.fromkeys(STATES, 0)
        for facts, count in self.groups.items():
            found[facts.state] += count
        listed = [("", "Tất cả", self.total)]
        listed += [(key, STATES[key], count) for key, count in found.items()]
        overdue_count = sum(self.groups[facts] for facts in self.late)
        listed.append((OVERDUE, "Quá hạn", overdue_count))
        plain, chosen = self.filters.without_state(), self.filters.state
        return [
            StateCount(key, label, n, plain.query(trangthai=key), key == chosen)
            for key, label, n in listed
        ]

    def _keys(self, first, last):
        """The keys of the chosen state's schools, by name, or the query for them."""
        state = self.filters.state
        if state == OVERDUE:
            return self.overdue_keys[first:last]
        return in_order(in_state(self.schools, state)).values("pk")[first:last]

    def rows(self, first=0, last=None):
        """The `SchoolRow` of the schools from `first` to before `last`: five queries."""
        # Found first and dressed then: else a database dresses all before it sorts.
        schools = with_office(School.objects.filter(pk__in=self._keys(first, last)))
        schools = in_order(_with_papers(schools, self.school_year))
        schools = list(schools.prefetch_related("education_levels"))
        plans = ImprovementPlan.objects.filter(school__in=[s.pk for s in schools])
        planned = {s.school.pk: s for s in plan_states(plans, self.school_year)}
        return [self._row(school, planned.get(school.pk)) for school in schools]

    def _row(self, school, state):
        office = self.offices.get(school.office) or self.offices[None]
        if state is None:
            is_assessed = school.assessment_status == AssessmentStatus.FINISHED
            entries = overdue.entries_without_plan(
                office.rules, is_assessed=is_assessed
            )
        else:
            entries = state.entries
        return SchoolRow(
            school=school,
            plan=state.plan if state else None,
            office=office.name,
            waits=_waits(entries, self.today),
        )


def _with_papers(schools, school_year):
    """`schools` with their self-assessment and their report of the year."""
    assessments = Assessment.objects.filter(
        school=OuterRef("pk"), school_year=school_year
    )
    reports = ResultReport.objects.filter(
        school=OuterRef("pk"), school_year=school_year, period=Period.YEAR
    )
    papers = {"assessment": assessments.order_by(), "report": reports.order_by()}
    return schools.annotate(
        **{
            f"{name}_{field}": Subquery(found.values(field)[:1])
            for name, found in papers.items()
            for field in ("pk", "status", "updated_at")
        }
    )


@dataclass(frozen=True)
class Wait:
    """A date that has passed or the next one to come, in words."""

    name: str
    countdown: Countdown
    days: int  # since it passed; 0 or less: it has not


@dataclass(frozen=True)
class SchoolRow:
    school: School
    plan: ImprovementPlan | None
    office: str
    waits: tuple[Wait, ...]

    @property
    def state(self):
        return self.plan.status if self.plan else NOT_STARTED

    @property
    def label(self):
        return STATES[self.state]

    @property
    def levels(self):
        codes = self.school.level_codes
        return ", ".join(LevelOfSchooling(code).label for code in codes)

    @property
    def assessment_label(self):
        status = self.school.assessment_status
        return AssessmentStatus(status).label if status else "Chưa bắt đầu"

    @property
    def report_label(self):
        status = self.school.report_status
        return ReportStatus(status).label if status else "Chưa lập"

    @property
    def days_overdue(self):
        return max([wait.days for wait in self.waits if wait.days > 0], default=0)

    @property
    def changed_at(self):
        moments = (
            self.plan.updated_at if self.plan else None,
            self.school.assessment_updated_at,
            self.school.report_updated_at,
        )
        return max(filter(None, moments), default=None)


def _waits(entries, today):
    """All that are overdue, the oldest first, else the next date there is."""
    late = [entry for entry in entries if entry.is_overdue(today)]
    following = next_deadline(entries)
    return tuple(
        Wait(entry.name, entry.countdown(today), (today - entry.day).days)
        for entry in late or filter(None, [following])
    )
