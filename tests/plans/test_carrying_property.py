import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from plans.models import ActionRow
from tests.factories.plans import ROW_2026, criteria_of, make_plan
from tests.plans.carrying import CarryingCase, everything

COLUMNS_2026 = tuple(ROW_2026)
TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n"),
    max_size=30,
)
ROWS_OF_A_YEAR = st.lists(
    st.fixed_dictionaries(
        {
            "criterion": st.integers(0, 14),
            "progress": st.sampled_from(["", "done", "in_progress", "not_done"]),
            "texts": st.fixed_dictionaries(dict.fromkeys(COLUMNS_2026, TEXT)),
            "is_taken": st.booleans(),
        }
    ),
    max_size=6,
)


@pytest.mark.one_database
class AnyPlanTests(CarryingCase, HypothesisTestCase):
    """Whatever a year held: nothing is lost, nothing altered, nothing doubled."""

    def build(self, first_year, specs):
        plan = make_plan(first_year, school=self.cast.school)
        criteria = criteria_of(plan)
        for number, spec in enumerate(specs, start=1):
            criterion = criteria[spec["criterion"]]
            ActionRow.objects.create(
                plan=plan,
                position=number,
                criterion=criterion,
                standard=criterion.standard,
                progress=spec["progress"],
                **spec["texts"],
            )
        return plan

    @settings(max_examples=25, deadline=None, derandomize=True, database=None)
    @given(st.sampled_from([2025, 2026]), ROWS_OF_A_YEAR)
    def test_rows_are_in_one_list_arrive_unchanged_and_only_once(self, year, specs):
        plan = self.build(year, specs)
        old = list(plan.rows.order_by("position"))
        found = self.proposal(plan)
        listed = [offer.row.pk for offer in (*found.rows, *found.left_rows)]
        self.assertEqual(sorted(listed), sorted(row.pk for row in old))

        every = everything(found)
        taken = {
            row.pk: every[row.pk]
            for row, spec in zip(old, specs, strict=True)
            if spec["is_taken"]
        }
        new = self.carry(plan, rows=taken).plan
        self.assertEqual(
            set(new.rows.values_list("carried_from", flat=True)), set(taken)
        )
        for row in new.rows.select_related("carried_from"):
            source = row.carried_from
            for name in ("goal", "actions", "responsible", "schedule"):
                self.assertEqual(getattr(row, name), getattr(source, name))
            if year == 2026:
                texts = {name: getattr(row, name) for name in COLUMNS_2026}
                same = {name: getattr(source, name) for name in COLUMNS_2026}
                self.assertEqual(texts, same)

        before = list(new.rows.order_by("pk").values())
        self.assertEqual(self.carry(plan, rows=taken).row_count, 0)
        self.assertEqual(list(new.rows.order_by("pk").values()), before)
