"""Two people sign at the same moment, on both databases."""

from unittest import mock

from django.test import TransactionTestCase

from reports import signing
from reports.enums import SignedBy, SigningWay
from reports.models import SignedFile
from reports.signatures.keys import load_pkcs12
from reports.signing import RefusedError
from tests.factories import signing as made
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.reports import issue_here
from tests.factories.schools import make_cast
from tests.races import together
from tests.reports.signingcase import SECRET


class RaceTests(TransactionTestCase):
    def setUp(self):
        load_catalogues()
        self.cast = make_cast()
        plan = complete(make_plan(2024, school=self.cast.school, status="approved"))
        self.document = issue_here(plan, by=self.cast.principal)
        made.trust()
        self.key = load_pkcs12(made.person_p12().read(), SECRET)

    def sign(self):
        return signing.sign_document(
            self.document,
            self.key,
            by=self.cast.principal,
            way=SigningWay.KEY_FILE,
            signed_by=SignedBy.PERSON,
        )

    def take_scan(self):
        return signing.take_scan(self.document, made.scan().read(), by=self.cast.editor)

    def test_of_two_who_sign_at_once_one_is_told(self):
        outcomes = together([self.sign, self.sign])
        refused = [o for o in outcomes if isinstance(o, RefusedError)]
        self.assertEqual(len(refused), 1, outcomes)
        self.assertIn("Người khác vừa ký", str(refused[0]))
        self.assertEqual(SignedFile.objects.count(), 1)

    def test_signature_and_scan_at_once_leave_a_state_that_can_go_on(self):
        outcomes = together([self.sign, self.take_scan])
        kept = [o for o in outcomes if isinstance(o, list)]
        self.assertEqual(SignedFile.objects.count(), len(kept))
        self.assertEqual(len(kept), 1, outcomes)

    def test_constraint_is_told_as_words(self):
        with mock.patch("reports.signing._refuse_if_overtaken"):
            outcomes = together([self.sign, self.sign])
        refused = [o for o in outcomes if isinstance(o, RefusedError)]
        self.assertEqual(len(refused), 1, outcomes)

    def test_nothing_is_half_written(self):
        with (
            mock.patch("reports.signing.sign_docx", return_value=b"PK"),
            self.assertRaises(RefusedError),
        ):
            signing.sign_document(
                self.document,
                self.key,
                by=self.cast.principal,
                way=SigningWay.KEY_FILE,
                signed_by=SignedBy.PERSON,
                with_word=True,
            )
        self.assertEqual(SignedFile.objects.count(), 0)
