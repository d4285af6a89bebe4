import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from qualityplan.text import control_characters
from tests.plans.yearfiles import YearFileCase, sample

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60).filter(
    lambda text: not control_characters(text) and "\r" not in text
)
TEXTS = TEXTS.map(lambda text: unicodedata.normalize("NFC", text))
LINES = TEXTS.map(lambda text: text.replace("\n", " "))
# A single empty paragraph is no paragraph.
PARAGRAPHS = st.lists(LINES, max_size=4).filter(lambda found: found != [""])
NULLABLE = st.one_of(st.none(), LINES.filter(bool))


@st.composite
def documents(draw):
    """A sample with arbitrary texts wherever the format has a text."""
    document = sample(draw(st.sampled_from(["plan-primary-2018", "plan-2026"])))
    document["introduction"] = draw(st.one_of(st.none(), TEXTS.filter(bool)))
    document["document"]["subject"] = draw(NULLABLE)
    document["document"]["annex_note"] = draw(NULLABLE)
    for key in ("legal_bases", "closing_rows", "recipients"):
        document[key] = draw(PARAGRAPHS)
    text_sections = [s for s in document["sections"] if "paragraphs" in s]
    draw(st.sampled_from(text_sections[1:]))["paragraphs"] = draw(PARAGRAPHS)
    row = draw(st.sampled_from(document["rows"]))
    for key in ("goal", "actions", "responsible", "schedule"):
        row[key] = draw(TEXTS)
    document["signatures"] = [{"capacity": draw(TEXTS), "name": draw(LINES)}]
    return document


class AnyTextTests(YearFileCase, HypothesisTestCase):
    @settings(max_examples=40, deadline=None, derandomize=True, database=None)
    @given(documents())
    def test_any_text_survives(self, document):
        self.assertEqual(self.dumped(self.load_one(document)), document)
