"""The pages of result reports: begin, edit, issue; adjust and issue again."""

import datetime
import hashlib

from django.test import TestCase
from django.urls import reverse

from plans import drafting, workflow
from plans.models import ImprovementPlan
from plans.tables import ROWS
from reports.models import IssuedDocument, IssuedFile, ResultReport, ResultRow
from reports.register import record_outside
from tests.factories.criteria import load_catalogues
from tests.factories.plans import add_rows, complete, make_plan
from tests.factories.reports import begin_report, enter, issue_outside, make_report
from tests.factories.schools import make_cast
from tests.queries import queries_of
from tests.reports.reading import docx_text, pdf_text
from tests.reports.tampering import tamper

ENTERED = {
    "number": 31,
    "symbol": "NSH",
    "place": "Bình An",
    "issued_on": "28/05/2025",
    "capacity": "head",
    "signer": "Nguyễn Thị Hoa",
}


class ResultPageCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = issue_outside(complete(make_plan(2024, school=cls.cast.school)))

    def setUp(self):
        self.client.force_login(self.cast.principal)

    def begin(self, *, fill=False, **options):
        self.report = begin_report(self.plan, by=self.cast.editor, **options)
        if fill:
            ResultRow.objects.update(done="Đã làm xong.")
        return self.report

    def url(self, name, *args):
        return reverse(f"reports:{name}", args=[self.report.pk, *args])


class WriteTests(ResultPageCase):
    def test_report_is_begun_on_the_page_of_its_plan(self):
        url = reverse("reports:plan-results", args=[self.plan.pk])
        self.assertContains(self.client.get(url), "Lập báo cáo")
        data = {"period": "year", "form": "stand_alone"}
        response = self.client.post(url, data)
        report = ResultReport.objects.get()
        self.assertRedirects(response, report.get_absolute_url())
        again = self.client.post(url, data, follow=True)
        self.assertContains(again, "mỗi kỳ chỉ có một báo cáo")
        self.assertEqual(ResultReport.objects.count(), 1)

    def test_plan_never_issued_has_no_such_form_and_refuses_it(self):
        plan = make_plan(2023, school=self.cast.school)
        url = reverse("reports:plan-results", args=[plan.pk])
        self.assertContains(self.client.get(url), "chưa ban hành lần nào")
        data = {"period": "year", "form": "annex"}
        response = self.client.post(url, data, follow=True)
        self.assertContains(response, "chưa ban hành lần nào")
        self.assertEqual(ResultReport.objects.count(), 0)

    def test_row_is_edited_and_marked(self):
        self.begin()
        row = self.report.rows.first()
        url = self.url("result-row", row.pk)
        self.assertContains(self.client.get(url), "Nguồn của dòng này")
        cells = {"planned": row.planned, "done": "Tự ghi.", "is_late": "on"}
        response = self.client.post(url, cells, follow=True)
        self.assertContains(response, "Tự ghi.")
        self.assertContains(response, "Đã sửa")
        row.refresh_from_db()
        self.assertTrue(row.is_late)

    def test_changed_source_is_marked_and_taken_by_its_button(self):
        self.begin()
        enter(self.plan.rows.first(), done="Đã bổ sung 12 bộ hồ sơ.")
        page = self.client.get(self.report.get_absolute_url())
        self.assertContains(page, "Nguồn đã thay đổi")
        row = self.report.rows.first()
        page = self.client.get(self.url("result-row", row.pk))
        self.assertContains(page, "Lấy lại từ nguồn")
        response = self.client.post(
            self.url("result-source", row.pk, "done"), follow=True
        )
        self.assertContains(response, "Đã bổ sung 12 bộ hồ sơ.")
        self.assertNotContains(response, "Nguồn đã thay đổi")

    def test_rows_of_an_adjustment_are_added_by_a_button(self):
        self.begin()
        add_rows(self.plan, 1)
        page = self.client.get(self.report.get_absolute_url())
        self.assertContains(page, "1 nội dung chưa có trong báo cáo")
        response = self.client.post(self.url("result-update"), follow=True)
        self.assertContains(response, "Đã thêm 1 dòng")

    def test_header_of_an_annex_offers_its_note_and_no_addressee(self):
        self.begin(form="annex")
        page = self.client.get(self.url("result-header"))
        self.assertContains(page, "Ghi chú kèm theo")
        self.assertNotContains(page, "Kính gửi")

    def test_recipients_and_addressees_lose_their_marks(self):
        self.begin()
        response = self.client.post(
            self.url("result-header"),
            {
                "subject": "Kết quả",
                "addressees": "- UBND Phường Bình An;",
                "grouping": "level_first",
                "recipients": "- Như trên;\n- Lưu: VT.",
            },
        )
        self.assertRedirects(response, self.report.get_absolute_url())
        self.report.refresh_from_db()
        self.assertEqual(self.report.addressees, "UBND Phường Bình An")
        self.assertEqual(self.report.recipients, "Như trên\nLưu: VT")

    def test_gaps_lead_to_the_cell(self):
        self.begin()
        row = self.report.rows.first()
        page = self.client.get(self.url("result-gaps"))
        self.assertContains(page, f"{self.url('result-row', row.pk)}#id_done")

    def test_preview_has_links_to_the_rows_for_those_who_write(self):
        self.begin()
        link = self.url("result-row", self.report.rows.first().pk)
        self.assertContains(self.client.get(self.url("result-preview")), link)
        self.client.force_login(self.cast.viewer)
        self.assertNotContains(self.client.get(self.url("result-preview")), link)


class IssueTests(ResultPageCase):
    def issue(self, **changes):
        return self.client.post(self.url("result-issue"), ENTERED | changes)

    def test_issued_report_is_kept_and_the_plan_is_reported(self):
        self.begin(fill=True)
        self.assertRedirects(self.issue(), self.report.get_absolute_url())
        self.plan.refresh_from_db()
        self.assertEqual(self.plan.status, "reported")
        response = self.client.get(self.url("result-download", "docx"))
        stored = IssuedFile.objects.get(format="docx")
        digest = hashlib.sha256(response.content).hexdigest()
        self.assertEqual(digest, stored.sha256)
        self.assertIn("BC-31-THS", response["Content-Disposition"].replace(" ", ""))
        text = docx_text(response.content)
        self.assertIn("Số: 31/BC-NSH", text)
        self.assertIn("Bình An, ngày 28 tháng 5 năm 2025", text)
        self.assertNotIn("Ký, ghi rõ họ tên", text)

    def test_semester_report_leaves_the_plan_as_it_is(self):
        self.begin(fill=True, period="semester_1")
        self.issue()
        self.plan.refresh_from_db()
        self.assertEqual(self.plan.status, "issued")

    def test_annex_is_issued_without_a_number(self):
        self.begin(fill=True, form="annex")
        page = self.client.get(self.url("result-issue"))
        self.assertNotContains(page, 'name="number"')
        self.issue()
        self.report.refresh_from_db()
        self.assertEqual((self.report.status, self.report.number), ("issued", None))
        self.assertEqual(IssuedDocument.objects.get().number_and_symbol, "Phụ lục")

    def test_report_with_gaps_is_not_issued(self):
        self.begin()
        self.assertContains(self.client.get(self.url("result-issue")), "Chưa ban hành")
        self.issue()
        self.report.refresh_from_db()
        self.assertEqual(self.report.status, "draft")
        self.assertEqual(IssuedDocument.objects.count(), 0)

    def test_report_on_a_plan_that_is_being_adjusted_waits(self):
        self.begin(fill=True)
        workflow.perform(
            workflow.ADJUST, self.plan, by=self.cast.principal, note="Lý do"
        )
        response = self.client.post(self.url("result-issue"), ENTERED, follow=True)
        self.assertContains(response, "kế hoạch đang điều chỉnh")
        self.report.refresh_from_db()
        self.assertEqual(self.report.status, "draft")
        self.assertEqual(IssuedDocument.objects.count(), 0)

    def test_number_of_another_report_and_day_before_the_plan_are_refused(self):
        other = make_plan(2023, school=self.cast.school)
        day = datetime.date(2025, 1, 15)
        earlier = make_report(other, status="issued", number=31, issued_on=day)
        record_outside(earlier)
        self.begin(fill=True)
        form = self.issue().context["form"]
        self.assertIn("Số 31 của năm 2025 đã dùng", form.errors["number"][0])
        form = self.issue(number=32, issued_on="04/10/2024").context["form"]
        self.assertIn("05/10/2024", form.errors["issued_on"][0])

    def test_issued_report_opens_no_form_any_more(self):
        self.begin(fill=True)
        self.issue()
        row = self.report.rows.first()
        for name, args in (("result-row", [row.pk]), ("result-issue", [])):
            response = self.client.get(self.url(name, *args))
            self.assertRedirects(response, self.report.get_absolute_url())


class SecondIssueTests(ResultPageCase):
    """An adjusted plan becomes a new document; the first one stays."""

    def issue_plan(self, **changes):
        url = reverse("reports:plan-issue", args=[self.plan.pk])
        data = ENTERED | {"number": 5, "issued_on": "05/10/2024"} | changes
        return self.client.post(url, data)

    def setUp(self):
        super().setUp()
        ImprovementPlan.objects.filter(pk=self.plan.pk).update(
            status="approved", number=None, issued_on=None, symbol=""
        )
        self.issue_plan()
        self.plan = ImprovementPlan.objects.with_header().get(pk=self.plan.pk)

    def adjust(self):
        self.plan = workflow.perform(
            workflow.ADJUST, self.plan, by=self.cast.principal, note="Lý do"
        )
        row = self.plan.rows.first()
        row.goal = "Đạt mức 3"
        drafting.save_line(ROWS, self.plan, row, by=self.cast.editor)

    def download(self, name="docx"):
        url = reverse("reports:plan-download", args=[self.plan.pk, name])
        return self.client.get(url)

    def test_paper_under_adjustment_is_a_draft_that_names_the_old_one(self):
        self.adjust()
        response = self.download()
        text = docx_text(response.content)
        self.assertIn(
            "Kế hoạch này điều chỉnh, thay thế Kế hoạch số 05/KH-NSH ngày 05 tháng 10 "
            "năm 2024.",
            text,
        )
        self.assertNotIn("Số: 05/KH-NSH", text)
        self.assertIn("du thao", response["Content-Disposition"])

    def test_second_issue_is_a_new_document_and_the_first_stays_as_it_was(self):
        first = IssuedDocument.objects.get()
        before = bytes(first.files.get(format="pdf").content)
        self.adjust()
        self.issue_plan(number=19, issued_on="15/01/2025")
        self.plan.refresh_from_db()
        self.assertEqual((self.plan.status, self.plan.number), ("issued", 19))
        self.assertEqual(IssuedDocument.objects.count(), 2)
        url = reverse("reports:document-download", args=[first.pk, "pdf"])
        response = self.client.get(url)
        self.assertEqual(response.content, before)
        self.assertIn("KH-05-", response["Content-Disposition"])
        text = pdf_text(self.download("pdf").content)
        self.assertIn("Số: 19/KH-NSH", text)
        self.assertIn("thay thế Kế hoạch số 05/KH-NSH", text)
        page = self.client.get(reverse("plans:difference", args=[self.plan.pk]))
        self.assertContains(page, "Đạt mức 3")

    def test_list_of_documents_offers_every_one(self):
        self.adjust()
        self.issue_plan(number=19, issued_on="15/01/2025")
        url = reverse("reports:plan-documents", args=[self.plan.pk])
        page = self.client.get(url)
        for text in ("Số: 05/KH-NSH", "Số: 19/KH-NSH"):
            self.assertContains(page, text)

    def test_own_old_number_and_an_earlier_day_are_refused(self):
        self.adjust()
        form = self.issue_plan(issued_on="06/10/2024").context["form"]
        self.assertIn("Số 05 của năm 2024 đã dùng", form.errors["number"][0])
        form = self.issue_plan(number=6, issued_on="04/10/2024").context["form"]
        self.assertEqual(list(form.errors), ["issued_on"])

    def test_changed_bytes_of_an_old_document_are_not_handed_out(self):
        document = IssuedDocument.objects.get()
        tamper(document.files.get(format="pdf"), b"other")
        url = reverse("reports:document-download", args=[document.pk, "pdf"])
        self.assertRedirects(self.client.get(url), self.plan.get_absolute_url())
        gone = reverse("reports:document-download", args=[document.pk, "xlsx"])
        self.assertEqual(self.client.get(gone).status_code, 404)


class QueryTests(ResultPageCase):
    def test_pages_of_a_report_ask_the_same_of_few_and_of_many_rows(self):
        self.begin()
        pages = ["result", "result-gaps", "result-preview", "result-header"]
        counts = []
        for more in (0, 15):
            if more:
                add_rows(self.plan, more)
                self.client.post(self.url("result-update"))
            counts.append([queries_of(self.client, self.url(name)) for name in pages])
        self.assertEqual(counts[0], counts[1])

    def test_lists_ask_the_same_of_one_and_of_several(self):
        make_report(self.plan)
        url = reverse("reports:results") + "?nam=2024-2025"
        first = queries_of(self.client, url)
        make_report(self.plan, period="semester_1")
        self.assertEqual(queries_of(self.client, url), first)
