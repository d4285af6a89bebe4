"""Locking an open plan and marking it as changed, in one statement that asks for the role
and the state as well. The ORM words the statement once a day; wording it for every
autosave would cost more than running it."""

import datetime
from functools import lru_cache

from django.db import connection
from django.db.models.sql import UpdateQuery
from django.utils import timezone

from plans.models import ImprovementPlan
from schools.models import User
from schools.permissions import schools_open_to

# Stand in the worded statement for what differs from one time to the next.
_PLAN, _USER = -71, -72
_NOW = datetime.datetime(1971, 1, 1, tzinfo=datetime.UTC)


def touch(pk, *, by, ability):
    """Whether `by` may do `ability` to the plan `pk` by a role at its school and the plan
    is open; if so it is locked until the transaction ends, and marked as changed now."""
    adapt = connection.ops.adapt_datetimefield_value
    given = {_PLAN: pk, _USER: by.pk, adapt(_NOW): adapt(timezone.now())}
    sql, params = _worded(connection.vendor, ability, timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(value, value) for value in params])
        return bool(cursor.rowcount)


@lru_cache(maxsize=8)
def _worded(vendor, ability, today):
    """SQL and parameters; `today` is what `schools_open_to` asks the clock for."""
    plans = ImprovementPlan.objects.open().filter(pk=_PLAN)
    plans = plans.filter(school__in=schools_open_to(User(pk=_USER), ability))
    query = plans.query.chain(UpdateQuery)
    query.add_update_values({"updated_at": _NOW})
    return query.get_compiler(connection=connection).as_sql()
