"""Year files in, paper out: every text of the file stands on the DOCX and on the PDF, in
order and in its column. Runs on our own files and, where it is at hand, on the shared
folder of real documents."""

import io
import json
import unittest
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import TestCase

from plans.layouts import layout_for
from plans.models import ImprovementPlan
from reports.official.pdf import write_pdf
from reports.official.plan import plan_document
from reports.official.word import write_docx
from tests.factories.criteria import load_catalogues
from tests.reports.reading import (
    compact,
    docx_tables,
    docx_text,
    pdf_tables,
    pdf_text,
    require_in_order,
)
from tests.reports.yearfiles import narrative, plan_of

OWN = Path(__file__).resolve().parent.parent / "data"
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
TABLES = ("focus_issues", "rows", "monitoring")


class PaperCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()

    def load(self, path):
        call_command("load_year", str(path), stdout=io.StringIO(), stderr=io.StringIO())
        self.plan = ImprovementPlan.objects.with_header().get()
        self.document = plan_document(self.plan)
        return json.loads(path.read_text(encoding="utf-8"))

    def check_word(self, data):
        content = write_docx(self.document)
        require_in_order(narrative(data), docx_text(content))
        for columns, lines, table in self.tables(data, docx_tables(content)):
            body = [row for row in table[1:] if len(row) == len(table[0])]
            self.assertEqual(len(body), len(lines))
            for line, row in zip(lines, body, strict=True):
                cells = [line[column.json_key] for column in columns]
                self.assertEqual(row[-len(cells) :], cells)

    def tables(self, data, tables):
        """Each table of the file: its layout's columns, its lines, its paper."""
        layout, plan = layout_for(self.plan.circular), plan_of(data)
        names = [name for name in TABLES if getattr(layout, name)]
        for name, table in zip(names, tables, strict=True):
            yield getattr(layout, name), plan[name], table

    def check_pdf(self, data):
        content = write_pdf(self.document)
        require_in_order(
            [compact(text) for text in narrative(data)], compact(pdf_text(content))
        )
        rows = pdf_tables(content)
        for name in TABLES:
            columns = getattr(layout_for(self.plan.circular), name)
            for offset, column in enumerate(reversed(columns), start=1):
                texts = [
                    compact(li[column.json_key]) for li in plan_of(data).get(name, [])
                ]
                streams = "".join(
                    compact(row[-offset] or "") for row in rows if len(row) >= offset
                )
                with self.subTest(column=column.label):
                    require_in_order(texts, streams)


@pytest.mark.one_database
class OwnFilesTests(PaperCase):
    def test_every_text_of_a_plan_of_2018_reaches_both_papers(self):
        data = self.load(OWN / "plan-primary-2018.json")
        self.check_word(data)
        self.check_pdf(data)

    def test_plan_of_a_preschool_with_levels_inside_the_standards(self):
        data = self.load(OWN / "plan-preschool-2018.json")
        self.check_word(data)
        self.check_pdf(data)

    def test_every_text_of_a_plan_of_2026_reaches_both_papers(self):
        data = self.load(OWN / "plan-2026.json")
        self.check_word(data)
        self.check_pdf(data)

    def test_plan_inside_an_inspection_record(self):
        data = self.load(OWN / "inspection-2018.json")
        self.check_word(data)
        self.check_pdf(data)

    def test_hostile_texts_stay_as_they_are_in_word(self):
        self.check_word(self.load(OWN / "plan-hostile-2018.json"))


@unittest.skipUnless(
    SEEDS.is_dir(), "the shared folder with the real documents is not here"
)
@pytest.mark.one_database
class RealDocumentsTests(PaperCase):
    def test_002_plan_of_a_primary_school(self):
        data = self.load(SEEDS / "002.json")
        self.check_word(data)
        self.check_pdf(data)

    def test_003_plan_of_a_preschool(self):
        data = self.load(SEEDS / "003.json")
        self.check_word(data)
        self.check_pdf(data)

    def test_004_plan_inside_the_inspection_record(self):
        data = self.load(SEEDS / "004.json")
        self.check_word(data)
        self.check_pdf(data)
