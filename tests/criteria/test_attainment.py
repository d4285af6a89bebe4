"""The level rules of both generations: edges by table, the rest by property."""

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.attainment import attain, explanation, lowest, result_name
from tests.factories.attainment import MANDATORY, all_demands, found_at, frameworks

FRAMEWORKS = frameworks()
PRIMARY_2018 = FRAMEWORKS["tt17-2018-tieu-hoc"]
SECONDARY_2018 = FRAMEWORKS["tt18-2018-trung-hoc"]
SCHOOLS_2026 = FRAMEWORKS["tt57-2026-pho-thong"]
OTHERS = [c.code for c in SCHOOLS_2026.criteria if c.code not in MANDATORY]
ALWAYS = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@st.composite
def findings(draw):
    """A catalogue, and for each demand met, not met or unseen: mostly the same, or no
    school would ever reach a level."""
    framework = FRAMEWORKS[draw(st.sampled_from(sorted(FRAMEWORKS)))]
    states = st.sampled_from([True, False, None])
    keys = [demand.key for demand in all_demands(framework)]
    found = dict.fromkeys(keys, draw(states))
    found |= draw(st.dictionaries(st.sampled_from(keys), states, max_size=30))
    return framework, {key: met for key, met in found.items() if met is not None}


def levels_of(attainment):
    return [attainment.level, *(found.level for found in attainment.criteria)]


class Rule2026Tests(SimpleTestCase):
    """The edges that section 4 of our digest of the circular lists."""

    def level(self, mandatory, others):
        """`mandatory` and `others`: the levels of the 8 and of the 7 criteria."""
        levels = dict(zip(MANDATORY, mandatory, strict=True))
        levels |= dict(zip(OTHERS, others, strict=True))
        return attain(SCHOOLS_2026, found_at(SCHOOLS_2026, levels)).level

    def test_the_catalogue_has_eight_mandatory_and_seven_others(self):
        mandatory = [c.code for c in SCHOOLS_2026.criteria if c.is_mandatory]
        self.assertEqual(mandatory, list(MANDATORY))
        self.assertEqual(len(OTHERS), 7)

    def test_edges(self):
        for mandatory, others, expected in (
            ([1] * 8, [1] * 5 + [0] * 2, 1),
            ([1] * 8, [1] * 4 + [0] * 3, 0),
            ([1] * 7 + [0], [1] * 7, 0),
            ([2] * 7 + [0], [2] * 7, 0),
            ([2] * 8, [2] * 5 + [1] * 2, 2),
            ([2] * 8, [2] * 5 + [1, 0], 1),
            ([2] * 8, [2] * 6 + [0], 1),
            ([2] * 8, [2] * 4 + [1] * 3, 1),
            ([2] * 7 + [1], [2] * 7, 1),
            ([2] * 8, [2] * 7, 2),
            ([2] * 8, [2] * 4 + [0] * 3, 0),
            ([0] * 8, [0] * 7, 0),
        ):
            with self.subTest(mandatory=mandatory, others=others):
                self.assertEqual(self.level(mandatory, others), expected)

    def test_level_two_without_level_one_is_no_level(self):
        found = found_at(SCHOOLS_2026, {}, default=2)
        found["1.1", 1, ""] = False
        criterion = attain(SCHOOLS_2026, found).criteria[0]
        self.assertEqual((criterion.code, criterion.level), ("1.1", 0))

    def test_never_more_than_two_levels(self):
        for name, framework in FRAMEWORKS.items():
            if framework.has_two_levels:
                with self.subTest(name):
                    result = attain(framework, found_at(framework, {}, default=4))
                    self.assertEqual(max(levels_of(result)), 2)
                    self.assertIsNone(result.next_level)

    def test_any_five_of_the_others_may_be_missing_two(self):
        levels = dict.fromkeys(MANDATORY, 1) | dict.fromkeys(OTHERS[:3], 1)
        missing = attain(SCHOOLS_2026, found_at(SCHOOLS_2026, levels)).missing_for(1)
        self.assertEqual(missing.needed, ())
        self.assertEqual(missing.choice_count, 2)
        self.assertEqual([lack.code for lack in missing.choices], OTHERS[3:])


class Rule2018Tests(SimpleTestCase):
    def test_one_missing_point_holds_the_school_below_its_level(self):
        for key, expected in (
            (("1.1", 1, "a"), 0),
            (("1.1", 2, ""), 1),
            (("1.1", 3, ""), 2),
            (("khoản", 1), 3),
        ):
            found = {demand.key: True for demand in all_demands(PRIMARY_2018)}
            self.assertIn(key, found)
            with self.subTest(key=key):
                result = attain(PRIMARY_2018, found | {key: False})
                self.assertEqual(result.level, expected)

    def test_all_met_is_level_four(self):
        found = {demand.key: True for demand in all_demands(PRIMARY_2018)}
        self.assertEqual(attain(PRIMARY_2018, found).level, 4)

    def test_criterion_without_a_third_level_does_not_hold_the_school_back(self):
        short = next(c for c in PRIMARY_2018.criteria if c.top == 2)
        result = attain(PRIMARY_2018, found_at(PRIMARY_2018, {}, default=3))
        found = {criterion.code: criterion for criterion in result.criteria}
        self.assertEqual(found[short.code].level, 2)
        self.assertIsNone(found[short.code].next_level)
        self.assertEqual(result.level, 3)

    def test_repealed_points_count_until_their_day(self):
        for day, expected in (("2025-01-24", 0), ("2025-01-25", 3)):
            framework = frameworks(day)["tt18-2018-trung-hoc"]
            found = found_at(framework, {"5.3": 0}, default=3)
            found |= {key: True for key in found if key[0] == "5.3" and key[1] > 1}
            with self.subTest(day):
                self.assertEqual(attain(framework, found).level, expected)


class UnseenTests(SimpleTestCase):
    def test_nothing_seen_is_said_neutrally(self):
        for name, framework in FRAMEWORKS.items():
            result = attain(framework, {})
            with self.subTest(name):
                self.assertEqual((result.level, result.ceiling), (0, framework.top))
                self.assertEqual(result_name(result), "Chưa xem xét")
                self.assertEqual(
                    explanation(result),
                    ["Chưa xem xét yêu cầu nào nên chưa có kết quả."],
                )

    def test_explanation_names_the_criteria_that_hold_back(self):
        found = found_at(SCHOOLS_2026, {"1.3": 0, "1.1": 0, "1.2": 0, "2.3": 0}, 1)
        del found["3.1", 1, ""], found["3.1", 2, ""]
        self.assertEqual(
            explanation(attain(SCHOOLS_2026, found)),
            [
                "Tiêu chí bắt buộc chưa đạt Mức 1: 1.3.",
                "Tiêu chí bắt buộc chưa xem xét xong Mức 1: 3.1.",
                "Mới có 4 trong 7 tiêu chí không bắt buộc đạt Mức 1, cần ít nhất 5; còn "
                "các tiêu chí: 1.1, 1.2, 2.3.",
            ],
        )

    def test_explanation_of_2018_names_points(self):
        found = {demand.key: True for demand in all_demands(PRIMARY_2018)}
        found["khoản", 2] = False
        del found["khoản", 3]
        self.assertEqual(
            explanation(attain(PRIMARY_2018, found)),
            [
                "Để đạt Mức 4: chưa đạt khoản 2; chưa xem xét khoản 3.",
            ],
        )


class LowestTests(SimpleTestCase):
    def test_school_of_several_levels_has_the_lowest_result(self):
        by_level = [
            attain(SCHOOLS_2026, found_at(SCHOOLS_2026, {}, default=default))
            for default in (2, 1, 2)
        ]
        self.assertIs(lowest(by_level), by_level[1])


class PropertyTests(SimpleTestCase):
    @ALWAYS
    @given(findings(), st.data())
    def test_one_more_met_never_lowers_a_level(self, case, data):
        framework, found = case
        open_keys = [d.key for d in all_demands(framework) if not found.get(d.key)]
        if not open_keys:
            return
        more = found | {data.draw(st.sampled_from(open_keys)): True}
        before, after = attain(framework, found), attain(framework, more)
        for less, more_ in zip(levels_of(before), levels_of(after), strict=True):
            self.assertLessEqual(less, more_)
        self.assertLessEqual(before.ceiling, after.ceiling)

    @ALWAYS
    @given(findings())
    def test_level_of_the_school_implies_its_rule(self, case):
        framework, found = case
        result = attain(framework, found)
        if framework.has_two_levels:
            self.check_2026(result)
            return
        lower = [d for d in all_demands(framework) if d.level <= result.level]
        self.assertTrue(all(found.get(demand.key) for demand in lower))

    def check_2026(self, result):
        if result.level == 0:
            return
        mandatory = [c.level for c in result.criteria if c.criterion.is_mandatory]
        others = [c.level for c in result.criteria if not c.criterion.is_mandatory]
        self.assertGreaterEqual(min(mandatory), result.level)
        self.assertGreaterEqual(sum(level >= result.level for level in others), 5)
        self.assertGreaterEqual(min(others), result.level - 1)

    @ALWAYS
    @given(findings(), st.data())
    def test_meeting_all_that_is_missing_reaches_the_wish(self, case, data):
        framework, found = case
        target = data.draw(st.integers(1, framework.max_level))
        missing = attain(framework, found).missing_for(target)
        chosen = data.draw(st.permutations(missing.choices))[: missing.choice_count]
        self.assertEqual(len(chosen), missing.choice_count)
        keys = [d.key for lack in (*missing.needed, *chosen) for d in lack.demands]
        reached = attain(framework, found | dict.fromkeys(keys, True))
        self.assertGreaterEqual(reached.level, target)

    @ALWAYS
    @given(findings(), st.data())
    def test_nothing_is_missing_exactly_when_the_level_is_reached(self, case, data):
        framework, found = case
        target = data.draw(st.integers(1, framework.max_level))
        result = attain(framework, found)
        self.assertEqual(not result.missing_for(target), result.level >= target)

    @ALWAYS
    @given(findings())
    def test_ceiling_is_the_level_were_all_unseen_met(self, case):
        framework, found = case
        hoped = {d.key: found.get(d.key, True) for d in all_demands(framework)}
        self.assertEqual(
            attain(framework, found).ceiling, attain(framework, hoped).level
        )
