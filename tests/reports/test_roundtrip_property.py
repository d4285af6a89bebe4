"""Texts go into a workbook and come back as they were."""

import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyCase
from openpyxl import load_workbook

from plans.cells import Edit, save_cells
from plans.models import ImprovementPlan
from plans.tables import ROWS
from qualityplan.text import clean
from reports.roundtrip.books import plan_book
from reports.roundtrip.comparing import compare
from reports.roundtrip.reading import read_book
from reports.roundtrip.stamping import stamp_of
from reports.roundtrip.writing import write_book
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast

TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("=+-@ \n\t_xX0041'\"<&>ạ\u0323e\u0301\r\x0b\ufffe"),
    ),
    max_size=60,
)


@pytest.mark.one_database
class PropertyTests(PropertyCase):
    """Any text goes out and comes back as it was, and no cell is a formula."""

    def setUp(self):
        load_catalogues()
        self.cast = make_cast()
        self.plan = make_plan(2024, school=self.cast.school, rows=2)

    @settings(max_examples=40, deadline=None)
    @given(texts=st.lists(TEXTS, min_size=4, max_size=4))
    def test_texts_survive(self, texts):
        first, second = self.plan.rows.all()
        edits = [
            Edit(ROWS, line.pk, field, text, None)
            for (line, field), text in zip(
                [
                    (first, "goal"),
                    (first, "note"),
                    (second, "goal"),
                    (second, "actions"),
                ],
                texts,
                strict=True,
            )
        ]
        save_cells(self.plan.pk, edits, by=self.cast.principal)
        book = plan_book(ImprovementPlan.objects.with_header().get(pk=self.plan.pk))
        content = write_book(book)
        for page in load_workbook(io.BytesIO(content)):
            for row in page.iter_rows():
                self.assertTrue(all(cell.data_type != "f" for cell in row))
        back = read_book(content, book)
        comparison = compare(book, back)
        self.assertTrue(comparison.is_empty)
        self.assertEqual((comparison.gone, comparison.closed), ([], []))
        rows = {row.pk: row.texts for row in back.rows[ROWS.slug]}
        for edit in edits:
            self.assertEqual(rows[edit.line][edit.field], clean(edit.text))
            self.assertTrue(
                unicodedata.is_normalized("NFC", rows[edit.line][edit.field])
            )
        self.assertEqual(
            back.stamp.cells, read_book(write_book(book), book).stamp.cells
        )
        self.assertEqual(stamp_of(book).count("\n"), 0)
