"""Which school or office a row of a list means: never another one of a similar name."""

from schools.models import Membership, School
from tests.factories.schools import SchoolFactory
from tests.schools.lists import ROLES, SCHOOLS, ListCase, xlsx

HOA, HOAF = "Trường Tiểu học An Hoa", "Trường Tiểu học An Hòa"


def row(name, school_type="", levels=""):
    return [name, levels, school_type, "", "", "", ""]


class SimilarNamesTests(ListCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.hoa, cls.hoaf = (
            SchoolFactory(authority=cls.cast.office, name=name) for name in (HOA, HOAF)
        )

    def done(self, name, *rows):
        outcome, reference = self.look(name, xlsx(*rows))
        self.assertEqual(outcome.troubles, [])
        self.confirm(name, reference)
        return outcome

    def types(self):
        return dict(School.objects.values_list("name", "school_type"))

    def test_each_school_gets_what_its_own_row_says(self):
        self.done("truong", SCHOOLS, row(HOA, "Tư thục"), row(HOAF, "Dân lập"))
        types = self.types()
        self.assertEqual((types[HOA], types[HOAF]), ("private", "community"))

    def test_role_is_given_at_the_school_that_is_named(self):
        for school in (self.hoa, self.hoaf):
            given = [self.cast.viewer.email, "Người xem (trường)", school.name, "", ""]
            self.done("vai-tro", ROLES, given)
            held = Membership.objects.latest("pk")
            self.assertEqual(held.school, school)

    def test_name_without_accents_that_may_be_two_schools_is_asked_back(self):
        plain = "truong tieu hoc an hoa"
        found = self.troubles("truong", SCHOOLS, row(plain, "Tư thục"))
        self.assertIn("Hãy ghi tên đủ dấu", found[2, "Tên trường"])
        given = [self.cast.viewer.email, "Người xem (trường)", plain, "", ""]
        found = self.troubles("vai-tro", ROLES, given)
        self.assertIn("Hãy ghi tên đủ dấu", found[2, "Nơi làm việc"])

    def test_name_with_other_accents_is_another_school(self):
        name = "Trường Tiểu học An Hóa"
        outcome = self.done("truong", SCHOOLS, row(name, "", "Tiểu học"))
        self.assertEqual(outcome.words, "1 mới, 0 thay đổi, 0 giữ nguyên")

    def test_same_name_of_a_school_elsewhere_is_refused(self):
        SchoolFactory(name="Trường Tiểu học Lê Lai")
        for name in ("Trường Tiểu học Lê Lai", "truong tieu hoc le lai"):
            found = self.troubles("truong", SCHOOLS, row(name, "", "Tiểu học"))
            self.assertIn("không thuộc cơ quan của bạn", found[2, "Tên trường"])
        new = row("Trường Tiểu học Lê Lại", "", "Tiểu học")
        self.assertEqual(len(self.done("truong", SCHOOLS, new).new), 1)

    def test_another_spelling_finds_the_school_and_does_not_rename_it(self):
        SchoolFactory(authority=self.cast.office, name="Trường Tiểu học Thuỷ Tú")
        for name in ("Trường Tiểu học Thủy Tú", "TRUONG TIEU HOC THUY TU"):
            outcome = self.done("truong", SCHOOLS, row(name, "Công lập"))
            self.assertEqual(outcome.words, "0 mới, 0 thay đổi, 1 giữ nguyên")
        self.assertIn("Trường Tiểu học Thuỷ Tú", self.types())


class OneLineTests(ListCase):
    def test_line_break_in_a_cell_is_a_blank(self):
        name = "Trường Tiểu học\nHoa  Sen"
        outcome, reference = self.look(
            "truong", xlsx(SCHOOLS, row(name, "", "Tiểu học"))
        )
        self.assertEqual(outcome.troubles, [])
        self.confirm("truong", reference)
        self.assertTrue(School.objects.filter(name="Trường Tiểu học Hoa Sen").exists())
