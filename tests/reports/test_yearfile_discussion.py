"""What was said about plans and reports, and what happened to reports, in year files."""

import copy
import json

from plans.models import ImprovementPlan, PlanComment
from plans.yearfile.loading import YearFileError
from reports.commenting import comment_on_report
from reports.models import ReportEvent, ResultReport
from reports.workflow import content_digest
from reports.yearfile.loading import load_files
from reports.yearfile.whole import dumps
from tests.factories.reports import begin_report
from tests.reports.packages import PackageCase, empty_database


class DiscussionTests(PackageCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        plan = ImprovementPlan.objects.with_header().get()
        semester = begin_report(plan, by=cls.cast.editor, period="semester_1")
        ResultReport.objects.filter(pk=semester.pk).update(status="submitted")
        row = semester.rows.first()
        row.is_late, row.done = True, "Khác với lúc đầu"
        row.save()
        comment_on_report(
            semester,
            table="dong",
            line_id=row.pk,
            field="done",
            text="Thiếu số liệu.",
            by=cls.cast.officer,
        )
        semester.refresh_from_db()
        ReportEvent.objects.create(
            report=semester,
            actor=cls.cast.officer,
            deed="duyet",
            label="Đã phê duyệt báo cáo",
            content_digest=content_digest(semester),
        )
        # What was said about a line that has gone, twice about the same one.
        for text in ("Bỏ dòng này.", "Vì sao bỏ?"):
            plan.comments.create(
                table="dong",
                line_id=987_654,
                line_name="Nội dung 9",
                text=text,
                author=cls.cast.leader,
                is_from_office=True,
            )

    def files(self):
        return [found for _, _, found in dumps()]

    def read(self, *files):
        paths = []
        for number, found in enumerate(files):
            path = self.folder / f"tep-{number}.json"
            path.write_text(json.dumps(found))
            paths.append(path)
        return load_files(paths, registers=False)

    def loaded(self):
        files = self.files()
        empty_database()
        self.read(*files)
        return files

    def test_empty_installation_gives_the_same_back(self):
        files = self.loaded()
        self.assertEqual(json.dumps(self.files()), json.dumps(files))
        self.assertEqual(self.read(*files).changed, [])

    def test_comments_stand_where_they_stood_under_names(self):
        self.loaded()
        plan = ImprovementPlan.objects.get()
        comment = plan.comments.get(text="Cần nêu số liệu.")
        self.assertEqual(comment.line_id, plan.rows.first().pk)
        self.assertEqual((comment.author, comment.who), (None, self.names("officer")))
        self.assertTrue(comment.is_resolved)
        self.assertEqual(comment.resolved_by_name, self.names("officer"))
        answer = comment.replies.get()
        self.assertEqual(answer.who, self.names("principal"))
        self.assertEqual(
            (answer.line_id, answer.is_from_office), (comment.line_id, False)
        )
        gone = set(
            plan.comments.filter(line_name="Nội dung 9").values_list(
                "line_id", flat=True
            )
        )
        self.assertEqual(len(gone), 1)
        self.assertFalse(plan.rows.filter(pk__in=gone).exists())

    def names(self, role):
        return getattr(self.cast, role).full_name

    def test_reports_are_in_the_state_they_were_in(self):
        self.loaded()
        semester = ResultReport.objects.get(period="semester_1")
        self.assertEqual(semester.status, "submitted")
        row, line = semester.rows.first(), semester.plan.rows.first()
        self.assertTrue(row.is_late)
        self.assertEqual((row.source_row, row.source_key), (line, line.pk))
        self.assertIn("planned", row.sources)
        event = semester.events.get(deed="duyet")
        self.assertEqual(event.who, self.names("officer"))
        self.assertEqual(event.content_digest, content_digest(semester))
        self.assertEqual(semester.comments.get().line_id, row.pk)
        year = ResultReport.objects.get(period="year")
        self.assertEqual(year.events.get(deed="ban-hanh").who, self.names("principal"))

    def test_file_that_says_nothing_of_comments_leaves_them(self):
        files = self.files()
        for found in files:
            found.pop("comments", None) if "improvement" in found["kind"] else None
        self.assertEqual(self.read(*files).changed, [])
        self.assertEqual(PlanComment.objects.count(), 4)

    def test_comments_that_differ_are_refused(self):
        plan = self.files()[0]
        plan["comments"][0]["text"] = "Khác"
        with self.assertRaisesMessage(YearFileError, "events: những gì đã ghi nhận"):
            self.read(plan)

    def test_faults_name_their_place(self):
        report = next(f for f in self.files() if f.get("period") == "semester_1")
        cases = (
            (lambda f: f["rows"][0].update(plan_row=0), "rows[0].plan_row: phải là"),
            (
                lambda f: [row.update(plan_row=1) for row in f["rows"]],
                "rows: hai dòng cùng ghi",
            ),
            (lambda f: f.update(status="issued"), "status: không khớp"),
            (lambda f: f["rows"][0].update(sources={"x": "y"}), 'khóa "x" không có'),
            (lambda f: f["events"][-1].update(digest="x"), "digest: phải là dạng"),
            (lambda f: f["comments"][0].update(line=0), "comments[0].line: phải là"),
        )
        for change, told in cases:
            with self.subTest(told):
                changed = copy.deepcopy(report)
                change(changed)
                with self.assertRaisesMessage(YearFileError, told):
                    self.read(changed)
