"""Old files on their way in, through the pages."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from plans.models import ImprovementPlan
from reports.models import IncomingFile
from tests.factories.criteria import load_catalogues
from tests.factories.schools import make_cast
from tests.plans.wordfiles import LIBRARY

GOOD = ("1", "Tiêu chí 3.6", *LIBRARY)


class IncomingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()

    def setUp(self):
        self.client.force_login(self.cast.principal)

    def upload(self, content, name="ke hoach.docx", *, school=None, **fields):
        """The `IncomingFile` that uploading `content` makes."""
        school = school or self.cast.school
        data = {"school": school.pk, "file": SimpleUploadedFile(name, content)}
        response = self.client.post(reverse("reports:incoming"), data | fields)
        self.assertEqual(response.status_code, 302, getattr(response, "context", None))
        return IncomingFile.objects.get(user=self.client.session["_auth_user_id"])

    def page(self, found):
        return self.client.get(reverse("reports:incoming-file", args=[found.pk]))

    def take(self, found, **fields):
        """The answer to "Nhận vào", with the choices that the page came with."""
        form = self.page(found).context["form"]
        data = {name: form.initial[name] for name in form.fields}
        url = reverse("reports:incoming-file", args=[found.pk])
        return self.client.post(url, data | fields)

    def taken(self, found, **fields):
        """The plan that `found` became."""
        response = self.take(found, **fields)
        self.assertEqual(response.status_code, 302, response.context)
        plan = ImprovementPlan.objects.with_header().latest("pk")
        self.assertEqual(response.url, plan.get_absolute_url())
        return plan
