"""Whom the site trusts, what it signs with besides files, and the pictures it puts on
paper: the administrator's list, a time stamping authority, the server's token."""

import http.server
import os
import shutil
import subprocess
import threading
import unittest
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pkcs11
import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from django.urls import reverse
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from reports.models import SignatureImage, SignedFile, TrustedCertificate
from tests.factories import certificates
from tests.factories import signing as made
from tests.factories.schools import make_cast
from tests.reports import pdfsignatures
from tests.reports.signingcase import SigningCase

MODULE = next(
    (
        path
        for path in (
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
            "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
        )
        if Path(path).exists()
    ),
    None,
)
LABEL, KEY, PIN = "Truong", "truong", "87654321"
HAS_TOKEN = bool(MODULE and shutil.which("softhsm2-util"))


class TrustListPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()

    def setUp(self):
        self.client.force_login(self.cast.admin)

    def add(self, pem="", **more):
        url = reverse("admin:reports_trustedcertificate_add")
        return self.client.post(url, {"name": "Nơi cấp", "pem": pem, **more})

    def test_pem_gives_its_fingerprint_and_is_shown_with_names_and_dates(self):
        root = certificates.authority()
        self.assertEqual(self.add(certificates.pem(root)).status_code, 302)
        stored = TrustedCertificate.objects.get()
        shown = root.fingerprint(certificates.hashes.SHA256()).hex()
        self.assertEqual(stored.sha256, shown)
        url = reverse("admin:reports_trustedcertificate_changelist")
        response = self.client.get(url)
        self.assertContains(response, "CN=Kiểm thử Root CA")
        url = reverse("admin:reports_trustedcertificate_change", args=[stored.pk])
        self.assertContains(self.client.get(url), shown)

    def test_file_of_the_authority_is_taken_as_it_is(self):
        der = certificates.authority().public_bytes(Encoding.DER)
        response = self.add(file=SimpleUploadedFile("ca.cer", der))
        self.assertEqual(response.status_code, 302)
        self.assertIn("BEGIN CERTIFICATE", TrustedCertificate.objects.get().pem)

    def test_what_does_not_belong_on_the_list(self):
        made.trust()
        root = certificates.pem(certificates.authority())
        foreign = certificates.pem(certificates.foreign_authority())
        secret = certificates.private_key("person").private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        for pem, told in (
            ("xin chào", "không phải chứng thư số dạng PEM"),
            ("", "không phải chứng thư số dạng PEM"),
            (certificates.pem(certificates.person()), "chứng thư của người dùng"),
            (root, "đã có trong danh sách"),
            (root + foreign, "từng chứng thư"),
            (secret.decode(), "khóa bí mật"),
        ):
            response = self.add(pem)
            self.assertContains(response, told)
            self.assertNotContains(response, "Không hợp lệ.")
        self.assertEqual(TrustedCertificate.objects.count(), 1)

    def test_only_the_administrator_keeps_the_list(self):
        self.client.force_login(self.cast.principal)
        self.assertEqual(self.add("x").status_code, 302)
        self.assertEqual(TrustedCertificate.objects.count(), 0)


@pytest.mark.one_database
class IssuingAuthorityTests(SigningCase):
    """A signature that does not bring its issuing authority along."""

    def upload_without_chain(self):
        certificate = certificates.person(
            made.SIGNER, issuer=certificates.intermediate_authority
        )
        key = certificates.FileKey(certificate, (), certificates.private_key("person"))
        return self.upload(made.signed_elsewhere(self.issued(), key))

    def test_the_root_alone_is_not_enough_and_the_page_says_what_is(self):
        response = self.upload_without_chain()
        self.assertContains(response, "chứng thư trung gian", status_code=422)
        made.trust(certificates.intermediate_authority())
        self.assertContains(self.upload_without_chain(), "Bước tiếp theo")


class PictureTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()

    def setUp(self):
        self.own = reverse("reports:signature-image")
        self.seal = reverse("reports:seal-image", args=["truong", self.cast.school.pk])
        self.client.force_login(self.cast.principal)

    def send(self, url, content):
        return self.client.post(url, {"file": made.png(content)}, follow=True)

    def test_own_signature_is_kept_shown_and_deleted(self):
        response = self.send(self.own, pdfsignatures.scribble())
        self.assertContains(response, "Đã lưu hình")
        self.assertContains(response, "data:image/png;base64,")
        self.assertEqual(SignatureImage.objects.get().user, self.cast.principal)
        response = self.client.post(self.own, {"delete": "yes"}, follow=True)
        self.assertContains(response, "Đã xóa hình")
        self.assertEqual(SignatureImage.objects.count(), 0)

    def test_seal_of_school_and_of_office(self):
        self.assertContains(self.send(self.seal, pdfsignatures.seal()), "rộng 36 mm")
        self.client.force_login(self.cast.leader)
        url = reverse("reports:seal-image", args=["co-quan", self.cast.office.pk])
        self.send(url, pdfsignatures.seal())
        owners = {(s.school, s.authority) for s in SignatureImage.objects.all()}
        self.assertEqual(owners, {(self.cast.school, None), (None, self.cast.office)})

    def test_white_ground_becomes_transparent_and_a_second_picture_replaces(self):
        self.send(self.seal, pdfsignatures.seal((255, 255, 255, 255)))
        self.send(self.seal, pdfsignatures.seal())
        self.assertEqual(SignatureImage.objects.count(), 1)

    def test_colour_that_the_decree_does_not_know_is_told(self):
        response = self.send(self.own, pdfsignatures.seal())
        self.assertContains(response, "không phải màu xanh")
        response = self.send(self.seal, pdfsignatures.scribble())
        self.assertContains(response, "không phải màu đỏ")

    def test_what_is_no_picture(self):
        for content, told in (
            (b"GIF89a", "nội dung là loại khác"),
            (pdfsignatures.seal()[:400], "Ảnh bị hỏng"),
            (b"\x89PNG\r\n\x1a\n" + b"0" * 2_200_000, "lớn hơn 2 MB"),
        ):
            response = self.send(self.own, content)
            self.assertContains(response, told, status_code=422)
        self.assertEqual(SignatureImage.objects.count(), 0)


class _StampingAuthority(http.server.BaseHTTPRequestHandler):
    issuer = staticmethod(certificates.authority)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        stamper = certificates.time_stamper(issuer=self.issuer)
        answer = stamper.request_tsa_response(tsp.TimeStampReq.load(body))
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer.dump())

    def log_message(self, *args):
        """Tests stay quiet."""


@contextmanager
def stamping_authority(issuer=certificates.authority):
    """A time stamping authority on this machine; gives its address."""
    handler = type("Handler", (_StampingAuthority,), {"issuer": staticmethod(issuer)})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.one_database
class TimeStampTests(SigningCase):
    def test_stamp_of_the_configured_authority_proves_the_time(self):
        with stamping_authority() as url, override_settings(TSA_URL=url):
            response = self.sign_as_person(with_timestamp="on")
        self.assertContains(response, "có dấu thời gian xác nhận")

    def test_stamp_is_left_out_when_not_asked_for(self):
        with override_settings(TSA_URL="http://127.0.0.1:9/"):
            response = self.sign_as_person()
        self.assertContains(response, "theo đồng hồ của máy ký")

    def test_authority_that_does_not_answer(self):
        with override_settings(TSA_URL="http://127.0.0.1:9/"):
            response = self.sign_as_person(with_timestamp="on")
        self.assertContains(
            response, "Máy chủ cấp dấu thời gian không trả lời", status_code=422
        )
        self.assertEqual(self.stored(), [])

    def test_authority_that_nobody_trusts(self):
        with (
            stamping_authority(certificates.foreign_authority) as url,
            override_settings(TSA_URL=url),
        ):
            response = self.sign_as_person(with_timestamp="on")
        self.assertContains(response, "Dấu thời gian không do nơi cấp", status_code=422)
        self.assertEqual(self.stored(), [])


@unittest.skipUnless(HAS_TOKEN, "SoftHSM is not installed (apt-get install softhsm2)")
@pytest.mark.one_database
class ServerTokenTests(SigningCase):
    def setUp(self):
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        tokens = Path(folder.name, "tokens")
        tokens.mkdir()
        settings = Path(folder.name, "softhsm2.conf")
        settings.write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n")
        os.environ["SOFTHSM2_CONF"] = str(settings)
        self.addCleanup(os.environ.pop, "SOFTHSM2_CONF")
        command = ["softhsm2-util", "--init-token", "--free", "--label", LABEL]
        command += ["--pin", PIN, "--so-pin", PIN]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        library = pkcs11.lib(MODULE)
        library.reinitialize()
        with library.get_token(token_label=LABEL).open(
            rw=True, user_pin=PIN
        ) as session:
            _fill(session, self.cast.school)

    def seal(self, pin=PIN):
        return self.post(
            self.cast.editor, way="server", signed_by="organisation", pin=pin
        )

    def test_school_signs_with_the_key_in_the_server(self):
        with override_settings(
            PKCS11_MODULE=MODULE, PKCS11_TOKEN_LABEL=LABEL, PKCS11_KEY_LABEL=KEY
        ):
            self.sign_as_person()
            response = self.seal("00000000")
            self.assertContains(response, "Mã PIN của thiết bị", status_code=422)
            self.assertNotContains(response, "00000000", status_code=422)
            response = self.seal()
        self.assertContains(response, "Văn bản đã ký xong")
        signed = SignedFile.objects.get(signed_by="organisation")
        self.assertEqual(signed.way, "server")

    def test_key_of_the_school_is_not_the_persons(self):
        with override_settings(
            PKCS11_MODULE=MODULE, PKCS11_TOKEN_LABEL=LABEL, PKCS11_KEY_LABEL=KEY
        ):
            response = self.post(
                self.cast.principal, way="server", signed_by="person", pin=PIN
            )
        self.assertContains(response, "là chứng thư số của cơ quan", status_code=422)
        self.assertEqual(self.stored(), [])

    def test_token_that_is_not_there(self):
        with override_settings(
            PKCS11_MODULE=MODULE, PKCS11_TOKEN_LABEL="Khac", PKCS11_KEY_LABEL=KEY
        ):
            self.sign_as_person()
            response = self.seal()
        self.assertContains(response, "Không thấy thiết bị ký", status_code=422)


def _fill(session, school):
    private = certificates.private_key("organisation")
    der = private.private_bytes(
        Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    )
    session.create_object(
        decode_rsa_private_key(der)
        | {
            pkcs11.Attribute.TOKEN: True,
            pkcs11.Attribute.LABEL: KEY,
            pkcs11.Attribute.ID: b"\1",
            pkcs11.Attribute.SIGN: True,
        }
    )
    certificate = certificates.organisation(school.name)
    session.create_object(
        decode_x509_certificate(certificate.public_bytes(Encoding.DER))
        | {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.ID: b"\1"}
    )
