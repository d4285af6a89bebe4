"""The grid of schools and criteria, the standards and the years of an office."""

import datetime
import io
from unittest import mock

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from plans.models import ActionRow
from reports.overview import heat
from schools.enums import Role
from schools.models import School
from tests.factories.assessments import make_assessment, meet
from tests.factories.criteria import load_catalogues
from tests.factories.plans import criteria_of, make_plan
from tests.factories.schools import (
    AuthorityFactory,
    SchoolFactory,
    make_user,
    school_year,
)
from tests.reports.overviewcase import ISSUED, assessed, make_school, page


class GridCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.office = AuthorityFactory()
        cls.officer = make_user(Role.OFFICE_OFFICER, cls.office)

    def setUp(self):
        self.client.force_login(self.officer)

    def grid(self, **asked):
        """{school: {code: cell}}."""
        response = self.client.get(page("overview-heat", **asked))
        self.assertEqual(response.status_code, 200)
        return {
            row.school.name: {c.criterion.code: c.cell for c in row.columns}
            for row in response.context["rows"]
        }


class LevelTests(GridCase):
    def test_a_cell_tells_the_level_of_the_finished_assessment(self):
        two, none = (make_school(self.office, name) for name in ("Hai", "Không"))
        assessed(two, 2)
        assessed(none, 0)
        grid = self.grid()
        self.assertEqual(grid["Hai"]["1.1"].text, "Mức 2")
        self.assertEqual(grid["Không"]["1.1"].text, "Không đạt")
        self.assertEqual(grid["Không"]["1.1"].words, "Không đạt Mức 1")
        self.assertEqual(len(grid["Hai"]), 27)

    def test_an_open_assessment_is_neutral_and_tells_nothing_of_its_levels(self):
        assessed(make_school(self.office, "Đang"), 2, status="open")
        make_school(self.office, "Chưa")
        grid = self.grid()
        self.assertEqual(
            {(c.text, c.code, c.words) for c in grid["Đang"].values()},
            {("Chưa", "none", "Đang tự đánh giá")},
        )
        self.assertEqual(grid["Chưa"]["1.1"].words, "Chưa tự đánh giá")

    def test_of_several_levels_of_schooling_the_lowest_is_told(self):
        school = SchoolFactory(
            name="Hai cấp",
            levels=["lower_secondary", "upper_secondary"],
            authority=self.office,
        )
        assessment = make_assessment(2026, school=school, status="finished")
        meet(assessment, 2, schooling="lower_secondary")
        meet(assessment, 1, schooling="upper_secondary")
        cell = self.grid(nam="2026-2027")["Hai cấp"]["1.1"]
        self.assertEqual(cell.text, "Mức 1")
        self.assertIn("Trung học cơ sở: Mức 2", cell.words)

    def test_schools_stand_under_the_circular_they_follow(self):
        school_year(2024)
        make_school(self.office, "Tiểu học")
        SchoolFactory(name="Mầm non", levels=["preschool"], authority=self.office)
        SchoolFactory(
            name="TH và THCS",
            levels=["primary", "lower_secondary"],
            authority=self.office,
        )
        SchoolFactory(name="THCS", levels=["lower_secondary"], authority=self.office)
        response = self.client.get(page("overview-heat"))
        listed = {c.circular.number[:7]: c for c in response.context["choices"]}
        counts = {number: choice.count for number, choice in listed.items()}
        self.assertEqual(counts, {"17/2018": 1, "18/2018": 2, "19/2018": 1})
        for number, names in (
            ("17/2018", {"Tiểu học"}),
            ("18/2018", {"TH và THCS", "THCS"}),
            ("19/2018", {"Mầm non"}),
        ):
            grid = self.grid(thongtu=listed[number].circular.pk)
            self.assertEqual(set(grid), names)
        self.assertEqual(set(self.grid(thongtu="x")), {"TH và THCS", "THCS"})

    def test_the_levels_of_a_school_are_looked_up_once_to_choose_its_circular(self):
        school_year(2024)
        SchoolFactory(authority=self.office).education_levels.clear()
        make_school(self.office, "Tiểu học")
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(page("overview-heat"))
        (choice,) = response.context["choices"]
        self.assertEqual(choice.count, 1)
        levels = School.education_levels.through._meta.db_table
        counted = next(q["sql"] for q in captured if levels in q["sql"])
        self.assertEqual(counted.count(f'FROM "{levels}"'), 1)


class RowTests(GridCase):
    def test_planned_rows_are_counted_by_criterion(self):
        make_school(self.office, "Có", "draft", rows=28)
        make_school(self.office, "Chưa")
        grid = self.grid(xem=heat.PLANNED)
        self.assertEqual(grid["Có"]["1.1"].text, "2")
        self.assertEqual([cell.text for cell in grid["Có"].values()][1:], ["1"] * 26)
        self.assertEqual(grid["Chưa"]["1.1"].words, "Chưa lập kế hoạch")

    def test_late_is_what_is_not_done_after_its_time_in_an_issued_plan(self):
        issued = make_school(self.office, "Ban hành", "issued", rows=5)
        make_school(self.office, "Soạn", "draft", rows=5)
        rows = list(issued.plans.get().rows.all())
        for row, schedule, progress in zip(
            rows,
            ("Tháng 10/2024", "Tháng 10/2024", "Tháng 5/2025", "Khi có kinh phí", ""),
            ("", "done", "in_progress", "", ""),
            strict=True,
        ):
            ActionRow.objects.filter(pk=row.pk).update(
                schedule=schedule, progress=progress
            )
        clock = datetime.date(2024, 12, 1)
        with mock.patch("reports.overview.heat.timezone.localdate", return_value=clock):
            grid = self.grid(xem=heat.LATE)
        found = [grid["Ban hành"][row.criterion.code].text for row in rows]
        self.assertEqual(found, ["1", "0", "0", "0", "0"])
        self.assertEqual({c.text for c in grid["Soạn"].values()}, {"Chưa"})

    def test_a_cell_leads_to_the_rows_and_the_review_behind_it(self):
        school = make_school(self.office, "Có", "issued", rows=1)
        assessment = assessed(school, 2)
        row = school.plans.get().rows.get()
        response = self.client.get(page("overview-heat", xem=heat.PLANNED))
        (shown,) = response.context["rows"]
        url = next(c.url for c in shown.columns if c.cell.is_link)
        self.assertEqual(
            f"{url}?nam=2024-2025",
            page("overview-criterion", school.pk, row.criterion_id),
        )
        behind = self.client.get(f"{url}?nam=2024-2025")
        self.assertEqual([b.row for b in behind.context["rows"]], [row])
        self.assertEqual([b.result for b in behind.context["reviews"]], ["Mức 2"])
        review = assessment.reviews.get(criterion=row.criterion)
        self.assertContains(behind, review.get_absolute_url())

    def test_nothing_of_a_foreign_school_stands_behind_a_cell(self):
        foreign = make_school(AuthorityFactory(), "Khác", "issued", rows=1)
        row = foreign.plans.get().rows.get()
        url = page("overview-criterion", foreign.pk, row.criterion_id)
        self.assertEqual(self.client.get(url).status_code, 404)

    def test_a_school_is_refused_its_own_cell_and_others_do_not_find_it(self):
        school = make_school(self.office, "Có", "issued", rows=1)
        row = school.plans.get().rows.get()
        url = page("overview-criterion", school.pk, row.criterion_id)
        for place, status in ((school, 403), (SchoolFactory(), 404)):
            self.client.force_login(make_user(Role.PRINCIPAL, place))
            self.assertEqual(self.client.get(url).status_code, status)

    def test_the_workbook_of_the_grid_holds_numbers_and_whole_words(self):
        make_school(self.office, "Có", "draft", rows=28)
        url = page("overview-heat-download", xem=heat.PLANNED)
        book = load_workbook(io.BytesIO(self.client.get(url).content))
        sheet = book["Số nội dung kế hoạch"]
        self.assertEqual([c.value for c in sheet[2]][:3], ["Có", 2, 1])
        url = page("overview-heat-download")
        sheet = load_workbook(io.BytesIO(self.client.get(url).content))["Mức đạt"]
        self.assertEqual(sheet["B2"].value, "Chưa tự đánh giá")


class StandardTests(GridCase):
    def test_rows_of_issued_plans_are_counted_by_standard_and_state(self):
        school = make_school(self.office, "Một", "issued", rows=27)
        make_school(self.office, "Hai", "draft", rows=27)
        plan = school.plans.get()
        first = criteria_of(plan)[0].standard
        of_first = plan.rows.filter(standard=first)
        of_first.filter(position__lte=3).update(progress="done")
        plan.rows.filter(position=27).update(standard=None, progress="not_done")
        response = self.client.get(page("overview-standards"))
        rows = dict(response.context["rows"])
        self.assertEqual(len(rows), 6)
        one = rows[f"1. {first.title}"]
        self.assertEqual((one.done, one.unrecorded), (3, of_first.count() - 3))
        self.assertEqual(rows["Không gắn tiêu chuẩn"].not_done, 1)
        self.assertEqual(response.context["tally"].planned, 27)
        chart = response.context["chart"]
        self.assertEqual(chart["series"][0]["values"][0], 3)
        self.assertContains(response, 'id="tien-do-tieu-chuan"')

    def test_the_workbook_ends_with_the_sum(self):
        make_school(self.office, "Một", "issued", rows=27)
        content = self.client.get(page("overview-standards-download")).content
        sheet = load_workbook(io.BytesIO(content))["Theo tiêu chuẩn"]
        last = [cell.value for cell in sheet[sheet.max_row]]
        self.assertEqual(last, ["Tất cả các trường", 27, 0, 0, 0, 27])


class YearTests(GridCase):
    def test_years_stand_beside_each_other_the_oldest_first(self):
        school = make_school(self.office, "Một", "issued", rows=4)
        school.plans.get().rows.filter(position=1).update(progress="done")
        make_school(self.office, "Hai", "draft", rows=4)
        make_plan(2023, school=school, rows=3, status="closed", **ISSUED)
        school_year(2026)  # still to come
        response = self.client.get(page("overview-years"))
        columns = response.context["columns"]
        self.assertEqual([c.year.name for c in columns], ["2023-2024", "2024-2025"])
        before, now = columns
        self.assertEqual((before.counts["closed"], before.counts["none"]), (1, 1))
        self.assertEqual((now.counts["issued"], now.counts["draft"]), (1, 1))
        self.assertEqual(now.counts["none"], 0)
        self.assertEqual((now.tally.planned, now.tally.done), (4, 1))
        drawn = response.context["rows_chart"]["series"]
        shown = {series["label"]: series["values"] for series in drawn}
        # As the table below it tells them: what is only begun is not "not done".
        self.assertEqual(shown["Hoàn thành"], [0, 1])
        self.assertEqual(shown["Chưa hoàn thành"], [0, 0])
        self.assertEqual(shown["Chưa ghi"], [3, 3])
        content = self.client.get(page("overview-years-download")).content
        sheet = load_workbook(io.BytesIO(content))["Qua các năm học"]
        self.assertEqual([c.value for c in sheet[3]][-5:], [4, 1, 0, 0, 3])
        self.assertEqual([c.value for c in sheet["A"]][1:], ["2023-2024", "2024-2025"])
