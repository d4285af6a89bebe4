"""Result reports as year files: in, out, and what is refused."""

import json
from io import StringIO

from django.core.management import CommandError, call_command

from plans.models import ImprovementPlan
from reports import differing
from reports.models import ResultReport, ResultRow
from reports.yearfile.dumping import dump_result, dump_whole_result
from reports.yearfile.loading import load_files
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory
from tests.plans.yearfiles import SEEDS, YearFileCase, changed, sample

SAMPLES = ("result-2018", "result-annex-2018", "result-2026")


class ResultFileCase(YearFileCase):
    def load(self, *documents, **options):
        paths = [self.write(d, f"tep-{n}.json") for n, d in enumerate(documents)]
        return load_files(paths, **options)

    def load_report(self, document, **options):
        found = self.load(document, **options).changed
        (report,) = [row for row in found if isinstance(row, ResultReport)]
        return ResultReport.objects.with_header().get(pk=report.pk)

    def refused_report(self, document):
        before = ResultReport.objects.count()
        lines = self.refused(document)
        self.assertEqual(ResultReport.objects.count(), before)
        return [line.removeprefix("tep-0.json: ") for line in lines]


class RoundTripTests(ResultFileCase):
    def test_samples_come_back_as_they_are_and_load_again_without_a_change(self):
        for name in SAMPLES:
            with self.subTest(name):
                document = sample(name)
                self.assertEqual(dump_result(self.load_report(document)), document)
                self.assertEqual(self.load(document).changed, [])

    def test_number_and_date_or_annex_and_date_make_it_issued_outside(self):
        for name, state in zip(SAMPLES, ("issued", "issued", "draft"), strict=True):
            report = self.load_report(sample(name))
            self.assertEqual(report.status, state)
            self.assertEqual(report.is_issued_outside, state == "issued")

    def test_draft_is_replaced_by_another_file_and_an_issued_one_is_not(self):
        first = self.load_report(sample("result-2026"))
        other = changed(sample("result-2026"), ("rows", 0, "done"), "25 lớp.")
        self.assertEqual(self.load_report(other), first)
        self.assertEqual(first.rows.first().done, "25 lớp.")
        self.load_report(sample("result-2018"))
        other = changed(sample("result-2018"), ("rows", 0, "done"), "Khác.")
        self.assertIn("đã ban hành", self.refused_report(other)[0])


class VersionTests(ResultFileCase):
    """What the report was when it was submitted goes with it."""

    def setUp(self):
        super().setUp()
        self.report = self.load_report(sample("result-2026"))
        self.remember()
        first, *_, last = self.report.rows.all()
        last.delete()
        ResultRow.objects.filter(pk=first.pk).update(done="Xong.", is_late=True)
        self.remember()
        ResultReport.objects.update(remarks="Có nhận xét.")
        ResultRow.objects.filter(pk=first.pk).update(done="Xong cả.")

    def remember(self):
        differing.remember(ResultReport.objects.get())

    def dumped(self):
        return dump_whole_result(ResultReport.objects.with_header().get())

    def told(self):
        """Every change against each version, without the keys of one database."""
        report = ResultReport.objects.with_header().get()
        now = differing.written_down(report)
        return [
            [
                (line.name, line.deed, line.cells)
                for part in differing.difference(version.lines, now)
                for line in part.lines
            ]
            for version in report.versions.all()
        ]

    def test_versions_come_back_as_they_are_and_load_again_without_a_change(self):
        document, told = self.dumped(), self.told()
        moments = list(self.report.versions.values_list("created_at", flat=True))
        self.assertEqual([len(each) for each in told], [3, 2])
        ResultReport.objects.get().delete()
        report = self.load_report(document)
        self.assertEqual(json.dumps(self.dumped()), json.dumps(document))
        self.assertEqual(self.told(), told)
        self.assertEqual(
            list(report.versions.values_list("created_at", flat=True)), moments
        )
        self.assertEqual(self.load(document).changed, [])

    def test_row_that_has_gone_has_a_place_below_zero_and_no_key_is_written(self):
        first, second = self.dumped()["versions"]
        self.assertEqual([row["line"] for row in first["rows"]], [1, -1])
        self.assertEqual([row["line"] for row in second["rows"]], [1])
        self.assertNotIn('"pk"', json.dumps(self.dumped()))

    def test_versions_that_differ_from_those_here_are_refused(self):
        other = changed(self.dumped(), ("versions", 0, "rows", 0, "done"), "Khác.")
        (line,) = self.refused_report(other)
        self.assertIn("events: những gì đã ghi nhận", line)

    def test_faults_name_their_place(self):
        document = self.dumped()
        ResultReport.objects.get().delete()
        cases = (
            (("rows", 0, "line"), 0, "rows[0].line: phải là số thứ tự của dòng"),
            (("rows", 0, "is_late"), "có", "rows[0].is_late: phải là true hoặc false"),
            (("rows", 0, "goal"), "x", 'rows[0]: khóa "goal" không có'),
            (("header", "grouping"), "x", 'header.grouping: không rõ "x"'),
            (("document",), 5, "document: phải là một chuỗi"),
            (("at",), "hôm qua", "at: phải là ngày giờ có thật"),
            (("pk",), 5, 'versions[0]: khóa "pk" không có'),
        )
        for place, value, message in cases:
            with self.subTest(place=place):
                bad = changed(document, ("versions", 0, *place), value)
                (line,) = self.refused_report(bad)
                self.assertIn(message, line)


class PlanTests(ResultFileCase):
    def test_report_belongs_to_the_plan_of_its_school_and_year(self):
        files = sample("result-2018"), sample("plan-primary-2018")
        self.load(*files)
        report = ResultReport.objects.get()
        self.assertEqual(report.plan, ImprovementPlan.objects.get())

    def test_report_that_came_first_finds_its_plan_later(self):
        report = self.load_report(sample("result-2018"))
        self.assertIsNone(report.plan)
        self.load(sample("plan-primary-2018"))
        report.refresh_from_db()
        self.assertEqual(report.plan, ImprovementPlan.objects.get())

    def test_report_on_a_plan_never_issued_is_refused(self):
        school = SchoolFactory(name="Trường Tiểu học Long Thuận")
        make_plan(2023, school=school)
        (line,) = self.refused_report(sample("result-2018"))
        self.assertIn("school_year: kế hoạch năm học 2023-2024", line)
        self.assertIn("chưa ban hành lần nào", line)

    def test_two_reports_for_one_school_and_year_in_one_call_are_refused(self):
        with self.assertRaisesMessage(Exception, "cho năm học này đã có trong"):
            self.load(sample("result-2018"), sample("result-2018"))
        self.assertEqual(ResultReport.objects.count(), 0)


class FaultTests(ResultFileCase):
    FAULTS = [
        (("school", "name"), None, "school.name: tệp không ghi tên trường"),
        (("document", "type"), "KH", 'document.type: không rõ "KH"'),
        (("document", "number"), None, "document.number: số và ngày ban hành phải có"),
        (("document", "issued_on"), None, "document.issued_on: có số thì phải có ngày"),
        (("document", "issued_on"), "2026-01-01", "document.issued_on: 01/01/2026 nằm"),
        (
            ("rows", 0, "planned"),
            None,
            "rows[0].planned: phải là một chuỗi, không phải",
        ),
        (("rows", 0, "goal"), "x", 'rows[0]: khóa "goal" không có trong lược đồ.'),
        (("rows", 1, "criterion"), "9.9", "rows[1].criterion: Thông tư 17/2018"),
        (("rows", 1, "level"), "5", "rows[1].level: phải là null"),
        (
            ("rows", 2, "standard"),
            1,
            "rows[2].criterion: tiêu chí 3.6 thuộc tiêu chuẩn",
        ),
        (("rows",), None, "rows: phải là một danh sách"),
        (("period",), "tuần", 'period: không rõ "tuần"'),
        (("remark",), [], 'khóa "remark" không có trong lược đồ.'),
        (("standard_titles", "7"), "X", "standard_titles.7: Thông tư 17/2018"),
        (("circular",), "1/2000", 'circular: không rõ thông tư "1/2000"'),
        (
            ("sections",),
            [{"number": "I", "title": "A", "content": "monitoring"}],
            "sections[0].content: báo cáo kết quả không có bảng này.",
        ),
    ]

    def test_faults_name_their_place_and_nothing_is_stored(self):
        for place, value, message in self.FAULTS:
            with self.subTest(place=place, value=value):
                document = changed(sample("result-2018"), place, value)
                lines = self.refused_report(document)
                self.assertTrue(any(line.startswith(message) for line in lines), lines)

    def test_bad_report_keeps_a_good_plan_of_the_same_call_out(self):
        bad = changed(sample("result-2018"), ("rows", 0, "done"), 5)
        lines = self.refused(sample("plan-primary-2018"), bad)
        self.assertEqual(
            lines, ["tep-1.json: rows[0].done: phải là một chuỗi, không phải 5."]
        )


class CommandTests(ResultFileCase):
    def run_command(self, name, *args, **options):
        out = StringIO()
        call_command(name, *args, stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    def test_load_prints_the_report_and_dump_gives_it_back(self):
        path = self.write(sample("result-2018"))
        report = self.run_command("load_year", path).splitlines()[-1].split(" ", 2)
        self.assertEqual(report[0], "result")
        self.assertEqual(report[2], "Trường Tiểu học Long Thuận 2023-2024")
        out = self.run_command("dump_year", "result", report[1])
        self.assertEqual(json.loads(out), sample("result-2018"))

    def test_dump_of_everything_holds_plans_and_reports(self):
        self.load(sample("plan-primary-2018"), *(sample(name) for name in SAMPLES))
        out = self.run_command("dump_year")
        kinds = [document["kind"] for document in json.loads(out)]
        self.assertEqual(kinds, ["improvement_plan"] + ["result_report"] * 3)
        self.assertEqual(self.run_command("load_year", self.write(out)), "")
        folder = self.folder / "ra"
        self.run_command("dump_year", output=folder)
        self.assertIn(
            "truong-tieu-hoc-bac-son-2026-2027-bao-cao-semester_1.json",
            [path.name for path in folder.iterdir()],
        )

    def test_export_writes_every_format(self):
        report = self.load_report(sample("result-2018"))
        for name in ("docx", "pdf", "html", "xlsx"):
            target = self.folder / f"ra.{name}"
            self.run_command(
                "export_document", "result", str(report.pk), format=name, output=target
            )
            self.assertGreater(target.stat().st_size, 1_000)

    def test_unknown_report_is_told(self):
        with self.assertRaisesMessage(CommandError, "Không có báo cáo kết quả nào"):
            self.run_command("dump_year", "result", "99")


class SeedTests(ResultFileCase):
    def setUp(self):
        super().setUp()
        if not SEEDS.is_dir():
            self.skipTest("the shared folder with the real documents is not here")

    def seed(self, number):
        return json.loads((SEEDS / f"{number}.json").read_text(encoding="utf-8"))

    def test_000_needs_the_name_of_its_school(self):
        document = self.seed("000")
        (line,) = self.refused_report(document)
        self.assertTrue(line.startswith("school.name: "))
        report = self.load_report(document, school_name="Trường Tiểu học Thử")
        expected = changed(document, ("school", "name"), "Trường Tiểu học Thử")
        self.assertEqual(dump_result(report), expected)

    def test_001_comes_back_as_it_is(self):
        document = self.seed("001")
        self.assertEqual(dump_result(self.load_report(document)), document)
