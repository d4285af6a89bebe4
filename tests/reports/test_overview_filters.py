"""The state of plans as a filter of the grid and of the standards of an office."""

import io

from django.test import TestCase
from openpyxl import load_workbook

from plans.enums import ISSUED_STATUSES
from reports.overview.scope import OVERDUE, STATES
from schools.enums import Role
from tests.factories.criteria import load_catalogues
from tests.factories.schools import AuthorityFactory, make_user
from tests.reports.overviewcase import make_school, make_states, page


class StateTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.office = AuthorityFactory()
        cls.officer = make_user(Role.OFFICE_OFFICER, cls.office)
        cls.schools = make_states(cls.office)

    def setUp(self):
        self.client.force_login(self.officer)

    def get(self, name, **asked):
        response = self.client.get(page(name, **asked))
        self.assertEqual(response.status_code, 200)
        return response

    def names(self, **asked):
        rows = self.get("overview-heat", **asked).context["rows"]
        return [row.school.name for row in rows]

    def test_the_grid_holds_the_schools_of_the_chosen_state(self):
        for state in STATES:
            with self.subTest(state):
                expected = [self.schools[state].name]
                self.assertEqual(self.names(trangthai=state), expected)

    def test_the_circular_counts_the_schools_of_the_state(self):
        make_school(self.office, "Trường Bến Tre", "draft")
        response = self.get("overview-heat", trangthai="draft")
        self.assertEqual(response.context["choice"].count, 2)
        self.assertEqual(response.context["page_obj"].paginator.count, 2)

    def test_the_state_narrows_beside_the_other_filters(self):
        make_school(self.office, "Trường Bến Tre", "draft")
        asked = {"trangthai": "draft", "q": "ben+tre"}
        self.assertEqual(self.names(**asked), ["Trường Bến Tre"])
        self.assertEqual(
            self.get("overview-heat", **asked).context["query"].split("&thongtu")[0],
            "?nam=2024-2025&q=ben+tre&trangthai=draft",
        )

    def test_the_chosen_state_stands_in_the_form_and_nowhere_else(self):
        response = self.get("overview-heat", trangthai="draft")
        self.assertContains(response, '<option value="draft" selected>')
        self.assertContains(response, 'name="trangthai"', count=1)

    def test_what_is_no_state_of_a_plan_is_left_out(self):
        for asked in (OVERDUE, "x", ""):
            with self.subTest(asked):
                self.assertEqual(len(self.names(trangthai=asked)), len(STATES))

    def test_standards_are_counted_for_the_chosen_state(self):
        for state in sorted(ISSUED_STATUSES):
            with self.subTest(state):
                response = self.get("overview-standards", trangthai=state)
                self.assertEqual(response.context["tally"].planned, 2)
        everything = self.get("overview-standards").context["tally"].planned
        self.assertEqual(everything, 2 * len(ISSUED_STATUSES))

    def test_standards_offer_the_states_of_issued_plans_alone(self):
        response = self.get("overview-standards", trangthai="draft")
        offered = {code for code, _ in response.context["plan_states"]}
        self.assertEqual(offered, ISSUED_STATUSES)
        planned = response.context["tally"].planned
        self.assertEqual(planned, 2 * len(ISSUED_STATUSES))

    def workbook(self, name, sheet, **asked):
        """The rows of the table, and what the second sheet tells of it."""
        book = load_workbook(io.BytesIO(self.get(name, **asked).content))
        rows = list(book[sheet].iter_rows(values_only=True))
        return rows, dict(book["Ghi chú"].iter_rows(values_only=True))

    def test_the_workbook_of_the_grid_holds_the_chosen_state_and_names_it(self):
        rows, facts = self.workbook(
            "overview-heat-download", "Mức đạt", trangthai="issued"
        )
        self.assertEqual([row[0] for row in rows[1:]], [self.schools["issued"].name])
        self.assertEqual(facts["Trạng thái"], STATES["issued"])

    def test_the_workbook_of_the_standards_counts_the_chosen_state(self):
        rows, facts = self.workbook(
            "overview-standards-download", "Theo tiêu chuẩn", trangthai="issued"
        )
        self.assertEqual(rows[-1][:2], ("Tất cả các trường", 2))
        self.assertEqual(facts["Trạng thái"], STATES["issued"])
