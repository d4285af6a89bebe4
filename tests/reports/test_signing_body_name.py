"""A person's certificate that names the school as well is no seal of the school."""

import pytest

from tests.factories import certificates
from tests.factories import signing as made
from tests.reports.signingcase import RefusedCase


@pytest.mark.one_database
class DutyCertificateTests(RefusedCase):
    def key(self):
        """As people have it for their duty: a name, the body, no number of either."""
        subject = certificates._name(
            common_name=made.SIGNER, organisation=self.cast.school.name
        )
        private = certificates.private_key("person")
        leaf = certificates._leaf(subject, private, certificates.authority)
        return certificates.person_key(leaf)

    def test_it_signs_for_the_person(self):
        self.upload(made.signed_elsewhere(self.issued(), self.key()))
        self.assertEqual(self.stored(), [("person", "pdf", "token")])

    def test_in_the_field_of_the_seal_it_does_not_close_the_step_of_the_school(self):
        key = self.key()
        answer = self.upload(made.signed_elsewhere(self.issued(), key, key))
        self.assert_refused(answer, made.SIGNER, self.cast.school.name)
        self.assertEqual(self.stored(), [])
