"""What is refused while signing with a key file or by several, each with its own words."""

from unittest import mock

import pytest

from reports.models import TrustedCertificate
from tests.factories import certificates
from tests.factories import signing as made
from tests.factories.inspections import make_inspection
from tests.reports import pdfsignatures
from tests.reports.signingcase import SECRET, RefusedCase


@pytest.mark.one_database
class KeyFileRefusalTests(RefusedCase):
    def tearDown(self):
        self.assertEqual(self.stored(), [])

    def test_wrong_passphrase(self):
        response = self.sign_with(made.person_p12(), "sai")
        self.assert_refused(response, "Mật khẩu của tệp khóa ký không đúng")

    def test_no_key_file_at_all(self):
        self.assert_refused(
            self.sign_with(made.pdf_file(b"%PDF-1.7")), "không phải tệp khóa ký PKCS#12"
        )
        response = self.sign_with(made.pdf_file(b"x" * 102_401))
        self.assert_refused(response, "lớn hơn 100 KB")
        response = self.post(
            self.cast.principal, way="key_file", signed_by="person", passphrase=""
        )
        self.assert_refused(response, "Hãy chọn tệp chữ ký số", "Hãy gõ mật khẩu")

    def test_expired(self):
        upload = made.person_p12(days=(-400, -30))
        self.assert_refused(self.sign_with(upload), "Chứng thư số đã hết hạn ngày")

    def test_foreign(self):
        upload = made.person_p12(issuer=certificates.foreign_authority)
        self.assert_refused(
            self.sign_with(upload),
            "không do nơi cấp trong danh sách tin cậy cấp",
            "cần chứng thư của chính nơi cấp (chứng thư trung gian)",
        )

    def test_nobody_is_trusted_while_the_list_is_empty(self):
        TrustedCertificate.objects.all().delete()
        self.assert_refused(
            self.sign_with(made.person_p12()), "không do nơi cấp trong danh sách"
        )

    def test_wrong_name_is_told_beside_the_printed_one(self):
        response = self.sign_with(made.person_p12("Trần Văn Khác"))
        self.assert_refused(
            response, "“Trần Văn Khác”", f"in tên người ký là “{made.SIGNER}”"
        )

    def test_certificate_of_the_school_cannot_sign_as_the_person(self):
        response = self.sign_with(made.school_p12(self.cast.school))
        self.assert_refused(response, "là chứng thư số của cơ quan", made.SIGNER)


@pytest.mark.one_database
class OrganisationRefusalTests(RefusedCase):
    def setUp(self):
        super().setUp()
        self.sign_as_person()

    def seal_with(self, upload):
        return self.post(
            self.cast.editor, **made.key_data(upload, "organisation", SECRET)
        )

    def tearDown(self):
        self.assertEqual(self.stored(), [("person", "pdf", "key_file")])

    def test_person_cannot_stand_for_the_school(self):
        response = self.seal_with(made.person_p12())
        self.assert_refused(response, "là chứng thư số của cá nhân")

    def test_other_school(self):
        response = self.seal_with(made.school_p12(self.cast.other_school))
        self.assert_refused(
            response, self.cast.other_school.name, self.cast.school.name
        )

    def test_school_whose_name_only_begins_alike(self):
        other = mock.Mock()
        other.name = f"{self.cast.school.name} A"
        self.assert_refused(self.seal_with(made.school_p12(other)), "ban hành")

    def test_upload_must_go_on_from_the_stored_signature(self):
        again = made.signed_elsewhere(self.issued(), made.person_key())
        self.assert_refused(self.upload(again), "đã có bản có chữ ký số của người ký")
        keys = made.person_key(), made.school_key(self.cast.school)
        both = made.signed_elsewhere(self.issued(), *keys)
        self.assert_refused(self.upload(both), "không nối tiếp bản có chữ ký số")

    def test_page_that_is_out_of_date_is_told_so(self):
        response = self.sign_as_person()
        self.assertContains(response, "Người khác vừa ký")
        self.assertContains(response, "Văn thư ký bằng chữ ký số của")


class SeveralSignersTests(RefusedCase):
    """A record that three people sign."""

    def setUp(self):
        super().setUp()
        self.names = ("Lê Thị Thư", "Phạm Văn Đoàn", "Nguyễn Thị Hoa")
        snapshot = {
            "signatures": [{"capacity": "THƯ KÝ", "name": name} for name in self.names]
        }
        visit = make_inspection(self.plan, "closed", authority=self.cast.office)
        self.record = type(self.document).objects.create(
            inspection=visit,
            number_and_symbol="Số: 01/BB",
            issued_on="2025-03-18",
            subject="Kiểm tra",
            snapshot=snapshot,
        )
        for file in self.document.files.all():
            file.pk, file.document = None, self.record
            file.save(force_insert=True)
        self.url = self.url.replace(str(self.document.pk), str(self.record.pk))

    def signed(self, names):
        pdf = self.issued()
        for name in names:
            pdf = pdfsignatures.signed(pdf, made.person_key(name), appearance=None)
        return pdf

    def test_all_of_them_have_to_sign_the_one_file(self):
        response = self.upload(self.signed(self.names[:2]), self.cast.officer)
        self.assert_refused(response, "còn thiếu chữ ký số của: Nguyễn Thị Hoa")
        response = self.upload(self.signed(self.names), self.cast.officer)
        self.assertContains(response, "Bước tiếp theo")

    def test_no_single_key_signs_for_three(self):
        page = self.look(self.cast.leader)
        self.assertContains(page, "nối tiếp trên cùng một tệp")
        self.assertNotContains(page, "Mật khẩu của tệp")
        data = made.key_data(made.person_p12(self.names[0]), "person")
        self.assertContains(self.post(self.cast.leader, **data), "bước khác")

    def test_the_office_signs_its_record_and_the_school_does_not(self):
        self.upload(self.signed(self.names), self.cast.officer)
        response = self.post(self.cast.principal, way="scan")
        self.assertEqual(response.status_code, 403)
        data = made.key_data(made.school_p12(self.cast.office), "organisation")
        response = self.post(self.cast.officer, **data)
        self.assertContains(response, "Văn bản đã ký xong")

    def test_without_names_only_paper_is_left(self):
        with mock.patch(
            "reports.signing_state.SigningState.names_are_known", new=False
        ):
            page = self.look(self.cast.officer)
        self.assertContains(page, "ký tay trên giấy rồi nộp bản quét")
        self.assertNotContains(page, "Nộp bản đã ký")
