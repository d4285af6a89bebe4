"""What Word keeps apart from the plain text of a paragraph is read as people see it."""

import unittest

import docx

from tests.forms import PLAN_HEAD
from tests.plans.wordfiles import (
    KEYS,
    LIBRARY,
    add_table,
    leftovers,
    read,
    rebuilt,
    rows_of,
    saved,
    word_plan,
    xml,
)

ROW = ("", "Tiêu chí 3.6", *LIBRARY)


class WordTextTests(unittest.TestCase):
    def test_tabs_breaks_and_hyphens(self):
        document = word_plan(ROW)
        paragraph = document.tables[0].cell(1, 2).paragraphs[0]
        paragraph.clear()
        paragraph.add_run("Một\thai\nba")
        paragraph._p.append(xml("<w:r><w:noBreakHyphen/><w:t>bốn</w:t></w:r>"))
        self.assertEqual(rows_of(read(document), "goal"), [("Một hai\nba-bốn",)])

    def test_content_controls_and_links(self):
        document = word_plan(ROW)
        paragraph = document.tables[0].cell(1, 2).paragraphs[0]
        paragraph.clear()
        paragraph._p.append(
            xml(
                "<w:sdt><w:sdtContent><w:r><w:t>Trong ô</w:t></w:r></w:sdtContent></w:sdt>"
            )
        )
        paragraph._p.append(
            xml("<w:hyperlink><w:r><w:t> liên kết</w:t></w:r></w:hyperlink>")
        )
        self.assertEqual(rows_of(read(document), "goal"), [("Trong ô liên kết",)])

    def test_text_box_is_read_once_where_it_is_anchored(self):
        document = word_plan(ROW)
        box = (
            "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Ghi thêm trong khung</w:t></w:r>"
            "</w:p></w:txbxContent></w:pict></w:r>"
        )
        document.paragraphs[3]._p.append(xml(box))
        introduction = read(document).as_json()["introduction"]
        self.assertEqual(introduction.count("Ghi thêm trong khung"), 1)

    def test_automatic_numbers_and_bullets_are_seen(self):
        document = docx.Document()
        document.add_paragraph("I. MỤC ĐÍCH")
        document.add_paragraph("Cải tiến từng năm", style="List Number")
        document.add_paragraph("Làm đến đâu chắc đến đó", style="List Number")
        document.add_paragraph("Không dàn trải", style="List Bullet")
        document.add_paragraph("II. NỘI DUNG")
        add_table(document, [PLAN_HEAD, ROW])
        sections = read(document).as_json()["sections"]
        self.assertEqual(
            sections[0]["paragraphs"],
            ["1. Cải tiến từng năm", "2. Làm đến đâu chắc đến đó", "- Không dàn trải"],
        )

    def test_headers_and_footers_are_left_out(self):
        document = word_plan(ROW)
        document.sections[0].header.paragraphs[0].text = "Mẫu lưu hành nội bộ"
        document.sections[0].footer.paragraphs[0].text = "Trang"
        self.assertEqual(read(document).report.entries, [])

    def test_table_inside_a_frame(self):
        document = docx.Document()
        frame = document.add_table(1, 1).rows[0].cells[0]
        frame.text = "KẾ HOẠCH"
        inner = frame.add_table(2, len(PLAN_HEAD))
        for row, texts in zip(inner.rows, (PLAN_HEAD, ROW), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        reading = read(document)
        self.assertEqual(rows_of(reading, *KEYS), [LIBRARY])
        self.assertEqual(reading.as_json()["document"]["title"], "KẾ HOẠCH")

    def test_table_inside_a_cell_is_read_in_its_place(self):
        document = word_plan(ROW)
        cell = document.tables[0].cell(1, 3)
        cell.text = "Gồm:"
        inner = cell.add_table(2, 2)
        for place, text in enumerate(("Lớp 1", "20 cuốn", "Lớp 2", "25 cuốn")):
            inner.cell(place // 2, place % 2).text = text
        self.assertEqual(
            rows_of(read(document), "actions"),
            [("Gồm:\nLớp 1\n20 cuốn\nLớp 2\n25 cuốn",)],
        )

    def test_decomposed_letters_are_composed(self):
        document = word_plan(("", "Tiêu chí 3.6", "Tu\u0309 sa\u0301ch", *LIBRARY[1:]))
        self.assertEqual(rows_of(read(document), "goal"), [("Tủ sách",)])

    def test_file_of_the_strict_kind(self):
        content = rebuilt(
            saved(word_plan(ROW)),
            {
                "word/document.xml": lambda part: part.replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
            },
        )
        self.assertEqual(rows_of(read(content), *KEYS), [LIBRARY])


class NarrativeTests(unittest.TestCase):
    def setUp(self):
        self.document = docx.Document()

    def lines(self, *texts):
        for text in texts:
            self.document.add_paragraph(text)

    def data(self):
        self.reading = read(self.document)
        return self.reading.as_json()

    def whole_plan(self):
        add_table(
            self.document,
            [
                (
                    "UỶ BAN NHÂN DÂN QUẬN TÂN HOÀ\nTRƯỜNG TH LÁ PHONG",
                    "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc",
                ),
                ("Số : 07 /KH-THLP", "Tân Hòa, ngày 09 tháng 02 năm 2024"),
            ],
        )
        self.lines(
            "KẾ HOẠCH",
            "CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC",
            "NĂM HỌC 2023 – 2024",
            "Căn cứ Thông tư số 17/2018/TT-BGDĐT ngày 22 tháng 8 năm 2018;",
            "Căn cứ báo cáo tự đánh giá năm học 2022 - 2023.",
            "Trường TH Lá Phong xây dựng kế hoạch như sau:",
            "I. MỤC ĐÍCH",
            "1. Sửa từng việc một.",
            "III. NỘI DUNG",
        )
        add_table(self.document, [PLAN_HEAD, ROW])
        self.lines("VI. TỔ CHỨC THỰC HIỆN", "Hiệu trưởng", "- Phân công từng người.")
        add_table(
            self.document,
            [
                (
                    "Nơi nhận:\n- Phòng GD&ĐT (để b/c);\n· Các tổ;\n- Lưu: VT.",
                    "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG\n(Ký, ghi rõ họ tên)\n\nĐào Thị Lụa",
                )
            ],
        )
        return self.data()

    def test_letterhead(self):
        data = self.whole_plan()
        self.assertEqual(
            data["school"],
            {
                "name": "Trường TH Lá Phong",
                "education_level": "primary",
                "superior": "ỦY BAN NHÂN DÂN QUẬN TÂN HOÀ",
                "place": "Tân Hòa",
                "symbol": "THLP",
            },
        )
        self.assertEqual(
            data["document"],
            {
                "type": "KH",
                "title": "KẾ HOẠCH",
                "subject": "Cải tiến chất lượng giáo dục năm học 2023 - 2024",
                "number": 7,
                "issued_on": "2024-02-09",
                "annex_note": None,
            },
        )
        self.assertEqual(self.reading.report.entries, [])

    def test_text_and_sections(self):
        data = self.whole_plan()
        self.assertEqual(len(data["legal_bases"]), 2)
        self.assertEqual(
            data["introduction"], "Trường TH Lá Phong xây dựng kế hoạch như sau:"
        )
        self.assertEqual(
            data["sections"],
            [
                {
                    "number": "I",
                    "title": "MỤC ĐÍCH",
                    "paragraphs": ["1. Sửa từng việc một."],
                },
                {
                    "number": "II",
                    "title": "NỘI DUNG",
                    "number_in_source": "III",
                    "content": "rows",
                },
                {
                    "number": "III",
                    "title": "TỔ CHỨC THỰC HIỆN",
                    "number_in_source": "VI",
                    "paragraphs": ["Hiệu trưởng", "- Phân công từng người."],
                },
            ],
        )

    def test_recipients_and_signature(self):
        data = self.whole_plan()
        self.assertEqual(
            data["recipients"], ["Phòng GD&ĐT (để b/c)", "Các tổ", "Lưu: VT"]
        )
        self.assertEqual(
            data["signatures"],
            [{"capacity": "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG", "name": "Đào Thị Lụa"}],
        )

    def test_text_without_a_place_is_listed(self):
        self.lines("KẾ HOẠCH", "Kính gửi: Phòng Giáo dục và Đào tạo", "I. NỘI DUNG")
        self.lines("Lời dẫn trước bảng.")
        add_table(self.document, [PLAN_HEAD, ROW])
        self.lines("Một câu sau bảng.")
        self.data()
        self.assertEqual(
            leftovers(self.reading),
            [
                "Kính gửi: Phòng Giáo dục và Đào tạo",
                "Lời dẫn trước bảng.",
                "Một câu sau bảng.",
            ],
        )

    def test_circular_follows_level_and_year(self):
        for school, year, wanted in (
            ("Trường Mầm non Lá Phong", "2022-2023", "19/2018/TT-BGDĐT"),
            ("Trường THCS Lá Phong", "2022-2023", "18/2018/TT-BGDĐT"),
            ("Trường TH-THCS Lá Phong", "2022-2023", "18/2018/TT-BGDĐT"),
            ("Trường Tiểu học Lá Phong", "2022-2023", "17/2018/TT-BGDĐT"),
        ):
            with self.subTest(school=school):
                self.document = docx.Document()
                self.lines("KẾ HOẠCH", f"Năm học {year}", f"{school} lập kế hoạch:")
                add_table(self.document, [PLAN_HEAD, ROW])
                data = self.data()
                self.assertEqual(
                    (data["circular"], data["school"]["name"], data["school_year"]),
                    (wanted, school, year),
                )
