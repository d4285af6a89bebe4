"""No passphrase stays anywhere."""

import io
import logging
from unittest import mock

import pytest
from django.core import mail
from django.db import connection
from django.test import override_settings
from django.utils.log import AdminEmailHandler

from tests.factories import signing as made
from tests.reports.signingcase import SECRET, RefusedCase


@pytest.mark.one_database
class SecretTests(RefusedCase):
    """The engine fails in the worst place; the secret is in no log, mail or row."""

    def setUp(self):
        super().setUp()
        self.stream = io.StringIO()
        self.handlers = [
            logging.StreamHandler(self.stream),
            AdminEmailHandler(include_html=True),
        ]
        self.root = logging.getLogger()
        self.level = self.root.level
        self.root.setLevel(logging.DEBUG)
        for handler in self.handlers:
            self.root.addHandler(handler)

    def tearDown(self):
        for handler in self.handlers:
            self.root.removeHandler(handler)
        self.root.setLevel(self.level)

    @override_settings(DEBUG=False, ADMINS=[("Quản trị", "quantri@example.edu.vn")])
    def test_passphrase_is_nowhere_after_a_fault(self):
        self.client.raise_request_exception = False
        with mock.patch("reports.signing.sign_pdf", side_effect=MemoryError("đầy")):
            response = self.sign_with(made.person_p12())
        self.assertEqual(response.status_code, 500)
        self.assert_secret_nowhere()

    @override_settings(DEBUG=False, ADMINS=[("Quản trị", "quantri@example.edu.vn")])
    def test_passphrase_is_nowhere_when_opening_fails(self):
        self.client.raise_request_exception = False

        def opened(data, passphrase):
            raise RuntimeError("hỏng")

        target = "reports.signatures.keys.pkcs12.load_key_and_certificates"
        with mock.patch(target, side_effect=opened):
            response = self.sign_with(made.person_p12())
        self.assertEqual(response.status_code, 500)
        self.assert_secret_nowhere()

    def assert_secret_nowhere(self):
        reports = [m.body + str(m.alternatives) for m in mail.outbox]
        self.assertTrue(any("Traceback" in each for each in reports), "no report")
        told = "".join([self.stream.getvalue(), *reports])
        self.assertIn("signing", told)
        for secret in (
            SECRET,
            repr(SECRET.encode()),
            SECRET.encode("unicode_escape").decode(),
        ):
            self.assertNotIn(secret, told)
        self.assertEqual(self.stored(), [])

    def test_passphrase_is_neither_kept_nor_given_back(self):
        response = self.sign_with(made.person_p12("Trần Văn Khác"))
        self.assertNotContains(response, SECRET, status_code=422)
        self.sign_with(made.person_p12())
        self.assertEqual(len(self.stored()), 1)
        for table in connection.introspection.table_names():
            with connection.cursor() as cursor:
                name = connection.ops.quote_name(table)
                cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 -- our own names
                for row in cursor.fetchall():
                    self.assertNotIn(SECRET, str(row), table)
        self.assertNotIn(SECRET, self.stream.getvalue())
