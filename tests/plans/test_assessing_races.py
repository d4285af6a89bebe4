"""Several people press the same button at the same moment, on both databases."""

from django.test import TransactionTestCase

from plans import assessing
from plans.models import ActionRow, Assessment, FocusIssue, ImprovementPlan
from plans.taking import AlreadyTakenError, take_limitation
from tests.factories.assessments import make_assessment, review_of, write_weakness
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast, school_year
from tests.races import crowd, through


class RaceTests(TransactionTestCase):
    def setUp(self):
        load_catalogues()
        self.cast = make_cast()

    def test_only_one_assessment_is_begun(self):
        year = school_year(2026)
        results = crowd(
            lambda: assessing.begin_assessment(
                self.cast.school, year, by=self.cast.principal
            )
        )
        self.assertEqual(len(through(results, assessing.AssessmentExistsError)), 1)
        self.assertEqual(Assessment.objects.get().reviews.count(), 15)

    def test_a_limitation_is_taken_once(self):
        plan = make_plan(2026, school=self.cast.school)
        review = write_weakness(make_assessment(2026, school=self.cast.school))

        def take():
            mine = ImprovementPlan.objects.get(pk=plan.pk)
            return take_limitation(review, mine, by=self.cast.editor)

        self.assertEqual(len(through(crowd(take), AlreadyTakenError)), 1)
        self.assertEqual(ActionRow.objects.count(), 1)
        self.assertEqual(FocusIssue.objects.count(), 1)

    def test_of_texts_from_the_same_page_one_is_kept_and_the_others_are_told(self):
        review = review_of(make_assessment(2026, school=self.cast.school), "1.3")

        def save():
            return assessing.save_review(
                review,
                by=self.cast.editor,
                texts={"limitations": "Ít sách."},
                found={},
                is_finished=False,
                seen_at=review.updated_at,
            )

        self.assertEqual(len(through(crowd(save), assessing.ReviewChangedError)), 1)
