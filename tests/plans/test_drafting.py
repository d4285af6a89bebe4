from django.core.exceptions import PermissionDenied
from django.test import TestCase

from criteria.selection import NoCircular
from plans import drafting
from plans.editing import PlanLockedError
from plans.models import ActionRow, ImprovementPlan
from plans.tables import FOCUS_ISSUES, MONITORING, ROWS
from tests.factories.criteria import load_catalogues
from tests.factories.plans import ROW_2018, criteria_of, make_plan
from tests.factories.schools import SchoolFactory, make_cast, school_year


class CreatePlanTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()

    def create(self, first_year, by=None, school=None):
        school = school or self.cast.school
        return drafting.create_plan(school, school_year(first_year), by=by)

    def test_school_year_pins_circular_and_form(self):
        for year, number, key in (
            (2022, "17/2018/TT-BGDĐT", "2018"),
            (2026, "57/2026/TT-BGDĐT", "2026"),
        ):
            plan = self.create(year)
            found = (plan.circular.number, plan.layout.key)
            self.assertEqual(found, (number, key))

    def test_level_of_schooling_picks_the_annex(self):
        preschool = SchoolFactory(levels=["preschool"])
        centre = SchoolFactory(levels=["continuing"])
        self.assertEqual(self.create(2026, school=preschool).circular.annex, "I")
        self.assertEqual(self.create(2026, school=centre).circular.annex, "III")

    def test_school_of_several_levels_follows_18_2018(self):
        school = SchoolFactory(levels=["primary", "lower_secondary"])
        plan = self.create(2023, school=school)
        self.assertEqual(plan.circular.number, "18/2018/TT-BGDĐT")

    def test_form_of_2026_comes_with_eight_sections_and_two_reviews(self):
        plan = self.create(2026)
        keys = [section.key for section in plan.sections.all()]
        self.assertEqual(
            keys,
            [
                "school",
                "grounds",
                "purpose",
                "focus_issues",
                "rows",
                "monitoring",
                "organisation",
                "review",
            ],
        )
        times = [review.time for review in plan.monitoring.all()]
        self.assertEqual(times, ["Cuối học kỳ I", "Cuối năm học"])

    def test_prefilled_text_names_the_years(self):
        section = self.create(2026).sections.get(key="grounds")
        first = section.text.split("\n")[0]
        self.assertEqual(first, "1. Báo cáo tự đánh giá năm học 2025-2026.")

    def test_no_row_is_made_in_advance(self):
        plan = self.create(2026)
        self.assertEqual((plan.rows.count(), plan.focus_issues.count()), (0, 0))

    def test_second_plan_for_the_year_is_refused(self):
        plan = self.create(2026)
        with self.assertRaises(drafting.PlanExistsError) as caught:
            self.create(2026)
        self.assertEqual(caught.exception.existing, plan)
        self.assertEqual(ImprovementPlan.objects.count(), 1)

    def test_continuing_education_before_2026_has_no_circular(self):
        centre = SchoolFactory(levels=["continuing"])
        with self.assertRaises(NoCircular):
            self.create(2023, school=centre)
        self.assertEqual(ImprovementPlan.objects.count(), 0)

    def test_contributor_may_not_begin_a_plan(self):
        with self.assertRaises(PermissionDenied):
            self.create(2026, by=self.cast.contributor)


class LineTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(2024, school=cls.cast.school)
        cls.by_code = {c.code: c for c in criteria_of(cls.plan)}

    def add(self, code, level="1", **fields):
        criterion = self.by_code[code]
        line = ActionRow(
            plan=self.plan,
            criterion=criterion,
            standard=criterion.standard,
            level=level,
            **{**ROW_2018, **fields},
        )
        return drafting.save_line(ROWS, self.plan, line, by=self.cast.editor)

    def order(self):
        rows = self.plan.rows.select_related("criterion").order_by("position")
        return [(row.level, row.criterion.code) for row in rows]

    def test_new_line_goes_where_the_paper_has_it(self):
        for code, level in (("3.1", "1"), ("1.10", "1"), ("1.2", "2"), ("1.9", "1")):
            self.add(code, level)
        expected = [("1", "1.9"), ("1", "1.10"), ("1", "3.1"), ("2", "1.2")]
        self.assertEqual(self.order(), expected)

    def test_second_line_of_a_criterion_follows_the_first(self):
        first, _ = self.add("1.2"), self.add("1.3")
        second = self.add("1.2", goal="Việc thứ hai")
        stored = list(self.plan.rows.order_by("position").values_list("pk", flat=True))
        self.assertEqual(stored[:2], [first.pk, second.pk])

    def test_changing_the_level_moves_the_line_to_its_group(self):
        line = self.add("1.1")
        self.add("1.2")
        line.level = "2"
        drafting.save_line(ROWS, self.plan, line, by=self.cast.editor)
        self.assertEqual(self.order(), [("1", "1.2"), ("2", "1.1")])

    def test_changing_a_text_leaves_the_line_where_it_was_put(self):
        first, second = self.add("1.1"), self.add("1.2")
        drafting.move_line(ROWS, self.plan, second, by=self.cast.editor, step=-1)
        first.refresh_from_db()
        first.goal = "Mới"
        drafting.save_line(ROWS, self.plan, first, by=self.cast.editor)
        self.assertEqual(self.order(), [("1", "1.2"), ("1", "1.1")])

    def test_line_moves_within_its_group_only(self):
        first, other = self.add("1.1"), self.add("2.1")
        moved = drafting.move_line(ROWS, self.plan, first, by=self.cast.editor, step=1)
        self.assertIs(moved, False)
        up = drafting.move_line(ROWS, self.plan, other, by=self.cast.editor, step=-1)
        self.assertIs(up, False)
        self.assertEqual(self.order(), [("1", "1.1"), ("1", "2.1")])

    def test_copy_stands_below_its_original_with_all_its_texts(self):
        line = self.add("1.1", budget="15 triệu")
        self.add("1.2")
        copy = drafting.duplicate_line(ROWS, self.plan, line, by=self.cast.editor)
        self.assertEqual([code for _, code in self.order()], ["1.1", "1.1", "1.2"])
        self.assertEqual((copy.budget, copy.actions), ("15 triệu", line.actions))
        self.assertNotEqual(copy.pk, line.pk)

    def test_delete_takes_one_line_alone(self):
        line, rest = self.add("1.1"), self.add("1.1")
        drafting.delete_line(ROWS, self.plan, line, by=self.cast.editor)
        self.assertEqual(list(self.plan.rows.all()), [rest])


class LockTests(TestCase):
    """Every way of writing to a plan that is not open is refused, and changes nothing."""

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(2026, school=cls.cast.school, rows=2)

    def ways(self):
        by = self.cast.principal
        plan, line = self.plan, self.plan.rows.first()
        section = plan.sections.get(key="organisation")
        review = plan.monitoring.first()
        new = FOCUS_ISSUES.model(plan=plan, limitation="Mới")
        return {
            "change a line": lambda: drafting.save_line(ROWS, plan, line, by=by),
            "add a line": lambda: drafting.save_line(FOCUS_ISSUES, plan, new, by=by),
            "change a review": lambda: drafting.save_line(
                MONITORING, plan, review, by=by
            ),
            "copy": lambda: drafting.duplicate_line(ROWS, plan, line, by=by),
            "move": lambda: drafting.move_line(ROWS, plan, line, by=by, step=1),
            "delete": lambda: drafting.delete_line(ROWS, plan, line, by=by),
            "write a section": lambda: drafting.save_section(
                plan, section, by=by, text="Mới"
            ),
            "write the header": lambda: drafting.save_header(
                plan, by=by, subject="Mới"
            ),
        }

    def content(self):
        plan = ImprovementPlan.objects.get(pk=self.plan.pk)
        return (
            plan.subject,
            list(plan.rows.values()),
            list(plan.focus_issues.values()),
            list(plan.monitoring.values()),
            list(plan.sections.values()),
        )

    def test_locked_plan_refuses_every_write(self):
        for status in ("submitted", "approved", "issued", "closed"):
            ImprovementPlan.objects.filter(pk=self.plan.pk).update(
                status=status, number=1, issued_on="2026-09-05"
            )
            before = self.content()
            for name, write in self.ways().items():
                with self.subTest(status=status, way=name):
                    with self.assertRaises(PlanLockedError):
                        write()
                    self.assertEqual(self.content(), before)

    def test_open_plan_takes_every_write(self):
        for name, write in self.ways().items():
            with self.subTest(way=name):
                write()

    def test_stranger_is_refused_even_past_the_pages(self):
        line = self.plan.rows.first()
        for user in (self.cast.stranger, self.cast.officer, self.cast.admin):
            with self.assertRaises(PermissionDenied):
                drafting.save_line(ROWS, self.plan, line, by=user)


class SectionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(2026, school=cls.cast.school)

    def test_what_the_school_adds_stands_below_the_forms_text(self):
        section = self.plan.sections.get(key="grounds")
        fixed = section.text
        drafting.save_section(
            self.plan, section, by=self.cast.editor, text="- Kế hoạch số 12."
        )
        section.refresh_from_db()
        self.assertEqual(section.text, f"{fixed}\n- Kế hoạch số 12.")
        self.assertEqual(drafting.added_text(section), "- Kế hoạch số 12.")

    def test_taking_the_addition_out_leaves_the_forms_text(self):
        section = self.plan.sections.get(key="grounds")
        fixed = section.text
        for text in ("- Thêm.", ""):
            drafting.save_section(self.plan, section, by=self.cast.editor, text=text)
        section.refresh_from_db()
        self.assertEqual(section.text, fixed)

    def test_section_of_the_form_alone_cannot_be_written(self):
        section = self.plan.sections.get(key="review")
        with self.assertRaises(PermissionDenied):
            drafting.save_section(self.plan, section, by=self.cast.editor, text="x")

    def test_legal_bases_are_punctuated_as_the_decree_wants(self):
        text = drafting.punctuated("Căn cứ A,\n\n Căn cứ B;\nCăn cứ C")
        self.assertEqual(text, "Căn cứ A;\nCăn cứ B;\nCăn cứ C.")
        self.assertEqual(drafting.punctuated(" \n"), "")
