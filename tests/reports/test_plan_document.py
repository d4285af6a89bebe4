"""The plan's forms against the format reference: D1, D2, AT07, AT11, AT14, AT15."""

import datetime
import io

import docx
from django.test import TestCase

from plans import drafting
from plans.models import ActionRow, FocusIssue, ImprovementPlan, Monitoring
from plans.tables import ROWS
from reports.official.document import Heading, Paragraph, RowKind, Table
from reports.official.plan import plan_document
from reports.official.word import write_docx
from schools.models import Supervision
from tests.factories.criteria import load_catalogues
from tests.factories.plans import ISSUE, ROW_2018, add_rows, criteria_of, make_plan
from tests.factories.schools import AuthorityFactory, SchoolFactory
from tests.forms import PLAN_HEAD
from tests.reports.reading import docx_tables


def texts(row):
    return [cell.text for cell in row.cells]


def tables(plan):
    return [b for b in plan_document(plan).blocks if isinstance(b, Table)]


class Form2026Tests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.plan = make_plan(2026, rows=2)
        criterion = criteria_of(cls.plan)[0]
        FocusIssue.objects.create(
            plan=cls.plan,
            position=1,
            standard=criterion.standard,
            criterion=criterion,
            **ISSUE,
        )

    def test_eight_sections_in_order(self):
        blocks = plan_document(self.plan).blocks
        found = [b.text for b in blocks if isinstance(b, Heading) and b.level == 1]
        self.assertEqual(
            found,
            [
                "I. THÔNG TIN CHUNG",
                "II. CĂN CỨ XÂY DỰNG KẾ HOẠCH",
                "III. MỤC ĐÍCH, YÊU CẦU",
                "IV. TÓM TẮT CÁC VẤN ĐỀ TRỌNG TÂM CẦN CẢI TIẾN",
                "V. KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG",
                "VI. THEO DÕI VÀ ĐÁNH GIÁ THỰC HIỆN (GIÁM SÁT NỘI BỘ)",
                "VII. TỔ CHỨC THỰC HIỆN",
                "VIII. CƠ CHẾ ĐÁNH GIÁ VÀ BÁO CÁO",
            ],
        )

    def test_three_tables_of_6_10_and_5_columns(self):
        self.assertEqual([len(t.columns) for t in tables(self.plan)], [6, 10, 5])

    def test_table_v_carries_its_ten_numbered_labels(self):
        (head,) = tables(self.plan)[1].head
        self.assertEqual(
            texts(head),
            [
                "TT (1)",
                "Nội dung cải tiến (2)",
                "Mục tiêu cải tiến (3)",
                "Hoạt động/giải pháp (4)",
                "Chỉ số đánh giá kết quả (5)",
                "Thời gian thực hiện (6)",
                "Đơn vị/cá nhân phụ trách (7)",
                "Nguồn lực bảo đảm (8)",
                "Thông tin, dữ liệu hoặc minh chứng dự kiến (9)",
                "Mức độ thực hiện (cập nhật trong quá trình triển khai) (10)",
            ],
        )

    def test_tables_in_word_repeat_their_head_and_split_no_row(self):
        content = write_docx(plan_document(self.plan))
        written = docx_tables(content)
        self.assertEqual([len(table[0]) for table in written], [6, 10, 5])
        for table, described in zip(written, tables(self.plan), strict=True):
            self.assertEqual(table[0], texts(described.head[0]))
        for table in docx.Document(io.BytesIO(content)).tables:
            heads = table._tbl.xpath("./w:tr[w:trPr/w:tblHeader]")
            whole = table._tbl.xpath("./w:tr[w:trPr/w:cantSplit]")
            if heads:  # letterhead and signatures have none
                self.assertEqual(len(heads), 1)
                self.assertEqual(len(whole), len(table.rows))

    def test_progress_prints_the_forms_word(self):
        ActionRow.objects.filter(plan=self.plan).update(progress="in_progress")
        cells = texts(tables(self.plan)[1].body[0])
        self.assertEqual(cells[-1], "Đang thực hiện")

    def test_two_reviews_stand_in_table_vi_and_more_may(self):
        Monitoring.objects.create(plan=self.plan, position=3, time="Tháng 3")
        times = [row.cells[0].text for row in tables(self.plan)[2].body]
        self.assertEqual(times, ["Cuối học kỳ I", "Cuối năm học", "Tháng 3"])

    def test_note_of_the_form_follows_table_iv(self):
        blocks = plan_document(self.plan).blocks
        after = blocks[blocks.index(tables(self.plan)[0]) + 1]
        self.assertTrue(after.text.startswith("Lưu ý: Chỉ lựa chọn"))

    def test_last_text_ends_with_the_end_mark(self):
        last = plan_document(self.plan).blocks[-1]
        self.assertIsInstance(last, Paragraph)
        self.assertTrue(last.text.endswith("giáo dục./."))

    def test_titled_lines_are_headings_and_sentences_are_not(self):
        found = {
            b.text for b in plan_document(self.plan).blocks if isinstance(b, Heading)
        }
        self.assertIn("1. Mục đích", found)
        self.assertIn("2. Hội đồng tự đánh giá", found)
        self.assertNotIn("1. Báo cáo tự đánh giá năm học 2025-2026.", found)

    def test_levels_of_schooling_head_their_rows(self):
        school = SchoolFactory(levels=["primary", "lower_secondary"])
        plan = make_plan(2026, school=school)
        for level in ("lower_secondary", "primary"):
            line = ActionRow(plan=plan, education_level_id=level, content=level)
            drafting.save_line(ROWS, plan, line, by=None)
        body = tables(plan)[1].body
        self.assertEqual(
            [row.cells[0].text for row in body],
            ["TIỂU HỌC", "1", "TRUNG HỌC CƠ SỞ", "2"],
        )


class Form2018Tests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.plan = make_plan(2024)
        by_code = {c.code: c for c in criteria_of(cls.plan)}
        for position, (level, code) in enumerate(
            [("1", "1.4"), ("1", "1.6"), ("1", "5.1"), ("2", "1.1")], start=1
        ):
            criterion = by_code[code]
            ActionRow.objects.create(
                plan=cls.plan,
                position=position,
                level=level,
                criterion=criterion,
                standard=criterion.standard,
                criterion_title=criterion.title,
                **ROW_2018,
            )

    def body(self):
        (table,) = tables(ImprovementPlan.objects.with_header().get(pk=self.plan.pk))
        return [(row.kind, [cell.text for cell in row.cells][:2]) for row in table.body]

    def test_nine_columns_with_the_forms_labels(self):
        (table,) = tables(self.plan)
        self.assertEqual(texts(table.head[0]), list(PLAN_HEAD))
        self.assertEqual(sum(column.width_mm for column in table.columns), 252)

    def test_levels_first_then_standards_numbered_anew(self):
        kinds = [(kind, cells[0]) for kind, cells in self.body()]
        self.assertEqual(
            kinds,
            [
                (RowKind.GROUP, "MỨC 1"),
                (RowKind.STANDARD, "1"),
                (RowKind.PLAIN, ""),
                (RowKind.PLAIN, ""),
                (RowKind.STANDARD, "2"),
                (RowKind.PLAIN, ""),
                (RowKind.GROUP, "MỨC 2"),
                (RowKind.STANDARD, "1"),
                (RowKind.PLAIN, ""),
            ],
        )

    def test_standards_first_has_the_levels_inside(self):
        ImprovementPlan.objects.filter(pk=self.plan.pk).update(
            grouping="standard_first"
        )
        ActionRow.objects.filter(plan=self.plan, level="2").update(position=0)
        kinds = [(kind, cells[0]) for kind, cells in self.body()]
        self.assertEqual(
            kinds,
            [
                (RowKind.STANDARD, "1"),
                (RowKind.GROUP, "Mức 2"),
                (RowKind.PLAIN, ""),
                (RowKind.GROUP, "Mức 1"),
                (RowKind.PLAIN, ""),
                (RowKind.PLAIN, ""),
                (RowKind.STANDARD, "2"),
                (RowKind.GROUP, "Mức 1"),
                (RowKind.PLAIN, ""),
            ],
        )

    def test_closing_row_spans_the_table(self):
        text = "Mức 4: Trường không có kế hoạch cải tiến vì không đạt."
        self.plan.closing_rows = text
        row = tables(self.plan)[0].body[-1]
        self.assertEqual((row.kind, row.cells[0].text), (RowKind.CLOSING, text))
        self.assertEqual(row.cells[0].colspan, 9)

    def test_long_goals_get_the_wider_column(self):
        ActionRow.objects.filter(plan=self.plan).update(goal="Việc còn yếu " * 20)
        self.assertEqual(tables(self.plan)[0].columns[2].width_mm, 30)
        ActionRow.objects.filter(plan=self.plan).update(goal="", support="Hỗ trợ " * 60)
        self.assertEqual(tables(self.plan)[0].columns[2].width_mm, 20)


class LetterheadTests(TestCase):
    """AT15: a document keeps the office lines of its day."""

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.school = SchoolFactory(name="Trường Tiểu học Bình An", place="Bình An")
        district = AuthorityFactory(header_line="ỦY BAN NHÂN DÂN QUẬN BÌNH ĐÔNG")
        ward = AuthorityFactory(header_line="ỦY BAN NHÂN DÂN PHƯỜNG BÌNH AN")
        end = datetime.date(2025, 6, 30)
        Supervision.objects.create(
            school=cls.school, authority=district, place="Bình Đông", ends_on=end
        )
        Supervision.objects.create(
            school=cls.school,
            authority=ward,
            starts_on=end + datetime.timedelta(days=1),
        )

    def head(self, first_year, **fields):
        plan = make_plan(first_year, school=self.school, **fields)
        return plan_document(plan).letterhead

    def test_plan_of_2022_prints_the_district(self):
        head = self.head(2022)
        self.assertEqual(head.superior, "ỦY BAN NHÂN DÂN QUẬN BÌNH ĐÔNG")
        self.assertEqual(head.place_and_date, "Bình Đông, ngày … tháng … năm …")

    def test_plan_of_2026_prints_the_ward(self):
        head = self.head(2026)
        self.assertEqual(head.superior, "ỦY BAN NHÂN DÂN PHƯỜNG BÌNH AN")
        self.assertEqual(head.issuer, "TRƯỜNG TIỂU HỌC BÌNH AN")

    def test_day_of_issue_decides(self):
        issued = {"status": "issued", "number": 5, "issued_on": "2025-06-30"}
        head = self.head(2024, **issued)
        self.assertEqual(head.superior, "ỦY BAN NHÂN DÂN QUẬN BÌNH ĐÔNG")
        self.assertEqual(head.place_and_date, "Bình Đông, ngày 30 tháng 6 năm 2025")
        self.assertEqual(head.number, "Số: 05/KH-THS")

    def test_later_changes_of_the_school_do_not_reach_an_issued_plan(self):
        plan = make_plan(
            2023,
            school=self.school,
            status="issued",
            number=7,
            issued_on=datetime.date(2023, 10, 2),
            superior_line="ỦY BAN NHÂN DÂN QUẬN CŨ",
            symbol="CU",
            place="Nơi cũ",
        )
        self.school.symbol = "MOI"
        self.school.save()
        head = plan_document(plan).letterhead
        self.assertEqual(head.superior, "ỦY BAN NHÂN DÂN QUẬN CŨ")
        self.assertEqual(head.number, "Số: 07/KH-CU")
        self.assertEqual(head.place_and_date, "Nơi cũ, ngày 02 tháng 10 năm 2023")


class SizeTests(TestCase):
    def test_plan_without_a_row_prints_a_blank_line(self):
        load_catalogues()
        for year in (2024, 2026):
            for table in tables(make_plan(year)):
                self.assertGreaterEqual(len(table.body), 1)

    def test_plan_of_300_rows_prints_them_all(self):
        load_catalogues()
        plan = make_plan(2026)
        add_rows(plan, 300)
        numbers = [row.cells[0].text for row in tables(plan)[1].body]
        self.assertEqual(numbers, [str(n) for n in range(1, 301)])
