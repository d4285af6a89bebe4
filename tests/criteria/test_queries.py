from django.test import TestCase

from criteria.queries import criteria_with_requirements
from tests.factories.criteria import StandardFactory, make_circular, make_criterion


class CriteriaWithRequirementsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.circular = make_circular()

    def test_criteria_come_by_code_in_the_order_of_the_circular(self):
        standard = StandardFactory(circular=self.circular, number=10)
        for position in (10, 2):
            make_criterion(standard, position)
        self.assertEqual(
            list(criteria_with_requirements(self.circular)),
            ["1.1", "1.2", "2.1", "10.2", "10.10"],
        )

    def test_other_circulars_stay_out(self):
        make_circular("18/2018/TT-BGDĐT")
        self.assertEqual(
            list(criteria_with_requirements(self.circular)), ["1.1", "1.2", "2.1"]
        )

    def test_criteria_standards_and_requirements_take_two_queries(self):
        with self.assertNumQueries(2):
            for criterion in criteria_with_requirements(self.circular).values():
                str(criterion.standard)
                self.assertEqual(len(criterion.requirements.all()), 3)
