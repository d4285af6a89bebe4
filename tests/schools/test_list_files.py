"""Files that are no list, and lists that nobody can read."""

from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile

from schools import list_files
from tests.factories.uploads import archive, office
from tests.schools.lists import NEW, SCHOOLS, ListCase, text, xlsx


class FileTests(ListCase):
    def refusal(self, upload, name="truong"):
        outcome, reference = self.look(name, upload)
        self.assertIsNone(reference)
        return " ".join(trouble.message for trouble in outcome.troubles)

    def test_wrong_head(self):
        told = self.refusal(xlsx(["Ten truong", *SCHOOLS[1:]], NEW))
        self.assertIn("Thiếu cột “Tên trường”", told)
        self.assertIn("Cột “Ten truong” không có trong mẫu", told)
        self.assertIn("hai lần", self.refusal(xlsx([*SCHOOLS, SCHOOLS[1]], [*NEW, ""])))

    def test_columns_in_another_order_or_left_out_are_fine(self):
        outcome, _ = self.look("truong", xlsx(["Cấp học", "Tên trường"], NEW[1::-1]))
        self.assertEqual(outcome.words, "1 mới, 0 thay đổi, 0 giữ nguyên")

    def test_formula_cells(self):
        for upload in (
            xlsx(SCHOOLS, [NEW[0], NEW[1], "", "=1+1", "", "", ""]),
            text(SCHOOLS, [NEW[0], NEW[1], "", "=1+1", "", "", ""]),
        ):
            outcome, _ = self.look("truong", upload)
            (trouble,) = outcome.troubles
            self.assertEqual((trouble.row, trouble.column), (2, "Địa chỉ"))
            self.assertIn("công thức", trouble.message)
        self.assertIn("công thức", self.refusal(xlsx(SCHOOLS, ["=A1", *NEW[1:]])))

    def test_files_that_are_none(self):
        for upload, words in (
            (SimpleUploadedFile("a.xlsx", b"PK\x03\x04rest"), "Tệp"),
            (SimpleUploadedFile("a.xlsx", office("docx")), "không phải tệp Excel"),
            (SimpleUploadedFile("a.xlsx", office("xlsx")), "Không đọc được bảng"),
            (SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "Chỉ nhận tệp Excel"),
            (SimpleUploadedFile("a", b"x"), "Chỉ nhận tệp Excel"),
            (text(SCHOOLS, NEW, encoding="utf-16"), "UTF-8"),
            (SimpleUploadedFile("a.csv", b"x\x00y\n\x00"), ""),
            (SimpleUploadedFile("a.csv", b'"' + b"x" * 200_000), "Không đọc được"),
            (xlsx(SCHOOLS), "không có dòng dữ liệu"),
            (xlsx(), "không có dòng dữ liệu"),
            (xlsx(SCHOOLS, [*NEW, "thừa"]), "ngoài các cột"),
            (SimpleUploadedFile("a.xlsx", archive({"a": "0" * 20_000_000})), "Tệp nén"),
        ):
            with self.subTest(name=upload.name, words=words):
                self.assertIn(words, self.refusal(upload))

    def test_too_many_rows(self):
        rows = [[f"Trường {n}", "Tiểu học", "", "", "", "", ""] for n in range(5001)]
        self.assertIn("hơn 5.000 dòng", self.refusal(text(SCHOOLS, *rows)))

    def test_large_file_is_refused_before_it_is_read(self):
        upload = SimpleUploadedFile(
            "a.xlsx", b"PK\x03\x04" + b"0" * list_files.MOST_BYTES
        )
        with mock.patch("schools.importing.read_list", side_effect=AssertionError):
            self.assertIn("quá mức 5 MB", self.refusal(upload))
