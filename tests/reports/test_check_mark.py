"""The check mark at the foot of the first page, in every format, and only there."""

import base64
import io
import re
import unittest
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import openpyxl
import pdfplumber
from lxml import html
from PIL import Image

from reports.official import check_mark, measures
from reports.official.check_mark import ALPHABET, new_code, normalised
from reports.official.document import CheckMark
from reports.official.markup import page_html, paginated, sheet_html
from reports.official.pdf import write_pdf
from reports.official.word import write_docx
from reports.official.workbook import write_xlsx
from tests.reports import documents
from tests.reports.documents import W, docx_root, docx_text, squeezed

CODE = "7K3QX-M0RTA"
MARK = CheckMark(CODE, f"https://kehoach.example.edu.vn/tra-cuu/{CODE}")
TEXT = f"Mã tra cứu: {CODE} · {MARK.url}"
SAMPLES = {
    "wide, three pages": documents.legacy_plan(12),
    "upright": documents.portrait_report(),
    "annex": documents.annex(),
}


def marked(document, mark=MARK):
    return replace(document, check_mark=mark)


class CodeTests(unittest.TestCase):
    def test_new_codes_are_two_groups_of_five_and_differ(self):
        codes = {new_code() for _ in range(200)}
        self.assertEqual(len(codes), 200)
        for code in codes:
            self.assertRegex(code, rf"\A[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}\Z")
            self.assertEqual(normalised(code), code)

    def test_no_letter_looks_like_another(self):
        self.assertEqual(len(ALPHABET), 32)
        self.assertFalse(set("ILOU") & set(ALPHABET))

    def test_code_as_people_type_it(self):
        for typed in (
            "7k3qx-m0rta",
            " 7K3QX M0RTA ",
            "7K3QXMORTA",
            "7K3QX–M0RTA",
            "7k3.qxm.orta",
        ):
            self.assertEqual(normalised(typed), CODE, typed)
        self.assertEqual(normalised("LILOO-00000"), "11100-00000")

    def test_what_can_be_no_code(self):
        for typed in ("", "7K3QX", CODE + "7", "7K3QX-M0RTU", "7K3QX/M0RTA", "ß" * 10):
            self.assertEqual(normalised(typed), "", typed)


class PictureTests(unittest.TestCase):
    def test_svg_and_png_show_the_same_modules(self):
        modules = check_mark.qr_modules(MARK.url)
        self.assertEqual(len({len(row) for row in modules}), 1)
        picture = Image.open(io.BytesIO(check_mark.qr_png(MARK.url)))
        self.assertEqual(picture.size[0] % len(modules), 0)
        step = picture.size[0] // len(modules)
        seen = [
            [not picture.getpixel((x * step + step // 2, y * step + step // 2))
             for x in range(len(modules))]
            for y in range(len(modules))
        ]  # fmt: skip
        self.assertEqual(seen, modules)
        drawn = re.findall(r"M(\d+) (\d+)h1v1h-1z", check_mark.qr_svg(MARK.url))
        dark = {
            (x, y) for y, row in enumerate(modules) for x, on in enumerate(row) if on
        }
        self.assertEqual({(int(x), int(y)) for x, y in drawn}, dark)

    def test_three_corners_are_those_of_a_qr(self):
        modules = check_mark.qr_modules(MARK.url)
        ring = [True, False, True, True, True, False, True]
        for row in (3, -4):
            self.assertEqual(modules[row][:7], ring)
        self.assertEqual(modules[3][-7:], ring)
        self.assertNotEqual(modules[-4][-7:], ring)

    def test_other_address_other_picture(self):
        other = check_mark.qr_svg(MARK.url.replace("7K3", "7K4"))
        self.assertNotEqual(check_mark.qr_svg(MARK.url), other)


class FormatTests(unittest.TestCase):
    def test_same_document_gives_the_same_bytes(self):
        for name, sample in SAMPLES.items():
            for write in (write_docx, write_pdf, page_html):
                with self.subTest(name, writer=write.__name__):
                    self.assertEqual(write(marked(sample)), write(marked(sample)))

    def test_no_mark_leaves_no_trace(self):
        for sample in SAMPLES.values():
            self.assertNotIn('<div class="check-mark">', page_html(sample))
            names = zipfile.ZipFile(io.BytesIO(write_docx(sample))).namelist()
            self.assertFalse([n for n in names if "footer" in n or "media" in n])
            self.assertNotIn(b"/Image", write_pdf(sample))
            sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(sample))).active
            self.assertIsNone(sheet.firstFooter.left.text)

    def test_pages_break_where_they_did(self):
        for name, sample in SAMPLES.items():
            with self.subTest(name):
                before = documents.pdf_texts(write_pdf(sample))
                after = documents.pdf_texts(write_pdf(marked(sample)))
                self.assertEqual(after[0], f"{before[0]}\n{TEXT}")
                self.assertEqual(after[1:], before[1:])

    def test_word_and_html_and_pdf_say_the_same(self):
        for name, sample in SAMPLES.items():
            file = write_docx(marked(sample))
            footer = docx_text_of_footer(file)
            tree = html.fromstring(sheet_html(marked(sample)))
            with self.subTest(name):
                self.assertEqual(footer, TEXT)
                self.assertEqual(docx_text(file), docx_text(write_docx(sample)))
                said = squeezed(tree.text_content())
                self.assertEqual(said, squeezed(TEXT + docx_text(file)))

    def test_signs_of_markup_in_the_address_are_only_text(self):
        mark = CheckMark(CODE, 'https://example.vn/?a=1&b="<c>"')
        sample = marked(documents.portrait_report(), mark)
        text = f"Mã tra cứu: {CODE} · {mark.url}"
        tree = html.fromstring(sheet_html(sample))
        self.assertEqual(tree.findtext(".//div[@class='check-mark']/p"), text)
        self.assertEqual(docx_text_of_footer(write_docx(sample)), text)
        # Not read back by openpyxl: it does not know "&&" for "&".
        with zipfile.ZipFile(io.BytesIO(write_xlsx(sample))) as archive:
            sheet = ElementTree.fromstring(  # noqa: S314 - our own
                archive.read("xl/worksheets/sheet1.xml")
            )
        footer = sheet.findtext(".//{*}firstFooter")
        self.assertTrue(footer.endswith(text.replace("&", "&&")), footer)


class MarkupTests(unittest.TestCase):
    def test_only_the_first_page_has_it(self):
        pages = paginated(marked(documents.legacy_plan(12)))
        self.assertGreater(len(pages), 1)
        has_mark = [TEXT in page.html for page in pages]
        self.assertEqual(has_mark, [True] + [False] * (len(pages) - 1))

    def test_picture_stands_in_the_page_itself_and_has_words(self):
        tree = html.fromstring(sheet_html(marked(documents.portrait_report())))
        (picture,) = tree.iterfind(".//img")
        kind, _, content = picture.get("src").partition(",")
        self.assertEqual(kind, "data:image/svg+xml;base64")
        drawn = base64.b64decode(content).decode()
        self.assertEqual(drawn, check_mark.qr_svg(MARK.url))
        self.assertTrue(ElementTree.fromstring(drawn).tag.endswith("svg"))  # noqa: S314 - our own
        self.assertIn(MARK.url, picture.get("alt"))
        self.assertNotIn("style=", html.tostring(tree).decode())


class PdfTests(unittest.TestCase):
    def test_mark_is_in_the_bottom_margin_small_and_black(self):
        for name, sample in SAMPLES.items():
            with (
                self.subTest(name),
                pdfplumber.open(io.BytesIO(write_pdf(marked(sample)))) as pdf,
            ):
                page = pdf.pages[0]
                margin = measures.MARGIN_BOTTOM_MM / measures.MM_PER_PT
                foot = page.crop((0, page.height - margin, page.width, page.height))
                self.assertEqual(foot.extract_text(), TEXT)
                sizes = {round(each["size"], 1) for each in foot.chars}
                self.assertEqual(sizes, {measures.CHECK_MARK_PT})

    def test_qr_is_drawn_and_no_picture_blurs_it(self):
        with pdfplumber.open(
            io.BytesIO(write_pdf(marked(documents.portrait_report())))
        ) as pdf:
            page = pdf.pages[0]
            self.assertEqual(page.images, [])
            size = measures.CHECK_MARK_QR_MM / measures.MM_PER_PT
            foot = page.height - measures.MARGIN_BOTTOM_MM / measures.MM_PER_PT
            drawn = [each for each in page.curves + page.rects if each["top"] > foot]
            self.assertAlmostEqual(max(d["x1"] for d in drawn) - min(d["x0"] for d in drawn), size, 1)  # fmt: skip
            self.assertAlmostEqual(
                min(d["x0"] for d in drawn),
                measures.MARGIN_LEFT_MM / measures.MM_PER_PT,
                1,
            )


class WordTests(unittest.TestCase):
    def test_only_the_first_page_has_the_footer(self):
        for sample in SAMPLES.values():
            package = docx.Document(io.BytesIO(write_docx(marked(sample))))
            (section,) = package.sections
            self.assertTrue(section.different_first_page_header_footer)
            self.assertTrue(section.footer.is_linked_to_previous)
            self.assertAlmostEqual(
                section.bottom_margin.mm, measures.MARGIN_BOTTOM_MM, 1
            )

    def test_picture_has_its_size_and_words(self):
        file = write_docx(marked(documents.portrait_report()))
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            (name,) = [n for n in archive.namelist() if "/media/" in n]
            self.assertEqual(archive.read(name), check_mark.qr_png(MARK.url))
        root = docx_root(file, footer_name(file))
        (extent,) = root.iterfind(".//{*}extent")
        self.assertEqual(int(extent.get("cx")), measures.CHECK_MARK_QR_MM * 36000)
        self.assertEqual(extent.get("cx"), extent.get("cy"))
        self.assertIn(MARK.url, root.find(".//{*}docPr").get("descr"))

    def test_text_is_times_new_roman_and_small(self):
        file = write_docx(marked(documents.portrait_report()))
        root = docx_root(file, footer_name(file))
        run = next(r for r in root.iter(f"{W}r") if r.find(f"{W}t") is not None)
        properties = run.find(f"{W}rPr")
        self.assertEqual(
            properties.find(f"{W}rFonts").get(f"{W}ascii"), "Times New Roman"
        )
        size = properties.find(f"{W}sz").get(f"{W}val")
        self.assertEqual(size, str(2 * measures.CHECK_MARK_PT))


class WorkbookTests(unittest.TestCase):
    def test_first_page_prints_it(self):
        file = write_xlsx(marked(documents.legacy_plan()))
        sheet = openpyxl.load_workbook(io.BytesIO(file)).active
        self.assertEqual(sheet.firstFooter.left.text, TEXT)
        self.assertIsNone(sheet.oddFooter.left.text)


def footer_name(file):
    names = zipfile.ZipFile(io.BytesIO(file)).namelist()
    (name,) = [name for name in names if re.fullmatch(r"word/footer\d+\.xml", name)]
    return name


def docx_text_of_footer(file):
    root = docx_root(file, footer_name(file))
    return "".join(text.text for text in root.iter(f"{W}t"))
