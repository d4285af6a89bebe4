import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plans.models import Presence
from plans.presence import state_at
from tests.plans.cellcase import CellCase
from tests.plans.test_cells import TRANSACTION


class PresenceTests(CellCase):
    def sign(self, actor="editor", *, active=True):
        self.sign_in(actor)
        return self.post("presence", active=active)

    def back(self, actor, **moments):
        """Put the marks of `actor` so many minutes into the past."""
        now = timezone.now()
        Presence.objects.filter(user=getattr(self.cast, actor)).update(
            **{
                name: now - datetime.timedelta(minutes=minutes)
                for name, minutes in moments.items()
            }
        )

    def test_others_are_named_and_oneself_is_not(self):
        self.assertEqual(self.sign("principal").json(), {"people": []})
        people = self.sign("editor").json()["people"]
        name = str(self.cast.principal)
        self.assertEqual(people, [{"name": name, "state": "active", "line": None}])

    def test_a_person_is_there_once_however_many_signs_and_tabs(self):
        for _ in range(3):
            self.sign()
        self.assertEqual(Presence.objects.count(), 1)

    def test_people_fade_and_go(self):
        now = timezone.now()
        for seen, active, state in (
            (0, 9, "active"),
            (0, 11, "idle"),
            (0, 26, "away"),
            (3, 3, "away"),  # the page gives no sign any more
            (59, 59, "away"),
            (61, 61, ""),
        ):
            minutes = datetime.timedelta(minutes=1)
            there = Presence(
                seen_at=now - seen * minutes, active_at=now - active * minutes
            )
            with self.subTest(seen=seen, active=active):
                self.assertEqual(state_at(there, now), state)

    def test_gone_people_are_not_named(self):
        self.sign("principal")
        self.back("principal", seen_at=61, active_at=61)
        self.assertEqual(self.sign("editor").json()["people"], [])

    def test_open_page_without_typing_fades_and_typing_wakes(self):
        self.sign("editor")
        self.back("editor", seen_at=1, active_at=12)
        self.sign("editor", active=False)
        self.assertEqual(self.sign("principal").json()["people"][0]["state"], "idle")
        self.sign("editor", active=True)
        self.assertEqual(self.sign("principal").json()["people"][0]["state"], "active")

    def test_signs_in_quick_succession_are_not_written_down(self):
        self.sign()
        before = Presence.objects.get().seen_at
        self.sign()
        self.assertEqual(Presence.objects.get().seen_at, before)

    def test_sign_takes_four_queries_at_most(self):
        for actor in ("principal", "contributor", "editor"):
            self.sign(actor)
        self.back("editor", seen_at=1, active_at=1)
        with CaptureQueriesContext(connection) as captured:
            self.assertEqual(self.post("presence", active=True).status_code, 200)
        asked = [q["sql"] for q in captured if not q["sql"].startswith(TRANSACTION)]
        self.assertLessEqual(len(asked), 4, asked)

    def test_only_people_who_see_the_plan_are_told_who_is_there(self):
        self.sign("editor")
        for actor, status in (
            ("viewer", 200),
            ("officer", 200),
            ("stranger", 404),
            ("former_principal", 404),
        ):
            with self.subTest(actor=actor):
                self.assertEqual(self.sign(actor).status_code, status)
        self.assertFalse(Presence.objects.filter(user=self.cast.stranger).exists())

    def test_person_whose_role_ended_is_told_no_more(self):
        self.sign("contributor")
        self.cast.contributor.memberships.update(ends_on=datetime.date(2026, 1, 1))
        self.assertEqual(self.sign("contributor").status_code, 404)

    def test_signed_out_people_and_bad_bodies_are_refused(self):
        self.assertEqual(self.sign(active="yes").status_code, 400)
        self.client.logout()
        self.assertEqual(self.post("presence", active=True).status_code, 401)
