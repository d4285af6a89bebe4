"""Several people at the same moment, on real connections, on both databases.

The SQLite of the tests lives in memory and does not let anybody wait for a lock. There
the race runs on a copy in a file, as an installation has it, and what came of it is
copied back."""

import sqlite3
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

CROWD = 6
_WAITING = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;",
}


def together(deeds):
    """Start every one of `deeds` at the same moment, each in a thread of its own, and
    return what they returned, or the exception they raised, in their order. For a
    `TransactionTestCase`."""
    results = [None] * len(deeds)
    start = threading.Barrier(len(deeds))

    def run(index, deed, settings):
        connection.settings_dict = settings
        try:
            start.wait()
            results[index] = deed()
        except Exception as error:  # noqa: BLE001 -- the caller looks at it
            results[index] = error
        finally:
            connection.close()

    with _shared_database() as settings:
        threads = [
            threading.Thread(target=run, args=(index, deed, settings))
            for index, deed in enumerate(deeds)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return results


def crowd(deed, size=CROWD):
    """What `deed` returned or raised for each of several who do it at the same moment."""
    return together([deed] * size)


def through(results, refusal):
    """What those got who came through; everybody else must have been told `refusal`."""
    raised = [result for result in results if isinstance(result, Exception)]
    strange = [error for error in raised if not isinstance(error, refusal)]
    if strange:
        raise AssertionError(f"not {refusal}: {strange}") from strange[0]
    return [result for result in results if not isinstance(result, Exception)]


@contextmanager
def _shared_database():
    """The settings by which the threads connect."""
    if connection.vendor != "sqlite":
        yield connection.settings_dict
        return
    connection.ensure_connection()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "race.sqlite3"
        with sqlite3.connect(path) as file:
            connection.connection.backup(file)
        file.close()
        yield {**connection.settings_dict, "NAME": str(path), "OPTIONS": _WAITING}
        with sqlite3.connect(path) as file:
            file.backup(connection.connection)
        file.close()
