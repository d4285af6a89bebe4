"""`make bench`: each figure beside its reference, measured in the same run."""

import os
import sys
import warnings

import django
from django.test.runner import DiscoverRunner
from django.test.utils import setup_test_environment, teardown_test_environment


def main():
    # A database of its own that vanishes with the process; never the developer's.
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    os.environ["DJANGO_SETTINGS_MODULE"] = "qualityplan.settings"
    os.environ.setdefault("DEBUG", "1")
    # Of the static files that only production gathers.
    warnings.filterwarnings("ignore", message="No directory at")
    django.setup()
    setup_test_environment(debug=False)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        from tests.bench.run import run  # noqa: PLC0415 - needs the models loaded

        return 0 if run() else 1
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()


if __name__ == "__main__":
    sys.exit(main())
