import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from tests.plans.yearfiles import YearFileCase, sample

# All that a text may hold: everything but control characters.
LETTERS = st.characters(
    exclude_categories=("Cc", "Cs"),
    include_characters="\t\n",
    exclude_characters="\ufffe\uffff",
)


def texts(least=0):
    text = st.text(LETTERS, min_size=least, max_size=40)
    return text.map(lambda text: unicodedata.normalize("NFC", text))


def lines(least=0):
    return texts(least).map(lambda text: text.replace("\n", " "))


# A single empty paragraph is no paragraph: the first one has a letter at least.
PARAGRAPHS = st.one_of(
    st.just([]),
    st.builds(
        lambda first, more: [first, *more], lines(1), st.lists(lines(), max_size=3)
    ),
)
NULLABLE = st.one_of(st.none(), lines(1))


@st.composite
def documents(draw):
    """A sample with arbitrary texts wherever the format has a text."""
    document = sample(draw(st.sampled_from(["plan-primary-2018", "plan-2026"])))
    document["introduction"] = draw(st.one_of(st.none(), texts(1)))
    document["document"]["subject"] = draw(NULLABLE)
    document["document"]["annex_note"] = draw(NULLABLE)
    for key in ("legal_bases", "closing_rows", "recipients"):
        document[key] = draw(PARAGRAPHS)
    text_sections = [s for s in document["sections"] if "paragraphs" in s]
    draw(st.sampled_from(text_sections[1:]))["paragraphs"] = draw(PARAGRAPHS)
    row = draw(st.sampled_from(document["rows"]))
    for key in ("goal", "actions", "responsible", "schedule"):
        row[key] = draw(texts())
    document["signatures"] = [{"capacity": draw(texts()), "name": draw(lines())}]
    return document


class AnyTextTests(YearFileCase, HypothesisTestCase):
    @settings(max_examples=40, deadline=None, derandomize=True, database=None)
    @given(documents())
    def test_any_text_survives(self, document):
        self.assertEqual(self.dumped(self.load_one(document)), document)
