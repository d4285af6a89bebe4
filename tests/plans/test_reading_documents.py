"""Whole documents: those this program writes, and the shared folder of real ones."""

import json
import unittest

import docx

from plans.models import ImprovementPlan
from plans.reading.files import read_blocks, read_content, read_path
from plans.reading.stream import texts
from plans.yearfile.dumping import dump_plan
from reports.official.plan import plan_document
from reports.official.word import write_docx
from reports.official.workbook import write_xlsx
from tests.plans.wordfiles import read, words
from tests.plans.yearfiles import DATA, SEEDS, YearFileCase, sample

WRITERS = {"docx": write_docx, "xlsx": write_xlsx}
# Printed from the circular, so not on paper: which criterion a row of Mẫu số 2 serves.
NOT_ON_PAPER = {"standard", "criterion", "issue"}


class OwnDocumentsTests(YearFileCase):
    """What we print can be read again, from Word and from Excel alike."""

    def printed(self, name):
        """(the plan as data, what was read) for both writers."""
        plan = self.load_one(sample(name))
        plan = ImprovementPlan.objects.with_header().get(pk=plan.pk)
        for suffix, write in WRITERS.items():
            with self.subTest(name=name, suffix=suffix):
                reading = read(write(plan_document(plan)))
                self.assertEqual(reading.report.entries, [])
                yield dump_plan(plan), reading.as_json()

    def test_rows_of_the_plans_of_2018(self):
        names = [path.stem for path in sorted(DATA.glob("[pi]*-2018.json"))]
        self.assertEqual(len(names), 4)
        for name in names:
            for stored, found in self.printed(name):
                for key in ("rows", "standard_titles", "grouping", "closing_rows"):
                    self.assertEqual(found[key], stored[key])

    def test_tables_of_a_plan_of_2026(self):
        for stored, found in self.printed("plan-2026"):
            for key in ("focus_issues", "monitoring", "standard_titles"):
                self.assertEqual(found[key], stored[key])
            rows = [
                {k: v for k, v in row.items() if k not in NOT_ON_PAPER}
                for row in stored["rows"]
            ]
            self.assertEqual(found["rows"], rows)

    def test_everything_around_the_tables(self):
        for name in ("plan-primary-2018", "plan-2026"):
            for stored, found in self.printed(name):
                for key in stored:
                    if key not in ("rows", "report"):
                        self.assertEqual(found[key], stored[key], key)

    def test_what_was_read_loads_as_a_year_file(self):
        plan = self.load_one(sample())
        plan = ImprovementPlan.objects.with_header().get(pk=plan.pk)
        found = read_content(write_docx(plan_document(plan)))
        del found["report"]
        before = dump_plan(plan)
        plan.delete()
        self.assertEqual(self.dumped(self.load_one(found)), before)


@unittest.skipUnless(
    SEEDS.is_dir(), "the shared folder with the real documents is not here"
)
class RealDocumentsTests(unittest.TestCase):
    """The Word files of real schools come in as people transcribed them: every cell of
    every row, and all the text around."""

    def check(self, name, *doubts):
        wanted = json.loads((SEEDS / f"{name}.json").read_text(encoding="utf-8"))
        found = read_path(SEEDS / "docx" / f"{name}.docx")
        report = found.pop("report")
        self.assertEqual([entry["message"] for entry in report], list(doubts))
        self.maxDiff = None
        for where in (wanted, wanted.get("inspection", {}).get("plan", {})):
            for row in where.get("rows", []):
                self.assertEqual(row["criterion"].split(".")[0], str(row["standard"]))
        self.assertEqual(found, wanted)
        read((SEEDS / "docx" / f"{name}.docx").read_bytes())

    def test_000_result_table_alone(self):
        self.check("000", "Không tìm thấy tên trường trong tệp; hãy chọn trường.")

    def test_001_result_report_with_a_row_broken_over_pages(self):
        self.check(
            "001",
            "Dòng này được nối vào tiêu chí 1.3 ở trên.",
            "Văn bản chỉ có số hoặc chỉ có ngày; cần có cả hai.",
        )

    def test_002_plan_titled_as_a_report(self):
        self.check("002")

    def test_003_plan_of_a_preschool(self):
        self.check("003")

    def test_004_inspection_record_with_the_plan_inside(self):
        self.check("004")

    def test_every_word_of_the_files_is_placed_or_listed(self):
        """Against the bare text of the file, not what our own reader makes of it."""
        for path in sorted((SEEDS / "docx").glob("*.docx")):
            with self.subTest(path=path.name):
                body = docx.Document(path).element.body
                bare = " ".join(
                    "".join(t.text or "" for t in p.iter("{*}t"))
                    for p in body.iter("{*}p")
                )
                blocks = read_blocks(path.read_bytes())
                self.assertEqual(words(bare) - words(" ".join(texts(blocks))), {})
