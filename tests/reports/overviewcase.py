"""An office with schools in every state of a year, for the tests of the overview."""

from django.urls import reverse

from plans.enums import PlanStatus
from tests.factories.assessments import make_assessment, meet
from tests.factories.plans import make_plan
from tests.factories.reports import make_report
from tests.factories.schools import SchoolFactory

YEAR = "2024-2025"
ISSUED = {"number": 5, "issued_on": "2024-10-05"}


def page(name, *args, **asked):
    """The address of a page of the overview, of 2024-2025 unless told else."""
    asked = {"nam": YEAR, **asked}
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return f"{reverse(f'reports:{name}', args=args)}?{query}"


def make_school(office, name, status=None, *, first_year=2024, rows=2, **fields):
    """A school of `office`; with a plan in `status` unless None."""
    school = SchoolFactory(name=name, authority=office)
    if status is not None:
        make_plan(first_year, school=school, rows=rows, status=status, **ISSUED)
    for field, value in fields.items():
        setattr(school, field, value)
    return school


def make_states(office, first_year=2024):
    """One school without a plan, and one for each state; by state."""
    return {
        status or "none": make_school(
            office, f"Trường {status or 'chưa lập'}", status, first_year=first_year
        )
        for status in (None, *PlanStatus.values)
    }


def assessed(school, level, first_year=2024, *, status="finished", **how):
    """The self-assessment of `school` in which every criterion reaches `level`."""
    assessment = make_assessment(first_year, school=school, status=status)
    meet(assessment, level, **how)
    return assessment


def reported(school, status, first_year=2024):
    plan = school.plans.get(school_year__first_year=first_year)
    number = {"number": 7, "issued_on": "2025-05-20"} if status == "issued" else {}
    return make_report(plan, status=status, **number)
