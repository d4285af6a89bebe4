import json

from criteria.models import Criterion
from plans import drafting
from plans.models import ImprovementPlan, PlanEvent
from plans.tables import ROWS
from plans.yearfile.loading import load_files
from schools.enums import AuthorityKind
from tests.factories.plans import complete, make_plan
from tests.factories.schools import AuthorityFactory, SchoolFactory
from tests.plans.yearfiles import DATA, SEEDS, YearFileCase, changed, sample

PLANS = (
    "plan-primary-2018",
    "plan-preschool-2018",
    "plan-hostile-2018",
    "plan-2026",
)


class SampleRoundTripTests(YearFileCase):
    def test_dump_gives_every_sample_back_byte_for_byte(self):
        for name in PLANS:
            with self.subTest(name):
                plan = self.load_one(sample(name))
                text = json.dumps(self.dumped(plan), ensure_ascii=False, indent=2)
                stored = (DATA / f"{name}.json").read_text(encoding="utf-8")
                self.assertEqual(text.strip(), stored.strip())

    def test_loading_what_was_dumped_changes_nothing(self):
        for name in PLANS:
            with self.subTest(name):
                plan = self.load_one(sample(name))
                outcome = self.load(self.dumped(plan))
                self.assertEqual(outcome.changed, [])
                again = ImprovementPlan.objects.get(pk=plan.pk)
                self.assertEqual(again.updated_at, plan.updated_at)
                self.assertEqual(PlanEvent.objects.filter(plan=plan).count(), 1)

    def test_plan_of_an_inspection_record_is_taken_with_the_records_school(self):
        record = sample("inspection-2018")
        outcome = self.load(record)
        plan = outcome.changed[-1]
        expected = record["inspection"]["plan"] | {
            "format": "qualityplan/1",
            "school": record["school"],
        }
        self.assertEqual(self.dumped(plan), expected)
        self.assertIn("chỉ nhận kế hoạch kèm theo", outcome.notes[0])


class SeedRoundTripTests(YearFileCase):
    def setUp(self):
        super().setUp()
        if not SEEDS.is_dir():
            self.skipTest(f"the real documents are not here: {SEEDS}")

    def seed(self, number):
        return json.loads((SEEDS / f"{number}.json").read_text(encoding="utf-8"))

    def test_real_plans_come_back_as_they_are(self):
        record = self.seed("004")
        inspected = record["inspection"]["plan"]
        inspected |= {"format": record["format"], "school": record["school"]}
        expected = [self.seed("002"), self.seed("003"), inspected]
        paths = [SEEDS / f"{number}.json" for number in ("002", "003", "004")]
        outcome = load_files(paths)
        plans = [row for row in outcome.changed if isinstance(row, ImprovementPlan)]
        self.assertEqual([self.dumped(plan) for plan in plans], expected)
        self.assertEqual(load_files(paths).changed, [])

    def test_result_reports_are_for_the_app_of_reports(self):
        for number in ("000", "001"):
            with self.subTest(number):
                lines = self.refused(self.seed(number))
                self.assertIn("kind: loại result_report chưa được", lines[-1])


class StatusTests(YearFileCase):
    def test_number_and_date_make_a_plan_issued_outside(self):
        plan = self.load_one(sample())
        self.assertEqual((plan.status, plan.is_issued_outside), ("issued", True))
        event = plan.events.get()
        self.assertEqual(event.label, "Đã nạp từ tệp, ban hành ngoài hệ thống")
        self.assertNotIn("/", event.note)  # which folder it lay in is nobody's business
        self.assertFalse(plan.events.remarks().exists())
        self.assertIsNone(event.actor)

    def test_plan_without_number_is_a_draft(self):
        plan = self.load_one(sample("plan-preschool-2018"))
        self.assertEqual((plan.status, plan.is_issued_outside), ("draft", False))

    def test_open_plan_takes_the_contents_of_a_changed_file(self):
        document = sample("plan-preschool-2018")
        plan = self.load_one(document)
        document = changed(document, ("rows", 0, "goal"), "Mục tiêu khác")
        document = changed(document, ("sections", 0, "paragraphs"), ["Đoạn khác"])
        self.assertEqual(self.load(document).changed, [plan])
        self.assertEqual(self.dumped(plan), document)
        self.assertEqual(plan.events.count(), 2)

    def test_open_plan_becomes_issued_by_a_file_with_number_and_date(self):
        document = sample("plan-preschool-2018")
        plan = self.load_one(document)
        document["document"] |= {"number": 12, "issued_on": "2022-10-03"}
        self.load(document)
        plan.refresh_from_db()
        self.assertEqual((plan.status, plan.number), ("issued", 12))
        self.assertEqual(self.dumped(plan), document)


class AppMadePlanTests(YearFileCase):
    """Plans begun in the app leave their letterhead to the school's record."""

    def setUp(self):
        super().setUp()
        office = AuthorityFactory(
            kind=AuthorityKind.COMMUNE, header_line="ỦY BAN NHÂN DÂN PHƯỜNG AN PHƯỚC"
        )
        self.school = SchoolFactory(
            name="Trường Tiểu học Bình An", address="12 Bàu Sen", authority=office
        )

    def test_letterhead_and_section_one_are_those_of_the_record(self):
        plan = make_plan(2026, school=self.school)
        dump = self.dumped(plan)
        self.assertEqual(
            dump["school"],
            {
                "name": "Trường Tiểu học Bình An",
                "education_level": "primary",
                "superior": "ỦY BAN NHÂN DÂN PHƯỜNG AN PHƯỚC",
                "place": "Phường Bình An",
                "symbol": "THS",
            },
        )
        self.assertEqual(
            dump["sections"][0]["paragraphs"],
            [
                "1. Tên cơ sở giáo dục: Trường Tiểu học Bình An",
                "2. Loại hình: Công lập",
                "3. Địa chỉ: 12 Bàu Sen",
            ],
        )

    def test_loading_the_dump_of_an_app_made_plan_changes_nothing(self):
        for first_year in (2024, 2026):
            with self.subTest(first_year):
                plan = make_plan(first_year, school=self.school, rows=3)
                complete(plan)
                self._add_loose_line(plan)
                plan.refresh_from_db()
                self.assertEqual(self.load(self.dumped(plan)).changed, [])
                again = ImprovementPlan.objects.get(pk=plan.pk)
                self.assertEqual(again.updated_at, plan.updated_at)

    def _add_loose_line(self, plan):
        """As somebody leaves it who was interrupted."""
        line = ROWS.model(content="Việc chưa xếp", progress="in_progress", level="")
        if plan.layout.focus_issues:
            line.focus_issue = plan.focus_issues.first()
        else:
            line.progress = ""
            line.content = ""
        drafting.save_line(ROWS, plan, line, by=None)

    def test_dump_of_an_app_made_plan_rebuilds_it_elsewhere(self):
        plan = make_plan(2026, school=self.school, rows=2)
        complete(plan)
        self._add_loose_line(plan)
        dump = self.dumped(plan)
        dump["school"]["name"] = "Trường Tiểu học Khác"
        copy = self.load_one(dump)
        self.assertEqual(self.dumped(copy), dump)
        self.assertEqual(copy.rows.exclude(focus_issue=None).count(), 1)

    def test_draft_follows_the_record_where_the_file_says_the_same(self):
        dump = self.dumped(make_plan(2026, school=self.school))
        dump["recipients"] = ["Lưu: VT"]
        plan = self.load(dump).changed[0]
        plan = ImprovementPlan.objects.get(pk=plan.pk)
        self.assertEqual((plan.superior_line, plan.place, plan.symbol), ("", "", ""))
        self.school.place = "An Phước"
        self.school.save()
        self.assertEqual(self.dumped(plan)["school"]["place"], "An Phước")

    def test_difference_from_the_record_is_kept_on_the_plan(self):
        dump = self.dumped(make_plan(2026, school=self.school))
        dump["school"] |= {"superior": "UỶ BAN NHÂN DÂN XÃ BÌNH AN", "symbol": "THBA2"}
        plan = self.load(dump).changed[0]
        self.assertEqual(self.dumped(plan), dump)
        self.school.refresh_from_db()
        self.assertEqual(self.school.symbol, "THS")

    def test_file_that_names_no_superior_is_unchanged_when_loaded_again(self):
        dump = self.dumped(make_plan(2026, school=self.school))
        dump["school"] |= {"superior": None, "place": None}
        dump["recipients"] = ["Lưu: VT"]
        self.load(dump)
        self.assertEqual(self.load(dump).changed, [])


class RowTests(YearFileCase):
    def test_criterion_alone_brings_its_standard(self):
        document = sample("plan-2026")
        for row in document["rows"]:
            row.pop("standard", None)
        document["rows"][0]["criterion"] = "4.1"
        plan = self.load_one(document)
        row = plan.rows.first()
        self.assertEqual((row.standard.number, row.criterion.code), (4, "4.1"))

    def test_row_keeps_its_focus_issue_level_of_schooling_and_progress(self):
        document = sample("plan-2026")
        document["rows"][1] |= {
            "progress": "Đang thực hiện",
            "education_level": "primary",
            "issue": 2,
        }
        plan = self.load_one(document)
        self.assertEqual(self.dumped(plan), document)
        row = plan.rows.all()[1]
        self.assertEqual(row.progress, "in_progress")
        self.assertEqual(row.focus_issue, plan.focus_issues.all()[1])

    def test_same_code_in_two_annexes_means_the_one_of_the_level(self):
        plan = self.load_one(sample("plan-2026"))
        used = Criterion.objects.filter(pk__in=plan.focus_issues.values("criterion"))
        annexes = used.values_list("standard__circular__annex", flat=True)
        self.assertEqual(set(annexes), {"II"})

    def test_longest_texts_are_taken(self):
        document = changed(sample(), ("rows", 0, "actions"), "ả" * 20_000)
        self.assertEqual(self.dumped(self.load_one(document)), document)


class SectionTests(YearFileCase):
    def test_tables_that_no_section_holds_get_the_forms_sections(self):
        document = sample("plan-2026")
        kept = [s for s in document["sections"] if "content" not in s]
        for number, section in zip(("I", "II", "III", "IV", "V"), kept, strict=True):
            section["number"] = number
        dump = self.dumped(self.load_one(document | {"sections": kept}))
        self.assertEqual(dump["sections"], sample("plan-2026")["sections"])

    def test_sections_without_content_are_known_by_their_titles(self):
        document = sample("plan-2026")
        for section in document["sections"]:
            if section.pop("content", None):
                section["paragraphs"] = []
        dump = self.dumped(self.load_one(document))
        self.assertEqual(dump["sections"], sample("plan-2026")["sections"])

    def test_sections_carry_the_forms_keys(self):
        plan = self.load_one(sample("plan-2026"))
        self.assertEqual(
            [section.key for section in plan.sections.all()],
            [section.key for section in plan.layout.sections],
        )

    def test_table_alone_gets_a_section(self):
        document = sample() | {"sections": []}
        plan = self.load_one(document)
        self.assertEqual([s.content for s in plan.sections.all()], ["rows"])
        self.assertEqual(self.load(document).changed, [])


class TextTests(YearFileCase):
    def test_decomposed_letters_are_composed_and_counted(self):
        document = sample()
        document["rows"][0]["goal"] = "Tie\u0302\u0301ng Vie\u0323\u0302t"
        outcome = self.load(document)
        plan = outcome.changed[-1]
        self.assertEqual(plan.rows.first().goal, "Tiếng Việt")
        self.assertIn("đã chuyển 1 đoạn chữ", outcome.notes[0])

    def test_byte_order_mark_and_windows_line_ends_do_no_harm(self):
        document = changed(sample(), ("rows", 0, "actions"), "- a\r\n- b\r- c")
        path = self.write(b"\xef\xbb\xbf" + json.dumps(document).encode())
        plan = load_files([path]).changed[-1]
        self.assertEqual(plan.rows.first().actions, "- a\n- b\n- c")
