"""What is typed reaches Word, HTML and PDF unchanged, in the same cell."""

import unicodedata
from unittest import TestCase

import pytest
from lxml import html

from reports.official.document import Heading, Paragraph
from reports.official.markup import sheet_html
from reports.official.pdf import write_pdf
from reports.official.word import write_docx
from tests.reports import documents

SAMPLES = {
    "nine columns": documents.legacy_plan(),
    "nine columns, 30 rows": documents.legacy_plan(30),
    "ten columns": documents.current_plan(),
    "ten columns, one row": documents.current_plan(1),
    "ten columns, no row": documents.current_plan(0),
    "upright": documents.portrait_report(),
    "annex": documents.annex(),
}


@pytest.mark.one_database
class CellTests(TestCase):
    def test_html_and_word_hold_the_cells_of_the_document(self):
        for name, sample in SAMPLES.items():
            expected = documents.described_rows(sample)
            with self.subTest(name):
                self.assertEqual(documents.html_rows(sheet_html(sample)), expected)
                self.assertEqual(documents.docx_rows(write_docx(sample)), expected)

    def test_pdf_holds_the_cells_of_the_document(self):
        for name, sample in SAMPLES.items():
            expected = _squeezed(documents.described_rows(sample))
            with self.subTest(name):
                rows = _squeezed(documents.pdf_rows(write_pdf(sample)))
                self.assertEqual(rows, expected)


@pytest.mark.one_database
class TextTests(TestCase):
    def test_the_three_say_the_same_from_letterhead_to_signature(self):
        for name, sample in SAMPLES.items():
            tree = html.fromstring(sheet_html(sample))
            markup = documents.squeezed(tree.text_content())
            word = documents.squeezed(documents.docx_text(write_docx(sample)))
            with self.subTest(name):
                self.assertEqual(word, markup)

    def test_pdf_has_every_paragraph_in_order(self):
        sample = documents.legacy_plan()
        pdf = documents.squeezed("".join(documents.pdf_texts(write_pdf(sample))))
        position = 0
        for block in sample.blocks:
            if isinstance(block, Heading | Paragraph):
                found = pdf.find(documents.squeezed(block.text), position)
                self.assertGreaterEqual(found, position, block.text)
                position = found


@pytest.mark.one_database
class StrangeTextTests(TestCase):
    def test_markup_formulas_and_signs_are_only_text(self):
        for text in (
            "<script>alert(1)</script>",
            "A & B &amp; C < D > E \"F\" 'G'",
            "=cmd|' /C calc'!A0",
            "{{ 7 * 7 }} {% now %} ${x} $y",
            "]]> <!-- --> <?xml?>",
            "a\nb\n\nc",
            "tiếng Việt: ưỡng ợ ẫ Đ đ",
        ):
            with self.subTest(text):
                self._assert_same(text, text)

    def test_decomposed_letters_are_composed(self):
        text = "Kế hoạch cải tiến chất lượng"
        self._assert_same(unicodedata.normalize("NFD", text), text)

    def test_signs_that_xml_forbids_are_left_out(self):
        self._assert_same("a\x00b\x0bc\x1fd\ud800e\ufffe", "abcde")

    def test_emoji_and_zero_width_signs_survive(self):
        text = "Tốt 👍🏽 gia\u200bđình 👨\u200d👩\u200d👧"
        self._assert_same(text, text, in_pdf=False)
        self.assertTrue(write_pdf(documents.one_cell(text)))

    def test_20000_signs_in_a_cell_arrive(self):
        text = ("Nội dung rất dài của hoạt động. " * 625).strip()
        self._assert_same(text, text, in_pdf=False)
        pdf = "".join(documents.pdf_texts(write_pdf(documents.one_cell(text))))
        self.assertEqual(documents.squeezed(pdf).count("rấtdài"), 625)

    def _assert_same(self, given, printed, *, in_pdf=True):
        sample = documents.one_cell(given)
        expected = [["Nội dung"], [printed]]
        self.assertEqual(documents.html_rows(sheet_html(sample)), expected)
        self.assertEqual(documents.docx_rows(write_docx(sample)), expected)
        if in_pdf:
            rows = _squeezed(documents.pdf_rows(write_pdf(sample)))
            self.assertEqual(rows, _squeezed(expected))


def _squeezed(rows):
    return [[documents.squeezed(text) for text in row] for row in rows]
