"""The figures of the overview on the PostgreSQL at DATABASE_URL, one JSON object a line:
a process holds one database."""

import json
import os
import sys
from dataclasses import asdict

import django
from django.db import connection
from django.test.runner import DiscoverRunner
from django.test.utils import setup_test_environment, teardown_test_environment


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "qualityplan.settings"
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    setup_test_environment(debug=False)
    # Beside the one of the tests, which may be running.
    connection.settings_dict["TEST"]["NAME"] = "bench_overview"
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        from tests.bench.overview import measured  # noqa: PLC0415 - needs the models
        from tests.factories.criteria import load_catalogues  # noqa: PLC0415

        load_catalogues()
        for figure in measured():
            print(json.dumps(asdict(figure)), flush=True)
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()


if __name__ == "__main__":
    sys.exit(main())
