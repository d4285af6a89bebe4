"""Records of inspection as year files."""

import io
import json
import unittest

from django.core.management import call_command

from inspections.models import Attendee, Inspection
from inspections.yearfile.dumping import dump_inspection
from reports.official.inspection import inspection_document
from reports.official.word import write_docx
from reports.yearfile.loading import load_files
from schools.models import User
from tests.plans.yearfiles import GONE, SEEDS, changed, sample
from tests.reports.reading import docx_tables, docx_text, require_in_order, squeezed
from tests.reports.yearfiles import RECORD, RecordCase, narrative, plan_of


class RecordRoundTripTests(RecordCase):
    def test_record_comes_back_as_it_is_and_loads_again_without_a_change(self):
        inspection = self.load_record()
        self.assertEqual(dump_inspection(inspection), sample(RECORD))
        self.assertEqual(self.load(sample(RECORD)).changed, [])

    def test_old_record_is_in_the_form_of_2018_and_its_people_have_no_accounts(self):
        inspection = self.load_record()
        self.assertEqual((inspection.form, inspection.status), ("form_2018", "open"))
        self.assertEqual(
            inspection.authority.header_line, "ỦY BAN NHÂN DÂN QUẬN TÂN HÒA"
        )
        duties = [a.duty for a in inspection.attendees.filter(side="team")]
        self.assertEqual(duties, ["leader", "member", "member"])
        self.assertFalse(Attendee.objects.exclude(user=None).exists())
        self.assertEqual(User.objects.count(), 0)

    def test_number_and_date_make_it_issued(self):
        document = sample(RECORD)
        document["document"] |= {"number": 3, "issued_on": "2024-04-02"}
        inspection = self.load_record(document)
        self.assertEqual(
            (inspection.status, inspection.is_issued_outside), ("issued", True)
        )
        self.assertEqual(dump_inspection(inspection), document)
        other = changed(document, ("inspection", "remarks"), "Khác")
        self.assertIn("không nạp đè được", self.refused_again(other))

    def refused_again(self, document):
        with self.assertRaises(Exception) as caught:
            self.load(document)
        return str(caught.exception)

    def test_record_that_is_still_written_takes_a_changed_file(self):
        self.load_record()
        other = changed(sample(RECORD), ("inspection", "remarks"), "Khác")
        self.assertEqual(len(self.load(other).changed), 1)
        self.assertEqual(dump_inspection(Inspection.objects.get()), other)

    def test_record_without_a_plan_stands_for_itself(self):
        document = changed(sample(RECORD), ("inspection", "plan"), None)
        inspection = self.load_record(document)
        self.assertIsNone(inspection.plan)
        self.assertEqual(dump_inspection(inspection), document)

    def test_command_prints_the_record_and_gives_it_back(self):
        out = io.StringIO()
        call_command("load_year", str(self.write(sample(RECORD))), stdout=out)
        inspection = Inspection.objects.get()
        line = f"inspection {inspection.pk} Trường Tiểu học Vĩnh Trạch 2023-2024"
        self.assertEqual(out.getvalue().splitlines()[-1], line)
        out = io.StringIO()
        call_command("dump_year", "inspection", str(inspection.pk), stdout=out)
        self.assertEqual(json.loads(out.getvalue()), sample(RECORD))

    def test_export_writes_every_format(self):
        inspection = self.load_record()
        for name in ("docx", "pdf", "html", "xlsx"):
            target = self.folder / f"ra.{name}"
            call_command(
                "export_document",
                "inspection",
                str(inspection.pk),
                format=name,
                output=target,
            )
            self.assertGreater(target.stat().st_size, 1_000)


class RecordFaultTests(RecordCase):
    FAULTS = [
        (("document", "type"), "KH", "document.type: không rõ"),
        (("document", "number"), 4, "document.issued_on: số và ngày"),
        (("rows",), [{}], "rows: của biên bản để trống"),
        (("inspection",), GONE, "inspection: thiếu mục này"),
        (("inspection", "office"), GONE, "inspection.office: thiếu mục này"),
        (
            ("inspection", "starts_at"),
            "8 giờ",
            "inspection.starts_at: phải là ngày giờ",
        ),
        (("inspection", "starts_at"), "0001-01-01T00:00", "inspection.starts_at: phải"),
        (
            ("inspection", "team", 1, "duty"),
            "Tổ trưởng",
            "inspection.team[1].duty: đoàn chỉ có một trưởng đoàn.",
        ),
        (("inspection", "team", 0, "duty"), "Vua", "inspection.team[0].duty: phải là"),
        (
            ("inspection", "team", 0, "rank"),
            "x",
            'inspection.team[0]: khóa "rank" không có trong lược đồ.',
        ),
        (
            ("inspection", "plan", "rows", 0, "goal"),
            None,
            "inspection.plan.rows[0].goal: phải là một chuỗi",
        ),
        (
            ("inspection", "findings"),
            [{"row": 9}],
            "inspection.findings[0].row: phải từ 1 đến 3",
        ),
        (
            ("inspection", "findings"),
            [{"row": 1}, {"row": 1}],
            "inspection.findings[1].row: dòng 1 của kế hoạch đã có",
        ),
        (
            ("inspection", "recommendations"),
            [{"text": "A", "owner": "B"}],
            "inspection.recommendations[0].due_on: thiếu mục này",
        ),
        (("inspection", "status"), "issued", "inspection.status: “issued” khi"),
        (("inspection", "form"), "x", "inspection.form: không rõ"),
    ]

    def test_faults_name_their_place_and_nothing_is_stored(self):
        for place, value, message in self.FAULTS:
            with self.subTest(place=place, value=value):
                lines = self.refused_record(changed(sample(RECORD), place, value))
                self.assertTrue(any(line.startswith(message) for line in lines), lines)

    def test_end_before_start_is_refused(self):
        document = sample(RECORD)
        document["inspection"] |= {
            "starts_at": "2024-03-18T08:00",
            "ends_at": "2024-03-18T07:00",
        }
        lines = self.refused_record(document)
        self.assertEqual(
            lines, ["inspection.ends_at: phải sau giờ bắt đầu (starts_at)."]
        )


@unittest.skipUnless(
    SEEDS.is_dir(), "the shared folder with the real documents is not here"
)
class SeedTests(RecordCase):
    def setUp(self):
        super().setUp()
        self.data = json.loads((SEEDS / "004.json").read_text(encoding="utf-8"))
        self.inspection = self.load_record(self.data)

    def test_004_comes_back_as_it_is(self):
        self.assertEqual(dump_inspection(self.inspection), self.data)
        self.assertEqual(load_files([SEEDS / "004.json"]).changed, [])

    def test_every_text_of_004_stands_on_the_record_in_order(self):
        text = docx_text(write_docx(inspection_document(self.inspection)))
        held = self.data["inspection"]
        people = [p["name"] for p in (*held["team"], *held["school_side"])]
        wanted = [
            held["office"]["superior"],
            held["office"]["name"],
            self.data["document"]["title"],
            self.data["document"]["subject"],
            *people,
            held["basis"],
            *narrative(self.data),
            "Nhận xét của đoàn kiểm tra",
            *(s["capacity"] for s in self.data["signatures"]),
        ]
        require_in_order([squeezed(part) for part in wanted], text)
        for person in (*held["team"], *held["school_side"]):
            self.assertIn(person["position"], text)

    def test_the_table_of_004_is_copied_cell_by_cell(self):
        (table,) = docx_tables(write_docx(inspection_document(self.inspection)))
        body = [row for row in table[1:] if len(row) == len(table[0])]
        keys = (
            "goal",
            "actions",
            "responsible",
            "schedule",
            "budget",
            "support",
            "note",
        )
        expected = [[row[key] for key in keys] for row in plan_of(self.data)["rows"]]
        self.assertEqual([row[2:] for row in body], expected)
