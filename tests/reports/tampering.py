"""Bytes changed behind the application's back, past the database's own guard."""

from django.db import connection

from reports.freezing import thawing_statements


def tamper(stored, content):
    """Give the stored file other bytes, as somebody with the database in hand could. The
    guard is away until the test's transaction ends."""
    with connection.cursor() as cursor:
        for statement in thawing_statements(connection.vendor):
            cursor.execute(statement)
    type(stored).objects.filter(pk=stored.pk).update(content=content)
