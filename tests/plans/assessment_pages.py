"""What the tests of the self-assessment's pages share."""

from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.test import TestCase

from tests.factories.assessments import make_assessment
from tests.factories.criteria import load_catalogues
from tests.factories.schools import make_cast


class PageCase(TestCase):
    year = 2026

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.assessment = make_assessment(cls.year, school=cls.cast.school)

    def setUp(self):
        self.client.force_login(self.cast.editor)

    def sign_in(self, actor):
        person = getattr(self.cast, actor)
        self.client.force_login(get_user_model().objects.get(pk=person.pk))

    def told(self, response):
        return [str(message) for message in get_messages(response.wsgi_request)]
