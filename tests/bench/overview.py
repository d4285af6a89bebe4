"""The overview of an office with 300 and with 3,000 schools: as many queries, and next to
the same time."""

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria.models import Circular, Criterion
from plans.enums import AssessmentStatus, PlanStatus, Progress
from plans.models import (
    ActionRow,
    Assessment,
    CriterionReview,
    ImprovementPlan,
    RequirementCheck,
)
from schools.enums import AuthorityKind, Role
from schools.models import School, Supervision
from tests.bench.figures import Figure
from tests.factories.schools import AuthorityFactory, make_user, school_year

FEW, MANY = 300, 3000
ROWS = 14
MOST_QUERIES = 15
MOST_TIME = 1.3
RUNS = 30
FIRST_YEAR = 2024
_COMMUNES = 10
_ISSUED = {"number": 5, "issued_on": date(FIRST_YEAR, 10, 1)}
_STATES = (None, *PlanStatus.values)
_PROGRESS = ("", *Progress.values)
POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
GROWING_IN_NOTHING = (
    ("overview", ""),
    ("overview", "&trangthai=overdue"),
    ("overview", "&q=truong+so+1"),
    ("overview-heat", ""),
    ("overview-heat", "&xem=cham"),
)
COUNTING_ROWS = ("overview-standards", "overview-years")


def figures():
    """Of this database and, where one answers, of PostgreSQL."""
    yield from measured()
    url = os.environ.get("TEST_DATABASE_URL", POSTGRES)
    if connection.vendor == "postgresql" or not answers(url):
        return
    child = [sys.executable, "-m", "tests.bench.overview_postgres"]
    told = subprocess.run(  # noqa: S603 -- the file beside this one
        child,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        check=True,
    )
    yield from (Figure(**json.loads(line)) for line in told.stdout.splitlines())


def answers(url):
    script = Path("scripts", "postgres_answers.py")
    asked = subprocess.run([sys.executable, script, url], check=False)  # noqa: S603
    return asked.returncode == 0


def measured():
    few, many = make_office(FEW), make_office(MANY)
    # Of a database that has been at work for a while.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for name, more in GROWING_IN_NOTHING:
        yield from compared(name, more, few, many)
    for name in COUNTING_ROWS:
        yield from beside_the_list(name, few, many)


def compared(name, more, few, many):
    """Queries, and the seconds of many schools for each second of few."""
    clients = [_client(office) for office in (few, many)]
    url, label = _url(name, more), f"{name}{more}, {connection.vendor}"
    yield _queries(label, clients, url)
    small, large = _alternated([(client, url) for client in clients])
    yield Figure(
        f"time, {label}",
        f"{large * 1000:.0f} ms",
        f"{FEW}: {small * 1000:.0f} ms",
        large / small,
        MOST_TIME,
        "x",
    )


def beside_the_list(name, few, many):
    """A page that counts every row of the office is to cost no more than the list of its
    schools does."""
    clients = [_client(office) for office in (few, many)]
    url, label = _url(name, ""), f"{name}, {connection.vendor}"
    yield _queries(label, clients, url)
    listed = _url("overview", "")
    small, own, other = _alternated(
        [(clients[0], url), (clients[1], url), (clients[1], listed)]
    )
    yield Figure(
        f"time, {label}",
        f"{own * 1000:.0f} ms",
        f"{FEW}: {small * 1000:.0f}, list {other * 1000:.0f}",
        own / other,
        MOST_TIME,
        "x",
    )


def _url(name, more):
    return f"{reverse(f'reports:{name}')}?nam={FIRST_YEAR}-{FIRST_YEAR + 1}{more}"


def _queries(label, clients, url):
    counts = [_count(client, url) for client in clients]
    is_constant = counts[0] == counts[1]
    return Figure(
        f"queries, {label}",
        ", ".join(map(str, counts)),
        f"{FEW}, {MANY} schools",
        max(counts) if is_constant else float("inf"),
        MOST_QUERIES,
        "",
        fault="TOO MANY" if is_constant else "GROWING",
    )


def _client(office):
    client = Client()
    client.force_login(make_user(Role.OFFICE_OFFICER, office))
    return client


def _count(client, url):
    """With what the first look of a session writes."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len(captured)


def _alternated(requests):
    """The seconds of each by the clock, since a database may work in its own process; the
    quickest of the runs is the least disturbed one."""
    times = [[_seconds(*request) for request in requests] for _ in range(RUNS + 1)]
    return [min(column) for column in zip(*times, strict=True)]


def _seconds(client, url):
    start = time.perf_counter()
    client.get(url)
    return time.perf_counter() - start


def make_office(size):
    """A province with communes and `size` schools in all states a plan can be in, two in
    three with a plan of `ROWS` rows and every second with a finished self-assessment."""
    province = AuthorityFactory(kind=AuthorityKind.PROVINCE)
    communes = [AuthorityFactory(parent=province) for _ in range(_COMMUNES)]
    schools = School.objects.bulk_create(
        School(name=f"Trường Tiểu học Số {number} của {province}")
        for number in range(size)
    )
    levels = School.education_levels.through
    levels.objects.bulk_create(
        levels(school=school, educationlevel_id="primary") for school in schools
    )
    Supervision.objects.bulk_create(
        Supervision(school=school, authority=communes[index % _COMMUNES])
        for index, school in enumerate(schools)
    )
    circular = Circular.objects.get(slug__contains="17-2018")
    criteria = list(Criterion.objects.filter(standard__circular=circular))
    _make_plans(schools, circular, criteria)
    _make_assessments(schools[: 2 * FEW : 2], circular, criteria)
    return province


def _make_plans(schools, circular, criteria):
    year = school_year(FIRST_YEAR)
    planned = [
        (school, _STATES[index % len(_STATES)]) for index, school in enumerate(schools)
    ]
    plans = ImprovementPlan.objects.bulk_create(
        ImprovementPlan(
            school=school, school_year=year, circular=circular, status=status, **_ISSUED
        )
        for school, status in planned
        if status
    )
    ActionRow.objects.bulk_create(
        (
            ActionRow(
                plan=plan,
                position=number,
                criterion=criteria[number],
                standard_id=criteria[number].standard_id,
                progress=_PROGRESS[(plan.pk + number) % len(_PROGRESS)],
                schedule=f"Tháng {number % 12 + 1}/{FIRST_YEAR + 1}",
                goal="Đạt mức 2",
            )
            for plan in plans
            for number in range(ROWS)
        ),
        batch_size=2000,
    )


def _make_assessments(schools, circular, criteria):
    assessments = Assessment.objects.bulk_create(
        Assessment(
            school=school,
            school_year=school_year(FIRST_YEAR),
            circular=circular,
            status=AssessmentStatus.FINISHED,
        )
        for school in schools
    )
    reviews = CriterionReview.objects.bulk_create(
        (
            CriterionReview(assessment=assessment, criterion=criterion)
            for assessment in assessments
            for criterion in criteria
        ),
        batch_size=2000,
    )
    asked = {c.pk: list(c.requirements.values_list("pk", flat=True)) for c in criteria}
    RequirementCheck.objects.bulk_create(
        (
            RequirementCheck(review=review, requirement_id=pk, is_met=pk % 5 > 0)
            for review in reviews
            for pk in asked[review.criterion_id]
        ),
        batch_size=2000,
    )
