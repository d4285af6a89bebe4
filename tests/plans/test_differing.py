"""The comparison of two states of a plan, without a database."""

from unittest import TestCase

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.differing import compare, is_reordered

LABELS = {"goal": "Mục tiêu", "actions": "Việc", "level": "Mức"}
texts = st.sampled_from(["", "a", "ă", "a\nb"])
lines = st.dictionaries(
    st.integers(1, 6), st.fixed_dictionaries(dict.fromkeys(LABELS, texts)), max_size=5
).map(lambda found: [{"pk": pk, **fields} for pk, fields in found.items()])

# A busy machine is no fault of what is tested.
settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
unhurried = settings.get_profile("unhurried")


def applied(before, changes):
    """`before` with the changes made, by pk."""
    found = {line["pk"]: dict(line) for line in before}
    for change in changes:
        if change.after is None:
            del found[change.pk]
        elif change.before is None:
            found[change.pk] = dict(change.after)
        else:
            found[change.pk] |= {cell.field: cell.after for cell in change.cells}
    return found


def by_pk(found):
    return {line["pk"]: line for line in found}


class PropertyTests(TestCase):
    @unhurried
    @given(lines)
    def test_nothing_differs_from_itself(self, state):
        self.assertEqual(compare(state, state, LABELS), ())
        self.assertFalse(is_reordered(state, state))

    @unhurried
    @given(lines, lines)
    def test_changes_applied_to_the_old_give_the_new(self, before, after):
        changes = compare(before, after, LABELS)
        self.assertEqual(applied(before, changes), by_pk(after))

    @unhurried
    @given(lines, lines)
    def test_the_way_back_is_the_way_there_turned_round(self, before, after):
        there = {c.pk: c for c in compare(before, after, LABELS)}
        back = {c.pk: c for c in compare(after, before, LABELS)}
        self.assertEqual(set(there), set(back))
        for pk, change in there.items():
            turned = [(c.field, c.after, c.before) for c in back[pk].cells]
            cells = [(c.field, c.before, c.after) for c in change.cells]
            self.assertEqual(cells, turned)

    @unhurried
    @given(lines, lines, st.randoms(use_true_random=False))
    def test_order_of_other_lines_means_nothing_to_a_line(self, before, after, random):
        expected = {c.pk: c for c in compare(before, after, LABELS)}
        random.shuffle(before)
        random.shuffle(after)
        self.assertEqual({c.pk: c for c in compare(before, after, LABELS)}, expected)

    @unhurried
    @given(lines, lines)
    def test_cells_stand_in_the_order_of_the_form(self, before, after):
        order = list(LABELS)
        for change in compare(before, after, LABELS):
            places = [order.index(cell.field) for cell in change.cells]
            self.assertEqual(places, sorted(places))


class OrderTests(TestCase):
    def test_swapped_lines_are_told_and_a_new_one_between_is_not(self):
        a, b, c = {"pk": 1}, {"pk": 2}, {"pk": 3}
        self.assertTrue(is_reordered([a, b], [b, a]))
        self.assertFalse(is_reordered([a, b], [a, c, b]))
