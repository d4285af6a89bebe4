import io
import json

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase

from plans.reading import refusals
from tests.plans.wordfiles import LIBRARY, saved, word_plan
from tests.plans.yearfiles import YearFileCase


class ReadDocumentTests(YearFileCase, SimpleTestCase):
    @classmethod
    def setUpTestData(cls):
        """Reading asks no database: the catalogues are not needed."""

    def run_command(self, content, **options):
        path = self.write(content, "ke hoach.docx")
        output = io.StringIO()
        with self.assertNumQueries(0):
            call_command("read_document", str(path), stdout=output, **options)
        return output.getvalue()

    def word(self):
        rows = [("", "Tiêu chí 3.6", *LIBRARY), ("", "Tiêu chí 1.1", *LIBRARY)]
        return word_plan(*rows)

    def test_json_is_one_object_of_the_interchange_format(self):
        data = json.loads(self.run_command(saved(self.word()), json=True))
        self.assertEqual(
            (data["format"], data["kind"], data["school_year"], data["report"]),
            ("qualityplan/1", "improvement_plan", "2023-2024", []),
        )
        self.assertEqual([row["criterion"] for row in data["rows"]], ["3.6", "1.1"])

    def test_summary_names_school_year_rows_and_doubts(self):
        document = self.word()
        document.add_paragraph("Một câu không có chỗ.")
        self.assertEqual(
            self.run_command(saved(document)).splitlines(),
            [
                "Loại văn bản: kế hoạch cải tiến chất lượng",
                "Trường: Trường Tiểu học Lá Phong",
                "Năm học: 2023-2024",
                "Thông tư: 17/2018/TT-BGDĐT",
                "Số dòng: 2 (tiêu chuẩn 1: 1, tiêu chuẩn 3: 1)",
                "Chỗ cần xem lại: 0",
                "Đoạn chữ chưa xếp được: 1",
                "- đoạn 5: Một câu không có chỗ.",
            ],
        )

    def test_refused_file_ends_with_status_2_and_its_message(self):
        with self.assertRaises(CommandError) as caught:
            self.run_command("không phải Word")
        self.assertEqual(caught.exception.returncode, 2)
        self.assertEqual(str(caught.exception), refusals.TEXT)

    def test_refused_file_as_json(self):
        path = self.write("không phải Word", "a.docx")
        output = io.StringIO()
        with self.assertRaises(SystemExit) as caught:
            call_command("read_document", str(path), json=True, stdout=output)
        self.assertEqual(caught.exception.code, 2)
        self.assertEqual(json.loads(output.getvalue()), {"error": refusals.TEXT})
