"""The same list confirmed twice at the same moment, on both databases."""

import threading
from unittest import mock

from django.test import TransactionTestCase

from schools import importing
from schools.enums import Role
from schools.models import Membership, User
from schools.people import reach
from tests.factories.schools import make_cast
from tests.races import crowd
from tests.schools.lists import ROLES, xlsx

SIZE = 3


class ConfirmedTwiceTests(TransactionTestCase):
    def setUp(self):
        self.cast = make_cast()
        row = [self.cast.stranger.email, "Người xem (trường)"]
        Membership.objects.filter(user=self.cast.stranger).delete()
        self.file = xlsx(ROLES, [*row, self.cast.school.name, "", ""])

    def confirmed_side_by_side(self):
        leader = User.objects.get(pk=self.cast.leader.pk)
        _, reference = importing.preview(
            "vai-tro", self.file, reach=reach(leader), by=leader
        )
        all_have_the_file = threading.Barrier(SIZE)
        read_list = importing.read_list

        def read(*args):
            found = read_list(*args)
            all_have_the_file.wait(timeout=60)
            return found

        def confirm():
            by = User.objects.get(pk=leader.pk)
            return importing.confirm("vai-tro", reference, reach=reach(by), by=by)

        with mock.patch.object(importing, "read_list", read):
            return crowd(confirm, SIZE)

    def held(self):
        return Membership.objects.filter(user=self.cast.stranger, role=Role.VIEWER)

    def test_role_is_given_once(self):
        results = self.confirmed_side_by_side()
        self.assertEqual(self.held().count(), 1, results)
        raised = [result for result in results if isinstance(result, Exception)]
        self.assertEqual(raised, [])
        self.assertEqual(sum(again is None for _, again in results), 1)
