"""Every row of a table, asked by everybody."""

import logging
from functools import lru_cache
from unittest import mock

from django.db import transaction
from django.test import Client
from django.urls import reverse

from reports.official import typesetting
from tests.access import data
from tests.access.actors import EVERYBODY, SIGNED_OUT
from tests.factories.criteria import load_catalogues
from tests.factories.schools import make_cast


class WithData:
    """The objects of `tests.access.data`, for a `TestCase`."""

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = cast = make_cast()
        cls.plans = plans = data.make_plans(cast.school)
        cls.names = {
            **data.of_people(cast),
            **data.of_texts(cast, plans),
            **data.of_results(cast, plans["issued"]),
            **data.of_papers(cast, plans["issued"]),
            **data.of_inspections(cast, plans),
        }


class AskedByEverybody(WithData):
    """The one test of the `rows` of a class. Only what a thousand requests would do over
    and over is done once: signing in, and setting one and the same paper."""

    rows = ()

    def setUp(self):
        self.visitors = {}
        self.names_by_state = {
            state: {**self.names, **data.of_plan(plan)}
            for state, plan in self.plans.items()
        }
        # Refusals are what is expected here; to log one formats its whole traceback.
        self.enterContext(
            mock.patch.object(logging.getLogger("django.request"), "disabled", True)
        )
        setting = lru_cache(maxsize=20)(typesetting._typeset)
        self.enterContext(mock.patch.object(typesetting, "_typeset", setting))

    def test_every_url_for_every_role(self):
        for row in self.rows:
            for actor in EVERYBODY + SIGNED_OUT:
                with self.subTest(
                    url=row.name, args=row.args, how=row.method, by=actor
                ):
                    self.assertEqual(self.ask(row, actor), row.expected(actor))

    def ask(self, row, actor):
        """The status `actor` gets; whatever the request changes is undone."""
        names = self.names_by_state[row.state]
        visitor = self.visitor(actor)
        url = reverse(row.name, args=filled(row.args, names))
        sent = filled(row.data or {}, names)
        is_body = row.json and row.method == "post"
        how = {"content_type": "application/json"} if is_body else {}
        cookies = visitor.cookies.copy()
        with transaction.atomic():
            response = getattr(visitor, row.method)(url, sent, **how)
            transaction.set_rollback(True)
        visitor.cookies = cookies  # a sign-out goes with what it was done to
        return response.status_code

    def visitor(self, actor):
        if actor not in self.visitors:
            self.visitors[actor] = Client()
            if actor != "anonymous":
                self.visitors[actor].force_login(getattr(self.cast, actor))
        return self.visitors[actor]


def filled(value, names):
    """`value` with the names of objects replaced by their keys."""
    if isinstance(value, dict):
        return {name: filled(inner, names) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [filled(inner, names) for inner in value]
    return names.get(value, value)
