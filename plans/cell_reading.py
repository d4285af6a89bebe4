"""Reading the lines that cells are saved in: line, form, school year and the entry of the
history that is being typed on, in one statement. By hand, because an autosave is asked for
every second and the ORM takes longer to word this statement than the database to answer."""

import json
from functools import cache

from django.db import connection

from criteria.models import Circular, Criterion
from plans.cell_changes import sitting_begins, typing_deed
from plans.enums import SectionContent
from plans.models import ImprovementPlan, LineChange
from plans.tables import SECTIONS
from schools.models import SchoolYear

_JOINED = (
    "circular.id, circular.number, year.id, year.first_year, entry.id, entry.changes"
)


def read_lines(plan_pk, table, keys, by):
    """The lines `keys` of the plan, by key, each with its plan, its criterion, and what
    typing may be written into: `sitting` is a `LineChange` of `by`, or None.

    Whatever else of plan, circular or criterion is asked for is read when it is."""
    at = connection.ops.adapt_datetimefield_value(sitting_begins())
    keys = list(keys)
    marks = ", ".join(["%s"] * len(keys))
    params = [table.slug, by.pk, typing_deed(table), at, plan_pk, *keys]
    with connection.cursor() as cursor:
        cursor.execute(_statement(table).format(keys=marks), params)
        return {
            line.pk: line
            for values in cursor.fetchall()
            if (line := _line(table, plan_pk, values))
        }


def _fields(table):
    return [field.attname for field in table.model._meta.concrete_fields]


@cache
def _statement(table):
    own = ", ".join(f'line."{f.column}"' for f in table.model._meta.concrete_fields)
    code, join = "''", ""
    if table.has_criterion:
        code = "criterion.code"
        criteria = Criterion._meta.db_table
        join = f"LEFT JOIN {criteria} criterion ON criterion.id = line.criterion_id"
    changes = LineChange._meta.db_table
    # Names of our own tables and columns; every value is a parameter.
    return f"""
        SELECT {own}, {code}, {_JOINED}
        FROM {table.model._meta.db_table} line
        JOIN {ImprovementPlan._meta.db_table} plan ON plan.id = line.plan_id
        JOIN {Circular._meta.db_table} circular ON circular.id = plan.circular_id
        JOIN {SchoolYear._meta.db_table} year ON year.id = plan.school_year_id
        {join}
        LEFT JOIN {changes} entry ON entry.id = (
            SELECT MAX(newest.id) FROM {changes} newest
            WHERE newest.plan_id = plan.id AND newest."table" = %s
                AND newest.line_id = line.id
        ) AND entry.actor_id = %s AND entry.deed = %s AND entry.at >= %s
        WHERE line.plan_id = %s AND line.id IN ({{keys}})
    """  # noqa: S608


def _line(table, plan_pk, values):
    """The line, or None for a section that holds no text."""
    alias, names = connection.alias, _fields(table)
    line = table.model.from_db(alias, names, values[: len(names)])
    if table is SECTIONS and line.content != SectionContent.TEXT:
        return None
    code, *form, entry, texts = values[len(names) :]
    line.plan = _plan(alias, plan_pk, form)
    if code:
        own = ("id", "code")
        line.criterion = Criterion.from_db(alias, own, (line.criterion_id, code))
    elif table.has_criterion:
        line.criterion = None
    # A JSON column comes as text from a cursor of either database.
    line.sitting = entry and LineChange(pk=entry, changes=json.loads(texts))
    return line


def _plan(alias, pk, form):
    circular, number, year, first_year = form
    names = ("id", "circular_id", "school_year_id")
    plan = ImprovementPlan.from_db(alias, names, (pk, circular, year))
    plan.circular = Circular.from_db(alias, ("id", "number"), (circular, number))
    plan.school_year = SchoolYear.from_db(
        alias, ("id", "first_year"), (year, first_year)
    )
    return plan
