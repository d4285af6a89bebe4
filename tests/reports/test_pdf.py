import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import TestCase, skipUnless

import pdfplumber
import pypdfium2
import pytest

from reports.official.document import Cell, Paragraph, Row
from reports.official.pdf import paper_fonts, write_pdf
from reports.official.typesetting import PaperAddressError, pdf_bytes
from reports.official.word import write_docx
from tests.reports import documents

A4 = (210, 297)
GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def millimetres(points):
    return points * 25.4 / 72


@pytest.mark.one_database
class PageTests(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = write_pdf(documents.legacy_plan(30))
        cls.pdf = pdfplumber.open(BytesIO(cls.file))
        cls.addClassCleanup(cls.pdf.close)

    def test_every_page_is_a4_landscape(self):
        sizes = {
            (round(millimetres(page.width)), round(millimetres(page.height)))
            for page in self.pdf.pages
        }
        self.assertEqual(sizes, {A4[::-1]})

    def test_text_stays_within_the_margins_of_the_decree(self):
        for page in self.pdf.pages:
            words = [
                word for word in page.extract_words() if millimetres(word["top"]) > 15
            ]
            left = millimetres(min(word["x0"] for word in words))
            right = millimetres(max(word["x1"] for word in words))
            bottom = millimetres(max(word["bottom"] for word in words))
            self.assertTrue(left >= 29.9 and right <= 282.1 and bottom <= 190.5)

    def test_page_number_stands_in_the_middle_of_the_top_margin_from_page_2(self):
        marks = []
        for page in self.pdf.pages:
            words = page.crop((0, 0, page.width, 20 * 72 / 25.4)).extract_words()
            marks.append([word["text"] for word in words])
            for word in words:
                middle = millimetres((word["x0"] + word["x1"]) / 2)
                self.assertAlmostEqual(middle, 30 + 252 / 2, delta=0.5)
        expected = [[], *([str(n)] for n in range(2, len(self.pdf.pages) + 1))]
        self.assertEqual(marks, expected)

    def test_head_is_repeated_and_rows_are_not_split(self):
        rows = documents.described_rows(documents.legacy_plan(30))
        whole = [[documents.squeezed(text) for text in row] for row in rows]
        heads = 0
        for page in self.pdf.pages:
            for table in page.extract_tables():
                heads += documents.squeezed("".join(table[0])) == "".join(whole[0])
                for row in table:
                    texts = [
                        documents.squeezed(text) for text in row if text is not None
                    ]
                    self.assertIn(texts, whole)
        self.assertGreater(heads, 2)

    def test_all_fonts_are_embedded(self):
        for page in self.pdf.pages:
            fonts = page.page_obj.resources["Font"].resolve()
            for font in fonts.values():
                (descendant,) = font.resolve()["DescendantFonts"]
                descriptor = descendant.resolve()["FontDescriptor"].resolve()
                self.assertTrue({"FontFile2", "FontFile3"} & set(descriptor))

    def test_title_and_language_are_in_the_file(self):
        title = "KẾ HOẠCH Cải tiến chất lượng giáo dục năm học 2026 - 2027"
        self.assertEqual(self.pdf.metadata["Title"], title)
        self.assertEqual(self.pdf.doc.catalog["Lang"], b"vi")

    def test_same_document_gives_the_same_bytes(self):
        self.assertEqual(write_pdf(documents.legacy_plan(30)), self.file)

    def test_rules_have_the_lengths_of_the_decree(self):
        page = self.pdf.pages[0]
        rules = [_length(rule) for rule in (*page.rects, *page.lines)][:3]
        ratios = []
        for text, rule in zip(
            (
                "TRƯỜNG TIỂU HỌC HỒNG QUANG",
                "Độc lập - Tự do - Hạnh phúc",
                "Cải tiến chất lượng giáo dục năm học 2026 - 2027",
            ),
            rules,
            strict=True,
        ):
            (found,) = page.search(text, regex=False)
            ratios.append(rule / (found["x1"] - found["x0"]))
        self.assertTrue(1 / 3 <= ratios[0] <= 1 / 2, ratios)
        self.assertAlmostEqual(ratios[1], 1, delta=0.03)
        self.assertTrue(1 / 3 <= ratios[2] <= 1 / 2, ratios)


@pytest.mark.one_database
class ClosingTests(TestCase):
    def test_signature_never_stands_alone_whatever_goes_before(self):
        for count in range(4, 20, 3):
            texts = [Paragraph("Dòng đệm.") for _ in range(count)]
            last = Paragraph("Đoạn cuối./.")
            pages = documents.pdf_texts(write_pdf(documents.document(*texts, last)))
            with self.subTest(count):
                self.assertIn("Đoạn cuối./.", pages[-1])
                self.assertIn("HIỆU TRƯỞNG\n", pages[-1])

    def test_last_row_of_a_table_goes_with_the_signature(self):
        for count in range(4, 24, 4):
            plan = documents.document(_lines(count))
            pages = documents.pdf_texts(write_pdf(plan))
            with self.subTest(count):
                self.assertIn(f"Dòng {count - 1}\n", pages[-1])
                self.assertIn("Nơi nhận:", pages[-1])


@pytest.mark.one_database
class LoadTests(TestCase):
    def test_300_rows_are_set(self):
        pages = documents.pdf_texts(write_pdf(documents.document(_lines(300))))
        found = re.findall(r"^Dòng (\d+)$", "\n".join(pages), flags=re.MULTILINE)
        self.assertEqual([int(number) for number in found], list(range(300)))

    def test_row_taller_than_a_page_runs_on_under_its_head(self):
        pages = documents.pdf_texts(write_pdf(documents.one_cell("Dài lắm. " * 2200)))
        self.assertGreater(len(pages), 3)
        self.assertEqual([page for page in pages[:-1] if "Nội dung" not in page], [])
        self.assertEqual("".join(pages).count("lắm."), 2200)


@skipUnless(shutil.which("soffice"), "LibreOffice shows what Word would print")
@pytest.mark.one_database
class WordPageTests(TestCase):
    def test_word_file_has_as_many_pages_as_the_pdf(self):
        samples = {
            "legacy": documents.legacy_plan(30),
            "current": documents.current_plan(12),
            "upright": documents.portrait_report(),
        }
        expected = {
            name: _page_count(write_pdf(plan)) for name, plan in samples.items()
        }
        with TemporaryDirectory() as name:
            folder = Path(name)
            for name, plan in samples.items():
                (folder / f"{name}.docx").write_bytes(write_docx(plan))
            _convert_to_pdf(folder)
            printed = {
                name: _page_count((folder / f"{name}.pdf").read_bytes())
                for name in samples
            }
        self.assertEqual(printed, expected)


class AddressTests(TestCase):
    def test_no_address_outside_the_page_is_followed(self):
        for address in ("file:///etc/passwd", "http://example.com/a.png", "logo.png"):
            for markup in ('<img src="{}">', '<link rel="stylesheet" href="{}">'):
                with self.subTest(address), self.assertRaises(PaperAddressError):
                    pdf_bytes(markup.format(address))

    def test_data_in_the_page_itself_is_allowed(self):
        file = pdf_bytes(f'<img src="{GIF}">')
        self.assertEqual(len(pypdfium2.PdfDocument(file)), 1)


class FontTests(TestCase):
    def test_only_families_of_the_paper_are_reported(self):
        self.assertLessEqual(
            set(paper_fonts()), {"Times New Roman", "Liberation Serif"}
        )


def _page_count(file):
    return len(pypdfium2.PdfDocument(file))


def _convert_to_pdf(folder):
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(file) for file in folder.glob("*.docx")]
    options = ["--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    command = [shutil.which("soffice"), profile, *options, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603


def _lines(count):
    """A table of one column and `count` short rows."""
    rows = [Row((Cell(f"Dòng {number}"),)) for number in range(count)]
    return documents.table(("Nội dung",), (252,), rows)


def _length(rule):
    return rule["x1"] - rule["x0"]
