"""Who is told by mail that it is their turn to sign: each once, nobody of their own deed."""

from unittest.mock import patch

from django.core import mail
from django.test import override_settings
from django.urls import reverse

from reports.models import SignedFile
from reports.signing_turns import tell_next
from schools.enums import Role
from schools.models import Mail, User
from tests.factories import signing as made
from tests.factories.plans import complete, make_plan
from tests.factories.reports import issue_here
from tests.factories.schools import make_user
from tests.reports.signingcase import SigningCase
from tests.reports.test_inspection_papers import RecordCase
from tests.schools.mailboxes import DOWN


def told():
    """Who was mailed about signing."""
    written = Mail.objects.filter(key__startswith="signing-")
    return {each.recipient for each in written}


class TurnMailsTests(SigningCase):
    def setUp(self):
        super().setUp()
        Mail.objects.all().delete()

    def test_after_issue_those_who_sign_as_the_person_but_for_the_issuer(self):
        second = make_user(Role.PRINCIPAL, self.cast.school)
        plan = make_plan(2025, school=self.cast.school, status="approved")
        issue_here(complete(plan), by=self.cast.principal, day="2025-10-05")
        self.assertEqual(told(), {second})

    def test_after_the_person_those_who_sign_for_the_school(self):
        self.sign_as_person()
        self.assertEqual(told(), {self.cast.editor})
        self.sign_as_school()
        self.assertEqual(Mail.objects.filter(key__startswith="signing-").count(), 1)

    def test_signed_file_brought_in_by_the_clerk_tells_the_others(self):
        self.upload(made.signed_elsewhere(self.issued(), made.person_key()))
        self.assertEqual(told(), {self.cast.principal})

    def test_scan_and_refused_signatures_tell_nobody(self):
        data = made.key_data(made.person_p12(), "person", "sai")
        self.assertEqual(self.post(self.cast.principal, **data).status_code, 422)
        self.post(self.cast.editor, way="scan", file=made.scan(), is_compared="on")
        self.assertEqual(SignedFile.objects.count(), 1)
        self.assertEqual(told(), set())

    def test_each_is_told_once(self):
        for _ in range(2):
            tell_next(self.document, by=self.cast.editor)
        self.assertEqual(Mail.objects.get().recipient, self.cast.principal)

    def test_switch_stops_it(self):
        User.objects.filter(pk=self.cast.editor.pk).update(gets_deed_mails=False)
        self.sign_as_person()
        self.assertEqual(told(), set())

    @override_settings(SITE_URL="https://chatluong.example.vn")
    def test_mail_names_paper_and_page_but_no_persons(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.sign_as_person()
        (sent,) = mail.outbox
        school = self.cast.school
        self.assertEqual(sent.to, [self.cast.editor.email])
        self.assertEqual(
            sent.subject, f"[Cải tiến chất lượng] Văn bản chờ ký – {school}"
        )
        self.assertIn("Số, ký hiệu: 01/KH-NSH, ngày", sent.body)
        self.assertIn("ký tiếp bằng chữ ký số của cơ quan", sent.body)
        self.assertIn(f"https://chatluong.example.vn{self.url}", sent.body)
        self.assertIn(reverse("mail-choice"), sent.body)
        self.assertNotIn(made.SIGNER, sent.body)

    @override_settings(EMAIL_BACKEND=DOWN)
    def test_signature_stands_while_the_mail_server_is_down(self):
        with (
            self.assertLogs("schools.delivering", "WARNING"),
            self.captureOnCommitCallbacks(execute=True),
        ):
            self.sign_as_person()
        self.assertEqual(self.stored(), [("person", "pdf", "key_file")])
        self.assertEqual({each.state for each in Mail.objects.all()}, {"waiting"})

    def test_mail_failing_to_be_written_undoes_the_signature(self):
        """Both or neither: no signature of which the next one is not told."""
        fault = patch("reports.signing_turns.post", side_effect=RuntimeError)
        with fault, self.assertRaises(RuntimeError):
            self.sign_as_person()
        self.assertEqual(self.stored(), [])


class RecordMailsTests(RecordCase):
    def test_office_is_asked_for_the_file_that_all_signed(self):
        self.issue()
        self.assertEqual(told(), {self.cast.leader})  # the officer issued it
        written = Mail.objects.get(key__startswith="signing-")
        self.assertIn("– Phòng Văn hóa - Xã hội", written.subject)
        self.assertIn("Khi có đủ chữ ký", written.body)
