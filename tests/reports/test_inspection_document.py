"""The record of an inspection on paper, in its two layouts and as a blank form."""

import pytest
from django.test import TestCase
from lxml import html

from inspections.models import Attendee
from reports.official.document import Heading, Orientation, Paragraph, Table
from reports.official.inspection import inspection_document
from reports.official.markup import sheet_html
from reports.official.pdf import write_pdf
from reports.official.word import write_docx
from reports.official.workbook import write_xlsx
from tests.factories.criteria import load_catalogues
from tests.factories.inspections import make_inspection
from tests.factories.plans import complete, make_plan
from tests.factories.schools import AuthorityFactory, SchoolFactory, UserFactory
from tests.reports import documents


class RecordCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        office = AuthorityFactory(
            header_line="UBND PHƯỜNG BÌNH AN",
            office_name="Phòng Văn hóa - Xã hội",
            symbol="VHXH",
            place="Bình An",
        )
        cls.school = SchoolFactory(name="Trường Tiểu học Bình An", authority=office)
        issued = {"status": "issued", "number": 5, "symbol": "NSH"}
        cls.plan = complete(
            make_plan(2026, school=cls.school, rows=4, issued_on="2026-10-05", **issued)
        )
        cls.old_plan = make_plan(
            2023, school=cls.school, rows=3, issued_on="2023-10-05", **issued
        )
        cls.leader = UserFactory(full_name="Đinh Thị Trưởng")

    def inspection(self, plan=None, status="closed", **fields):
        return make_inspection(plan or self.plan, status, leader=self.leader, **fields)

    def old_inspection(self, **fields):
        return self.inspection(self.old_plan, form="form_2018", **fields)


def texts(document):
    return [b.text for b in document.blocks if isinstance(b, Heading | Paragraph)]


def tables(document):
    return [
        [[cell.text for cell in row.cells] for row in (*b.head, *b.body)]
        for b in document.blocks
        if isinstance(b, Table)
    ]


class CurrentLayoutTests(RecordCase):
    def test_letterhead_is_the_offices_without_place_and_date(self):
        document = inspection_document(self.inspection())
        head = document.letterhead
        self.assertEqual(
            (head.superior, head.issuer, head.place_and_date),
            ("UBND PHƯỜNG BÌNH AN", "PHÒNG VĂN HÓA - XÃ HỘI", ""),
        )
        self.assertEqual(head.number, "Số:      /BB-VHXH")
        self.assertEqual(document.orientation, Orientation.PORTRAIT)
        self.assertEqual(document.title, "BIÊN BẢN")

    def test_secretary_left_leader_right_and_the_school_below(self):
        document = inspection_document(self.inspection())
        found = [(*s.capacity, s.name) for s in document.signatures]
        self.assertEqual(
            found,
            [
                ("THƯ KÝ", "Lâm Thị Thư Ký"),
                ("TRƯỞNG ĐOÀN", "Đinh Thị Trưởng"),
                ("ĐẠI DIỆN NHÀ TRƯỜNG", "Mai Văn Trường"),
            ],
        )
        self.assertEqual(document.recipients[-1], "Lưu: VT, Hồ sơ")

    def test_times_plan_and_end_mark_stand_in_their_order(self):
        found = texts(inspection_document(self.inspection()))
        self.assertEqual(
            found[0], "Thời gian bắt đầu: 08 giờ 00 phút, ngày 18 tháng 3 năm 2027."
        )
        self.assertIn(
            "Kế hoạch được kiểm tra: Kế hoạch số 05/KH-NSH ngày 05 tháng 10 năm 2026, "
            "năm học 2026-2027.",
            found,
        )
        self.assertEqual(
            found[-1],
            "Cuộc kiểm tra kết thúc vào 11 giờ 30 phút, ngày 18 tháng 3 năm 2027./.",
        )

    def test_sections_are_numbered_without_a_gap(self):
        headings = texts(inspection_document(self.inspection()))
        numbers = [t.split(".")[0] for t in headings if t.isupper()]
        self.assertEqual(numbers, ["I", "II", "III", "IV", "V"])

    def test_tables_hold_people_findings_and_recommendations(self):
        inspection = self.inspection()
        Attendee.objects.filter(name="Tạ Thị Tổ").update(is_present=False)
        team, school, checked, asked = tables(inspection_document(inspection))
        self.assertEqual(
            team[1:],
            [
                ["1", "Đinh Thị Trưởng", "Chuyên viên", "Trưởng đoàn", "Có mặt"],
                ["2", "Lâm Thị Thư Ký", "Chuyên viên", "Thư ký", "Có mặt"],
            ],
        )
        self.assertEqual(school[2], ["2", "Tạ Thị Tổ", "Tổ trưởng", "Vắng"])
        self.assertEqual(
            [row[3:] for row in checked[1:]],
            [
                ["Đạt", ""],
                ["Đạt một phần", "Nhận xét 2."],
                ["Chưa đạt", "Nhận xét 3."],
                ["Không kiểm tra", "Nhận xét 4."],
            ],
        )
        self.assertEqual(
            asked[1],
            ["1", "Bổ sung hồ sơ còn thiếu, việc 1.", "Phó hiệu trưởng", "15/05/2027"],
        )

    def test_bases_of_the_round_serve_a_record_without_its_own(self):
        inspection = self.inspection(legal_bases="Quyết định A\nKế hoạch B,")
        bases = [
            b
            for b in inspection_document(inspection).blocks
            if isinstance(b, Paragraph) and b.italic
        ]
        self.assertEqual([b.text for b in bases], ["Quyết định A;", "Kế hoạch B."])

    def test_finding_of_a_row_that_has_gone_keeps_its_words(self):
        inspection = self.inspection()
        self.plan.rows.first().delete()
        checked = tables(inspection_document(inspection))[2]
        self.assertIn("Nâng cao hiệu quả thư viện", checked[1][1])
        self.assertEqual(checked[1][2:], ["", "Đạt", ""])


class BlankFormTests(RecordCase):
    def test_blank_form_says_nothing_of_the_day(self):
        document = inspection_document(self.inspection(), blank=True)
        found = " ".join(texts(document)) + str(tables(document))
        for text in ("08 giờ", "Hồ sơ được lưu", "Mai Văn", "Nhận xét 2", "Có mặt'"):
            self.assertNotIn(text, found)
        for text in ("Trường Tiểu học Bình An", "Đinh Thị Trưởng", "hiệu quả thư viện"):
            self.assertIn(text, found)
        self.assertIn("…… giờ …… phút", texts(document)[0])

    def test_planned_inspection_without_a_team_can_be_printed(self):
        inspection = self.inspection(status="planned")
        inspection.attendees.all().delete()
        for form in ("current", "form_2018"):
            inspection.form = form
            document = inspection_document(inspection, blank=True)
            self.assertIn("……………", " ".join(texts(document)) + str(tables(document)))
            self.assertTrue(write_docx(document))

    def test_dotted_lines_stay_on_one_line_of_the_paper(self):
        document = inspection_document(self.inspection(), blank=True)
        lines = [t for t in texts(document) if set(t) == {"…"}]
        self.assertEqual(len(lines), 12)
        pdf = "".join(documents.pdf_texts(write_pdf(document)))
        self.assertEqual(pdf.count("…" * len(lines[0])), 12)


class FormOf2018Tests(RecordCase):
    def test_order_is_that_of_the_old_form(self):
        document = inspection_document(self.old_inspection())
        found = texts(document)
        wanted = (
            "Vào lúc 08 giờ 00 phút",
            "Tại Phòng họp",
            "1. Thành phần:",
            "Tổ kiểm tra:",
            "1. Đinh Thị Trưởng, Chuyên viên - Tổ trưởng;",
            "Phía nhà trường",
            "1. Mai Văn Trường, Chức vụ: Hiệu trưởng;",
            "I. MỤC ĐÍCH",
            "Nhận xét của đoàn kiểm tra",
        )
        places = [
            next(n for n, text in enumerate(found) if text.startswith(start))
            for start in wanted
        ]
        self.assertEqual(places, sorted(places))

    def test_plan_is_copied_with_its_nine_columns(self):
        (table,) = tables(inspection_document(self.old_inspection()))
        self.assertEqual(len(table[0]), 9)
        rows = [row for row in table[1:] if len(row) == 9]
        self.assertEqual(len(rows), 3)

    def test_head_of_school_signs_left_and_the_team_right(self):
        document = inspection_document(self.old_inspection())
        self.assertEqual(
            [s.capacity for s in document.signatures],
            [("Hiệu trưởng",), ("Thành viên đoàn kiểm tra",)],
        )
        self.assertEqual(document.orientation, Orientation.LANDSCAPE)

    def test_all_that_was_written_down_stands_under_the_remarks(self):
        found = "\n".join(texts(inspection_document(self.old_inspection())))
        remarks = found[found.index("Nhận xét của đoàn") :]
        for text in (
            "Nhà trường phối hợp tốt",
            "Đạt một phần. Nhận xét 2.",
            "Ưu điểm: Hồ sơ",
            "Kiến nghị 2: Bổ sung",
            "hạn khắc phục: 15/05/2024",
            "Ý kiến của nhà trường: Nhà trường thống nhất",
        ):
            self.assertIn(text, remarks)


@pytest.mark.one_database
class ParityTests(RecordCase):
    def papers(self):
        for blank in (False, True):
            yield inspection_document(self.inspection(), blank=blank)
            yield inspection_document(self.old_inspection(), blank=blank)

    def test_word_html_and_pdf_say_the_same(self):
        for document in self.papers():
            sheet, word = sheet_html(document), write_docx(document)
            with self.subTest(document.title):
                expected = documents.described_rows(document)
                self.assertEqual(documents.html_rows(sheet), expected)
                self.assertEqual(documents.docx_rows(word), expected)
                markup = documents.squeezed(html.fromstring(sheet).text_content())
                docx = documents.squeezed(documents.docx_text(word))
                self.assertEqual(docx, markup)

    def test_pdf_has_every_paragraph_in_order(self):
        for document in self.papers():
            pdf = documents.squeezed("".join(documents.pdf_texts(write_pdf(document))))
            place = 0
            for text in texts(document):
                found = pdf.find(documents.squeezed(text), place)
                self.assertGreaterEqual(found, place, text)
                place = found

    def test_same_inspection_gives_the_same_file(self):
        inspection = self.inspection()
        first = write_docx(inspection_document(inspection))
        self.assertEqual(write_docx(inspection_document(inspection)), first)

    def test_workbook_is_written_too(self):
        self.assertTrue(write_xlsx(inspection_document(self.inspection())))
