"""Lists that are larger than they look, and texts that look like formulas."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase
from tablib import Dataset

from schools import list_files
from tests.effort import cpu_seconds
from tests.schools.lists import NEW, SCHOOLS, ListCase, text, xlsx


@pytest.mark.one_database
class LimitTests(ListCase):
    def refusal(self, upload):
        """The messages; refused sooner than the longest honest list is read."""
        full = xlsx(SCHOOLS, *([NEW] * 4_999)).read()
        reading = cpu_seconds(lambda: list_files.read_list("ds.xlsx", full))
        seen = []
        self.assertLess(
            cpu_seconds(lambda: seen.append(self.look("truong", upload))), 2 * reading
        )
        ((outcome, reference),) = seen
        self.assertIsNone(reference)
        return [trouble.message for trouble in outcome.troubles]

    def test_row_that_claims_the_last_place_of_a_sheet(self):
        last = xlsx(SCHOOLS, *([[]] * 1_048_000), NEW)
        (told,) = self.refusal(last)
        self.assertIn("hơn 5.000 dòng", told)

    def test_head_with_a_hundred_thousand_columns(self):
        head = ",".join(f"c{n}" for n in range(100_000))
        (told,) = self.refusal(SimpleUploadedFile("a.csv", f"{head}\n1".encode()))
        self.assertIn("cột", told)

    def test_blank_rows_in_between_are_no_rows(self):
        blank = [""] * len(SCHOOLS)
        outcome, _ = self.look("truong", text(SCHOOLS, *([blank] * 300), NEW))
        self.assertEqual(len(outcome.new), 1)


class ApostropheTests(SimpleTestCase):
    def test_every_text_comes_back_from_csv_as_it_was(self):
        for cell in ("=1", "'=1", "''-x", "- việc", "'lời'", "'", "@a", "+84", "a=b"):
            data = Dataset(headers=["Cột"])
            data.append([cell])
            content = list_files.write_csv(data)
            with self.subTest(cell=cell):
                back = list_files.read_list("a.csv", content)
                self.assertEqual(back["Cột"], [cell])
                first = content.decode("utf-8-sig").splitlines()[1]
                self.assertNotIn(first[:1], {"=", "+", "-", "@"})
