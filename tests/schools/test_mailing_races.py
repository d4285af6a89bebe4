"""Two workers look into the outbox at the same moment."""

import threading
from unittest.mock import patch

from django.core import mail
from django.test import TransactionTestCase

from schools import delivering
from schools.mailing import Letter, post
from schools.models import Mail
from tests.factories.schools import UserFactory
from tests.races import crowd

WORKERS = 4
MAILS = 3


class TwoWorkersTests(TransactionTestCase):
    def setUp(self):
        person = UserFactory()
        Mail.objects.bulk_create(
            Mail(key=f"k-{n}", recipient=person, subject="Tin", body="Tin")
            for n in range(MAILS)
        )

    def deliver_side_by_side(self, claim):
        """Every worker has read the list before any of them takes the first mail."""
        all_have_read = threading.Barrier(WORKERS)
        waiting = delivering.waiting

        def read(now):
            found = list(waiting(now))
            all_have_read.wait(timeout=60)
            return found

        with (
            patch.object(delivering, "waiting", read),
            patch.object(delivering, "claim", claim),
        ):
            nothing_is_left = [None] * WORKERS
            self.assertEqual(crowd(delivering.deliver, WORKERS), nothing_is_left)
        return len(mail.outbox)

    def test_each_mail_is_sent_once(self):
        self.assertEqual(self.deliver_side_by_side(delivering.claim), MAILS)

    def test_without_the_claim_each_is_sent_by_every_worker(self):
        """The control: the race is there."""
        sent = self.deliver_side_by_side(lambda mail, now: True)
        self.assertEqual(sent, MAILS * WORKERS)


class TwoWritersTests(TransactionTestCase):
    def test_the_same_key_posted_side_by_side_is_one_mail(self):
        person = UserFactory()
        letter = Letter("k", person, "Tin", "Tin")
        results = crowd(lambda: post([letter]), WORKERS)
        self.assertEqual([r for r in results if isinstance(r, Exception)], [])
        self.assertEqual(Mail.objects.count(), 1)
        self.assertEqual(len(mail.outbox), 1)
