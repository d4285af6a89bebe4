"""The register as its pages and its paper show it."""

import datetime
import io

import openpyxl
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from reports import register
from reports.models import RegisterEntry
from tests.factories.schools import make_cast
from tests.reports.reading import docx_text, pdf_text

THIS_YEAR = timezone.localdate().year


class RegisterPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()
        cls.school = cls.cast.school
        cls.entry = register.enter(
            cls.school,
            document_type="KH",
            dated=datetime.date(2026, 9, 5),
            symbol="NSH",
            subject="Kế hoạch: =cải tiến\nnăm học 2026-2027",
            signer="Nguyễn Thị Hoa",
            recipients="Lưu: VT",
        )

    def setUp(self):
        self.client.force_login(self.cast.principal)

    def url(self, name, *args):
        return reverse(f"reports:{name}", args=["truong", self.school.pk, *args])

    def add(self, **changes):
        data = {
            "document_type": "QĐ",
            "dated": f"{timezone.localdate():%d/%m/%Y}",
            "subject": "Quyết định thành lập hội đồng",
        }
        return self.client.post(self.url("register-add"), data | changes)

    def test_the_only_register_opens_at_once(self):
        response = self.client.get(reverse("reports:registers"))
        self.assertContains(response, f"Sổ văn bản đi năm {THIS_YEAR}")
        self.assertContains(response, self.cast.school.name)

    def test_lines_show_number_and_state(self):
        response = self.client.get(self.url("register", 2026))
        self.assertContains(response, "01/KH-NSH")
        self.assertContains(response, "Đã ban hành")

    def test_a_number_is_kept_and_used_only_once(self):
        self.assertRedirects(self.add(), self.url("register", THIS_YEAR))
        kept = RegisterEntry.objects.get(document_type="QĐ")
        self.assertEqual((kept.number, kept.state), (1, "reserved"))
        self.add(number=7)
        response = self.add(number=7)
        self.assertIn("đã dùng cho", response.context["form"].errors["number"][0])
        self.assertEqual(RegisterEntry.objects.filter(number=7).count(), 1)

    def test_wrong_entries_are_told_at_their_field(self):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        for field, value, told in (
            ("dated", f"{tomorrow:%d/%m/%Y}", "sau hôm nay"),
            ("dated", "hôm qua", "ngày/tháng/năm"),
            ("dated", "01/01/1999", "từ năm 2018"),
            ("number", "0", "1"),
            ("symbol", "nsh 1", "in hoa"),
            ("subject", "", "Hãy nhập"),
        ):
            with self.subTest(field=field, value=value):
                errors = self.add(**{field: value}).context["form"].errors
                self.assertEqual(list(errors), [field])
                self.assertIn(told, errors[field][0])
        self.assertEqual(RegisterEntry.objects.count(), 1)

    def test_withdrawing_needs_a_reason_and_keeps_the_line(self):
        url = reverse("reports:register-withdraw", args=[self.entry.pk])
        self.assertEqual(list(self.client.post(url).context["form"].errors), ["reason"])
        self.client.post(url, {"reason": "Sai thẩm quyền"})
        response = self.client.get(self.url("register", 2026))
        self.assertContains(response, "Đã thu hồi: Sai thẩm quyền")
        self.assertContains(self.client.get(url), "đã thu hồi")

    def test_book_prints_in_all_three_formats_with_ten_columns(self):
        texts = {
            "docx": docx_text(self.paper("docx")),
            "pdf": pdf_text(self.paper("pdf")),
        }
        for name, text in texts.items():
            with self.subTest(name):
                for told in ("SỔ ĐĂNG KÝ VĂN BẢN ĐI", "(10)", "01/KH-NSH", "Ghi chú"):
                    self.assertIn(told, text)
        sheet = openpyxl.load_workbook(io.BytesIO(self.paper("xlsx"))).active
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
        self.assertIn("01/KH-NSH", [cell.value for cell in cells])
        self.assertEqual({cell.data_type for cell in cells}, {"s"})

    def paper(self, name):
        response = self.client.get(self.url("register-download", 2026, name))
        self.assertEqual(response.status_code, 200)
        return response.content

    def test_unknown_books_are_not_found(self):
        for args in ((1999,), (2026, "exe")):
            name = "register" if len(args) == 1 else "register-download"
            with self.subTest(args):
                self.assertEqual(
                    self.client.get(self.url(name, *args)).status_code, 404
                )
        url = reverse("reports:register", args=["xa", 1, 2026])
        self.assertEqual(self.client.get(url).status_code, 404)

    def test_lists_cost_the_same_however_long(self):
        url = self.url("register", 2026)
        for _ in range(30):
            register.enter(
                self.school, document_type="KH", dated=datetime.date(2026, 9, 5)
            )
        with self.assertNumQueries(7):
            self.client.get(url)
