import unittest
from types import SimpleNamespace

from qualityplan.downloads import ascii_name, attachment
from reports.filenames import document_name, issued_name, short_name


def plan(name="Trường Tiểu học Nguyễn Sơn Hà", number=5):
    return SimpleNamespace(
        document_type="KH",
        number=number,
        is_open=False,
        school=SimpleNamespace(name=name),
        school_year="2022-2023",
    )


class FilenameTests(unittest.TestCase):
    def test_name_says_type_number_school_and_year(self):
        name = document_name(plan(), "docx")
        self.assertEqual(name, "KH-05-TH Nguyễn Sơn Hà-2022-2023.docx")
        self.assertEqual(ascii_name(name), "KH-05-TH Nguyen Son Ha-2022-2023.docx")

    def test_draft_says_so(self):
        self.assertEqual(
            ascii_name(document_name(plan(number=None), "pdf")),
            "KH-du thao-TH Nguyen Son Ha-2022-2023.pdf",
        )

    def test_what_may_still_change_is_a_draft_whatever_number_it_had(self):
        adjusting = plan()
        adjusting.is_open = True
        self.assertIn("du thao", document_name(adjusting, "pdf"))

    def test_issued_annex_has_no_number(self):
        annex = plan(number=None)
        annex.document_type, annex.is_annex = "BC", True
        self.assertTrue(document_name(annex, "pdf").startswith("BC-phu luc-TH"))

    def test_old_document_keeps_the_number_it_was_issued_under(self):
        issued = SimpleNamespace(
            owner=plan(number=19),
            snapshot={"document": {"number": 5, "type": "KH"}},
        )
        self.assertTrue(issued_name(issued, "pdf").startswith("KH-05-TH"))

    def test_kinds_of_schools_are_shortened(self):
        for name, short in (
            ("Trường Mầm non 20/10", "MN 20/10"),
            ("Trường Trung học cơ sở Phước Đông", "THCS Phước Đông"),
            ("TRƯỜNG TRUNG HỌC PHỔ THÔNG AN LẠC", "THPT AN LẠC"),
            ("Trung tâm Giáo dục thường xuyên", "Trung tâm Giáo dục thường xuyên"),
        ):
            self.assertEqual(short_name(name), short)

    def test_header_has_both_names_and_nothing_that_breaks_out(self):
        header = attachment(document_name(plan('Trường "A"\r\nX: y/..\\z đ'), "pdf"))
        self.assertEqual(
            header,
            'attachment; filename="KH-05-A X y .. z d-2022-2023.pdf"; '
            "filename*=UTF-8''KH-05-A%20X%20y%20..%20z%20%C4%91-2022-2023.pdf",
        )
