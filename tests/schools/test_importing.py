"""Lists of an office: what a file would change, then exactly that; all or nothing."""

import datetime
from unittest import mock

from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.utils import timezone

from schools import importing
from schools.enums import Role
from schools.models import Membership, School, Supervision, User
from tests.factories.schools import SchoolFactory
from tests.schools.lists import NEW, PEOPLE, ROLES, SCHOOLS, ListCase, text, xlsx


class SchoolListTests(ListCase):
    def test_new_changed_and_same_are_told_then_written(self):
        mine = self.cast.school
        mine.address = "Số 1"
        mine.save()
        same = SchoolFactory(authority=self.cast.office)
        upload = xlsx(
            SCHOOLS,
            NEW,
            [mine.name, "", "Tư thục", "", "", "", ""],
            [same.name, "Tiểu học", "", "", "", "", ""],
        )
        before = self.counts()
        outcome, reference = self.look("truong", upload)
        self.assertEqual(outcome.words, "1 mới, 1 thay đổi, 1 giữ nguyên")
        self.assertEqual(
            outcome.changed[0].changes, (("Loại hình", "Công lập", "Tư thục"),)
        )
        self.assertEqual(self.counts(), before)
        done, again = self.confirm("truong", reference)
        self.assertEqual((done.digest, again), (outcome.digest, None))
        new = School.objects.get(name=NEW[0])
        self.assertEqual(new.level_codes, ["primary"])
        self.assertEqual(new.search_name, "truong tieu hoc hoa sen")
        self.assertEqual(new.supervisions.get().authority, self.cast.office)
        mine.refresh_from_db()
        self.assertEqual((mine.school_type, mine.address), ("private", "Số 1"))

    def test_levels_of_an_old_school_can_change(self):
        row = [self.cast.school.name, "Mầm non; tieu hoc", "", "", "", "", ""]
        outcome, reference = self.look("truong", xlsx(SCHOOLS, row))
        self.assertEqual(
            outcome.changed[0].changes,
            (("Cấp học", "Tiểu học", "Mầm non; Tiểu học"),),
        )
        self.confirm("truong", reference)
        self.assertEqual(self.cast.school.level_codes, ["preschool", "primary"])

    def test_every_trouble_has_its_row_and_column(self):
        found = self.troubles(
            "truong",
            SCHOOLS,
            NEW,
            ["", "Tiểu học", "", "", "", "", ""],
            ["Trường B", "Đại học", "Quốc tế", "", "", "", ""],
            ["Trường C", "", "", "", "", "hs 1", "Phòng Lạ"],
            [self.cast.other_school.name, "Tiểu học", "", "", "", "", ""],
            [NEW[0].upper(), "Tiểu học", "", "", "", "", ""],
            ["Trường D", "Tiểu học", "", "", "", "không hợp", ""],
            ["T" * 201, "Tiểu học", "", "", "", "", ""],
        )
        self.assertEqual(found[3, "Tên trường"], "Ô này còn trống.")
        self.assertIn("Không có giá trị “Đại học”", found[4, "Cấp học"])
        self.assertIn("“Công lập”", found[4, "Loại hình"])
        self.assertEqual(found[5, "Cấp học"], "Ô này còn trống.")
        self.assertIn("không thuộc cơ quan của bạn", found[6, "Tên trường"])
        self.assertIn("Trùng với dòng 2", found[7, "Tên trường"])
        self.assertIn("Ký hiệu viết bằng chữ in hoa", found[8, "Ký hiệu"])
        self.assertIn("quá mức 200", found[9, "Tên trường"])
        self.assertNotIn((2, "Tên trường"), found)

    def test_school_of_another_office_is_not_taken_over(self):
        other = self.cast.other_school
        rows = [[other.name, "Mầm non", "Tư thục", "x", "x", "X", ""]]
        self.assertTrue(self.troubles("truong", SCHOOLS, *rows))
        rows = [[self.cast.school.name, "", "", "", "", "", "Phòng Lạ"]]
        found = self.troubles("truong", SCHOOLS, *rows)
        self.assertIn("người quản trị", found[2, "Cơ quan quản lý"])


class PeopleAndRolesTests(ListCase):
    def test_people_then_roles(self):
        upload = text(PEOPLE, ["Hoa@Truong.edu.vn", "Nguyễn Thị Hoa"], delimiter=";")
        _, reference = self.look("nguoi-dung", upload)
        self.confirm("nguoi-dung", reference)
        person = User.objects.get(email="hoa@truong.edu.vn")
        self.assertFalse(person.has_usable_password())
        row = [
            "hoa@truong.edu.vn",
            "Hiệu trưởng",
            self.cast.school.name,
            datetime.date(2026, 9, 1),
            "31/8/2027",
        ]
        outcome, reference = self.look("vai-tro", xlsx(ROLES, row))
        self.assertEqual(len(outcome.new), 1)
        self.confirm("vai-tro", reference)
        held = person.memberships.get()
        self.assertEqual((held.role, held.school), ("principal", self.cast.school))
        self.assertEqual(held.ends_on, datetime.date(2027, 8, 31))
        outcome, _ = self.look("vai-tro", xlsx(ROLES, row))
        self.assertEqual(outcome.words, "0 mới, 0 thay đổi, 1 giữ nguyên")

    def test_bad_people(self):
        found = self.troubles(
            "nguoi-dung",
            PEOPLE,
            ["a@truong.edu.vn", "Nguyễn Văn A"],
            ["A@truong.edu.vn", "Nguyễn Văn B"],
            ["khong phai", "Nguyễn Văn C"],
            ["d@truong.edu.vn", ""],
            [self.cast.stranger.email, "Tên Khác"],
            [self.cast.admin.email, "Tên Khác"],
        )
        self.assertIn("Trùng với dòng 2", found[3, "E-mail"])
        self.assertIn("không phải e-mail", found[4, "E-mail"])
        self.assertEqual(found[5, "Họ và tên"], "Ô này còn trống.")
        self.assertIn("Hãy gửi lời mời", found[6, "E-mail"])
        self.assertIn("Hãy gửi lời mời", found[7, "E-mail"])

    def test_name_of_somebody_with_roles_elsewhere_stays(self):
        Membership.objects.create(
            user=self.cast.editor, role=Role.VIEWER, school=self.cast.other_school
        )
        found = self.troubles(
            "nguoi-dung", PEOPLE, [self.cast.editor.email, "Tên Khác"]
        )
        self.assertIn("ở cả nơi khác", found[2, "Họ và tên"])

    def test_bad_roles(self):
        mail, school = self.cast.editor.email, self.cast.school.name
        found = self.troubles(
            "vai-tro",
            ROLES,
            ["la@truong.edu.vn", "Người xem (trường)", school, "", ""],
            [mail, "Bảo vệ", school, "", ""],
            [mail, "Hiệu trưởng", self.cast.other_school.name, "", ""],
            [mail, "Chuyên viên", school, "", ""],
            [mail, "Hiệu trưởng", school, "32/13/2026", ""],
            [mail, "Người xem (trường)", school, "02/09/2026", "01/09/2026"],
            [self.cast.stranger.email, "Người xem (trường)", school, "", ""],
        )
        self.assertIn("Không có người dùng", found[2, "E-mail"])
        self.assertIn("Không có giá trị “Bảo vệ”", found[3, "Vai trò"])
        self.assertIn("Không có trường hay cơ quan", found[4, "Nơi làm việc"])
        self.assertIn("Vai trò không hợp", found[5, "Vai trò"])
        self.assertIn("không phải ngày", found[6, "Từ ngày"])
        self.assertIn("Ngày kết thúc phải sau", found[7, "Đến hết ngày"])
        self.assertIn("Không có người dùng", found[8, "E-mail"])

    def test_own_role_cannot_be_ended_by_a_list(self):
        row = [
            self.cast.leader.email,
            "Lãnh đạo phòng",
            str(self.cast.office),
            "",
            "01/01/2026",
        ]
        found = self.troubles("vai-tro", ROLES, row)
        self.assertIn("Vai trò của chính bạn", found[2, "E-mail"])


class TwoStepsTests(ListCase):
    def setUp(self):
        self.outcome, self.reference = self.look("truong", xlsx(SCHOOLS, NEW))

    def test_only_the_person_and_the_list_it_was_made_for(self):
        for name, by in (
            ("truong", self.cast.principal),
            ("vai-tro", self.cast.leader),
        ):
            with self.assertRaises(importing.ImportRefusedError):
                self.confirm(name, self.reference, by)
        with self.assertRaises(importing.ImportRefusedError):
            self.confirm("truong", self.reference[:-2] + "xx")
        self.assertFalse(School.objects.filter(name=NEW[0]).exists())

    def test_written_once(self):
        self.confirm("truong", self.reference)
        with self.assertRaises(importing.ImportRefusedError):
            self.confirm("truong", self.reference)

    def test_over_after_an_hour(self):
        later = timezone.now().timestamp() + 3700
        with (
            mock.patch("django.core.signing.time.time", return_value=later),
            self.assertRaises(importing.ImportRefusedError),
        ):
            self.confirm("truong", self.reference)

    def test_a_changed_file_on_the_server_is_not_taken(self):
        (name,) = [
            path
            for path in default_storage.listdir("imports")[1]
            if path
            in str(importing.signing.loads(self.reference, salt="schools.importing"))
        ]
        with default_storage.open(f"imports/{name}", "wb") as file:
            file.write(xlsx(SCHOOLS, ["Khác", *NEW[1:]]).read())
        with self.assertRaises(importing.ImportRefusedError):
            self.confirm("truong", self.reference)

    def test_where_the_data_changed_meanwhile_it_is_looked_at_again(self):
        SchoolFactory(name=NEW[0], authority=self.cast.office)
        outcome, reference = self.confirm("truong", self.reference)
        self.assertEqual(len(outcome.changed), 1)
        self.assertIsNotNone(reference)
        self.assertEqual(School.objects.get(name=NEW[0]).symbol, "THS")
        self.confirm("truong", reference)
        self.assertEqual(School.objects.get(name=NEW[0]).symbol, "HS")

    def test_a_fault_in_the_middle_writes_nothing(self):
        rows = [[f"Trường {n}", *NEW[1:]] for n in range(3)]
        _, reference = self.look("truong", xlsx(SCHOOLS, *rows))
        before, schools = self.counts(), []

        def failing(_):
            schools.append(School.objects.count())
            raise IntegrityError

        with (
            mock.patch.object(Supervision.objects, "bulk_create", failing),
            self.assertLogs("schools.importing", "ERROR"),
        ):
            outcome, again = self.confirm("truong", reference)
        self.assertEqual(schools, [before[0] + 3])
        self.assertEqual([t.message for t in outcome.troubles], [importing.CROSSED])
        self.assertIsNone(again)
        self.assertEqual(self.counts(), before)

    def test_files_that_nobody_confirms_are_swept_away(self):
        importing.clear_expired(timezone.now() + datetime.timedelta(hours=25))
        with self.assertRaises(importing.ImportRefusedError):
            self.confirm("truong", self.reference)
