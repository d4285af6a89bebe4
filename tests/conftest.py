"""What all tests share."""

import pytest
from django.conf import settings
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import TransactionTestCase

from reports.freezing import freezing_statements, thawing_statements
from tests.scheduling import ByClassScheduling


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="what the second database is asked: tests that use one, not `one_database`",
    )


def pytest_xdist_make_scheduler(config, log):
    return ByClassScheduling(config, log)


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--database-only"):
        return
    asked = [
        item
        for item in items
        if _uses_database(item) and not item.get_closest_marker("one_database")
    ]
    config.hook.pytest_deselected(items=[i for i in items if i not in set(asked)])
    items[:] = asked


def _uses_database(item):
    owner = getattr(item, "cls", None)
    return (
        (owner is not None and issubclass(owner, TransactionTestCase))
        or item.get_closest_marker("django_db") is not None
        or "db" in getattr(item, "fixturenames", ())
    )


@pytest.fixture(autouse=True, scope="session")
def quick_settings(tmp_path_factory):
    """Test settings that production does not have: pages without hashed file names, and
    passwords that cost nothing to make. Uploads go where they are swept away."""
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = {}


@pytest.fixture(autouse=True, scope="session")
def emptying_of_databases():
    """Tests that commit empty the database after each run; on SQLite that deletes row by
    row, which the database refuses for issued documents. PostgreSQL truncates instead."""
    flush = DatabaseOperations.execute_sql_flush

    def without_triggers(self, sql_list):
        _run(thawing_statements("sqlite"), self.connection)
        flush(self, sql_list)
        _run(freezing_statements("sqlite"), self.connection)

    DatabaseOperations.execute_sql_flush = without_triggers
    yield
    DatabaseOperations.execute_sql_flush = flush


def _run(statements, connection):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
