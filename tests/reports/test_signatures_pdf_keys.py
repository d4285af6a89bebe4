"""Key files: each thing that can be wrong with one has its own message."""

import subprocess
import sys
from unittest import TestCase, mock

from asn1crypto import pkcs12 as asn1
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from reports.signatures import keys, subjects
from reports.signatures.keys import KeyFileError, load_pkcs12
from tests.factories import certificates
from tests.factories.certificates import PASSPHRASE


class KeyFileTests(TestCase):
    def refusal(self, data, passphrase=PASSPHRASE):
        with self.assertRaises(KeyFileError) as raised:
            load_pkcs12(data, passphrase)
        return str(raised.exception)

    def test_key_certificate_and_chain_come_out(self):
        key = load_pkcs12(certificates.person_file(), PASSPHRASE)
        self.assertEqual(key.certificate, certificates.person())
        self.assertEqual(key.chain, (certificates.authority(),))
        self.assertEqual(key.kind, subjects.SignerKind.PERSON)
        public = key.certificate.public_key()
        public.verify(key.sign(b"abc"), b"abc", PKCS1v15(), SHA256())

    def test_certificates_of_others_in_the_file_are_left_out(self):
        others = [
            certificates.organisation(),
            certificates.foreign_authority(),
            certificates.authority(),
        ]
        own = certificates.private_key("person")
        data = certificates.key_file(certificates.person(), own, chain=others)
        key = load_pkcs12(data, PASSPHRASE)
        self.assertEqual(key.chain, (certificates.authority(),))

    def test_wrong_passphrase(self):
        for wrong in ("khác", ""):
            with self.subTest(passphrase=wrong):
                found = self.refusal(certificates.person_file(), wrong)
                self.assertEqual(found, keys.LOCKED)

    def test_no_key_file(self):
        pem = certificates.pem(certificates.person()).encode()
        frames = (b"", b"abc", pem, b"0" * 500, b"0\x80" * 5000)
        for data in (*frames, certificates.person_file()[:300]):
            with self.subTest(start=data[:10]):
                self.assertEqual(self.refusal(data), keys.NOT_PKCS12)

    def test_file_without_key_and_without_certificate(self):
        own = certificates.private_key("person")
        bare = certificates.key_file(certificates.person(), None)
        self.assertEqual(self.refusal(bare), keys.NO_KEY)
        lone = certificates.key_file(None, own, chain=[])
        self.assertEqual(self.refusal(lone), keys.NO_CERTIFICATE)
        strange = certificates.key_file(None, own, chain=[certificates.organisation()])
        self.assertEqual(self.refusal(strange), keys.OTHER_CERTIFICATE)

    def test_expired_and_future_certificates_say_their_dates(self):
        own = certificates.private_key("person")
        for make, message, moment in (
            (certificates.expired_person, keys.EXPIRED, "not_valid_after_utc"),
            (certificates.future_person, keys.NOT_YET_VALID, "not_valid_before_utc"),
        ):
            with self.subTest(message=message):
                found = self.refusal(certificates.key_file(make(), own))
                day = getattr(make(), moment).astimezone(keys.VIETNAM)
                self.assertEqual(found, message.format(date=f"{day:%d/%m/%Y}"))

    def test_the_moment_can_be_given(self):
        data = certificates.key_file(
            certificates.expired_person(), certificates.private_key("person")
        )
        then = certificates.expired_person().not_valid_before_utc
        self.assertTrue(load_pkcs12(data, PASSPHRASE, at=then))

    def test_more_than_100_kb(self):
        padded = certificates.person_file() + b"\0" * keys.LARGEST_BYTES
        self.assertEqual(self.refusal(padded), keys.TOO_LARGE)

    def test_short_and_unusual_keys(self):
        for key in (
            rsa.generate_private_key(65537, 1024),  # noqa: S505 - to be refused
            ec.generate_private_key(ec.SECP256K1()),
        ):
            with self.subTest(key=type(key).__name__):
                found = self.refusal(self.file_of(key))
                self.assertEqual(found, keys.UNFIT_KEY)

    def file_of(self, key):
        return certificates.key_file(certificates.key_of(key).certificate, key)

    def test_elliptic_key_signs(self):
        key = ec.generate_private_key(ec.SECP256R1())
        loaded = load_pkcs12(self.file_of(key), PASSPHRASE)
        key.public_key().verify(loaded.sign(b"abc"), b"abc", ec.ECDSA(SHA256()))

    def test_files_of_older_programs_open(self):
        old = (
            PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(2000)
            .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
            .hmac_hash(SHA1())  # noqa: S303 - as old files have it
            .build(PASSPHRASE.encode())
        )
        data = certificates.key_file(
            certificates.person(), certificates.private_key("person"), encryption=old
        )
        self.assertTrue(load_pkcs12(data, PASSPHRASE))

    def test_a_file_that_asks_for_endless_work_is_refused_unopened(self):
        frame = asn1.Pfx.load(certificates.person_file())
        frame["mac_data"]["iterations"] = 2**31 - 1
        with mock.patch.object(keys, "pkcs12") as library:
            self.assertEqual(self.refusal(frame.dump(force=True)), keys.NOT_PKCS12)
        self.assertEqual(library.mock_calls, [])

    def test_neither_key_nor_passphrase_show_in_the_representation(self):
        key = load_pkcs12(certificates.person_file(), PASSPHRASE)
        self.assertNotIn("private", repr(key).lower())

    def test_nothing_is_logged(self):
        with self.assertNoLogs():
            load_pkcs12(certificates.person_file(), PASSPHRASE)
            self.refusal(certificates.person_file(), "khác")


class SubjectTests(TestCase):
    def test_kinds_and_names(self):
        person, school = certificates.person(), certificates.organisation()
        self.assertEqual(subjects.kind_of(person), "person")
        self.assertEqual(subjects.kind_of(school), "organisation")
        self.assertEqual(subjects.kind_of(certificates.nameless()), "unknown")
        self.assertEqual(subjects.signer_name(person), certificates.PRINCIPAL)
        self.assertEqual(subjects.organisation(person), "")
        self.assertEqual(subjects.organisation(school), certificates.SCHOOL)


class WithoutDjangoTests(TestCase):
    def test_the_engine_needs_no_settings(self):
        """The child that examines files starts without them."""
        code = (
            "import reports.signatures.pdf_examine, sys; print('django' in sys.modules)"
        )
        found = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        self.assertEqual(found.stdout.strip(), "False")
