"""Columns that go where the texts are."""

from dataclasses import replace
from io import BytesIO
from unittest import TestCase

from docx import Document

from reports.official import arrangement, measures
from reports.official.document import Cell, Orientation, Row
from reports.official.fitting import fitted
from reports.official.lettering import bold_width_mm
from reports.official.word import write_docx
from tests.reports import documents

HEAD = ("TT", "Tiêu chuẩn, tiêu chí", "Kế hoạch", "Điều chỉnh", "Kết quả", "Ghi chú")
WIDTHS = (10, 34, 60, 60, 60, 28)
LONG = "Tổ chức sinh hoạt chuyên môn theo nghiên cứu bài học ở các tổ. " * 12


def table(*rows, widths=WIDTHS):
    cells = [Row(tuple(Cell(text) for text in row)) for row in rows]
    return documents.table(HEAD[: len(widths)], widths, cells)


def widths_of(found):
    return tuple(column.width_mm for column in found.columns)


def height(found):
    return sum(arrangement.heights_mm(found.body, widths_of(found)))


class FittedTests(TestCase):
    def test_an_empty_column_gives_its_room_to_the_full_ones(self):
        usual = table(*[["1", "Tiêu chí 1.1", LONG, "", LONG, ""]] * 9)
        found = fitted(usual)
        self.assertEqual(sum(widths_of(found)), sum(WIDTHS))
        self.assertEqual(widths_of(found)[0], 10)
        self.assertLess(widths_of(found)[3], 25)
        self.assertGreater(min(widths_of(found)[2], widths_of(found)[4]), 75)
        self.assertLess(height(found), 0.85 * height(usual))
        self.assertEqual((found.head, found.body), (usual.head, usual.body))

    def test_the_longest_words_of_head_and_body_stay_on_one_line(self):
        words = ["1", "Nghiêng-ngả", LONG, "31/12/2026", LONG, ""]
        found = fitted(table(*[words] * 9))
        self.assertNotEqual(widths_of(found), WIDTHS)
        for column, width in enumerate(widths_of(found)):
            for text in (HEAD[column], words[column]):
                for word in text.split():
                    needed = bold_width_mm(word, 12) + 2 * measures.CELL_SIDE_MM
                    self.assertLess(needed, width, word)

    def test_a_word_longer_than_its_column_does_not_rule_the_others(self):
        address = "https://example.edu.vn/" + "a" * 200
        usual = table(*[["1", address, LONG, "", LONG, ""]] * 9)
        self.assertLess(widths_of(fitted(usual))[1], 100)

    def test_what_saves_little_is_left_as_the_form_has_it(self):
        short = ["", "Tiêu chí 1.1", "Một", "", "Hai", ""]
        full = ["", LONG[:150], *[LONG[:300]] * 3, LONG[:130]]
        for rows in ([], [short] * 3, [full] * 9):
            usual = table(*rows)
            self.assertIs(fitted(usual), usual)

    def test_a_narrower_paper(self):
        usual = table(*[["1", LONG, "", ""]] * 9, widths=(10, 45, 60, 50))
        found = fitted(usual, Orientation.PORTRAIT)
        self.assertEqual(sum(widths_of(found)), 165)
        self.assertGreater(widths_of(found)[1], 100)


class SplitTests(TestCase):
    """A row that takes more than its share of a page may go on overleaf, in both files."""

    def tall(self, **changes):
        """For each row: as it is reckoned, and as the Word file has it."""
        rows = [["1", "Ngắn", "Một", "", "", ""], ["2", "Dài", LONG, "", "", ""]]
        found = replace(table(*rows), **changes)
        file = Document(BytesIO(write_docx(documents.document(found))))
        _head, *body = file.tables[1].rows
        whole = [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in body]
        return list(arrangement.tall_rows(found, Orientation.LANDSCAPE)), whole

    def test_a_row_of_half_a_page_stays_whole_unless_the_table_says_so(self):
        self.assertEqual(self.tall(), ([False, False], [True, True]))
        self.assertEqual(self.tall(splits_from=0.25), ([False, True], [True, False]))
