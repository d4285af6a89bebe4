"""The pages on which an office takes its lists and gives them back."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from schools.models import School
from tests.schools.lists import NEW, SCHOOLS, ListCase, xlsx


class PageTests(ListCase):
    def setUp(self):
        self.client.force_login(self.cast.leader)

    def take(self, name, file_format):
        url = reverse("schools:list-download", args=[name, file_format])
        return self.client.get(url)

    def test_what_is_taken_can_be_given_back_unchanged(self):
        for name in ("truong", "nguoi-dung", "vai-tro"):
            for file_format in ("xlsx", "csv"):
                with self.subTest(name=name, format=file_format):
                    content = self.take(name, file_format).content
                    upload = SimpleUploadedFile(f"a.{file_format}", content)
                    outcome, _ = self.look(name, upload)
                    self.assertEqual(outcome.troubles, [])
                    self.assertFalse(outcome.new or outcome.changed)
                    self.assertTrue(outcome.same)

    def test_formulas_are_disarmed_in_csv_and_typed_in_excel(self):
        School.objects.filter(pk=self.cast.school.pk).update(address="=1+1")
        content = self.take("truong", "csv").content.decode("utf-8-sig")
        self.assertIn(",'=1+1,", content)
        book = load_workbook(io.BytesIO(self.take("truong", "xlsx").content))
        cell = next(c for r in book.active.iter_rows() for c in r if c.value == "=1+1")
        self.assertEqual(cell.data_type, "s")

    def test_lists_hold_the_own_office_alone(self):
        for name in ("truong", "nguoi-dung", "vai-tro"):
            content = self.take(name, "csv").content.decode()
            self.assertNotIn(self.cast.other_school.name, content)
            self.assertNotIn(self.cast.stranger.email, content)

    def test_template_is_a_list_that_can_be_imported_as_it_is(self):
        for name in ("truong", "nguoi-dung"):
            url = reverse("schools:list-template", args=[name, "xlsx"])
            upload = SimpleUploadedFile("m.xlsx", self.client.get(url).content)
            self.assertEqual(self.look(name, upload)[0].troubles, [])

    def test_look_confirm_done(self):
        url = reverse("schools:list-import", args=["truong"])
        page = self.client.post(url, {"file": xlsx(SCHOOLS, NEW)})
        self.assertContains(page, "1 mới")
        reference = page.context["reference"]
        done = self.client.post(url, {"reference": reference}, follow=True)
        self.assertContains(done, "Đã nhập danh sách")
        self.assertTrue(School.objects.filter(name=NEW[0]).exists())
        again = self.client.post(url, {"reference": reference})
        self.assertContains(again, "chưa nhập gì", status_code=422)

    def test_troubles_stand_on_the_page(self):
        url = reverse("schools:list-import", args=["truong"])
        page = self.client.post(url, {"file": xlsx(SCHOOLS, ["", *NEW[1:]])})
        self.assertContains(page, "Ô này còn trống", status_code=422)
        self.assertContains(self.client.post(url), "Hãy chọn tệp", status_code=422)

    def test_fifty_megabytes_are_refused(self):
        url = reverse("schools:list-import", args=["truong"])
        upload = SimpleUploadedFile("lon.xlsx", b"PK\x03\x04" + b"0" * 50 * 1024 * 1024)
        page = self.client.post(url, {"file": upload})
        self.assertContains(page, "quá mức 5 MB", status_code=422)
