from importlib import import_module

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans import commenting, drafting, workflow
from plans.commenting import CommentError
from plans.models import ImprovementPlan, PlanComment
from plans.tables import ROWS
from tests.factories.plans import add_rows, complete, make_plan
from tests.plans.reviewing import ReviewCase


class CommentTests(ReviewCase):
    def setUp(self):
        self.submit()

    def test_comment_on_a_cell_keeps_the_words_of_that_time(self):
        comment = self.on_goal()
        row = self.plan.rows.first()
        self.assertEqual(comment.quote, row.goal)
        self.assertEqual(
            comment.line_name, f"Nội dung 1 (tiêu chí {row.criterion.code})"
        )
        self.assertTrue(comment.is_from_office)

    def test_comment_on_a_row_quotes_its_filled_cells_with_their_names(self):
        comment = self.comment(table="dong", line_id=self.plan.rows.first().pk)
        self.assertIn("Chủ trì và phối hợp thực hiện: Phó", comment.quote)
        self.assertIn("Tháng 10/2024", comment.quote)

    def test_sections_and_the_head_take_comments(self):
        section = self.plan.sections.filter(content="text").first()
        on_section = self.comment(table="muc", line_id=section.pk, field="text")
        self.assertIn("Việc của trường.", on_section.quote)
        on_bases = self.comment(table="dau-cuoi", field="legal_bases")
        self.assertEqual(on_bases.quote, self.plan.legal_bases)

    def test_place_that_is_not_there_is_refused(self):
        row = self.plan.rows.first()
        other = complete(make_plan(2023, school=self.cast.school))
        for place in (
            {"table": "dong", "line_id": other.rows.first().pk},
            {"table": "dong", "line_id": row.pk, "field": "status"},
            {"table": "khong-co", "line_id": row.pk},
            {"table": "dong"},
        ):
            with self.subTest(place), self.assertRaises(CommentError):
                self.comment(**place)
        self.assertEqual(PlanComment.objects.count(), 0)

    def test_only_the_office_comments_and_not_on_a_draft(self):
        for actor in ("principal", "office_viewer", "other_officer", "admin"):
            with self.subTest(actor), self.assertRaises(PermissionDenied):
                self.comment(by=getattr(self.cast, actor))
        self.deed(workflow.RECALL, self.cast.principal)
        with self.assertRaisesMessage(CommentError, "“Đang soạn”"):
            self.comment()

    def test_school_and_office_answer_and_both_sides_are_told_apart(self):
        comment = self.on_goal()
        for actor, is_office in (("editor", False), ("leader", True)):
            answer = commenting.reply_on_plan(
                self.plan, comment, text="Đã sửa.", by=getattr(self.cast, actor)
            )
            self.assertEqual(answer.is_from_office, is_office)
            self.assertEqual((answer.parent, answer.field), (comment, "goal"))
        with self.assertRaises(PermissionDenied):
            commenting.reply(
                self.plan, comment, text="Tôi cũng vậy.", by=self.cast.contributor
            )

    def test_office_resolves_and_reopens_once_each(self):
        comment = self.on_goal()
        with self.assertRaises(PermissionDenied):
            commenting.resolve(self.plan, comment, by=self.cast.principal)
        officer = self.cast.officer
        self.assertTrue(commenting.resolve(self.plan, comment, by=officer))
        self.assertFalse(commenting.resolve(self.plan, comment, by=self.cast.leader))
        comment.refresh_from_db()
        self.assertEqual(comment.resolved_by, officer)
        with self.assertRaisesMessage(CommentError, "đánh dấu xong"):
            commenting.reply(self.plan, comment, text="Đã sửa.", by=self.cast.principal)
        self.assertTrue(commenting.reopen(self.plan, comment, by=officer))
        comment.refresh_from_db()
        self.assertEqual((comment.resolved_at, comment.resolved_by), (None, None))


class ThreadTests(ReviewCase):
    def setUp(self):
        self.submit()
        self.thread_of = self.on_goal()
        self.deed(workflow.RETURN, self.cast.officer)

    def thread(self):
        places = commenting.plan_places(self.fresh())
        return commenting.threads_of(self.plan, places)[0]

    def test_untouched_cell_is_as_it_was(self):
        thread = self.thread()
        self.assertFalse(thread.is_gone or thread.is_text_changed)

    def test_changed_cell_is_told(self):
        self.edit(goal="Đạt mức 3")
        self.assertTrue(self.thread().is_text_changed)

    def test_deleted_line_keeps_its_comment_in_the_list_with_its_words(self):
        row = self.plan.rows.first()
        drafting.delete_line(ROWS, self.plan, row, by=self.cast.principal)
        self.assertTrue(self.thread().is_gone)
        page = self.page(reverse("plans:comments", args=[self.plan.pk]), "viewer")
        self.assertContains(page, "Trường đã bỏ dòng này.")
        self.assertContains(page, row.goal)
        self.assertContains(page, self.thread_of.line_name)

    def test_open_comments_come_first_and_in_the_order_of_the_paper(self):
        ImprovementPlan.objects.update(status="submitted")
        second = self.plan.rows.all()[1]
        on_second = self.comment(table="dong", line_id=second.pk)
        on_whole = self.comment()
        done = self.comment()
        commenting.resolve(self.plan, done, by=self.cast.officer)
        places = commenting.plan_places(self.fresh())
        found = [t.comment for t in commenting.threads_of(self.plan, places)]
        self.assertEqual(found, [on_whole, self.thread_of, on_second, done])


class CommentPageTests(ReviewCase):
    def setUp(self):
        self.submit()
        self.row = self.plan.rows.first()
        self.list_url = reverse("plans:comments", args=[self.plan.pk])
        add = reverse("plans:comment-add", args=[self.plan.pk])
        self.cell_url = f"{add}?bang=dong&dong={self.row.pk}&o=goal"

    def write(self, url=None, **data):
        self.sign_in("officer")
        return self.client.post(url or self.cell_url, data)

    def test_comment_leads_back_to_its_line_on_the_review_page(self):
        answer = self.write(text="Nên nêu số liệu.", field="goal")
        review = reverse("plans:office-review", args=[self.plan.pk])
        self.assertEqual(answer.url, f"{review}#dong-{self.row.pk}")
        comment = PlanComment.objects.get()
        self.assertEqual((comment.field, comment.line_id), ("goal", self.row.pk))

    def test_comment_stands_beside_its_cell_on_the_page_of_the_plan(self):
        self.write(text="Nên nêu số liệu.", field="goal")
        page = self.page(self.plan.get_absolute_url(), "principal")
        cell = page.content.decode().split('data-label="Kết quả cần đạt')[1]
        self.assertIn("Nên nêu số liệu.", cell.split("</td>")[0])

    def test_bad_input_is_told_at_the_field_and_writes_nothing(self):
        for data, message in (
            ({"text": " ", "field": "goal"}, "Hãy viết nội dung góp ý."),
            ({"text": "a" * 20_000, "field": "goal"}, "quá mức 10.000 ký tự"),
            ({"text": "Rõ.", "field": "password"}, "Dòng này không có ô đó."),
        ):
            with self.subTest(message):
                answer = self.write(**data)
                self.assertContains(answer, message, status_code=422)
        self.assertEqual(PlanComment.objects.count(), 0)

    def test_typed_text_is_kept_where_the_line_is_gone_meanwhile(self):
        self.deed(workflow.RETURN, self.cast.officer)
        drafting.delete_line(ROWS, self.plan, self.row, by=self.cast.principal)
        answer = self.write(text="Nên nêu số liệu.")
        self.assertContains(answer, "trường vừa bỏ", status_code=422)
        self.assertContains(answer, "Nên nêu số liệu.", status_code=422)
        answer = self.client.get(self.cell_url, follow=True)
        self.assertContains(answer, "trường vừa bỏ")

    def test_answer_to_a_comment_of_another_plan_is_not_found(self):
        other = complete(make_plan(2023, school=self.cast.school, status="submitted"))
        place = {"table": "", "line_id": None, "field": ""}
        foreign = commenting.comment_on_plan(
            other, **place, text="Rõ.", by=self.cast.officer
        )
        mine = self.comment()
        reply = commenting.reply_on_plan(
            self.plan, mine, text="Vâng.", by=self.cast.editor
        )
        self.sign_in("officer")
        for pk in (foreign.pk, reply.pk, 999_999):
            for deed in ("reply", "resolve", "reopen"):
                url = reverse(f"plans:comment-{deed}", args=[self.plan.pk, pk])
                answer = self.client.post(url, {"text": "Vâng."})
                self.assertEqual(answer.status_code, 404)

    def test_empty_answer_is_told_in_its_own_thread(self):
        comment = self.comment()
        url = reverse("plans:comment-reply", args=[self.plan.pk, comment.pk])
        self.sign_in("principal")
        answer = self.client.post(url, {"text": ""})
        self.assertContains(answer, "Hãy viết câu trả lời.", status_code=422)
        self.assertContains(answer, f"#tra-loi-{comment.pk}-text", status_code=422)
        answer = self.client.post(url, {"text": "Đã sửa."})
        self.assertEqual(answer.url, f"{self.list_url}#gop-y-{comment.pk}")

    def test_home_of_the_school_counts_what_is_open(self):
        self.comment()
        page = self.page(reverse("home"), "principal", nam="2024-2025")
        self.assertContains(page, "1 chưa xong")

    def test_list_asks_as_much_for_one_comment_as_for_many(self):
        counts = []
        for more in (1, 9):
            add_rows(self.plan, more)
            for row in self.plan.rows.all():
                self.comment(table="dong", line_id=row.pk)
            self.page(self.list_url, "officer")
            with CaptureQueriesContext(connection) as queries:
                self.client.get(self.list_url)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 12)


class OldRemarkTests(ReviewCase):
    def test_remarks_of_before_become_comments_and_back(self):
        migration = import_module("plans.migrations.0005_remarks_are_comments")
        officer = self.cast.officer
        event = self.plan.events.create(
            actor=officer, deed="gop-y", label="Đã gửi góp ý", note="Rõ ràng."
        )
        migration.remarks_to_comments(apps, None)
        comment = PlanComment.objects.get()
        self.assertEqual(
            (comment.text, comment.author, comment.at), ("Rõ ràng.", officer, event.at)
        )
        self.assertFalse(self.plan.events.filter(deed="gop-y").exists())
        migration.comments_to_remarks(apps, None)
        self.assertEqual(self.plan.events.get(deed="gop-y").at, event.at)
        self.assertEqual(PlanComment.objects.count(), 0)
