"""How many queries the page of a plan and the list of plans take, however long."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import ImprovementPlan
from schools.enums import Role
from tests.bench.figures import Figure
from tests.factories.plans import make_plan
from tests.factories.schools import AuthorityFactory, SchoolFactory, make_user

SIZES = (1, 30, 300)
MOST = 12


def figures():
    for first_year, form in ((2024, "17/2018"), (2026, "57/2026")):
        offices = [_office(first_year, size) for size in SIZES]
        for role in ("principal", "officer"):
            yield _figure(f"page of a plan, {form}, {role}", offices, role, "plan")
            yield _figure(f"list of plans, {form}, {role}", offices, role, "list")


def _office(first_year, size):
    """An office with `size` schools that have a plan each; one plan has `size` rows."""
    office = AuthorityFactory()
    school = SchoolFactory(authority=office)
    plan = make_plan(first_year, school=school, rows=size)
    ImprovementPlan.objects.bulk_create(
        ImprovementPlan(
            school=SchoolFactory(authority=office),
            school_year=plan.school_year,
            circular=plan.circular,
        )
        for _ in range(size - 1)
    )
    return {
        "plan": plan.get_absolute_url(),
        "list": f"{reverse('plans:list')}?nam={plan.school_year}",
        "principal": make_user(Role.PRINCIPAL, school),
        "officer": make_user(Role.OFFICE_OFFICER, office),
    }


def _figure(name, offices, role, page):
    counts = [_count(office[page], office[role]) for office in offices]
    is_constant = len(set(counts)) == 1
    return Figure(
        f"queries, {name}",
        ", ".join(str(count) for count in counts),
        f"for {', '.join(str(size) for size in SIZES)}",
        # A count that grows with the plan is a miss, however small it still is.
        max(counts) if is_constant else float("inf"),
        MOST,
        "",
        fault="TOO MANY" if is_constant else "GROWING",
    )


def _count(url, user):
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len(captured)
