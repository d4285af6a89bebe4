"""What goes into the packages, and what never does."""

import datetime
import hashlib
from unittest import mock

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.enums import ExportKind, JobState, SignedBy, SigningWay
from reports.exporting import making
from reports.exporting.names import Unique, fit
from reports.exporting.starting import ExportError, cancel, clear_expired, start
from reports.models import Export, SignedFile
from reports.overview.scope import Filters
from schools.enums import AuthorityKind, Role
from tests.factories.criteria import load_catalogues
from tests.factories.reports import make_report
from tests.factories.schools import (
    AuthorityFactory,
    SchoolFactory,
    make_cast,
    make_user,
    school_year,
)
from tests.reports.exports import (
    ask,
    book_of,
    index_of,
    issued_plan,
    made,
    make_schools,
    opened,
    store,
    table_of,
)


class Base(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = issued_plan(cls.cast.school, rows=2)
        cls.document = store(cls.plan, b"%PDF of the school")
        cls.foreign = store(issued_plan(cls.cast.other_school), b"%PDF of strangers")


class DocumentsTests(Base):
    def test_bytes_come_from_the_store_into_a_folder_for_each_school(self):
        export = made(self.cast.leader)
        self.assertEqual(export.state, JobState.DONE, export.message)
        self.assertEqual((export.done, export.total), (1, 1))
        archive = opened(export)
        name = f"{self.cast.school.name}/Kế hoạch, 05-KH-NSH, 05-10-2026.pdf"
        self.assertEqual(set(archive.namelist()), {name, "Mục lục.xlsx"})
        self.assertEqual(archive.read(name), b"%PDF of the school")

    def test_index_names_number_date_file_and_digest(self):
        (line,) = index_of(opened(made(self.cast.leader)))
        self.assertEqual(line["Trường"], self.cast.school.name)
        self.assertEqual(line["Số, ký hiệu"], "05/KH-NSH")
        self.assertEqual(line["Ngày ban hành"], "05/10/2026")
        self.assertEqual(line["Tình trạng"], "Hiện hành")
        self.assertEqual(line["Chữ ký"], "Chưa ký số")
        self.assertEqual(
            line["SHA-256"], hashlib.sha256(b"%PDF of the school").hexdigest()
        )

    def test_nothing_is_rendered(self):
        with (
            mock.patch("reports.official.pdf.write_pdf", side_effect=AssertionError),
            mock.patch("reports.official.word.write_docx", side_effect=AssertionError),
        ):
            self.assertEqual(made(self.cast.leader).state, JobState.DONE)

    def test_most_signed_copy_goes_in_and_the_scan_beside_it(self):
        for by, way, content in (
            (SignedBy.PERSON, SigningWay.TOKEN, b"%PDF person"),
            (SignedBy.ORGANISATION, SigningWay.TOKEN, b"%PDF both"),
        ):
            self.sign(self.document, by, way, content)
        older = store(self.plan, b"%PDF second")
        self.sign(older, SignedBy.PERSON, SigningWay.SCAN, b"%PDF scan")
        archive = opened(made(self.cast.leader))
        contents = {archive.read(n) for n in archive.namelist() if n.endswith(".pdf")}
        self.assertEqual(contents, {b"%PDF both", b"%PDF second", b"%PDF scan"})
        signed = {line["Chữ ký"] for line in index_of(archive)}
        self.assertEqual(
            signed,
            {"Người ký và cơ quan đã ký số", "Chưa ký số", "Bản giấy ký tay, quét lại"},
        )
        states = [line["Tình trạng"] for line in index_of(archive)]
        self.assertEqual(states.count("Đã có bản mới thay"), 1)

    def sign(self, document, by, way, content):
        SignedFile.objects.create(
            document=document,
            format="pdf",
            signed_by=by,
            way=way,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )

    def test_a_file_that_is_not_what_was_filed_stays_out_and_is_told(self):
        report = make_report(
            self.plan, period="year", status="issued", number=7, issued_on="2027-05-20"
        )
        document = store(self.plan, document=None, content=b"%PDF x", sha256="0" * 64)
        self.assertEqual(report.plan, document.plan)
        export = made(self.cast.leader)
        archive = opened(export)
        self.assertNotIn(b"%PDF x", {archive.read(name) for name in archive.namelist()})
        self.assertIn("1 tệp không còn nguyên vẹn", export.message)
        found = [line for line in index_of(archive) if line["SHA-256"] == "0" * 64]
        self.assertIn("KHÔNG NGUYÊN VẸN", found[0]["Chữ ký"])

    def test_only_chosen_kinds_formats_years_and_schools(self):
        store(self.plan, b"docx", file_format="docx", document=self.document)
        only_word = opened(made(self.cast.leader, formats=("docx",)))
        self.assertEqual([n[-4:] for n in only_word.namelist() if "/" in n], ["docx"])
        none = opened(made(self.cast.leader, documents=("report",)))
        self.assertEqual(none.namelist(), ["Mục lục.xlsx"])
        other_year = opened(made(self.cast.leader, first_year=2025))
        self.assertEqual(other_year.namelist(), ["Mục lục.xlsx"])
        filters = Filters(year="2026-2027", level="preschool")
        export = made(self.cast.leader, filters=filters)
        self.assertEqual(export.state, JobState.FAILED)
        self.assertIn("Không có trường nào", export.message)

    def test_province_takes_what_its_communes_have(self):
        province = AuthorityFactory(kind=AuthorityKind.PROVINCE)
        self.cast.office.parent = province
        self.cast.office.save()
        export = made(make_user(Role.OFFICE_VIEWER, province))
        self.assertIn(self.cast.school.name, index_of(opened(export))[0].values())

    def test_rights_are_asked_for_when_the_worker_begins(self):
        export = ask(self.cast.leader)
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        self.cast.leader.memberships.update(ends_on=yesterday)
        making.make(export.pk)
        export.refresh_from_db()
        self.assertEqual(export.state, JobState.FAILED)
        self.assertFalse(export.file)

    def test_queries_do_not_grow_with_schools(self):
        few = self.queries()
        make_schools(self.cast.office, 10)
        # A step and a content for each school, nothing else.
        self.assertEqual(self.queries(), few + 2 * 10)

    def queries(self):
        with CaptureQueriesContext(connection) as queries:
            made(self.cast.leader)
        return len(queries)


class RowsTests(Base):
    def test_rows_are_typed_texts_with_a_frozen_head_and_filters(self):
        row = self.plan.rows.first()
        row.goal, row.actions = "=1+1", "- Xếp tiết đọc\n- Mua sách"
        row.save()
        export = made(self.cast.leader, ExportKind.ROWS)
        self.assertEqual(export.state, JobState.DONE, export.message)
        sheet = book_of(export)["Bảng kế hoạch 2026"]
        self.assertEqual(sheet.freeze_panes, "B2")
        self.assertTrue(sheet.auto_filter.ref.endswith("3"))
        first, _ = table_of(sheet)
        self.assertEqual(first["Trường"], self.cast.school.name)
        self.assertEqual(first["Mục tiêu cải tiến"], "=1+1")
        self.assertEqual(first["Hoạt động/giải pháp"], "- Xếp tiết đọc\n- Mua sách")
        cell = next(c for r in sheet.iter_rows() for c in r if c.value == "=1+1")
        self.assertEqual(cell.data_type, "s")

    def test_every_column_of_the_form_is_there(self):
        sheet = book_of(made(self.cast.leader, ExportKind.ROWS))["Bảng kế hoạch 2026"]
        head = [cell.value for cell in sheet[1]]
        for column in self.plan.layout.rows:
            self.assertIn(column.label, head)

    def test_nine_columns_and_progress_for_a_plan_of_2018(self):
        plan = issued_plan(self.cast.school, first_year=2024, rows=1)
        plan.rows.update(progress="done")
        export = made(self.cast.leader, ExportKind.ROWS, first_year=2024)
        (line,) = table_of(book_of(export)["Bảng kế hoạch 2018"])
        self.assertEqual(line["Mức độ thực hiện"], "Hoàn thành")
        self.assertEqual(line["Mức"], "1")
        self.assertTrue(line["Tiêu chí"].startswith("1.1. "))

    def test_it_says_how_many_rows_and_empty_cells_went_in(self):
        self.plan.rows.update(resources="", progress="")
        SchoolFactory(authority=self.cast.office)
        export = made(self.cast.leader, ExportKind.ROWS)
        self.assertEqual(
            export.message,
            "Đã đưa vào 2 dòng của 1 kế hoạch; 4 ô để trống. Ngoài ra 2 dòng của các "
            "bảng khác, ở trang tính riêng. "
            "1 trường chưa lập kế hoạch năm học này.",
        )

    def test_rows_of_other_offices_stay_out(self):
        book = book_of(made(self.cast.leader, ExportKind.ROWS))
        texts = [c.value for sheet in book for row in sheet.iter_rows() for c in row]
        self.assertNotIn(self.cast.other_school.name, texts)


class JobTests(Base):
    def test_cancelling_between_two_schools_leaves_no_file(self):
        make_schools(self.cast.office, 3)
        export = ask(self.cast.leader)
        step = making._step

        def ask_to_stop(job, done):
            if done == 2:
                cancel(job)
            step(job, done)

        with mock.patch("reports.exporting.making._step", ask_to_stop):
            making.make(export.pk)
        export.refresh_from_db()
        self.assertEqual((export.state, export.done), (JobState.CANCELLED, 1))
        self.assertFalse(export.file)

    def test_a_waiting_one_is_cancelled_at_once_and_not_begun(self):
        export = ask(self.cast.leader)
        self.assertTrue(cancel(export))
        making.make(export.pk)
        export.refresh_from_db()
        self.assertEqual(export.state, JobState.CANCELLED)
        self.assertFalse(cancel(export))

    def test_a_fault_ends_in_a_plain_message(self):
        with (
            mock.patch(
                "reports.exporting.documents.Unique", side_effect=ObjectDoesNotExist
            ),
            self.assertLogs("reports.exporting.making", "ERROR"),
        ):
            export = made(self.cast.leader)
        self.assertEqual(export.state, JobState.FAILED)
        self.assertEqual(export.message, making.FAULT)

    def test_two_at_once_for_each_person(self):
        year = school_year(2026)
        for _ in range(2):
            start(self.cast.leader, year, ExportKind.ROWS, {})
        with self.assertRaises(ExportError):
            start(self.cast.leader, year, ExportKind.ROWS, {})
        start(self.cast.officer, year, ExportKind.ROWS, {})

    def test_clearing_takes_files_then_rows_and_what_was_stopped(self):
        export = made(self.cast.leader)
        storage, name = export.file.storage, export.file.name
        self.assertEqual(clear_expired(), 0)
        late = timezone.now() + datetime.timedelta(hours=25)
        stopped = ask(self.cast.leader)
        self.assertEqual(clear_expired(late), 1)
        self.assertFalse(storage.exists(name))
        stopped.refresh_from_db()
        self.assertEqual(stopped.state, JobState.FAILED)
        self.assertTrue(Export.objects.filter(pk=export.pk).exists())
        clear_expired(late + datetime.timedelta(days=31))
        self.assertFalse(Export.objects.exists())


class NameTests(TestCase):
    def test_names_fit_every_system(self):
        for text, name in (
            ('Trường TH A/B: "C"', "Trường TH A-B- -C-"),
            ("..\\..\\etc", "-..-etc"),
            ("Trường. ", "Trường"),
            ("CON", "CON_"),
            ("\u202egpj", "gpj"),
            ("???", "-"),
            ("", "khong ten"),
        ):
            with self.subTest(text=text):
                self.assertEqual(fit(text), name)
        self.assertEqual(len(fit("a" * 300)), 80)

    def test_a_name_is_given_once(self):
        names = Unique()
        given = [names("A", "pdf"), names("a", "pdf"), names("A", "docx")]
        self.assertEqual(given, ["A.pdf", "a (2).pdf", "A.docx"])
