"""Who is told of what is done to a plan."""

from unittest.mock import patch

from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from plans import workflow
from plans.mailing import tell_comment
from plans.models import ImprovementPlan, PlanComment
from schools.models import Mail, ReviewSetting, User
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.schools import make_cast, make_user
from tests.schools.mailboxes import DOWN


class MailsCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        # 2024-2025: the office approves.
        cls.plan = complete(make_plan(2024, school=cls.cast.school))

    def perform(self, transition, *, by, status=None, **kwargs):
        if status:
            ImprovementPlan.objects.filter(pk=self.plan.pk).update(status=status)
        person = User.objects.get(pk=by.pk)
        return workflow.perform(transition, self.plan, by=person, **kwargs)

    def told(self):
        return {written.recipient for written in Mail.objects.all()}


class DeedMailsTests(MailsCase):
    def test_office_is_told_of_a_submitted_plan(self):
        self.perform(workflow.SUBMIT, by=self.cast.editor)
        self.assertEqual(self.told(), {self.cast.leader, self.cast.officer})

    def test_head_is_told_where_the_head_approves(self):
        ReviewSetting.objects.create(
            authority=self.cast.office, school_year=self.plan.school_year, mode="school"
        )
        self.perform(workflow.SUBMIT, by=self.cast.editor)
        self.assertEqual(self.told(), {self.cast.principal})

    def test_school_is_told_of_return_approval_and_reopening(self):
        officer = self.cast.officer
        for transition, status in (
            (workflow.RETURN, "submitted"),
            (workflow.APPROVE, "submitted"),
            (workflow.REOPEN, "approved"),
        ):
            with self.subTest(transition.key):
                Mail.objects.all().delete()
                self.perform(transition, by=officer, status=status, note="Xem lại.")
                self.assertEqual(self.told(), {self.cast.principal, self.cast.editor})

    def test_office_is_told_of_an_issued_plan(self):
        changes = {"number": 5, "issued_on": "2024-10-01"}
        self.perform(
            workflow.ISSUE, by=self.cast.principal, status="approved", changes=changes
        )
        self.assertEqual(self.told(), {self.cast.leader, self.cast.officer})

    def test_nobody_is_told_of_their_own_deed_or_of_recalling(self):
        self.perform(workflow.SUBMIT, by=self.cast.editor)
        Mail.objects.all().delete()
        self.perform(workflow.RECALL, by=self.cast.editor)
        self.assertEqual(self.told(), set())
        self.perform(
            workflow.RETURN, by=self.cast.officer, status="submitted", note="Sửa."
        )
        self.assertNotIn(self.cast.officer, self.told())

    def test_refused_deed_writes_nothing(self):
        with self.assertRaises(PermissionDenied):
            self.perform(workflow.SUBMIT, by=self.cast.viewer)
        self.assertEqual(self.told(), set())

    def test_mail_failing_to_be_written_undoes_the_deed(self):
        """Both or neither: no deed without its mails."""
        fault = patch("plans.mailing.post", side_effect=RuntimeError)
        with fault, self.assertRaises(RuntimeError):
            self.perform(workflow.SUBMIT, by=self.cast.editor)
        self.plan.refresh_from_db()
        self.assertEqual(self.plan.status, "draft")

    @override_settings(EMAIL_BACKEND=DOWN)
    def test_deed_stands_while_the_mail_server_is_down(self):
        self.client.force_login(User.objects.get(pk=self.cast.editor.pk))
        url = reverse("plans:deed", args=[self.plan.pk, "trinh"])
        with (
            self.assertLogs("schools.delivering", "WARNING"),
            self.captureOnCommitCallbacks(execute=True),
        ):
            self.client.post(url)
        self.plan.refresh_from_db()
        self.assertEqual(self.plan.status, "submitted")
        self.assertEqual({m.state for m in Mail.objects.all()}, {"waiting"})


class WordsTests(MailsCase):
    @override_settings(SITE_URL="https://chatluong.example.vn")
    def test_mail_says_what_happened_and_leads_to_the_page_without_persons(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.perform(
                workflow.RETURN,
                by=self.cast.officer,
                status="submitted",
                note="Cô Hoa chưa ghi chỉ số.",
            )
        sent = mail.outbox[0]
        school = self.cast.school
        self.assertEqual(
            sent.subject, f"[Cải tiến chất lượng] Đã trả lại kế hoạch – {school}"
        )
        url = f"https://chatluong.example.vn{self.plan.get_absolute_url()}"
        self.assertIn(url, sent.body)
        self.assertIn("Kế hoạch cải tiến chất lượng năm học 2024-2025", sent.body)
        for private in ("Hoa", self.cast.officer.full_name, self.cast.officer.email):
            self.assertNotIn(private, sent.body)

    def test_switch_stops_mails_and_hides_nothing_on_the_page(self):
        User.objects.filter(pk=self.cast.principal.pk).update(gets_deed_mails=False)
        self.perform(
            workflow.RETURN, by=self.cast.officer, status="submitted", note="Thiếu số."
        )
        self.assertEqual(self.told(), {self.cast.editor})
        self.client.force_login(User.objects.get(pk=self.cast.principal.pk))
        page = self.client.get(reverse("home") + "?nam=2024-2025")
        self.assertContains(page, "Thiếu số.")


class CommentMailsTests(MailsCase):
    def comment(self, author, *, is_from_office, **fields):
        written = PlanComment.objects.create(
            plan=self.plan,
            author=author,
            text="Nêu rõ số bản sách.",
            is_from_office=is_from_office,
            **fields,
        )
        tell_comment(self.plan, written)
        return written

    def test_school_is_told_of_a_remark_of_the_office(self):
        self.comment(self.cast.officer, is_from_office=True)
        self.assertEqual(self.told(), {self.cast.principal, self.cast.editor})
        self.assertNotIn("bản sách", Mail.objects.first().body)

    def test_who_asked_is_told_of_the_reply(self):
        remark = self.comment(self.cast.officer, is_from_office=True)
        Mail.objects.all().delete()
        self.comment(self.cast.editor, is_from_office=False, parent=remark)
        self.assertEqual(self.told(), {self.cast.officer})

    def test_office_is_told_when_who_asked_has_left(self):
        guest = make_user("office_officer", self.cast.office, ends_on="2024-01-01")
        remark = self.comment(guest, is_from_office=True)
        Mail.objects.all().delete()
        self.comment(self.cast.editor, is_from_office=False, parent=remark)
        self.assertEqual(self.told(), {self.cast.leader, self.cast.officer})

    def test_dozens_of_remarks_are_one_mail_an_hour(self):
        at = timezone.now().replace(minute=5)
        for minute in (5, 20, 59):
            written = PlanComment(
                plan=self.plan,
                author=self.cast.officer,
                text="Góp ý",
                is_from_office=True,
                at=at.replace(minute=minute),
            )
            tell_comment(self.plan, written)
        self.assertEqual(Mail.objects.count(), 2)
        written.at = at + timezone.timedelta(hours=1)
        tell_comment(self.plan, written)
        self.assertEqual(Mail.objects.count(), 4)
