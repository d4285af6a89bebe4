"""What a token opens: what its owner sees on the pages, and nothing for anybody else."""

import datetime
from unittest import mock

import pytest
from django.core.cache import cache
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from qualityplan.api.site import often
from schools.api_tokens import TokenError, make_token
from schools.models import ApiToken, User
from tests.access.actors import INSIDE, STRANGERS
from tests.access.urls import url_names
from tests.factories.criteria import load_catalogues
from tests.factories.inspections import make_inspection
from tests.factories.plans import complete, make_plan
from tests.factories.reports import begin_report, issue_here
from tests.factories.schools import make_cast
from tests.factories.signing import store_signed

TOMORROW = datetime.timedelta(days=1)
LISTS = ("schools", "plans", "results", "inspections", "documents")


@pytest.mark.one_database
class TokenTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = complete(make_plan(2024, school=cls.cast.school, status="approved"))
        cls.document = issue_here(cls.plan, by=cls.cast.principal)
        store_signed(cls.document)
        cls.plan.refresh_from_db()
        cls.report = begin_report(cls.plan, by=cls.cast.editor)
        cls.visit = make_inspection(cls.plan, "closed")

    def setUp(self):
        cache.clear()  # what was counted in another test

    def secret(self, actor):
        person = User.objects.get(pk=getattr(self.cast, actor).pk)
        return make_token(
            person, name="Bảng", expires_on=timezone.localdate() + TOMORROW
        )[1]

    def ask(self, name, *args, secret="", **query):
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        url = reverse(f"api:{name}", args=args, query=query)
        return self.client.get(url, headers=headers)

    def details(self):
        return (
            ("school", self.cast.school.pk),
            ("plan", self.plan.pk),
            ("result", self.report.pk),
            ("document-file", self.document.pk, "pdf"),
            ("document-signed-file", self.document.pk, "person", "pdf"),
        )

    def test_people_of_the_school_and_its_office_read_everything_of_it(self):
        for actor in INSIDE:
            secret = self.secret(actor)
            for name in LISTS:
                with self.subTest(name, by=actor):
                    found = self.ask(name, secret=secret).json()
                    ids = [item["id"] for item in found["items"]]
                    self.assertEqual(found["count"], len(ids))
                    self.assertIn(self.known(name), ids)
            for detail in self.details():
                with self.subTest(detail, by=actor):
                    self.assertEqual(self.ask(*detail, secret=secret).status_code, 200)

    def known(self, name):
        return {
            "schools": self.cast.school.pk,
            "plans": self.plan.pk,
            "results": self.report.pk,
            "inspections": self.visit.pk,
            "documents": self.document.pk,
        }[name]

    def test_others_find_nothing_of_it(self):
        for actor in STRANGERS:
            secret = self.secret(actor)
            for name in LISTS:
                with self.subTest(name, by=actor):
                    items = self.ask(name, secret=secret).json()["items"]
                    self.assertNotIn(self.known(name), [item["id"] for item in items])
            for detail in self.details():
                with self.subTest(detail, by=actor):
                    self.assertEqual(self.ask(*detail, secret=secret).status_code, 404)

    def test_nothing_without_a_token_that_counts(self):
        secret = self.secret("principal")
        suspended = self.secret("suspended")
        self.client.force_login(self.cast.principal)  # a session opens nothing here
        for text in ("", "qp_khac", secret[:-1], suspended):
            self.assertEqual(self.ask("plans", secret=text).status_code, 401)
        self.assertEqual(self.ask("plans", secret=secret).status_code, 200)
        ApiToken.objects.update(expires_on=timezone.localdate() - TOMORROW)
        self.assertEqual(self.ask("plans", secret=secret).status_code, 401)

    def test_nothing_is_written(self):
        headers = {"Authorization": f"Bearer {self.secret('principal')}"}
        for name, args in (("plans", []), ("plan", [self.plan.pk])):
            url = reverse(f"api:{name}", args=args)
            for method in ("post", "put", "patch", "delete"):
                with self.subTest(name, method=method):
                    response = getattr(self.client, method)(url, headers=headers)
                    self.assertEqual(response.status_code, 405)

    def test_every_address_is_described_and_asks_for_a_token(self):
        described = self.client.get(reverse("api:openapi-json")).json()
        paths = described["paths"]
        self.assertEqual(len(paths), len(LISTS) + len(self.details()) + 1)
        for path, deeds in paths.items():
            with self.subTest(path):
                self.assertEqual(list(deeds), ["get"])
                self.assertTrue(deeds["get"]["security"])
        names = {name for name in url_names() if name.startswith("api:")}
        self.assertEqual(len(names), len(paths) + 2)  # the description, the root

    def test_only_the_digest_is_kept(self):
        secret = self.secret("principal")
        token = ApiToken.objects.get()
        self.assertNotIn(secret[3:], str(vars(token)))
        self.assertEqual(len(token.digest), 64)

    def test_wrong_days_and_one_too_many_are_refused(self):
        today = timezone.localdate()
        for day in (today - TOMORROW, today + 400 * TOMORROW):
            with self.assertRaises(TokenError):
                make_token(self.cast.principal, name="Bảng", expires_on=day)
        for _ in range(5):
            make_token(self.cast.principal, name="Bảng", expires_on=today)
        with self.assertRaisesMessage(TokenError, "tối đa 5"):
            make_token(self.cast.principal, name="Bảng", expires_on=today)

    def test_too_many_requests_are_told_to_wait(self):
        secret = self.secret("principal")
        with mock.patch.object(often, "num_requests", 3):
            answers = [self.ask("school-years", secret=secret) for _ in range(4)]
        self.assertEqual([each.status_code for each in answers], [200] * 3 + [429])
        response = answers[-1]
        self.assertIn("Retry-After", response.headers)
