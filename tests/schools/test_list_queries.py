"""A list of many rows asks the database as often as a short one, and writes only what it
says."""

from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.models import School, User
from schools.resources import PersonResource
from tests.factories.schools import SchoolFactory, UserFactory
from tests.schools.lists import PEOPLE, ROLES, SCHOOLS, ListCase, xlsx

FEW, MANY = 2, 20


class QueryTests(ListCase):
    def schools(self, name, size, end=""):
        name = f"Trường {name}"
        rows = ([f"{name} {n}", "Tiểu học", "", end] for n in range(size))
        return xlsx(SCHOOLS[:4], *rows)

    def people(self, name, size, end=""):
        rows = ([f"{name}{n}@truong.edu.vn", f"Lê Văn A {end}"] for n in range(size))
        return xlsx(PEOPLE, *rows)

    def roles(self, name, size, end="31/12/2099"):
        rows = []
        for n in range(size):
            email, school = f"{name}{n}@truong.edu.vn", f"Trường {name} {n}"
            if not end:
                UserFactory(email=email)
                SchoolFactory(name=school, authority=self.cast.office)
            rows.append([email, "Hiệu trưởng", school, "", end])
        return xlsx(ROLES, *rows)

    def queries(self, name, upload):
        """How many a look takes, and how many writing takes."""
        with CaptureQueriesContext(
            connection,
        ) as looking:
            outcome, reference = self.look(name, upload)
        self.assertEqual(outcome.troubles, [])
        with CaptureQueriesContext(connection) as confirming:
            done, again = self.confirm(name, reference)
        self.assertEqual((done.digest, again), (outcome.digest, None))
        return len(looking), len(confirming)

    def test_new_and_changed_rows(self):
        for name, rows in (
            ("truong", self.schools),
            ("nguoi-dung", self.people),
            ("vai-tro", self.roles),
        ):
            new = [
                self.queries(name, rows(f"{name}-{size}-", size, ""))
                for size in (FEW, MANY)
            ]
            changed = [
                self.queries(name, rows(f"{name}-{size}-", size, "31/12/2099"))
                for size in (FEW, MANY)
            ]
            with self.subTest(name):
                self.assertEqual(*new)
                self.assertEqual(*changed)


class WrittenTests(ListCase):
    def test_password_changed_meanwhile_stays(self):
        """Between the reading of a row and the writing of the list."""
        person = self.cast.editor
        row = [person.email, "Tên Mới"]
        _, reference = self.look("nguoi-dung", xlsx(PEOPLE, row))
        check = PersonResource.before_import_row

        def changing(resource, row, **kwargs):
            User.objects.filter(pk=person.pk).update(password="mới")
            check(resource, row, **kwargs)

        with mock.patch.object(PersonResource, "before_import_row", changing):
            self.confirm("nguoi-dung", reference)
        person.refresh_from_db()
        self.assertEqual((person.full_name, person.password), ("Tên Mới", "mới"))
        self.assertEqual(person.search_name, "ten moi")

    def test_keys_that_others_were_given_are_not_given_again(self):
        """What a sequence gave to a transaction still open is not in the table."""
        reset = type(connection.ops)
        row = ["Trường Mới", "Tiểu học"]
        with mock.patch.object(reset, "sequence_reset_sql", return_value=[]) as called:
            _, reference = self.look("truong", xlsx(SCHOOLS[:2], row))
            self.confirm("truong", reference)
        called.assert_not_called()

    def test_school_without_levels_keeps_none(self):
        school = self.cast.school
        school.education_levels.clear()
        row = [school.name, "", "12 Đường Mới"]
        head = ["Tên trường", "Cấp học", "Địa chỉ"]
        outcome, reference = self.look("truong", xlsx(head, row))
        self.assertEqual(outcome.words, "0 mới, 1 thay đổi, 0 giữ nguyên")
        self.confirm("truong", reference)
        school = School.objects.get(pk=school.pk)
        self.assertEqual((school.address, school.level_codes), ("12 Đường Mới", []))
        outcome, _ = self.look("truong", xlsx(head, row))
        self.assertEqual(outcome.words, "0 mới, 0 thay đổi, 1 giữ nguyên")
