import tempfile

from django.test import TestCase

from criteria.catalogue import CatalogueError, load
from criteria.models import Circular
from schools.models import EducationLevel
from tests.criteria.documents import (
    CIRCULAR,
    CROSSWALK,
    SUCCESSOR,
    FilesMixin,
    changed,
    without,
)
from tests.criteria.faults import BROKEN, CROSSWALK_FAULTS, FAULTS, HEAD, REQUIREMENT


class CatalogueFaultTests(FilesMixin, TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())

    def message(self, *paths):
        with self.assertRaises(CatalogueError) as caught:
            load(paths)
        message = str(caught.exception)
        self.assertNotIn("\n", message)
        return message.removeprefix(f"{paths[-1]}: ")

    def test_fault_is_named_with_its_path(self):
        for place, value, expected in FAULTS:
            with self.subTest(place=place, value=value):
                path = self.write("thu.json", changed(CIRCULAR, place, value))
                self.assertEqual(self.message(path), expected)

    def test_missing_member_is_named_with_its_path(self):
        for place in ((*HEAD, "annex"), ("level_four",), (*REQUIREMENT, "summary")):
            with self.subTest(place=place):
                path = self.write("thu.json", without(CIRCULAR, place))
                self.assertTrue(
                    self.message(path).endswith(f"{place[-1]}: thiếu mục này.")
                )

    def test_crosswalk_fault_is_named_with_its_path(self):
        circulars = [
            self.write("tt1.json", CIRCULAR),
            self.write("tt2.json", SUCCESSOR),
        ]
        for place, value, expected in CROSSWALK_FAULTS:
            with self.subTest(place=place, value=value):
                path = self.write("crosswalk.json", changed(CROSSWALK, place, value))
                self.assertEqual(self.message(*circulars, path), expected)
                self.assertEqual(Circular.objects.count(), 0)

    def test_crosswalk_with_a_criterion_twice_is_refused(self):
        path = self.write("crosswalk.json", CROSSWALK * 2)
        self.assertEqual(self.message(path), "[1]: tiêu chí bị trùng với [0].")

    def test_broken_file_is_refused_in_one_line(self):
        for content, expected in BROKEN:
            with self.subTest(content=content[:20]):
                path = self.write("thu.json", content)
                self.assertEqual(self.message(path), expected)

    def test_missing_file_and_folder_are_refused(self):
        for path in (self.write("x.json", b"").parent, "/khong/co.json"):
            with self.subTest(path=path):
                path = type(self.write("x.json", b""))(path)
                self.assertIn("không đọc được tệp", self.message(path))

    def test_file_without_a_usable_name_is_refused(self):
        path = self.write("---.json", CIRCULAR)
        self.assertEqual(
            self.message(path),
            "circular: tên tệp (trước .json) phải có từ 1 đến 50 chữ cái không dấu, "
            "chữ số, gạch nối.",
        )

    def test_one_circular_in_two_files_is_refused(self):
        paths = [self.write("a.json", CIRCULAR), self.write("b.json", CIRCULAR)]
        self.assertEqual(
            self.message(*paths),
            f"Thông tư 1/2030/TT-BGDĐT đã có trong tệp {paths[0]}.",
        )

    def test_file_of_another_circular_under_the_same_name_is_refused(self):
        load([self.write("tt.json", CIRCULAR)])
        path = self.write("tt.json", SUCCESSOR)
        self.assertEqual(
            self.message(path),
            "circular.number: tên tệp này đã dùng cho Thông tư 1/2030/TT-BGDĐT; mỗi "
            "thông tư có một tệp riêng.",
        )

    def test_one_fault_keeps_every_file_out(self):
        good = self.write("tt1.json", CIRCULAR)
        bad = self.write("tt2.json", changed(SUCCESSOR, (*HEAD, "issued"), "x"))
        self.message(good, bad)
        self.assertEqual(Circular.objects.count(), 0)
        self.assertEqual(EducationLevel.objects.count(), 0)


def places(value, path=()):
    """Every place of a JSON document."""
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    else:
        return
    for key, member in members:
        yield (*path, key)
        yield from places(member, (*path, key))


ODD_VALUES = (
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "\x00",
    "x" * 400,
    [],
    [[]],
    {},
    {"a": 1},
)


class OddValueTests(FilesMixin, TestCase):
    def test_odd_value_anywhere_is_taken_or_refused_in_one_line(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        successor = self.write("tt2.json", SUCCESSOR)
        original = self.write("tt1.json", CIRCULAR)
        load([original, successor])
        for name, document in (("tt1.json", CIRCULAR), ("xw.json", CROSSWALK)):
            for place in places(document):
                for value in ODD_VALUES:
                    with self.subTest(name=name, place=place, value=value):
                        self.try_to_load(name, changed(document, place, value))

    def try_to_load(self, name, document):
        try:
            load([self.write(name, document)])
        except CatalogueError as error:
            self.assertNotIn("\n", str(error))
            self.assertTrue(str(error).endswith((".", "…")))
