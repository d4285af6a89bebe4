import datetime
import re

from django.template.loader import render_to_string
from django.test import TestCase

from criteria.enums import Confidence
from tests.factories.criteria import CriterionFactory, RequirementFactory

REPEAL = datetime.date(2025, 1, 25)


class RequirementsPartialTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.criterion = CriterionFactory()
        RequirementFactory(criterion=cls.criterion, point="a", summary="Có kế hoạch.")
        RequirementFactory(
            criterion=cls.criterion, point="b", summary="Có sổ.", repealed_on=REPEAL
        )
        RequirementFactory(
            criterion=cls.criterion,
            level=2,
            summary="Có kết quả.",
            reference="khoản 1 Điều 12",
            confidence=Confidence.ONE_SOURCE,
        )

    def html(self, day):
        return render_to_string(
            "criteria/_requirements.html", {"criterion": self.criterion, "day": day}
        )

    def texts(self, day):
        text = re.sub(r"<[^>]*>", "", self.html(day))
        return [" ".join(t.split()) for t in text.split("\n") if t.strip()]

    def test_requirements_are_shown_by_level_with_point_and_source(self):
        self.assertEqual(
            self.texts(REPEAL - datetime.timedelta(days=1)),
            [
                *("Mức 1", "a) Có kế hoạch.", "(khoản 1 Điều 7)"),
                *("b) Có sổ.", "(khoản 1 Điều 7)"),
                *("Mức 2", "Có kết quả.", "(khoản 1 Điều 12; một nguồn)"),
            ],
        )

    def test_repealed_requirement_is_marked_in_words_from_its_day(self):
        mark = "Đã bãi bỏ từ 25/01/2025."
        self.assertNotIn(mark, self.texts(REPEAL - datetime.timedelta(days=1)))
        self.assertIn(mark, self.texts(REPEAL))
        self.assertIn("<s>b) Có sổ.</s>", self.html(REPEAL))
        self.assertEqual(self.html(REPEAL).count("<s>"), 1)

    def test_criterion_without_requirements_says_so(self):
        html = render_to_string(
            "criteria/_requirements.html",
            {
                "criterion": CriterionFactory(
                    position=2, standard=self.criterion.standard
                )
            },
        )
        self.assertIn("Chưa có yêu cầu nào.", html)

    def test_partial_takes_one_query_for_its_criterion(self):
        with self.assertNumQueries(1):
            self.html(REPEAL)
