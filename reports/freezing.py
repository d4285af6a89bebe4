"""What was issued stays as it is: the database itself refuses to change or delete it, on
SQLite and on PostgreSQL, whoever asks.

On SQLite, Django rebuilds a table to alter it, which drops its triggers: a migration that
alters one of `FROZEN_TABLES` ends with `RunPython(freeze, thaw)`. A test looks whether the
triggers are there after the last migration."""

MESSAGE = "issued documents are never changed"

# Every column of a table, or those that may not change.
FROZEN_TABLES = {
    "reports_issueddocument": (),
    "reports_issuedfile": (),
    "reports_signedfile": (),
    "reports_registerentry": (
        "school_id",
        "authority_id",
        "year",
        "series",
        "number",
        "number_suffix",
    ),
}

_DEEDS = ("UPDATE", "DELETE")

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION reports_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql
"""


def freeze(apps, schema_editor):
    """Make the triggers; those that are there are made anew."""
    thaw(apps, schema_editor)
    for statement in freezing_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def thaw(apps, schema_editor):
    """Take the triggers away."""
    for statement in thawing_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def freezing_statements(vendor):
    is_postgres = vendor == "postgresql"
    write = _postgres if is_postgres else _sqlite
    return [_POSTGRES_FUNCTION] * is_postgres + [
        write(table, deed, columns)
        for table, columns in FROZEN_TABLES.items()
        for deed in _DEEDS
    ]


def thawing_statements(vendor):
    return [
        f"DROP TRIGGER IF EXISTS {trigger_name(table, deed)}"
        + (f" ON {table}" if vendor == "postgresql" else "")
        for table in FROZEN_TABLES
        for deed in _DEEDS
    ]


def trigger_name(table, deed):
    return f"frozen_{table}_{deed.lower()}"


def _event(deed, columns):
    return f"UPDATE OF {', '.join(columns)}" if deed == "UPDATE" and columns else deed


def _postgres(table, deed, columns):
    return (
        f"CREATE TRIGGER {trigger_name(table, deed)} BEFORE {_event(deed, columns)} "
        f"ON {table} FOR EACH ROW EXECUTE FUNCTION reports_refuse_change()"
    )


def _sqlite(table, deed, columns):
    return (
        f"CREATE TRIGGER {trigger_name(table, deed)} BEFORE {_event(deed, columns)} "
        f"ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
