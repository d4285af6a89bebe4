"""The same year comes in twice at the same moment, on real connections, on both databases."""

from django.test import TransactionTestCase

from plans import drafting
from plans.editing import AlreadyBegunError
from plans.models import ImprovementPlan
from reports import incoming
from reports.incoming_result import Choices
from reports.incoming_saving import YearTakenError, take_in
from tests.factories.criteria import load_catalogues
from tests.factories.schools import make_cast, school_year
from tests.plans.wordfiles import LIBRARY, YARD, saved, word_plan
from tests.races import together

CHOICES = Choices(first_year=2023, circular="17/2018/TT-BGDĐT")


class RaceTests(TransactionTestCase):
    def setUp(self):
        load_catalogues()
        self.cast = make_cast()

    def file(self, texts, by):
        received = incoming.receive(
            name="cu.docx",
            content=saved(word_plan(("1", "Tiêu chí 3.6", *texts))),
            school=self.cast.school,
            school_year=None,
            by=by,
        )
        incoming.read(received.pk)
        return received

    def taking(self, found, by):
        return lambda: take_in(found, CHOICES, by=by)[0]

    def test_of_two_files_for_one_year_one_comes_in(self):
        people = (self.cast.principal, self.cast.editor)
        files = [
            self.file(t, by) for t, by in zip((LIBRARY, YARD), people, strict=True)
        ]
        results = together(
            [self.taking(f, by) for f, by in zip(files, people, strict=True)]
        )
        kinds = sorted(type(result).__name__ for result in results)
        self.assertEqual(kinds, ["ImprovementPlan", "YearTakenError"], results)
        self.assertEqual(ImprovementPlan.objects.get().rows.count(), 1)

    def test_plan_begun_in_the_same_moment_is_not_written_over(self):
        school_year(2023)
        found = self.file(LIBRARY, self.cast.principal)
        begin = lambda: drafting.create_plan(  # noqa: E731
            self.cast.school, school_year(2023), by=self.cast.editor
        )
        results = together([self.taking(found, self.cast.principal), begin])
        refused = [
            r for r in results if isinstance(r, YearTakenError | AlreadyBegunError)
        ]
        self.assertEqual(len(refused), 1, results)
        plan = ImprovementPlan.objects.get()
        self.assertEqual(plan.events.count(), 1)
