"""What one autosave of a cell costs, beside a view that only knows who is asking."""

from itertools import count

from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse

from plans.grid_rows import token
from schools.enums import Role
from tests.bench.figures import Figure, compared
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory, make_user

ROWS = 84
RUNS = 300
MOST_QUERIES = 6
MOST_TIME = 3.0
# What opens and closes a transaction asks the database nothing.
_TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def empty(request):
    """An authenticated view that does nothing more than know the person."""
    return HttpResponse(str(request.user.pk))


urlpatterns = [
    path("trong/", empty, name="empty"),
    path("", include("qualityplan.urls")),
]


def figures():
    with override_settings(ROOT_URLCONF=__name__):
        yield from _figures()


def _figures():
    for first_year, form in ((2024, "17/2018"), (2026, "57/2026")):
        plan = make_plan(first_year, school=SchoolFactory(), rows=ROWS)
        autosave, look = _requests(plan)
        yield _queries(f"queries, autosave of a cell, {form}", autosave)
        yield compared(
            f"autosave of a cell, {ROWS} rows, {form}",
            autosave,
            "empty view",
            look,
            limit=MOST_TIME,
            runs=RUNS,
        )


def _requests(plan):
    """An autosave that types on in one cell, and a look at the empty view."""
    client = Client()
    client.force_login(make_user(Role.PRINCIPAL, plan.school))
    line = plan.rows.first()
    url, bare = reverse("plans:cells", args=[plan.pk]), reverse("empty")
    numbers, seen = count(), [token(line.goal)]

    def autosave():
        text = f"Mục tiêu đang gõ {next(numbers)}"
        place = {"table": "dong", "line": line.pk, "field": "goal"}
        body = {"edits": [{**place, "text": text, "seen": seen[0]}]}
        answer = client.post(url, body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        seen[0] = token(text)

    def look():
        assert client.get(bare).status_code == 200

    return autosave, look


def _queries(name, autosave):
    counts = []
    for _ in range(2):  # one that begins an entry of the history, one that goes on
        with CaptureQueriesContext(connection) as captured:
            autosave()
        told = [query["sql"] for query in captured]
        counts.append(sum(not sql.startswith(_TRANSACTION) for sql in told))
    return Figure(
        name,
        ", ".join(str(count) for count in counts),
        "first, next",
        max(counts),
        MOST_QUERIES,
        "",
        fault="TOO MANY",
    )
