import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from criteria.selection import NoCircular
from plans import assessing
from plans.assessed import found_of, sheet_of
from plans.models import Assessment, CriterionReview, LevelFourCheck
from schools.enums import Role
from tests.factories.assessments import (
    make_assessment,
    meet,
    requirement_pks,
    review_of,
)
from tests.factories.criteria import load_catalogues
from tests.factories.schools import (
    SchoolFactory,
    make_cast,
    make_user,
    school_year,
)


class AssessmentCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.assessment = make_assessment(2026, school=cls.cast.school)
        cls.review = review_of(cls.assessment, "1.3")
        cls.pks = requirement_pks(cls.review)

    def save(self, *, by=None, is_finished=False, seen_at=None, texts=None, **found):
        """Save the review; `found` by level: `level1=True`."""
        states = {self.pks[int(key[-1]), ""]: met for key, met in found.items()}
        return assessing.save_review(
            self.review,
            by=by or self.cast.contributor,
            texts=texts or {"current_state": "Có đủ hồ sơ."},
            found=states,
            is_finished=is_finished,
            seen_at=seen_at,
        )


class BeginTests(AssessmentCase):
    def test_every_criterion_gets_one_review(self):
        codes = self.assessment.reviews.values_list("criterion__code", flat=True)
        self.assertEqual(len(codes), 15)
        self.assertEqual(len(set(codes)), 15)

    def test_the_year_decides_the_circular(self):
        older = make_assessment(2024, school=self.cast.school)
        self.assertEqual(older.circular.number, "17/2018/TT-BGDĐT")
        self.assertEqual(older.reviews.count(), 27)

    def test_school_of_several_levels_gets_reviews_for_each(self):
        levels = ["lower_secondary", "upper_secondary"]
        school = SchoolFactory(levels=levels)
        begun = make_assessment(2026, school=school)
        for code in levels:
            count = begun.reviews.filter(level_of_schooling=code).count()
            self.assertEqual(count, 15)
        self.assertEqual(begun.reviews.count(), 30)

    def test_second_one_of_a_year_names_the_first(self):
        with self.assertRaises(assessing.AssessmentExistsError) as caught:
            make_assessment(2026, school=self.cast.school)
        self.assertEqual(caught.exception.existing, self.assessment)
        self.assertEqual(Assessment.objects.count(), 1)

    def test_database_itself_refuses_a_second_one(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Assessment.objects.create(
                school=self.cast.school,
                school_year=school_year(2026),
                circular=self.assessment.circular,
            )

    def test_contributor_cannot_begin(self):
        year = school_year(2025)
        with self.assertRaises(PermissionDenied):
            assessing.begin_assessment(self.cast.school, year, by=self.cast.contributor)

    def test_school_without_a_circular_is_told(self):
        self.cast.school.education_levels.clear()
        with self.assertRaises(NoCircular):
            make_assessment(2027, school=self.cast.school)


class SaveReviewTests(AssessmentCase):
    def test_texts_states_and_mark_are_stored(self):
        self.save(level1=True, level2=False, is_finished=True)
        stored = review_of(self.assessment, "1.3")
        self.assertEqual(stored.current_state, "Có đủ hồ sơ.")
        self.assertTrue(stored.is_finished)
        self.assertEqual(
            found_of(stored), {self.pks[1, ""]: True, self.pks[2, ""]: False}
        )

    def test_a_state_can_be_changed_and_taken_back(self):
        self.save(level1=True, level2=False)
        self.save(level1=False, level2=None)
        self.assertEqual(found_of(self.review), {self.pks[1, ""]: False})

    def test_level_two_cannot_be_met_before_level_one(self):
        for first in (False, None):
            with self.subTest(first=first), self.assertRaises(ValidationError):
                self.save(level1=first, level2=True)
        self.assertEqual(found_of(self.review), {})

    def test_points_of_2018_may_be_met_in_any_order(self):
        older = make_assessment(2024, school=self.cast.school)
        review = review_of(older, "1.3")
        pks = requirement_pks(review)
        found = {pks[1, "a"]: False, pks[2, "a"]: True}
        assessing.save_review(review, by=None, texts={}, found=found, is_finished=False)
        self.assertEqual(found_of(review), found)

    def test_finished_needs_a_level_that_is_certain(self):
        with self.assertRaises(ValidationError):
            self.save(level1=True, level2=None, is_finished=True)
        self.save(level1=False, level2=None, is_finished=True)

    def test_somebody_elses_newer_text_is_not_overwritten(self):
        opened_at = self.review.updated_at
        self.save(texts={"current_state": "Bản của người khác."})
        with self.assertRaises(assessing.ReviewChangedError):
            self.save(texts={"current_state": "Bản của tôi."}, seen_at=opened_at)
        stored = review_of(self.assessment, "1.3")
        self.assertEqual(stored.current_state, "Bản của người khác.")

    def test_viewer_and_office_are_refused(self):
        for actor in ("viewer", "officer", "stranger", "admin"):
            with self.subTest(actor), self.assertRaises(PermissionDenied):
                self.save(by=getattr(self.cast, actor))

    def test_finished_assessment_is_locked(self):
        Assessment.objects.update(status="finished")
        with self.assertRaises(assessing.AssessmentLockedError):
            self.save(level1=True)

    def test_requirement_of_another_criterion_is_refused(self):
        foreign = requirement_pks(review_of(self.assessment, "1.4"))[1, ""]
        with self.assertRaises(ValidationError):
            assessing.save_review(
                self.review,
                by=self.cast.editor,
                texts={},
                found={foreign: True},
                is_finished=False,
            )


class LevelFourTests(AssessmentCase):
    def test_clauses_are_stored_and_taken_back(self):
        older = make_assessment(2024, school=self.cast.school)
        first, second = older.circular.level_four_clauses.all()[:2]
        found = {first.pk: True, second.pk: False}
        assessing.save_level_four(older, by=self.cast.editor, found=found)
        assessing.save_level_four(older, by=self.cast.editor, found={first.pk: None})
        stored = LevelFourCheck.objects.values_list("clause_id", "is_met")
        self.assertEqual(dict(stored), {second.pk: False})


class AssignTests(AssessmentCase):
    def test_criteria_are_given_and_taken_back(self):
        pks = [self.review.pk]
        person = self.cast.contributor
        assessing.assign(self.assessment, pks, person, by=self.cast.editor)
        self.assertEqual(list(person.assigned_reviews.all()), [self.review])
        assessing.assign(self.assessment, pks, None, by=self.cast.editor)
        self.assertEqual(list(person.assigned_reviews.all()), [])

    def test_assigning_does_not_look_like_an_edit_of_the_text(self):
        person, pks = self.cast.contributor, [self.review.pk]
        assessing.assign(self.assessment, pks, person, by=self.cast.editor)
        stored = CriterionReview.objects.get(pk=self.review.pk)
        self.assertEqual(stored.updated_at, self.review.updated_at)

    def test_only_those_who_assess_here_can_be_given_criteria(self):
        past = make_user(
            Role.EDITOR, self.cast.school, ends_on=datetime.date(2025, 6, 30)
        )
        known = {self.cast.principal, self.cast.editor, self.cast.contributor}
        self.assertEqual(set(assessing.people_for(self.cast.school)), known)
        for person in (past, self.cast.viewer, self.cast.stranger):
            with self.subTest(person=person), self.assertRaises(ValidationError):
                assessing.assign(
                    self.assessment, [self.review.pk], person, by=self.cast.editor
                )

    def test_contributor_cannot_assign(self):
        with self.assertRaises(PermissionDenied):
            assessing.assign(self.assessment, [], None, by=self.cast.contributor)


class EndTests(AssessmentCase):
    def finish(self):
        assessing.finish_assessment(self.assessment, by=self.cast.principal)

    def test_unfinished_criteria_are_named(self):
        self.assessment.reviews.exclude(criterion__code="4.3").update(is_finished=True)
        with self.assertRaisesMessage(assessing.NotReadyError, "(4.3)"):
            self.finish()

    def test_finished_and_reopened(self):
        self.assessment.reviews.update(is_finished=True)
        self.finish()
        self.assertFalse(Assessment.objects.get().is_open)
        with self.assertRaises(assessing.AssessmentLockedError):
            self.finish()
        assessing.reopen_assessment(self.assessment, by=self.cast.editor)
        self.assertTrue(Assessment.objects.get().is_open)
        with self.assertRaises(assessing.AssessmentLockedError):
            assessing.reopen_assessment(self.assessment, by=self.cast.editor)

    def test_contributor_neither_finishes_nor_reopens(self):
        for deed in (assessing.finish_assessment, assessing.reopen_assessment):
            with self.subTest(deed.__name__), self.assertRaises(PermissionDenied):
                deed(self.assessment, by=self.cast.contributor)


class SheetTests(AssessmentCase):
    def test_school_of_several_levels_has_the_lowest(self):
        levels = ["lower_secondary", "upper_secondary"]
        assessment = make_assessment(2026, school=SchoolFactory(levels=levels))
        meet(assessment, 2, schooling="lower_secondary")
        meet(assessment, 1, schooling="upper_secondary")
        sheet = sheet_of(assessment)
        by_level = {part.code: part.attainment.level for part in sheet.parts}
        self.assertEqual(by_level, {"lower_secondary": 2, "upper_secondary": 1})
        self.assertEqual(sheet.attainment.level, 1)

    def test_level_four_of_2018(self):
        assessment = make_assessment(2024, school=self.cast.school)
        meet(assessment, 4)
        self.assertEqual(sheet_of(assessment).attainment.level, 4)

    def test_lines_stand_in_the_order_of_the_circular(self):
        older = make_assessment(2024, school=self.cast.school)
        codes = [line.review.criterion.code for line in sheet_of(older).lines]
        order = [[int(part) for part in code.split(".")] for code in codes]
        self.assertEqual(order, sorted(order))

    def test_every_line_has_the_result_of_its_own_criterion(self):
        self.save(level1=True, level2=False)
        reached = {
            line.review.criterion.code: line.result.level
            for line in sheet_of(self.assessment).lines
        }
        self.assertEqual(reached.pop("1.3"), 1)
        self.assertEqual(set(reached.values()), {0})


class PeopleTests(TestCase):
    def test_suspended_people_are_not_offered(self):
        cast = make_cast()
        self.assertNotIn(cast.suspended, assessing.people_for(cast.school))
        self.assertEqual(get_user_model().objects.filter(is_active=False).count(), 1)
