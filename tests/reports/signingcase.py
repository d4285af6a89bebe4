"""An issued plan and the page on which it is signed."""

from django.core.cache import cache
from django.test import TestCase
from django.urls import reverse

from reports.models import SignedFile
from reports.signing_state import SigningState
from tests.factories import certificates
from tests.factories import signing as made
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.reports import issue_here
from tests.factories.schools import make_cast

SECRET = certificates.PASSPHRASE


class SigningCase(TestCase):
    """A plan that the principal has issued; the school has a clerk (`editor`)."""

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.cast.principal.full_name = made.SIGNER
        cls.cast.principal.save()
        cls.plan = complete(make_plan(2024, school=cls.cast.school, status="approved"))
        cls.document = issue_here(cls.plan, by=cls.cast.principal)
        made.trust()

    def setUp(self):
        cache.clear()
        self.url = reverse("reports:signing", args=[self.document.pk])

    def post(self, who, **data):
        self.client.force_login(who)
        return self.client.post(self.url, data, follow=True)

    def look(self, who):
        self.client.force_login(who)
        return self.client.get(self.url)

    def sign_as_person(self, **more):
        data = made.key_data(made.person_p12(), "person", **more)
        return self.post(self.cast.principal, **data)

    def sign_as_school(self, **more):
        upload = made.school_p12(self.cast.school)
        return self.post(
            self.cast.editor, **made.key_data(upload, "organisation", **more)
        )

    def upload(self, content, who=None):
        data = {"way": "token", "file": made.pdf_file(content)}
        return self.post(who or self.cast.editor, **data)

    def stored(self):
        return [
            (file.signed_by, file.format, file.way)
            for file in SignedFile.objects.order_by("pk")
        ]

    def issued(self):
        return made.issued_pdf(self.document)

    def state(self):
        return SigningState(type(self.document).objects.get(pk=self.document.pk))


class RefusedCase(SigningCase):
    def assert_refused(self, response, *told):
        self.assertEqual(response.status_code, 422)
        for words in told:
            self.assertContains(response, words, status_code=422)
        self.assertContains(response, "Có lỗi cần sửa", status_code=422)

    def sign_with(self, upload, passphrase=SECRET):
        data = made.key_data(upload, "person", passphrase)
        return self.post(self.cast.principal, **data)
