"""What the answers say, and what they cost."""

import hashlib

from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plans.yearfile.dumping import dump_plan
from schools.api_tokens import make_token
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.reports import issue_here
from tests.factories.schools import SchoolFactory, make_cast


class AnswerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = complete(make_plan(2024, school=cls.cast.school, status="approved"))
        _, cls.secret = make_token(
            cls.cast.officer, name="Bảng", expires_on=timezone.localdate()
        )

    def setUp(self):
        cache.clear()

    def ask(self, name, *args, **query):
        headers = {"Authorization": f"Bearer {self.secret}"}
        url = reverse(f"api:{name}", args=args, query=query)
        return self.client.get(url, headers=headers)

    def test_a_plan_is_its_year_file(self):
        self.assertEqual(self.ask("plan", self.plan.pk).json(), dump_plan(self.plan))

    def test_lists_are_chosen_by_year_school_and_state(self):
        make_plan(2023, school=self.cast.school)
        for query, count in (
            ({}, 2),
            ({"school_year": 2024}, 1),
            ({"status": "approved"}, 1),
            ({"school": self.cast.school.pk}, 2),
            ({"school": self.cast.other_school.pk}, 0),
            ({"school_year": 2024, "status": "draft"}, 0),
        ):
            with self.subTest(query):
                self.assertEqual(self.ask("plans", **query).json()["count"], count)
        found = self.ask("plans", school_year=2024).json()["items"][0]
        self.assertEqual(found["status_label"], "Đã duyệt")
        self.assertEqual(found["school"], self.cast.school.name)
        self.assertEqual(found["row_count"], self.plan.rows.count())

    def test_what_is_no_year_is_told(self):
        self.assertEqual(self.ask("plans", school_year="năm").status_code, 422)

    def test_a_document_comes_as_its_bytes_with_their_checksum(self):
        document = issue_here(self.plan, by=self.cast.principal)
        listed = self.ask("documents").json()["items"][0]
        sums = {item["format"]: item["sha256"] for item in listed["files"]}
        content = self.ask("document-file", document.pk, "docx").content
        self.assertEqual(hashlib.sha256(content).hexdigest(), sums["docx"])
        self.assertEqual(self.ask("document-file", document.pk, "exe").status_code, 404)

    def test_pages_cost_the_same_however_long(self):
        def queries():
            with CaptureQueriesContext(connection) as seen:
                self.ask("plans")
            return len(seen)

        self.ask("plans")  # the first use of a token is noted
        few = queries()
        for number in range(20):
            school = SchoolFactory(
                name=f"Trường số {number}", authority=self.cast.office
            )
            make_plan(2024, school=school)
        self.assertEqual(queries(), few)
        self.assertLessEqual(few, 8)
        self.assertEqual(len(self.ask("plans").json()["items"]), 21)

    def test_long_lists_come_in_pages(self):
        for number in range(101):
            SchoolFactory(name=f"Trường số {number}", authority=self.cast.office)
        first = self.ask("schools").json()
        second = self.ask("schools", page=2).json()
        self.assertEqual(len(first["items"]), 100)
        self.assertEqual(first["count"], 100 + len(second["items"]))
