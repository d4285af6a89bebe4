import io
import zipfile

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from plans import commenting
from plans.commenting import CommentError, comment_on_plan, plan_places, threads_of
from plans.models import ImprovementPlan
from reports.commenting import comment_on_report, report_places
from reports.models import ResultComment
from reports.official.comments import comments_document
from reports.official.document import Table
from reports.official.markup import sheet_html
from reports.official.word import write_docx
from tests.reports.test_report_workflow import ReportCase


class ResultCommentCase(ReportCase):
    def setUp(self):
        self.set_status("submitted")
        self.row = self.report.rows.first()

    def comment(self, text="Nên nêu số liệu.", **place):
        place = {"table": "dong", "line_id": self.row.pk, "field": "done"} | place
        return comment_on_report(self.report, **place, text=text, by=self.cast.officer)


class ResultCommentTests(ResultCommentCase):
    def test_comment_on_a_cell_keeps_the_words_of_that_time(self):
        comment = self.comment()
        self.assertEqual((comment.quote, comment.field), ("Xong.", "done"))
        self.assertIn("Dòng 1", comment.line_name)

    def test_place_that_is_not_there_is_refused(self):
        for place in ({"field": "status"}, {"line_id": 999_999}, {"table": "van-de"}):
            with self.subTest(place), self.assertRaises(CommentError):
                self.comment(**place)
        self.assertEqual(ResultComment.objects.count(), 0)

    def test_draft_takes_no_comment_and_the_school_writes_none(self):
        with self.assertRaises(PermissionDenied):
            comment_on_report(
                self.report,
                table="",
                line_id=None,
                field="",
                text="Tốt.",
                by=self.cast.principal,
            )
        self.set_status("draft")
        with self.assertRaisesMessage(CommentError, "đang soạn"):
            self.comment()

    def test_deleted_row_keeps_its_comment(self):
        self.comment()
        self.row.delete()
        (thread,) = threads_of(self.report, report_places(self.fresh()))
        self.assertTrue(thread.is_gone)
        self.assertEqual(thread.comment.quote, "Xong.")

    def test_comment_stands_in_its_cell_and_is_answered_in_the_list(self):
        comment = self.comment()
        self.sign_in("principal")
        page = self.client.get(self.report.get_absolute_url()).content.decode()
        row = page.split(f'id="dong-{self.row.pk}"')[1].split("</tr>")[0]
        self.assertIn("Nên nêu số liệu.", row)
        url = reverse("reports:result-comment-reply", args=[self.report.pk, comment.pk])
        page = self.client.post(url, {"text": "Đã bổ sung."}, follow=True)
        self.assertContains(page, "Đã bổ sung.")
        self.assertEqual(ResultComment.objects.get(parent=comment).text, "Đã bổ sung.")

    def test_officer_comments_by_the_page_and_comes_back_to_the_row(self):
        self.sign_in("officer")
        url = reverse("reports:result-comment-add", args=[self.report.pk])
        url = f"{url}?bang=dong&dong={self.row.pk}"
        answer = self.client.post(url, {"text": "Rõ.", "field": "note"})
        expected = f"{self.report.get_absolute_url()}#dong-{self.row.pk}"
        self.assertEqual(answer.url, expected)
        self.assertEqual(ResultComment.objects.get().field, "note")

    def test_answer_to_a_comment_of_another_report_is_not_found(self):
        comment = self.comment()
        other = ResultComment.objects.get(pk=comment.pk)
        from_plan = reverse("plans:comment-reply", args=[self.plan.pk, other.pk])
        self.sign_in("principal")
        self.assertEqual(
            self.client.post(from_plan, {"text": "Vâng."}).status_code, 404
        )


class AnnexTests(ResultCommentCase):
    def document(self):
        threads = threads_of(self.report, report_places(self.fresh()))
        return comments_document(self.fresh(), threads)

    def talk(self):
        comment = self.comment(text="Nên nêu <số> liệu.")
        commenting.reply(
            self.report, comment, text="Đã bổ sung.", by=self.cast.principal
        )
        commenting.resolve(self.report, comment, by=self.cast.officer)
        return comment

    def test_annex_has_place_words_remark_answer_and_outcome(self):
        self.talk()
        (table,) = self.document().blocks
        self.assertIsInstance(table, Table)
        number, place, quote, said, answer, outcome = (
            cell.text for cell in table.body[0].cells
        )
        self.assertEqual((number, quote), ("1", "Xong."))
        self.assertIn("Dòng 1", place)
        self.assertTrue(said.endswith("Nên nêu <số> liệu."))
        self.assertTrue(answer.endswith("Đã bổ sung."))
        self.assertIn("Đã xong", outcome)

    def test_every_writer_prints_it(self):
        self.talk()
        document = self.document()
        self.assertIn("Nên nêu &lt;số&gt; liệu.", sheet_html(document))
        with zipfile.ZipFile(io.BytesIO(write_docx(document))) as package:
            text = package.read("word/document.xml").decode()
        self.assertIn("Đã bổ sung.", text)

    def test_annex_of_an_issued_plan_names_its_document(self):
        place = {"table": "", "line_id": None, "field": ""}
        comment_on_plan(self.plan, **place, text="Rõ ràng.", by=self.cast.officer)
        plan = ImprovementPlan.objects.with_header().get(pk=self.plan.pk)
        document = comments_document(plan, threads_of(plan, plan_places(plan)))
        self.assertIn("Kèm theo Kế hoạch số 05/KH-NSH", document.annex_note)
        self.assertEqual(document.blocks[0].body[0].cells[2].text, "")

    def test_downloads_in_three_formats_and_no_other(self):
        self.talk()
        self.sign_in("viewer")
        for name, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOC")):
            args = [self.report.pk, name]
            url = reverse("reports:result-comments-download", args=args)
            answer = self.client.get(url)
            self.assertTrue(answer.content.startswith(start), name)
            self.assertIn("attachment", answer["Content-Disposition"])
        url = reverse("reports:result-comments-download", args=[self.report.pk, "exe"])
        self.assertEqual(self.client.get(url).status_code, 404)
