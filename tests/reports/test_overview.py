"""The overview of an office: its list of schools, the counts and filters."""

import io
from unittest import mock

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from reports.overview.drawing import STAGES
from reports.overview.scope import STATES
from schools.enums import Role
from schools.models import School
from tests.factories.criteria import load_catalogues
from tests.factories.plans import add_rows
from tests.factories.schools import (
    AuthorityFactory,
    SchoolFactory,
    make_user,
    school_year,
)
from tests.reports.overviewcase import (
    assessed,
    make_school,
    make_states,
    page,
    reported,
)

MOST_QUERIES = 15


class OverviewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.office = AuthorityFactory()
        cls.officer = make_user(Role.OFFICE_OFFICER, cls.office)
        cls.schools = make_states(cls.office)

    def setUp(self):
        self.client.force_login(self.officer)

    def get(self, **asked):
        response = self.client.get(page("overview", **asked))
        self.assertEqual(response.status_code, 200)
        return response

    def names(self, **asked):
        return [row.school.name for row in self.get(**asked).context["rows"]]

    def test_every_state_is_counted_and_its_link_lists_exactly_its_schools(self):
        counts = {c.key: c for c in self.get().context["counts"]}
        self.assertEqual(counts[""].count, 9)
        for state in STATES:
            with self.subTest(state):
                self.assertEqual(counts[state].count, 1)
                response = self.client.get(
                    page("overview").split("?")[0] + counts[state].query
                )
                rows = response.context["rows"]
                self.assertEqual([r.school for r in rows], [self.schools[state]])

    def test_schools_stand_by_name_whatever_they_reached(self):
        names = self.names()
        self.assertEqual(len(names), 9)
        folded = School.objects.filter(name__in=names).order_by("search_name")
        self.assertEqual(names, [school.name for school in folded])

    def test_search_needs_no_accents_and_takes_words_in_any_order(self):
        make_school(self.office, "Trường Mầm non Hướng Dương Đỏ")
        for asked in ("huong+duong", "ĐỎ+MẦM", "hướng"):
            with self.subTest(asked):
                found = self.names(q=asked)
                self.assertEqual(found, ["Trường Mầm non Hướng Dương Đỏ"])
        self.assertEqual(self.names(q="khong+co"), [])

    def test_a_renamed_school_is_found_by_its_new_name(self):
        school = self.schools["draft"]
        school.name = "Trường Sông Đà"
        school.save()
        self.assertEqual(self.names(q="song+da"), ["Trường Sông Đà"])

    def test_level_and_text_narrow_the_counts_as_well(self):
        school = SchoolFactory(levels=["preschool"], authority=self.office)
        response = self.get(cap="preschool")
        self.assertEqual([r.school for r in response.context["rows"]], [school])
        counts = {c.key: c.count for c in response.context["counts"]}
        self.assertEqual((counts[""], counts["none"], counts["draft"]), (1, 1, 0))

    def test_the_links_of_states_keep_the_other_filters_and_the_year(self):
        response = self.get(cap="primary", q="truong")
        query = next(c.query for c in response.context["counts"] if c.key == "draft")
        self.assertEqual(query, "?nam=2024-2025&q=truong&cap=primary&trangthai=draft")

    def test_nonsense_in_the_address_is_left_out(self):
        everything = self.names()
        for asked in (
            {"cap": "x"},
            {"trangthai": "x"},
            {"coquan": "x"},
            {"coquan": "²"},
            {"coquan": "9" * 40},
            {"page": "x"},
            {"page": "99"},
        ):
            with self.subTest(asked):
                self.assertEqual(self.names(**asked), everything)

    def test_fifty_schools_stand_on_a_page(self):
        for number in range(45):
            SchoolFactory(name=f"Trường Y {number:02d}", authority=self.office)
        self.assertEqual(len(self.names()), 50)
        self.assertEqual(len(self.names(page=2)), 4)
        self.assertEqual(len(self.names(trangthai="none")), 46)

    def test_a_school_that_closed_stands_in_the_years_it_had_a_plan_in(self):
        School.objects.update(is_active=False)
        self.assertEqual(len(self.names()), 8)
        school_year(2025)
        self.assertEqual(self.names(nam="2025-2026"), [])

    def test_the_row_tells_assessment_report_and_last_change(self):
        school = self.schools["reported"]
        assessed(school, 1)
        report = reported(school, "issued")
        (row,) = self.get(trangthai="reported").context["rows"]
        self.assertEqual(row.assessment_label, "Đã hoàn thành")
        self.assertEqual(row.report_label, "Đã ban hành")
        self.assertEqual(row.changed_at, report.updated_at)
        self.assertContains(self.get(), report.get_absolute_url())

    def test_without_school_years_the_page_says_so(self):
        for plan in School.objects.get(pk=self.schools["draft"].pk).plans.all():
            plan.delete()
        admin = make_user(Role.OFFICE_VIEWER, self.office)
        with mock.patch("reports.views.overview_frame.chosen_school_year") as chosen:
            chosen.return_value = None
            self.client.force_login(admin)
            self.assertContains(
                self.client.get(page("overview")), "Chưa có năm học nào"
            )

    def test_the_workbook_holds_every_school_of_the_filter_as_typed_text(self):
        make_school(self.office, "=Trường lạ")
        content = self.client.get(page("overview-download")).content
        sheet = load_workbook(io.BytesIO(content))["Các trường"]
        self.assertEqual(sheet.max_row, 11)
        cells = {cell.value: cell for cell in sheet["A"]}
        self.assertEqual(cells["=Trường lạ"].data_type, "s")
        self.assertEqual(sheet.freeze_panes, "B2")
        self.assertEqual(sheet.auto_filter.ref, "A1:I11")
        draft = self.client.get(page("overview-download", trangthai="draft")).content
        book = load_workbook(io.BytesIO(draft))
        self.assertEqual(book["Các trường"]["A2"].value, "Trường draft")
        facts = dict(book["Ghi chú"].iter_rows(values_only=True))
        self.assertEqual(facts["Trạng thái"], "Đang soạn")
        self.assertEqual(facts["Số dòng"], "1")

    def test_every_state_has_a_place_in_the_chart(self):
        drawn = [state for _, _, states in STAGES for state in states]
        self.assertEqual(sorted(drawn), sorted(STATES))


class OverviewQueryTests(TestCase):
    """As many queries for 300 schools as for 30; at most fifteen, with what the first look
    of a session writes."""

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.office = AuthorityFactory()
        cls.officer = make_user(Role.OFFICE_OFFICER, cls.office)

    def counts(self):
        found = {}
        for name, asked in (
            ("overview", {}),
            ("overview", {"trangthai": "overdue"}),
            ("overview", {"trangthai": "draft", "q": "truong"}),
            ("overview-heat", {}),
            ("overview-heat", {"xem": "so-dong"}),
            ("overview-heat", {"xem": "cham"}),
            ("overview-standards", {}),
            ("overview-years", {}),
        ):
            # A new session: its first look writes it.
            self.client.logout()
            self.client.force_login(self.officer)
            with CaptureQueriesContext(connection) as queries:
                response = self.client.get(page(name, **asked))
            self.assertEqual(response.status_code, 200)
            found[name, *asked.items()] = len(queries)
        return found

    def test_queries_are_constant_for_30_and_300_schools(self):
        self.add_schools(30)
        few = self.counts()
        self.add_schools(270)
        many = self.counts()
        self.assertEqual(few, many)
        self.assertLessEqual(max(many.values()), MOST_QUERIES, many)

    def add_schools(self, count):
        states = (None, "draft", "issued")
        for number in range(count // 30):
            states_of = make_school(self.office, f"Trường {count} {number}", "issued")
            assessed(states_of, 1)
        for number in range(count - count // 30):
            status = states[number % 3] if number < 12 else None
            school = make_school(self.office, f"Trường {count} x {number}", status)
            if status == "issued":
                add_rows(school.plans.get(), 3)
