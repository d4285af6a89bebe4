"""Work that a worker (`manage.py db_worker`) does beside the site."""

from django_tasks import default_task_backend, task

from schools.delivering import deliver


@task()
def deliver_mails():
    """Send what waits; what the mail server did not take is tried again later."""
    again_at = deliver()
    if again_at is not None and default_task_backend.supports_defer:
        deliver_mails.using(run_after=again_at).enqueue()
