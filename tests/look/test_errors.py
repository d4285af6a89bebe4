"""Pages for what goes wrong: what happened and what to do now."""

from django.template.loader import render_to_string
from django.test import Client, TestCase, override_settings
from django.urls import path, reverse

from qualityplan.urls import urlpatterns as house
from schools.models import User


def breaks(request):
    raise RuntimeError("Chuyện nội bộ")


urlpatterns = [*house, path("hong/", breaks)]


class ErrorPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_user("hang@a.edu.vn", full_name="Vũ Hằng")

    def setUp(self):
        self.client.force_login(self.user)

    def test_each_page_says_what_happened_and_leads_on_without_any_context(self):
        for name in ("400", "403", "403_csrf", "404", "429", "500"):
            with self.subTest(name):
                page = render_to_string(f"{name}.html")
                self.assertEqual(page.count("<h1>"), 1)
                self.assertIn('<html lang="vi">', page)
                self.assertIn('href="/">Về trang chính</a>', page)

    def test_a_wrong_address_is_not_found(self):
        response = self.client.get("/khong-co-trang-nay/")
        self.assertEqual(response.status_code, 404)
        self.assertInHTML("<h1>Không tìm thấy trang</h1>", response.text)

    def test_a_form_without_its_token_is_told_that_nothing_was_saved(self):
        client = Client(enforce_csrf_checks=True)
        response = client.post(reverse("account_login"), {})
        self.assertEqual(response.status_code, 403)
        self.assertInHTML("<h1>Trang đã mở quá lâu</h1>", response.text)

    @override_settings(ROOT_URLCONF="tests.look.test_errors", DEBUG=False)
    def test_a_fault_of_ours_tells_nothing_of_the_inside(self):
        self.client.raise_request_exception = False
        with self.assertLogs("django.request", "ERROR"):
            response = self.client.get("/hong/")
        self.assertEqual(response.status_code, 500)
        self.assertInHTML("<h1>Hệ thống gặp lỗi</h1>", response.text)
        self.assertNotIn("Chuyện nội bộ", response.text)
