"""Roles in a list: what ends stays ended, and nobody writes who may no longer."""

import datetime
from unittest import mock

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from schools import importing, inviting
from schools.enums import Role
from schools.models import Membership, User
from schools.people import lock_reach
from tests.schools.lists import ROLES, ListCase, xlsx


class RoleTests(ListCase):
    def take(self, *row):
        outcome, reference = self.look("vai-tro", xlsx(ROLES, row))
        self.assertEqual(outcome.troubles, [])
        self.confirm("vai-tro", reference)
        return outcome.words

    def ending(self):
        """The row that ends the editor's role."""
        place = self.cast.school.name
        return self.cast.editor.email, Role.EDITOR.label, place, "", "01/01/2026"

    def test_file_that_ended_a_role_can_be_read_again(self):
        self.assertEqual(self.take(*self.ending()), "0 mới, 1 thay đổi, 0 giữ nguyên")
        self.assertEqual(self.take(*self.ending()), "0 mới, 0 thay đổi, 1 giữ nguyên")
        self.assertEqual(self.cast.editor.memberships.count(), 1)

    def test_role_that_ended_can_be_given_again(self):
        self.take(*self.ending())
        email, role, place, *_ = self.ending()
        self.assertEqual(
            self.take(email, role, place, "", ""), "1 mới, 0 thay đổi, 0 giữ nguyên"
        )

    def test_link_that_is_still_open_does_not_give_it_back(self):
        cast = self.cast
        held = cast.editor.memberships.get()
        held.delete()
        _, secret = inviting.invite(
            by=cast.leader,
            email=cast.editor.email,
            full_name="Tên",
            role=Role.EDITOR,
            place=cast.school,
        )
        held.save(force_insert=True)
        self.assertIsNotNone(inviting.find(secret))
        self.take(*self.ending())
        self.assertIsNone(inviting.find(secret))

    def test_own_role_may_stand_in_the_list_in_another_way_of_writing(self):
        day = datetime.date(2026, 9, 1)
        self.cast.leader.memberships.update(starts_on=day)
        row = [self.cast.leader.email, Role.OFFICE_LEADER.label, str(self.cast.office)]
        outcome, _ = self.look("vai-tro", xlsx(ROLES, [*row, "1/9/2026", ""]))
        self.assertEqual(outcome.words, "0 mới, 0 thay đổi, 1 giữ nguyên")

    def test_leader_whose_role_ended_while_waiting_writes_nothing(self):
        email = self.cast.editor.email
        row = [email, Role.VIEWER.label, self.cast.school.name, "", ""]
        _, reference = self.look("vai-tro", xlsx(ROLES, row))
        before = Membership.objects.count()

        def waiting(found):
            day = timezone.localdate() - datetime.timedelta(days=1)
            self.cast.leader.memberships.update(ends_on=day)
            lock_reach(found)

        with (
            mock.patch.object(importing, "lock_reach", waiting),
            self.assertRaises(PermissionDenied),
        ):
            self.confirm("vai-tro", reference)
        self.assertEqual(Membership.objects.count(), before)
        self.assertTrue(User.objects.filter(email=email).exists())
