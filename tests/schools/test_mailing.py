"""The outbox: written with the deed, sent once, kept when the mail server fails."""

from datetime import timedelta

from django.core import mail
from django.db import transaction
from django.test import TestCase, override_settings
from django.utils import timezone

from schools import mailing
from schools.delivering import GIVES_UP_AFTER, NOT_A_USER_ANY_MORE, PAUSES, deliver
from schools.mailing import Letter, post
from schools.models import Mail
from tests.factories.schools import UserFactory
from tests.schools.mailboxes import BAD, DOWN, PICKY


def letters(*people, subject="Tin", key="tin"):
    return [
        Letter(f"{key}-{person.pk}", person, subject, "Nội dung") for person in people
    ]


class WritingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.person = UserFactory()

    def test_the_same_key_is_written_once(self):
        self.assertEqual(post(letters(self.person)), 1)
        self.assertEqual(post(letters(self.person, subject="Khác")), 0)
        self.assertEqual(Mail.objects.get().subject, "Tin")

    def test_mail_goes_with_the_deed_that_is_undone(self):
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            post(letters(self.person))
            1 / 0  # noqa: B018 - the deed fails after its mail was written
        self.assertEqual(Mail.objects.count(), 0)

    def test_mail_is_sent_after_the_commit_and_not_before(self):
        with self.captureOnCommitCallbacks(execute=True):
            post(letters(self.person))
            self.assertEqual(mail.outbox, [])
        self.assertEqual([m.to for m in mail.outbox], [[self.person.email]])

    @override_settings(EMAIL_BACKEND=DOWN)
    def test_mail_server_that_is_down_disturbs_nobody_and_the_mail_waits(self):
        with (
            self.assertLogs("schools.delivering", "WARNING"),
            self.captureOnCommitCallbacks(execute=True),
        ):
            post(letters(self.person))
        kept = Mail.objects.get()
        self.assertEqual(
            (kept.sent_at, kept.attempts, kept.state), (None, 1, "waiting")
        )
        self.assertIn("Connection refused", kept.trouble)

    def test_subject_stays_one_header(self):
        written = mailing.letter(
            "deadline",
            key="k",
            recipient=self.person,
            subject="Trường A\r\nBcc: x@example.com\x00\u2028" + "dài " * 100,
        )
        self.assertNotRegex(written.subject, r"[\r\n\x00\u2028]")
        self.assertEqual(len(written.subject), 200)
        post([written])
        deliver()
        headers = mail.outbox[0].message()
        self.assertEqual(headers["Bcc"], None)
        self.assertEqual(mail.outbox[0].recipients(), [self.person.email])

    @override_settings(SITE_URL="https://chatluong.example.vn")
    def test_links_begin_with_the_site(self):
        written = mailing.letter(
            "deadline",
            key="k",
            recipient=self.person,
            subject="Hạn",
            names=["Một & hai"],
        )
        self.assertIn("https://chatluong.example.vn/tai-khoan/thu-bao/", written.body)
        self.assertIn("Một & hai", written.body)


class SendingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = [UserFactory() for _ in range(3)]
        post(letters(*cls.people))

    def sent_to(self):
        return sorted(m.to[0] for m in mail.outbox)

    def test_each_is_sent_once(self):
        self.assertIsNone(deliver())
        self.assertIsNone(deliver())
        self.assertEqual(self.sent_to(), sorted(p.email for p in self.people))
        self.assertEqual({m.state for m in Mail.objects.all()}, {"sent"})

    @override_settings(EMAIL_BACKEND=DOWN)
    def test_server_that_is_down_is_asked_once_a_run(self):
        now = timezone.now()
        with self.assertLogs("schools.delivering", "WARNING"):
            again_at = deliver(now)
        self.assertEqual(again_at, now + PAUSES[0])
        tries = sorted(Mail.objects.values_list("attempts", flat=True))
        self.assertEqual(tries, [0, 0, 1])

    def test_all_go_out_when_the_server_is_back(self):
        now = timezone.now()
        with (
            override_settings(EMAIL_BACKEND=DOWN),
            self.assertLogs("schools.delivering", "WARNING"),
        ):
            again_at = deliver(now)
        deliver(again_at)
        self.assertEqual(self.sent_to(), sorted(p.email for p in self.people))
        self.assertEqual(set(Mail.objects.values_list("trouble", flat=True)), {""})

    @override_settings(EMAIL_BACKEND=PICKY)
    def test_one_address_that_is_refused_does_not_hold_up_the_others(self):
        bad = UserFactory(email=BAD)
        post(letters(bad))
        with self.assertLogs("schools.delivering", "WARNING"):
            deliver()
        self.assertEqual(self.sent_to(), sorted(p.email for p in self.people))
        refused = Mail.objects.get(recipient=bad)
        self.assertEqual(refused.trouble, "OSError: 550 no such user")

    @override_settings(EMAIL_BACKEND=DOWN)
    def test_pauses_grow_and_end_after_three_days(self):
        Mail.objects.exclude(recipient=self.people[0]).delete()
        now, start, pauses = timezone.now(), timezone.now(), []
        with self.assertLogs("schools.delivering", "WARNING"):
            while (again_at := deliver(now)) is not None:
                pauses.append(again_at - now)
                now = again_at
        self.assertEqual(tuple(pauses[: len(PAUSES)]), PAUSES)
        self.assertEqual(pauses, sorted(pauses))
        self.assertLessEqual(now - start, GIVES_UP_AFTER)
        self.assertGreater(now - start, GIVES_UP_AFTER - max(PAUSES))
        self.assertEqual(Mail.objects.get().state, "failed")
        self.assertIsNone(deliver(now + timedelta(days=30)))

    def test_nobody_who_left_is_written_to(self):
        gone = self.people[0]
        gone.is_active = False
        gone.save()
        deliver()
        self.assertEqual(self.sent_to(), sorted(p.email for p in self.people[1:]))
        kept = Mail.objects.get(recipient=gone)
        self.assertEqual((kept.state, kept.trouble), ("failed", NOT_A_USER_ANY_MORE))
