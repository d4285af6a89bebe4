import copy
import json
import tempfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.test import TestCase

from criteria.catalogue import CatalogueError, default_files, load
from criteria.models import (
    Circular,
    Criterion,
    Crosswalk,
    LevelFourClause,
    Requirement,
)
from schools.enums import LevelOfSchooling
from schools.models import EducationLevel
from tests.criteria.documents import (
    CIRCULAR,
    CROSSWALK,
    SUCCESSOR,
    FilesMixin,
    changed,
    without,
)
from tests.factories.criteria import load_catalogues

SHARED = Path(settings.BASE_DIR).parent / "shared" / "catalogue"

# number, annex: standards, criteria, requirements by level, clauses of level four,
# mandatory criteria. The table of the README beside the data.
EXPECTED = {
    ("17/2018/TT-BGDĐT", ""): (5, 27, {1: 81, 2: 48, 3: 24}, 5, 0),
    ("18/2018/TT-BGDĐT", ""): (5, 28, {1: 84, 2: 45, 3: 25}, 6, 0),
    ("19/2018/TT-BGDĐT", ""): (5, 25, {1: 75, 2: 46, 3: 25}, 6, 0),
    ("57/2026/TT-BGDĐT", "I"): (4, 15, {1: 15, 2: 15}, 0, 8),
    ("57/2026/TT-BGDĐT", "II"): (4, 15, {1: 15, 2: 15}, 0, 8),
    ("57/2026/TT-BGDĐT", "III"): (4, 15, {1: 15, 2: 15}, 0, 8),
}


def contents(circular):
    criteria = Criterion.objects.filter(standard__circular=circular)
    levels = Requirement.objects.filter(criterion__in=criteria)
    by_level = {}
    for level in levels.values_list("level", flat=True):
        by_level[level] = by_level.get(level, 0) + 1
    return (
        circular.standards.count(),
        criteria.count(),
        by_level,
        circular.level_four_clauses.count(),
        criteria.filter(is_mandatory=True).count(),
    )


def stored_rows():
    models = apps.get_app_config("criteria").get_models(include_auto_created=True)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


class RealCatalogueTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()

    def test_catalogues_hold_what_the_table_says(self):
        found = {(c.number, c.annex): contents(c) for c in Circular.objects.all()}
        self.assertEqual(found, EXPECTED)

    def test_mandatory_criteria_of_2026_are_the_eight_of_article_5(self):
        codes = Criterion.objects.filter(
            standard__circular__annex="II", is_mandatory=True
        ).values_list("code", flat=True)
        self.assertEqual(
            list(codes), ["1.3", "1.4", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2"]
        )

    def test_crosswalk_covers_every_criterion_of_2018(self):
        self.assertEqual(Crosswalk.objects.count(), 80)
        row = Crosswalk.objects.get(
            criterion__code="1.4",
            criterion__standard__circular__number="17/2018/TT-BGDĐT",
        )
        found = row.to.values_list("standard__circular__annex", "code")
        self.assertEqual(list(found), [("II", "1.2"), ("II", "2.1"), ("II", "3.2")])

    def test_every_row_passes_validation(self):
        for model in (Circular, Criterion, Requirement, LevelFourClause, Crosswalk):
            for row in model.objects.all():
                row.full_clean(validate_unique=False, validate_constraints=False)

    def test_every_requirement_names_its_source(self):
        self.assertFalse(Requirement.objects.filter(reference="").exists())

    def test_all_levels_of_schooling_are_there(self):
        codes = set(EducationLevel.objects.values_list("code", flat=True))
        self.assertEqual(codes, set(LevelOfSchooling.values))

    def test_second_run_changes_nothing(self):
        before = stored_rows()
        outcomes = load(default_files())
        self.assertEqual(stored_rows(), before)
        self.assertEqual({str(o).rpartition("– ")[2] for o in outcomes}, {"không đổi"})

    def test_search_text_holds_code_titles_texts_and_hints(self):
        criterion = Criterion.objects.get(code="2.1", standard__circular__annex="II")
        lines = criterion.search_text.split("\n")
        self.assertEqual(
            lines[:3], ["2.1", "can bo quan ly co so giao duc", "phat trien doi ngu"]
        )
        self.assertIn("tieu chi 2.1, phu luc ii", lines)
        self.assertIn("ke hoach chi dao, dieu hanh", lines)

    def test_files_are_the_shared_ones(self):
        if not SHARED.is_dir():
            self.skipTest(f"{SHARED} is not there to compare with")
        shared = {p.name: p.read_bytes() for p in SHARED.glob("*.json")}
        self.assertEqual({p.name: p.read_bytes() for p in default_files()}, shared)


class UpdateTests(FilesMixin, TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())

    def load(self, document, name="tt1.json"):
        return [str(outcome) for outcome in load([self.write(name, document)])]

    def test_new_changed_and_same_files_are_told_apart(self):
        counts = "1/2030/TT-BGDĐT: 1 tiêu chuẩn, 2 tiêu chí, 3 yêu cầu"
        summary = ("standards", 0, "criteria", 0, "requirements", 0, "summary")
        other = changed(CIRCULAR, summary, "Có kế hoạch năm.")
        self.assertEqual(self.load(CIRCULAR), [f"{counts} – mới"])
        self.assertEqual(self.load(CIRCULAR), [f"{counts} – không đổi"])
        # The requirement, and the criterion's text to search in.
        self.assertEqual(self.load(other), [f"{counts} – cập nhật 2 mục"])

    def test_update_keeps_the_rows_that_plans_point_to(self):
        self.load(CIRCULAR)
        before = list(Criterion.objects.values_list("pk", "code"))
        self.load(changed(CIRCULAR, ("standards", 0, "criteria", 0, "title"), "Khác"))
        self.assertEqual(list(Criterion.objects.values_list("pk", "code")), before)
        self.assertEqual(Criterion.objects.get(code="1.1").title, "Khác")

    def test_levels_of_schooling_follow_the_file(self):
        self.load(CIRCULAR)
        levels = ["primary", "multi_level"]
        self.load(changed(CIRCULAR, ("circular", "education_levels"), levels))
        found = Circular.objects.get().education_levels.values_list("pk", flat=True)
        self.assertEqual(set(found), set(levels))

    def test_file_under_another_name_updates_and_keeps_the_address(self):
        self.load(CIRCULAR)
        self.load(changed(CIRCULAR, ("circular", "title"), "Khác"), "ten-khac.json")
        circular = Circular.objects.get()
        self.assertEqual((circular.slug, circular.title), ("tt1", "Khác"))

    def test_vanished_part_is_refused_and_nothing_changes(self):
        self.load(CIRCULAR)
        criterion = ("standards", 0, "criteria", 1)
        requirement = ("standards", 0, "criteria", 0, "requirements", 1)
        for place, name in (
            (criterion, "Tiêu chí 1.2: Hội đồng"),
            (requirement, "1.1 mức 1 b"),
            (("level_four", 0), "khoản 1 Điều 22"),
        ):
            document = changed(without(CIRCULAR, place), ("circular", "title"), "Khác")
            with self.subTest(name=name):
                with self.assertRaisesMessage(CatalogueError, f"thiếu mục “{name}”"):
                    self.load(document)
                self.assertEqual(Circular.objects.get().title, "Quy định thử")

    def test_file_with_a_byte_order_mark_is_read(self):
        content = b"\xef\xbb\xbf" + json.dumps(CIRCULAR).encode()
        self.assertEqual(len(self.load(content)), 1)


class CrosswalkTests(FilesMixin, TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        load([self.write("tt1.json", CIRCULAR), self.write("tt2.json", SUCCESSOR)])

    def load(self, document):
        (outcome,) = load([self.write("crosswalk.json", document)])
        return str(outcome)

    def successors(self):
        row = Crosswalk.objects.get()
        return list(row.to.values_list("standard__circular__number", "code"))

    def test_crosswalk_leads_into_the_circular_that_replaces(self):
        self.assertEqual(self.load(CROSSWALK), "Đối chiếu: 1 tiêu chí – mới")
        number = "2/2031/TT-BGDĐT"
        self.assertEqual(self.successors(), [(number, "1.1"), (number, "1.2")])

    def test_same_crosswalk_changes_nothing(self):
        self.load(CROSSWALK)
        self.assertEqual(self.load(CROSSWALK), "Đối chiếu: 1 tiêu chí – không đổi")

    def test_changed_successors_are_stored(self):
        self.load(CROSSWALK)
        outcome = self.load(changed(CROSSWALK, (0, "to"), ["1.2"]))
        self.assertEqual(outcome, "Đối chiếu: 1 tiêu chí – cập nhật 1 mục")
        self.assertEqual(self.successors(), [("2/2031/TT-BGDĐT", "1.2")])

    def test_vanished_entry_is_refused(self):
        other = copy.deepcopy(CROSSWALK[0]) | {"criterion": "1.2"}
        self.load([*CROSSWALK, other])
        with self.assertRaisesMessage(CatalogueError, "tệp thiếu tiêu chí 1.2 của"):
            self.load(CROSSWALK)

    def test_crosswalk_is_stored_after_circulars_whatever_the_order(self):
        Crosswalk.objects.all().delete()
        outcomes = load(
            [self.write("a.json", CROSSWALK), self.write("tt1.json", CIRCULAR)]
        )
        self.assertEqual(str(outcomes[-1]), "Đối chiếu: 1 tiêu chí – mới")
