import json
from io import StringIO
from unittest import mock

from django.core.management import CommandError, call_command
from django.db import OperationalError

from plans.models import ImprovementPlan
from tests.plans.yearfiles import YearFileCase, changed, sample


def run(name, *args, **options):
    """What the command writes to stdout and to stderr."""
    out, err = StringIO(), StringIO()
    call_command(name, *args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


class LoadYearTests(YearFileCase):
    def test_load_prints_a_line_for_each_object_and_none_the_second_time(self):
        path = self.write(sample())
        out, err = run("load_year", path)
        kinds = [line.split()[0] for line in out.splitlines()]
        self.assertEqual(
            kinds, ["school_year", "school", "authority", "supervision", "plan"]
        )
        plan = ImprovementPlan.objects.get()
        self.assertIn(f"plan {plan.pk} Trường Tiểu học Long Thuận 2023-2024\n", out)
        self.assertIn(" ỦY BAN NHÂN DÂN QUẬN TÂN HÒA\n", out)
        self.assertEqual((run("load_year", path), err), (("", ""), ""))

    def test_faults_are_lines_of_one_error(self):
        path = self.write(changed(sample(), ("rows", 0, "goal"), None))
        other = self.write("{", "khac.json")
        with self.assertRaises(CommandError) as caught:
            run("load_year", path, other)
        self.assertEqual(
            str(caught.exception).splitlines(),
            [
                f"{path}: rows[0].goal: phải là một chuỗi, không phải null.",
                f"{other}: JSON hỏng ở dòng 1, cột 2; tệp có thể bị cắt cụt hoặc thiếu "
                "dấu phẩy, dấu ngoặc.",
            ],
        )

    def test_missing_file_and_folder_are_told(self):
        for path in (self.folder / "khong-co.json", self.folder):
            with self.assertRaisesMessage(CommandError, "không đọc được tệp"):
                run("load_year", path)

    def test_file_that_only_its_name_makes_a_zip_is_told(self):
        for name in ("goi.zip", "ke-hoach.DOCX"):
            path = self.folder / name
            path.write_bytes(b"\x00\xff\xfe no package")
            with self.assertRaisesMessage(CommandError, "bên trong không phải tệp nén"):
                run("load_year", path)

    def test_named_school_fills_a_missing_name(self):
        path = self.write(changed(sample(), ("school", "name"), None))
        with self.assertRaisesMessage(CommandError, "school.name: tệp không ghi"):
            run("load_year", path)
        out, _ = run("load_year", path, school="Trường Tiểu học Mới")
        self.assertIn("Trường Tiểu học Mới 2023-2024", out)

    def test_notes_go_to_stderr(self):
        document = changed(sample(), ("rows", 0, "goal"), "Tie\u0302\u0301ng")
        out, err = run("load_year", self.write(document))
        self.assertIn("Trường Tiểu học Long Thuận 2023-2024", out)
        self.assertIn("đã chuyển 1 đoạn chữ", err)

    def test_trouble_with_the_database_is_one_line(self):
        broken = OperationalError("no such table:\nplans")
        with (
            mock.patch(
                "reports.management.commands.load_year.load_files", side_effect=broken
            ),
            self.assertRaisesMessage(CommandError, "báo lỗi: no such table: plans ("),
        ):
            run("load_year", "a.json")


class DumpYearTests(YearFileCase):
    def setUp(self):
        super().setUp()
        self.documents = [sample(), sample("plan-2026"), sample("plan-preschool-2018")]
        self.plans = [self.load_one(document) for document in self.documents]

    def test_one_plan_is_one_object(self):
        out, _ = run("dump_year", "plan", str(self.plans[1].pk))
        self.assertEqual(json.loads(out), self.documents[1])
        self.assertTrue(out.startswith('{\n  "format": "qualityplan/1",\n'))
        self.assertIn("Trường Tiểu học Long Thuận", out)

    def test_several_plans_are_a_list_that_loads_without_a_change(self):
        out, _ = run("dump_year")
        self.assertEqual(len(json.loads(out)), 3)
        self.assertEqual(run("load_year", self.write(out)), ("", ""))

    def test_school_and_year_choose(self):
        out, _ = run("dump_year", school="Trường Tiểu học Long Thuận", year="2026-2027")
        self.assertEqual(json.loads(out), self.documents[1])
        out, _ = run("dump_year", year="2023-2024")
        self.assertEqual(json.loads(out), self.documents[0])

    def test_folder_takes_a_file_for_each_plan(self):
        folder = self.folder / "ra"
        run("dump_year", output=folder)
        self.assertEqual(
            sorted(path.name for path in folder.iterdir()),
            [
                "truong-mam-non-hoa-mai-vang-2022-2023.json",
                "truong-tieu-hoc-long-thuan-2023-2024.json",
                "truong-tieu-hoc-long-thuan-2026-2027.json",
            ],
        )
        self.assertEqual(run("load_year", *folder.iterdir()), ("", ""))

    def test_file_takes_one_plan(self):
        path = self.folder / "mot.json"
        run("dump_year", "plan", str(self.plans[0].pk), output=path)
        self.assertEqual(json.loads(path.read_text("utf-8")), self.documents[0])

    def test_nothing_to_dump_is_an_error(self):
        for options in (
            {"school": "Trường lạ"},
            {"year": "2020"},
            {"year": "2019-2020"},
        ):
            with self.assertRaisesMessage(CommandError, "Không có kế hoạch nào"):
                run("dump_year", **options)
        with self.assertRaisesMessage(CommandError, "Không có kế hoạch nào"):
            run("dump_year", "plan", "999999")

    def test_place_that_cannot_be_written_is_told(self):
        target = self.folder / "khong-co" / "a.json"
        with self.assertRaisesMessage(CommandError, "Không ghi được tệp"):
            run("dump_year", "plan", str(self.plans[0].pk), output=target)
        blocked = self.write("", "tep")
        with self.assertRaisesMessage(CommandError, "Không tạo được thư mục"):
            run("dump_year", output=blocked)
