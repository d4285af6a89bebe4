"""Two people press the same button at the same moment. Threads that write side by side
need a database that lets them: PostgreSQL."""

import threading
import unittest

from django.db import connection
from django.test import TransactionTestCase

from plans import assessing
from plans.models import ActionRow, Assessment, FocusIssue, ImprovementPlan
from plans.taking import AlreadyTakenError, take_limitation
from tests.factories.assessments import make_assessment, review_of, write_weakness
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast, school_year

THREADS = 6


def race(deed):
    """What `deed` returned or raised in threads that start together."""
    start, results = threading.Barrier(THREADS), []

    def run():
        try:
            start.wait()
            results.append(deed())
        except (
            assessing.AssessmentExistsError,
            assessing.ReviewChangedError,
            AlreadyTakenError,
        ) as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@unittest.skipUnless(connection.vendor == "postgresql", "SQLite has one writer")
class RaceTests(TransactionTestCase):
    def setUp(self):
        load_catalogues()
        self.cast = make_cast()

    def winners(self, results, error):
        """Who got through; all others must have been told `error`."""
        self.assertEqual(len(results), THREADS)
        lost = [found for found in results if isinstance(found, error)]
        won = [found for found in results if not isinstance(found, Exception)]
        self.assertEqual(len(lost) + len(won), THREADS)
        return won

    def test_only_one_assessment_is_begun(self):
        year = school_year(2026)
        results = race(
            lambda: assessing.begin_assessment(
                self.cast.school, year, by=self.cast.principal
            )
        )
        self.assertEqual(len(self.winners(results, assessing.AssessmentExistsError)), 1)
        self.assertEqual(Assessment.objects.get().reviews.count(), 15)

    def test_a_limitation_is_taken_once(self):
        plan = make_plan(2026, school=self.cast.school)
        review = write_weakness(make_assessment(2026, school=self.cast.school))

        def take():
            mine = ImprovementPlan.objects.get(pk=plan.pk)
            return take_limitation(review, mine, by=self.cast.editor)

        self.assertEqual(len(self.winners(race(take), AlreadyTakenError)), 1)
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

        self.assertEqual(len(self.winners(race(save), assessing.ReviewChangedError)), 1)
