"""What somebody typed into the forms of a section, of the head or of a line is neither
written over by a colleague unseen nor gone when it cannot be stored."""

from unittest import mock

from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse

from plans import drafting
from plans.models import ActionRow, ImprovementPlan
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast


class FormCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(2024, school=cls.cast.school, rows=2)
        cls.section = cls.plan.sections.filter(content="text").first()

    def setUp(self):
        self.client.force_login(get_user_model().objects.get(pk=self.cast.editor.pk))

    def url(self, name, *more):
        return reverse(f"plans:{name}", args=[self.plan.pk, *more])

    def opened(self, url):
        """What the form at `url` sends when nobody types in it."""
        form = self.client.get(url).context["form"]
        return {name: form[name].value() or "" for name in form.fields}

    def submit_plan(self):
        ImprovementPlan.objects.update(status="submitted")


class SectionTests(FormCase):
    def setUp(self):
        super().setUp()
        self.at = self.url("section", self.section.pk)

    def stored(self):
        self.section.refresh_from_db()
        return self.section.text

    def colleague_saves(self, text):
        drafting.save_section(
            self.plan, self.section, by=self.cast.principal, text=text
        )

    def test_text_that_a_colleague_saved_meanwhile_is_shown_and_kept(self):
        opened = self.opened(self.at)
        self.colleague_saves("Phần của đồng nghiệp <b>")
        theirs = self.stored()
        answer = self.client.post(self.at, {**opened, "text": "Phần của tôi"})
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.stored(), theirs)
        self.assertContains(answer, "Phần của tôi", status_code=422)
        self.assertContains(answer, "Phần của đồng nghiệp &lt;b&gt;", status_code=422)

    def test_saving_again_is_a_decision(self):
        opened = self.opened(self.at)
        self.colleague_saves("Phần của đồng nghiệp")
        answer = self.client.post(self.at, {**opened, "text": "Phần gộp"})
        form = answer.context["form"]
        again = {"text": form["text"].value(), "seen": form["seen"].value()}
        self.assertEqual(self.client.post(self.at, again).status_code, 302)
        self.assertIn("Phần gộp", self.stored())

    def test_same_text_makes_no_conflict(self):
        opened = self.opened(self.at)
        self.colleague_saves("Một ý")
        answer = self.client.post(self.at, {**opened, "text": "Một ý"})
        self.assertEqual(answer.status_code, 302)

    def test_text_stays_in_the_form_of_a_plan_that_was_submitted_meanwhile(self):
        opened = self.opened(self.at)
        self.submit_plan()
        answer = self.client.post(self.at, {**opened, "text": "Viết cả buổi"})
        self.assertContains(answer, "Viết cả buổi", status_code=422)
        self.assertContains(answer, "không sửa được nữa", status_code=422)

    def test_form_of_a_locked_plan_is_not_offered(self):
        self.submit_plan()
        self.assertRedirects(self.client.get(self.at), self.plan.get_absolute_url())


class HeaderTests(FormCase):
    def test_head_that_a_colleague_saved_meanwhile_is_shown_and_kept(self):
        at = self.url("header")
        opened = self.opened(at)
        drafting.save_header(
            self.plan, by=self.cast.principal, recipients="Phòng Văn hóa"
        )
        answer = self.client.post(at, {**opened, "recipients": "Lưu: VT"})
        self.assertEqual(answer.status_code, 422)
        self.assertContains(answer, "Phòng Văn hóa", status_code=422)
        self.assertContains(answer, "Lưu: VT", status_code=422)
        self.plan.refresh_from_db()
        self.assertEqual(self.plan.recipients, "Phòng Văn hóa")
        form = answer.context["form"]
        again = {**opened, "recipients": "Lưu: VT", "seen": form["seen"].value()}
        self.assertEqual(self.client.post(at, again).status_code, 302)
        self.plan.refresh_from_db()
        self.assertEqual(self.plan.recipients, "Lưu: VT")

    def test_head_stays_in_the_form_of_a_plan_that_was_submitted_meanwhile(self):
        at = self.url("header")
        opened = self.opened(at)
        self.submit_plan()
        answer = self.client.post(at, {**opened, "recipients": "Lưu: VT"})
        self.assertContains(answer, "Lưu: VT", status_code=422)


class LineTests(FormCase):
    def setUp(self):
        super().setUp()
        self.row = self.plan.rows.first()

    def test_deeds_on_a_line_that_was_deleted_meanwhile_are_not_found(self):
        for name in ("line-duplicate", "line-move", "line-delete"):
            row = self.plan.rows.first()
            gone = mock.patch(
                "plans.views.lines._line", side_effect=lambda *_, row=row: row
            )
            ActionRow.objects.filter(pk=row.pk).delete()
            with gone, self.subTest(name=name):
                answer = self.client.post(self.url(name, "dong", row.pk))
                self.assertEqual(answer.status_code, 404)
            row.save(force_insert=True)
