"""Whatever stands in a cell comes back from it, and no word of it is lost."""

import unittest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.reading.stream import tidy
from tests.forms import PLAN_HEAD
from tests.plans.wordfiles import KEYS, excel, read, rows_of, word_plan

# What XML can hold; openpyxl takes "_x0041_" for a letter, as Excel does.
ALPHABET = st.characters(
    exclude_categories=("Cs", "Cc", "Cn"),
    include_characters="\n\t",
    exclude_characters="_",
)
WORDS = st.sampled_from(
    [
        "Tiêu chí 3.5",
        "MỨC 2",
        "Tiêu chuẩn 1: Tổ chức",
        "Ghi chú",
        "(3)",
        "- mục",
        "II. A",
    ]
)
CELLS = st.tuples(*[st.one_of(st.text(ALPHABET, max_size=30), WORDS) for _ in KEYS])
quick = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


class CellTests(unittest.TestCase):
    def check(self, content, rows):
        found = rows_of(read(content), "criterion", *KEYS)
        wanted = [("3.6", *(tidy(text) for text in cells)) for cells in rows]
        self.assertEqual(found, wanted)

    @quick
    @given(st.lists(CELLS, min_size=1, max_size=2))
    def test_word(self, rows):
        self.check(word_plan(*[("", "Tiêu chí 3.6", *cells) for cells in rows]), rows)

    @quick
    @given(st.lists(CELLS, min_size=1, max_size=2))
    def test_excel(self, rows):
        # A single quote keeps Excel from taking a text for a formula.
        rows = [tuple(text.lstrip("=") for text in cells) for cells in rows]
        lines = [["", "Tiêu chí 3.6", *cells] for cells in rows]
        self.check(excel([list(PLAN_HEAD), *lines]), rows)
