"""Work that a worker (`manage.py db_worker`) does beside the site."""

from django_tasks import task

from reports import incoming
from reports.exporting.making import make


@task()
def read_incoming(pk):
    """Read the uploaded file `pk`."""
    incoming.read(pk)


@task()
def make_export(pk):
    """Make the file of the `Export` `pk`; what goes wrong is told in its `message`."""
    make(pk)
