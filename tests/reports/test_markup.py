import re
from dataclasses import replace
from unittest import TestCase

from lxml import html

from reports.official.document import Heading, Paragraph, Signature
from reports.official.markup import page_html, paginated, sheet_html
from reports.official.stylesheet import paper_css
from tests.reports import documents

HOSTILE = "<script>alert('x')</script> & \"=cmd|' /C calc'!A0"


class SheetTests(TestCase):
    def test_strict_page_needs_no_inline_style_or_script(self):
        sheet = sheet_html(documents.legacy_plan(), lambda ref: f"/{ref}/")
        self.assertNotRegex(sheet, r"(?i)\sstyle=|<style|<script|\son\w+=")

    def test_every_class_of_a_width_has_a_rule(self):
        for plan in (documents.legacy_plan(), documents.portrait_report()):
            used = set(re.findall(r"\b(?:mm|size|rule)-\d+\b", sheet_html(plan)))
            known = set(re.findall(r"\.((?:mm|size|rule)-\d+)\b", paper_css()))
            self.assertTrue(used and used <= known, used - known)

    def test_screen_rules_touch_nothing_but_the_paper(self):
        rules = re.sub(r"/\*.*?\*/|@media \w+ \{", "", paper_css(), flags=re.DOTALL)
        selectors = re.findall(r"(?:^|\})\s*([^{}@]+)\{", rules)
        self.assertTrue(selectors)
        for selector in ", ".join(selectors).split(", "):
            self.assertRegex(
                selector.strip(), r"^\.paper|^top-center|^landscape|^portr"
            )

    def test_hostile_texts_are_escaped_wherever_they_stand(self):
        plan = documents.one_cell(HOSTILE)
        plan = replace(
            plan,
            title=HOSTILE,
            subject=HOSTILE,
            bases=(HOSTILE,),
            addressees=(HOSTILE,),
            recipients=(HOSTILE, HOSTILE),
            signatures=(Signature((HOSTILE,), HOSTILE, HOSTILE, HOSTILE),),
            letterhead=documents.letterhead(
                superior=HOSTILE, issuer=HOSTILE, number=HOSTILE
            ),
            blocks=(*plan.blocks, Heading(HOSTILE, ref="x"), Paragraph(HOSTILE)),
        )
        page = page_html(plan) + sheet_html(plan, lambda ref: f'/"{ref}">')
        self.assertEqual(html.fromstring(page).xpath("//script"), [])
        self.assertNotIn("<script", page)

    def test_heads_of_tables_are_heads_and_keep_their_spans(self):
        tree = html.fromstring(sheet_html(documents.portrait_report()))
        heads = [
            (th.get("scope"), th.get("colspan"), th.get("rowspan"))
            for th in tree.xpath("//thead/tr/th")
        ]
        expected = [
            ("col", None, "2"),
            ("colgroup", "2", None),
            ("col", None, "2"),
            ("col", None, None),
            ("col", None, None),
        ]
        self.assertEqual(heads, expected)

    def test_unknown_block_is_refused(self):
        with self.assertRaises(TypeError):
            sheet_html(documents.document(object()))

    def test_page_names_its_language_and_title(self):
        tree = html.fromstring(page_html(documents.document()))
        title = "KẾ HOẠCH Cải tiến chất lượng giáo dục năm học 2026 - 2027"
        self.assertEqual((tree.get("lang"), tree.findtext("head/title")), ("vi", title))


class PaginationTests(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.plan = documents.legacy_plan(30)
        cls.pages = paginated(cls.plan, {"row-3": "/rows/3/"}.get)
        cls.trees = [html.fromstring(page.html) for page in cls.pages]

    def test_pages_hold_every_row_once_and_in_order(self):
        rows = [
            [cell.text_content().removesuffix("Sửa") for cell in row.xpath("./td")]
            for tree in self.trees
            for row in tree.xpath("//table[contains(@class, 'grid')]/tbody/tr")
        ]
        self.assertGreater(len(self.pages), 2)
        self.assertEqual(rows, documents.described_rows(self.plan)[1:])

    def test_head_of_a_table_is_repeated_on_each_of_its_pages(self):
        grids = [tree.xpath("//table[contains(@class, 'grid')]") for tree in self.trees]
        with_rows = [grid for (grid,) in filter(None, grids)]
        self.assertGreater(len(with_rows), 2)
        for grid in with_rows:
            self.assertEqual(len(grid.xpath("./thead/tr/th")), 9)

    def test_first_page_has_no_number_and_the_others_have_theirs(self):
        numbers = [
            tree.xpath("string(//p[@class='page-number'])") for tree in self.trees
        ]
        expected = ["", *(str(n) for n in range(2, len(self.pages) + 1))]
        self.assertEqual(numbers, expected)

    def test_only_a_ref_with_an_address_gets_a_link_that_says_what_it_edits(self):
        links = [link for tree in self.trees for link in tree.xpath("//a")]
        attributes = [(link.get("href"), link.get("aria-label")) for link in links]
        label = "Sửa: Tiêu chí 1.4 Cơ cấu tổ chức"
        self.assertEqual(attributes, [("/rows/3/", label)])

    def test_page_of_a_row_that_runs_on_says_so(self):
        pages = paginated(documents.one_cell("Nội dung rất dài. " * 1100))
        self.assertIn("tiếp theo", pages[1].html)
