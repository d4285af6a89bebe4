from django.apps import apps
from django.test import TestCase
from django.urls import reverse

from schools.models import User
from tests.factories.criteria import make_circular


class CatalogueAdminTests(TestCase):
    def setUp(self):
        make_circular()
        admin = User.objects.create_superuser("quan-tri@so.vn", full_name="Quản trị")
        self.client.force_login(admin)
        self.names = [
            model._meta.model_name
            for model in apps.get_app_config("criteria").get_models()
        ]

    def status(self, name, action, *args, **query):
        url = reverse(f"admin:criteria_{name}_{action}", args=args)
        return self.client.get(url, query).status_code

    def test_administrator_may_look_and_search_but_not_add(self):
        for name in self.names:
            with self.subTest(name=name):
                self.assertEqual(self.status(name, "changelist", q="thư viện"), 200)
                self.assertEqual(self.status(name, "add"), 403)

    def test_administrator_may_not_change_or_delete(self):
        circular = make_circular("18/2018/TT-BGDĐT")
        self.assertEqual(self.status("circular", "delete", circular.pk), 403)
        url = reverse("admin:criteria_circular_change", args=[circular.pk])
        self.assertEqual(self.client.get(url).status_code, 200)
        self.assertEqual(self.client.post(url, {"number": "9"}).status_code, 403)

    def test_criterion_is_found_without_accents(self):
        url = reverse("admin:criteria_criterion_changelist")
        for q in ("tên tiêu chí 1.2", "ten tieu chi 1.2"):
            with self.subTest(q=q):
                found = self.client.get(url, {"q": q}).context["cl"].result_count
                self.assertEqual(found, 1)
