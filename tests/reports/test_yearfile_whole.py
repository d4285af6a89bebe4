"""Everything a school year holds, as year files."""

import datetime
import json

from inspections.models import Answer, Inspection, InspectionEvent
from plans import workflow
from plans.models import Evidence, ImprovementPlan, PlanEvent, ProgressEntry
from plans.sign_off import content_digest
from reports.yearfile.whole import dumps
from schools.models import School, SchoolYear, User
from tests.factories.assessments import make_assessment, write_weakness
from tests.factories.evidence import (
    carried_out,
    make_evidence,
    pdf_upload,
    record_delay,
)
from tests.factories.inspections import make_inspection
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast
from tests.plans.yearfiles import changed, sample
from tests.reports.yearfiles import RecordCase


class WholeYearTests(RecordCase):
    """One school year with everything on it, out and into an empty installation."""

    def setUp(self):
        super().setUp()
        self.cast = make_cast()
        school = self.cast.school
        before = make_plan(
            2025,
            school=school,
            rows=2,
            status="closed",
            number=4,
            issued_on="2025-10-01",
            previous_issue="Kế hoạch số 03/KH-NSH ngày 15 tháng 9 năm 2025",
        )
        self.assessment = make_assessment(2026, school=school)
        review = write_weakness(self.assessment)
        self.plan = carried_out(2026, school=school)
        row = self.plan.rows.first()
        row.carried_from, row.source_review = before.rows.last(), review
        row.save()
        record_delay(row, by=self.cast.editor, day="2026-11-02")
        self.evidence = make_evidence(
            self.plan, by=self.cast.editor, file=pdf_upload(), rows=[row]
        )
        principal = self.cast.principal
        self.plan = workflow.perform(
            workflow.ADJUST, self.plan, by=principal, note="Kinh phí đổi."
        )
        self.plan.rows.last().delete()
        PlanEvent.objects.create(
            plan=self.plan,
            actor=principal,
            deed="duyet",
            label="Đã phê duyệt kế hoạch",
            content_digest=content_digest(self.plan),
        )
        self.inspect()

    def inspect(self):
        inspection = make_inspection(
            self.plan, "closed", leader=self.cast.officer, authority=self.cast.office
        )
        asked = inspection.recommendations.first()
        answer = asked.answers.create(text="Đã xong.", author=self.cast.principal)
        answer.evidence.add(self.evidence)
        later = make_inspection(
            self.plan,
            "open",
            leader=self.cast.leader,
            planned_on=datetime.date(2027, 5, 20),
        )
        later.recommendations.filter(position=2).update(carried_from=asked)
        inspection.events.create(
            actor=self.cast.officer, deed="ket-thuc", label="Đã kết thúc kiểm tra"
        )

    def files(self):
        return [found for _, _, found in dumps()]

    def test_loading_what_was_dumped_changes_nothing(self):
        self.assertEqual(self.load(*self.files()).changed, [])

    def test_empty_installation_gives_the_same_back(self):
        files = self.files()
        kinds = [found["kind"] for found in files]
        self.assertEqual(
            kinds,
            [
                "improvement_plan",
                "improvement_plan",
                "self_assessment",
                "inspection_record",
                "inspection_record",
                "evidence_list",
            ],
        )
        accounts = User.objects.count()
        self.empty()
        self.load(*files)
        again = self.files()
        self.assertEqual(json.dumps(again), json.dumps(files))
        self.assertEqual(User.objects.count(), accounts)
        self.assertEqual(self.load(*again).changed, [])

    def empty(self):
        """Rename the school and the office: what is loaded now is all new."""
        School.objects.filter(pk=self.cast.school.pk).update(name="Trường cũ")
        for model in (Inspection, ImprovementPlan):
            self.assertTrue(model.objects.exists())
        self.old = School.objects.get(name="Trường cũ")
        Answer.objects.all().delete()
        Inspection.objects.all().delete()
        Evidence.objects.all().delete()
        ProgressEntry.objects.all().delete()
        ImprovementPlan.objects.all().delete()
        self.assessment.delete()

    def test_what_was_loaded_works_as_it_did(self):
        files = self.files()
        self.empty()
        self.load(*files)
        plan = ImprovementPlan.objects.get(school_year__first_year=2026)
        self.assertEqual(plan.status, "adjusting")
        row = plan.rows.first()
        self.assertEqual(row.carried_from.plan.school_year.first_year, 2025)
        self.assertEqual(row.source_review.criterion, row.source_review.criterion)
        entry = row.progress_entries.get()
        self.assertEqual(
            (entry.created_by, entry.author_name), (None, self.cast.editor.full_name)
        )
        event = plan.events.get(deed="duyet")
        self.assertEqual(event.content_digest, content_digest(plan))
        self.assertEqual(event.actor_name, self.cast.principal.full_name)
        piece = Evidence.objects.get()
        self.assertEqual(list(piece.rows.all()), [row])
        self.assertEqual(piece.sha256, self.evidence.sha256)
        self.assertEqual(InspectionEvent.objects.filter(deed="ket-thuc").count(), 1)

    def test_another_year_of_the_same_plan_is_refused(self):
        plan = next(f for f in self.files() if f["school_year"] == "2026-2027")
        plan["rows"][0]["entries"][0]["reason"] = "Khác"
        with self.assertRaisesMessage(Exception, "events: những gì đã ghi nhận"):
            self.load(plan)
        self.assertEqual(ProgressEntry.objects.get().reason, "Chưa có kinh phí.")

    def test_paper_alone_leaves_the_year_alone(self):
        plan = next(f for f in self.files() if f["school_year"] == "2026-2027")
        for key in ("events", "versions", "status"):
            del plan[key]
        for line in plan["rows"]:
            for key in ("entries", "carried_from", "review"):
                line.pop(key, None)
        self.assertEqual(self.load(plan).changed, [])
        self.assertEqual(ProgressEntry.objects.count(), 1)


class WholeYearFaultTests(RecordCase):
    PLAN = [
        (("status",), "issued?", "status: không rõ"),
        (("status",), "draft", "status: không khớp với số"),
        (("events",), [{"deed": "a", "label": "b"}], "events[0].at: thiếu mục này"),
        (
            ("events",),
            [{"deed": "a", "label": "b", "at": "2026-01-01T00:00", "digest": "x"}],
            "events[0].digest: phải là",
        ),
        (
            ("rows", 0, "entries"),
            [{"status": "done", "at": "2026-01-01T00:00"}],
            "rows[0].entries[0].recorded_on: thiếu",
        ),
        (("rows", 0, "carried_from"), "năm ngoái", "rows[0].carried_from: phải là"),
        (("rows", 0, "review"), "1.2", "rows[0].review: phải là"),
    ]

    def test_faults_in_the_year_of_a_plan_name_their_place(self):
        for place, value, message in self.PLAN:
            with self.subTest(place=place):
                lines = self.refused(changed(sample(), place, value))
                lines = [line.removeprefix("tep-0.json: ") for line in lines]
                self.assertTrue(any(line.startswith(message) for line in lines), lines)

    def test_link_to_a_year_that_is_not_here_is_left_out_with_a_note(self):
        document = changed(sample(), ("rows", 0, "carried_from"), "2022-2023/1")
        outcome = self.load(document)
        self.assertIn("không có dòng kế hoạch 2022-2023/1", outcome.notes[0])
        self.assertIsNone(ImprovementPlan.objects.get().rows.first().carried_from)

    def test_faults_in_assessment_and_evidence_name_their_place(self):
        head = {
            "format": "qualityplan/1",
            "circular": "17/2018/TT-BGDĐT",
            "school_year": "2023-2024",
            "school": sample()["school"],
        }
        review = {"criterion": "1.1", "checks": {"1z": True}}
        piece = {
            "code": "MC",
            "criterion": "9.9",
            "at": "2024-01-01T00:00",
            "location": "Tủ",
        }
        cases = [
            (
                "self_assessment",
                "reviews",
                review,
                "reviews[0].checks.1z: tiêu chí 1.1",
            ),
            ("evidence_list", "evidence", piece, "evidence[0].criterion: "),
            (
                "evidence_list",
                "evidence",
                piece | {"criterion": "1.1", "rows": [1]},
                "evidence[0].rows: kế hoạch của năm học không có dòng 1",
            ),
            (
                "evidence_list",
                "evidence",
                {k: v for k, v in piece.items() if k != "location"},
                "evidence[0]: minh chứng phải có tệp",
            ),
        ]
        for kind, key, item, message in cases:
            with self.subTest(message):
                lines = self.refused(head | {"kind": kind, key: [item]})
                lines = [line.removeprefix("tep-0.json: ") for line in lines]
                self.assertTrue(any(line.startswith(message) for line in lines), lines)
        self.assertEqual(SchoolYear.objects.count(), 0)
