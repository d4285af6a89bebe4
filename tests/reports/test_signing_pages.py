"""The whole way of signing through the page: in the application, elsewhere, on paper."""

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import ImprovementPlan
from reports import register
from reports.enums import SignedBy, SigningWay
from reports.models import SignatureImage, SignedFile
from reports.publishing import publish
from reports.signatures.pdf_verify import verify_pdf
from reports.signatures.word_verifying import verify_docx
from reports.signing_verdict import trust_list
from tests.factories import signing as made
from tests.reports import pdfsignatures
from tests.reports.signingcase import SigningCase


@pytest.mark.one_database
class InTheApplicationTests(SigningCase):
    def test_person_then_school_with_pictures_and_both_files(self):
        SignatureImage.objects.create(
            user=self.cast.principal, content=pdfsignatures.scribble()
        )
        SignatureImage.objects.create(
            school=self.cast.school, content=pdfsignatures.seal()
        )
        response = self.sign_as_person(with_word="on")
        self.assertContains(response, "Bước tiếp theo: văn thư ký")
        response = self.sign_as_school(with_word="on")
        self.assertContains(response, "Văn bản đã ký xong")
        pdf, docx = (
            bytes(SignedFile.objects.get(signed_by="organisation", format=name).content)
            for name in ("pdf", "docx")
        )
        issued = bytes(self.document.files.get(format="docx").content)
        for verdict in (
            verify_pdf(pdf, trust=trust_list(), issued=self.issued()),
            verify_docx(docx, trust=trust_list(), issued=issued),
        ):
            self.assertTrue(verdict.is_valid, verdict.sentences())
            self.assertEqual(
                [each.signer_name for each in verdict.signatures],
                [made.SIGNER, self.cast.school.name],
            )
        self.assertEqual(set(pdfsignatures.image_places(pdf)), {"ChuKy", "ConDau"})

    def test_page_tells_in_words_what_the_check_found(self):
        self.sign_as_person()
        response = self.sign_as_school()
        for told in (
            "Đã ký số đủ",
            f"Người ký: {made.SIGNER}; ký lúc",
            f"Cơ quan ký: {self.cast.school.name}; ký lúc",
            "Nội dung còn nguyên vẹn từ khi ký.",
            "Nơi cấp chứng thư số nằm trong danh sách tin cậy.",
            "Chữ ký bao trùm toàn bộ tệp.",
            "Tệp là đúng văn bản đã ban hành.",
        ):
            self.assertContains(response, told)

    def test_word_is_signed_only_when_asked_for(self):
        self.sign_as_person()
        self.assertEqual(self.stored(), [("person", "pdf", "key_file")])
        response = self.look(self.cast.editor)
        self.assertNotContains(response, "Ký cả bản Word")
        self.sign_as_school(with_word="on")
        self.assertEqual(len(self.stored()), 2)

    def test_page_says_where_word_signatures_were_tried(self):
        response = self.look(self.cast.principal)
        self.assertContains(response, "chưa được kiểm tra bằng Microsoft Word")

    def test_picture_of_somebody_else_is_not_put_on_the_paper(self):
        self.cast.principal.full_name = "Trần Văn Khác"
        self.cast.principal.save()
        SignatureImage.objects.create(
            user=self.cast.principal, content=pdfsignatures.scribble()
        )
        self.sign_as_person()
        pdf = bytes(SignedFile.objects.get().content)
        (place,) = pdfsignatures.image_places(pdf).values()
        self.assertEqual(place[1], place[3])  # no width: nothing is seen

    def test_each_sees_their_own_ways_and_the_others_wait(self):
        principal, editor = self.cast.principal, self.cast.editor
        self.assertContains(self.look(principal), "Mật khẩu của tệp")
        self.assertNotContains(self.look(editor), "Mật khẩu của tệp")
        self.assertContains(self.look(editor), "Nộp bản đã ký")
        waiting = "Bạn không phải làm gì ở bước này"
        self.assertContains(self.look(self.cast.viewer), waiting)
        self.assertContains(self.look(self.cast.leader), waiting)
        self.sign_as_person()
        self.assertContains(self.look(editor), "Mật khẩu của tệp")

    def test_an_office_signs_nothing_for_its_schools(self):
        for who in (self.cast.leader, self.cast.officer):
            data = made.key_data(made.person_p12(), "person")
            self.assertEqual(self.post(who, **data).status_code, 403)
            self.assertEqual(self.post(who, way="scan").status_code, 403)


@pytest.mark.one_database
class ElsewhereTests(SigningCase):
    def test_download_sign_upload_twice(self):
        url = reverse("reports:signed-download", args=[self.document.pk, "pdf"])
        self.client.force_login(self.cast.principal)
        to_sign = self.client.get(url).content
        self.assertEqual(to_sign, self.issued())
        response = self.upload(made.signed_elsewhere(to_sign, made.person_key()))
        self.assertContains(response, "Bước tiếp theo")
        to_seal = self.client.get(url).content
        both = pdfsignatures.sealed(to_seal, made.school_key(self.cast.school))
        self.assertContains(self.upload(both), "Văn bản đã ký xong")
        self.assertEqual(
            self.stored(),
            [("person", "pdf", "token"), ("organisation", "pdf", "token")],
        )
        response = self.client.get(url)
        self.assertEqual(response.content, both)
        self.assertIn("-da ky.pdf", response["Content-Disposition"])

    def test_a_file_with_both_signatures_closes_both_steps(self):
        keys = made.person_key(), made.school_key(self.cast.school)
        response = self.upload(made.signed_elsewhere(self.issued(), *keys))
        self.assertContains(response, "Văn bản đã ký xong")
        self.assertEqual(self.stored(), [("organisation", "pdf", "token")])

    def test_names_without_accents_and_in_capitals_are_the_same(self):
        key = made.person_key("NGUYEN THI HOA")
        response = self.upload(made.signed_elsewhere(self.issued(), key))
        self.assertContains(response, "Bước tiếp theo")


@pytest.mark.one_database
class OnPaperTests(SigningCase):
    def take(self, upload, **more):
        return self.post(
            self.cast.editor, way="scan", file=upload, is_compared="on", **more
        )

    def test_scan_stands_for_both_and_says_everywhere_that_it_is_one(self):
        response = self.take(made.scan())
        self.assertContains(response, "Đã nhận bản quét của văn bản ký tay")
        self.assertContains(response, "không kiểm tra được chữ ký tay")
        self.assertEqual(self.stored(), [("organisation", "pdf", "scan")])
        documents = reverse("reports:plan-documents", args=[self.plan.pk])
        self.assertContains(self.client.get(documents), "Đã ký trên giấy, có bản quét")
        check = reverse("reports:check", args=[self.document.code])
        self.assertContains(self.client.get(check), "Bản quét của văn bản ký tay")
        url = reverse(
            "reports:signed-copy", args=[self.document.pk, "organisation", "pdf"]
        )
        self.assertIn("-ban quet.pdf", self.client.get(url)["Content-Disposition"])

    def test_scan_is_never_handed_out_as_the_file(self):
        self.take(made.scan())
        url = reverse("reports:signed-download", args=[self.document.pk, "pdf"])
        self.assertEqual(self.client.get(url).content, self.issued())

    def test_what_is_no_scan_is_refused(self):
        signed = made.signed_elsewhere(self.issued(), made.person_key())
        for content, told in (
            (self.issued(), "không phải bản quét của bản giấy đã ký"),
            (signed, "Tệp này có chữ ký số"),
            (b"GIF89a", "nội dung là loại khác"),
        ):
            response = self.take(made.pdf_file(content))
            self.assertContains(response, told, status_code=422)
        response = self.post(self.cast.editor, way="scan", file=made.scan())
        self.assertContains(response, "đối chiếu bản quét", status_code=422)
        self.assertEqual(self.stored(), [])


@pytest.mark.one_database
class ElsewhereOnTheSiteTests(SigningCase):
    def test_lists_and_pages_show_the_state_and_lead_to_the_page(self):
        url = reverse("reports:plan-documents", args=[self.plan.pk])
        self.client.force_login(self.cast.editor)
        self.assertContains(self.client.get(self.plan.get_absolute_url()), url)
        self.assertContains(self.client.get(url), "Chờ hiệu trưởng ký.")
        self.assertContains(self.client.get(url), self.url)
        self.sign_as_person()
        response = self.client.get(url)
        self.assertContains(response, "Người ký đã ký, chờ cơ quan ký")

    def test_list_costs_the_same_for_many_documents(self):
        self.sign_as_person()
        url = reverse("reports:plan-documents", args=[self.plan.pk])
        with self.assertNumQueries(self.queries(url)):
            self.client.get(url)
        plan = ImprovementPlan.objects.get(pk=self.plan.pk)
        before = self.queries(url)
        for number in (8, 9):
            document = type(self.document).objects.create(
                plan=plan,
                number_and_symbol=f"Số: {number:02d}/KH",
                issued_on="2024-11-01",
                subject="Cải tiến",
                snapshot={},
            )
            made.store_signed(document)
        self.assertEqual(self.queries(url), before)
        self.assertLessEqual(before, 12)

    def queries(self, url):
        with CaptureQueriesContext(connection) as found:
            self.client.get(url)
        return len(found)

    def test_check_page_and_public_file_know_the_signatures(self):
        self.sign_as_person()
        self.sign_as_school()
        publish(self.document, by=self.cast.principal)
        self.client.logout()
        page = self.client.get(reverse("reports:check", args=[self.document.code]))
        self.assertContains(page, "Bản PDF có chữ ký số của cơ quan, nhận vào hệ thống")
        signed = SignedFile.objects.get(signed_by=SignedBy.ORGANISATION)
        args = [self.cast.school.pk, self.document.pk]
        response = self.client.get(reverse("reports:public-download", args=args))
        self.assertEqual(response.content, bytes(signed.content))

    def test_download_of_the_plan_is_the_signed_one(self):
        self.sign_as_person()
        url = reverse("reports:plan-download", args=[self.plan.pk, "pdf"])
        signed = SignedFile.objects.get()
        self.assertEqual(self.client.get(url).content, bytes(signed.content))

    def test_copy_whose_bytes_changed_is_told_and_not_handed_out(self):
        file = made.store_signed(self.document)
        other = made.store_signed(self.document, signed_by=SignedBy.ORGANISATION)
        self.assertTrue(file.is_intact)
        # The database lets nobody change a file: one that lies is put in.
        broken = SignedFile(
            document=self.document,
            format="docx",
            signed_by=SignedBy.PERSON,
            way=SigningWay.TOKEN,
            content=b"x",
            sha256=other.sha256,
        )
        broken.save()
        self.assertContains(self.look(self.cast.editor), "không còn nguyên vẹn")
        args = [self.document.pk, "person", "docx"]
        response = self.client.get(
            reverse("reports:signed-copy", args=args), follow=True
        )
        self.assertContains(response, "Tệp đã ban hành không còn nguyên vẹn")

    def test_withdrawn_document_is_not_signed(self):
        register.withdraw(self.document.register_entry, reason="Sai thẩm quyền")
        response = self.look(self.cast.principal)
        self.assertContains(response, "đã thu hồi nên không ký được nữa")
        self.assertNotContains(response, "Mật khẩu của tệp")
        self.sign_as_person()
        self.assertEqual(self.stored(), [])


@override_settings(PKCS11_MODULE="")
@pytest.mark.one_database
class ServerTokenOffTests(SigningCase):
    def test_way_is_neither_shown_nor_open(self):
        self.assertNotContains(self.look(self.cast.principal), "máy chủ")
        response = self.post(self.cast.principal, way="server", pin="1")
        self.assertEqual(response.status_code, 404)
