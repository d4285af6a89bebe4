"""What is refused of files that were signed elsewhere, each with its own words."""

import pytest

from tests.factories import certificates
from tests.factories import signing as made
from tests.reports import pdfsignatures
from tests.reports.signingcase import RefusedCase


@pytest.mark.one_database
class UploadRefusalTests(RefusedCase):
    def tearDown(self):
        self.assertEqual(self.stored(), [])

    def signed(self, *keys):
        return made.signed_elsewhere(self.issued(), *(keys or (made.person_key(),)))

    def test_unsigned(self):
        self.assert_refused(self.upload(self.issued()), "Tệp không có chữ ký số nào")

    def test_changed_byte(self):
        pdf = self.signed()
        for at in (2000, len(self.issued()) // 2):
            response = self.upload(pdfsignatures.flipped(pdf, at))
            self.assert_refused(response, "Nội dung đã bị thay đổi sau khi ký")
        hidden = pdf.index(b"/Contents <", len(self.issued())) + 400
        response = self.upload(pdf[:hidden] + b"0" * 64 + pdf[hidden + 64 :])
        self.assertEqual(response.status_code, 422)

    def test_text_added_after_signing(self):
        response = self.upload(pdfsignatures.with_text(self.signed()))
        self.assert_refused(response, "Sau khi ký, văn bản còn bị thêm hoặc sửa")

    def test_text_added_before_signing(self):
        pdf = pdfsignatures.with_text(self.issued())
        response = self.upload(made.signed_elsewhere(pdf, made.person_key()))
        self.assert_refused(response, "Trước khi ký, nội dung")

    def test_other_document(self):
        other = made.signed_elsewhere(pdfsignatures.issued(), made.person_key())
        self.assert_refused(self.upload(other), "không phải là văn bản đã ban hành")

    def test_expired_and_foreign(self):
        for certificate, told in (
            (certificates.person(made.SIGNER, days=(-400, -30)), "đã hết hạn khi ký"),
            (
                certificates.person(made.SIGNER, issuer=certificates.foreign_authority),
                "không do nơi cấp trong danh sách tin cậy cấp",
            ),
        ):
            key = certificates.person_key(certificate)
            self.assert_refused(self.upload(self.signed(key)), told)

    def test_organisation_before_the_person(self):
        pdf = pdfsignatures.sealed(self.issued(), made.school_key(self.cast.school))
        self.assert_refused(self.upload(pdf), "đứng trước chữ ký của người ký")
        both = pdfsignatures.signed(pdf, made.person_key())
        self.assert_refused(self.upload(both), "đứng trước chữ ký của người ký")

    def test_wrong_name(self):
        pdf = self.signed(made.person_key("Trần Văn Khác"))
        self.assert_refused(self.upload(pdf), "“Trần Văn Khác”", made.SIGNER)

    def test_wrong_school(self):
        keys = made.person_key(), made.school_key(self.cast.other_school)
        self.assert_refused(self.upload(self.signed(*keys)), "ban hành")

    def test_no_pdf(self):
        self.assert_refused(self.upload(b"GIF89a"), "nội dung là loại khác")
