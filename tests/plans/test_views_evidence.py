import re
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import TestCase, override_settings
from django.urls import reverse

from plans.assessing import begin_assessment
from plans.models import Evidence
from tests.factories.criteria import load_catalogues
from tests.factories.evidence import carried_out, make_evidence, pdf_upload
from tests.factories.plans import criteria_of, make_plan
from tests.factories.schools import make_cast
from tests.factories.uploads import office, picture, upload
from tests.queries import queries_of


class EvidencePageCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = carried_out(school=cls.cast.school)
        cls.criterion = criteria_of(cls.plan)[0]
        cls.row = cls.plan.rows.first()
        cls.place = [cls.plan.school_id, 2024]

    def setUp(self):
        self.client.force_login(self.cast.contributor)

    def add(self, query="", **entered):
        data = {"criterion": self.criterion.pk, "name": "Sổ mượn sách"} | entered
        url = reverse("plans:evidence-add", args=self.place) + query
        return self.client.post(url, data, follow=True)

    def make(self, **told):
        return make_evidence(self.plan, by=self.cast.editor, **told)

    def messages(self, response):
        return [str(message) for message in response.context["messages"]]


class AddTests(EvidencePageCase):
    def test_rule_is_told_before_the_failure(self):
        page = self.client.get(reverse("plans:evidence-add", args=self.place))
        self.assertContains(page, "mỗi tệp tối đa 20 MB")
        self.assertContains(page, "PDF, Word (.docx), Excel (.xlsx), ảnh PNG hoặc JPEG")
        self.assertContains(page, "bí mật nhà nước")
        self.assertContains(page, 'enctype="multipart/form-data"')

    def test_file_becomes_a_piece_with_a_code(self):
        response = self.add(files=[pdf_upload()])
        piece = Evidence.objects.get()
        self.assertEqual(
            (piece.code, piece.name, piece.file_name),
            ("[H1-1.1-01]", "Sổ mượn sách", "So muon sach.pdf"),
        )
        self.assertEqual(
            self.messages(response), ["Đã thêm 1 minh chứng: [H1-1.1-01]."]
        )

    def test_several_files_become_a_piece_each_named_by_its_file(self):
        files = [
            pdf_upload("một", "bien_ban.pdf"),
            upload("Ảnh thư viện.png", picture()),
            upload("so.docx", office()),
        ]
        self.add(files=files)
        told = list(Evidence.objects.order_by("pk").values_list("code", "name"))
        self.assertEqual(
            told,
            [
                ("[H1-1.1-01]", "bien ban"),
                ("[H1-1.1-02]", "Ảnh thư viện"),
                ("[H1-1.1-03]", "so"),
            ],
        )

    def test_one_bad_file_refuses_all_and_is_named(self):
        files = [pdf_upload(), upload("gia.pdf", picture())]
        response = self.add(files=files)
        self.assertEqual(response.status_code, 422)
        self.assertEqual(
            response.context["form"].errors["files"],
            [
                "“gia.pdf”: Tên tệp ghi .pdf nhưng nội dung là ảnh PNG. Hãy lưu lại "
                "đúng định dạng rồi chọn lại."
            ],
        )
        self.assertEqual(Evidence.objects.count(), 0)

    def test_empty_file_says_so(self):
        errors = self.add(files=[upload("a.pdf", b"")]).context["form"].errors
        self.assertIn("Tệp rỗng (0 byte)", errors["files"][0])

    @override_settings(EVIDENCE_MAX_MB=1)
    def test_large_file_is_refused_with_its_size(self):
        for size in (1_100_000, 4_000_000):  # in memory, and on the disk
            response = self.add(files=[pdf_upload("x" * size)])
            message = response.context["form"].errors["files"][0]
            self.assertIn(f"{size / 1024 / 1024:.1f} MB, quá mức 1 MB", message)
        self.assertEqual(Evidence.objects.count(), 0)

    def test_more_than_ten_files_are_refused(self):
        files = [pdf_upload(str(n)) for n in range(11)]
        errors = self.add(files=files).context["form"].errors
        self.assertEqual(errors["files"], ["Đã chọn 11 tệp; mỗi lần tối đa 10 tệp."])

    def test_something_must_be_told(self):
        response = self.add(name="")
        self.assertEqual(list(response.context["form"].errors), ["name"])
        self.assertContains(self.add(), "ít nhất một trong ba", status_code=422)

    def test_link_must_be_an_address_of_the_web(self):
        for link in ("javascript:alert(1)", "ftp://example.edu.vn/a", "không phải"):
            with self.subTest(link):
                self.assertIn("link", self.add(link=link).context["form"].errors)
        self.assertEqual(Evidence.objects.count(), 0)

    def test_second_code_for_the_same_file_is_refused_at_the_field(self):
        self.add(files=[pdf_upload()])
        errors = self.add(files=[pdf_upload()]).context["form"].errors
        self.assertIn("đã có trong danh mục với mã [H1-1.1-01]", errors["files"][0])

    def test_from_a_row_the_piece_is_attached_and_leads_back(self):
        url = reverse("plans:evidence-add", args=self.place) + f"?dong={self.row.pk}"
        form = self.client.get(url).context["form"]
        self.assertEqual(form["criterion"].value(), self.row.criterion_id)
        response = self.add(f"?dong={self.row.pk}", location="Tủ")
        self.assertEqual(self.row.evidence.count(), 1)
        back = reverse("plans:progress-row", args=[self.plan.pk, self.row.pk])
        self.assertEqual(response.redirect_chain[-1][0], f"{back}#minh-chung")

    def test_row_of_another_school_or_nonsense_is_not_found(self):
        elsewhere = carried_out(school=self.cast.other_school).rows.first().pk
        for asked in (elsewhere, "x", "9" * 30, "-1"):
            with self.subTest(asked):
                response = self.add(f"?dong={asked}", location="Tủ")
                self.assertEqual(response.status_code, 404)
        self.assertEqual(Evidence.objects.count(), 0)

    def test_address_to_go_back_to_is_one_of_ours(self):
        for asked, goes in (
            ("/ke-hoach/", "/ke-hoach/"),
            ("https://example.com/", reverse("plans:evidence-list", args=self.place)),
            ("//example.com/", reverse("plans:evidence-list", args=self.place)),
        ):
            response = self.add(f"?ve={asked}", location="Tủ")
            self.assertEqual(response.redirect_chain[-1][0], goes)

    def test_row_of_a_draft_is_refused_in_words(self):
        draft = make_plan(2023, school=self.cast.school, rows=1)
        self.place = [draft.school_id, 2023]
        response = self.add(f"?dong={draft.rows.first().pk}", location="Tủ")
        self.assertContains(response, "khi kế hoạch đã ban hành", status_code=422)


class ListTests(EvidencePageCase):
    def test_list_has_the_five_columns_and_the_order_of_the_criteria(self):
        late = self.make(criterion=criteria_of(self.plan)[9], name="Mười")
        first = self.make(name="Một", note="Bản sao")
        page = self.client.get(reverse("plans:evidence-list", args=self.place))
        self.assertEqual(list(page.context["object_list"]), [first, late])
        for label in (
            "TT",
            "Mã minh chứng",
            "Tên minh chứng",
            "Định dạng/vị trí lưu trữ hoặc đường dẫn",
            "Ghi chú",
        ):
            self.assertContains(page, f">{label}</th>")

    def test_evidence_of_other_years_and_schools_is_elsewhere(self):
        make_evidence(
            carried_out(2023, school=self.cast.school), by=self.cast.contributor
        )
        make_evidence(carried_out(school=self.cast.other_school), by=self.cast.stranger)
        page = self.client.get(reverse("plans:evidence-list", args=self.place))
        self.assertEqual(list(page.context["object_list"]), [])
        self.assertContains(page, "Chưa có minh chứng nào")


class PieceTests(EvidencePageCase):
    def test_what_is_told_and_the_rows_can_be_changed(self):
        piece = self.make(rows=[self.row])
        other = self.plan.rows.last()
        self.client.post(
            piece.get_absolute_url(),
            {"name": "Sổ mới", "location": "Kho", "rows": [other.pk]},
        )
        piece.refresh_from_db()
        self.assertEqual((piece.code, piece.name), ("[H1-1.1-01]", "Sổ mới"))
        self.assertEqual(list(piece.rows.all()), [other])

    def test_uses_of_a_piece_are_ticked(self):
        piece = self.make(rows=[self.row])
        page = self.client.get(piece.get_absolute_url()).content.decode()
        ticked = re.findall(r"<input[^>]*\schecked[^>]*>", page)
        self.assertEqual(len(ticked), 1)
        self.assertIn(f'value="{self.row.pk}"', ticked[0])

    def test_piece_can_serve_criteria_of_the_open_assessment(self):
        assessment = begin_assessment(
            self.plan.school, self.plan.school_year, by=self.cast.principal
        )
        piece, review = self.make(), assessment.reviews.last()
        told = {"name": piece.name, "location": piece.location}
        for chosen in ([review.pk], []):
            self.client.post(piece.get_absolute_url(), told | {"reviews": chosen})
            self.assertEqual([r.pk for r in piece.reviews.all()], chosen)

    def test_from_a_review_the_piece_is_attached_and_leads_back(self):
        assessment = begin_assessment(
            self.plan.school, self.plan.school_year, by=self.cast.principal
        )
        review = assessment.reviews.first()
        response = self.add(f"?danh-gia={review.pk}", location="Tủ")
        self.assertEqual(review.evidence.count(), 1)
        self.assertEqual(response.redirect_chain[-1][0], review.get_absolute_url())
        self.assertContains(response, "[H1-1.1-01] Sổ mượn sách")

    def test_piece_without_any_place_is_refused(self):
        piece = self.make()
        response = self.client.post(piece.get_absolute_url(), {"name": "Sổ mới"})
        self.assertContains(response, "ít nhất một trong ba", status_code=422)
        piece.refresh_from_db()
        self.assertEqual(piece.name, "Sổ mượn sách")

    def test_row_of_another_school_is_no_choice(self):
        piece = self.make()
        foreign = carried_out(school=self.cast.other_school).rows.first()
        response = self.client.post(
            piece.get_absolute_url(),
            {"name": "Sổ", "location": "Kho", "rows": [foreign.pk]},
        )
        self.assertEqual(list(response.context["form"].errors), ["rows"])
        self.assertEqual(piece.rows.count(), 0)


class FileTests(EvidencePageCase):
    def get_file(self, piece):
        return self.client.get(reverse("plans:evidence-file", args=[piece.pk]))

    def test_file_comes_as_an_attachment_that_is_not_sniffed(self):
        piece = self.make(file=pdf_upload(name="Sổ mượn.pdf"))
        response = self.get_file(piece)
        self.assertEqual(response["Content-Type"], "application/pdf")
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertEqual(
            response["Content-Disposition"],
            'attachment; filename="So muon.pdf"; '
            "filename*=UTF-8''S%E1%BB%95%20m%C6%B0%E1%BB%A3n.pdf",
        )
        self.assertEqual(b"".join(response)[:5], b"%PDF-")

    def test_bytes_come_back_as_they_went_in(self):
        content = picture("JPEG", (200, 100), noise=True)
        piece = self.make(file=upload("anh.jpeg", content))
        self.assertEqual(b"".join(self.get_file(piece)), content)

    def test_people_of_other_schools_find_nothing(self):
        piece = self.make(file=pdf_upload())
        self.client.force_login(self.cast.stranger)
        self.assertEqual(self.get_file(piece).status_code, 404)

    def test_media_folder_is_not_served_by_itself(self):
        piece = self.make(file=pdf_upload())
        for path in (f"/media/{piece.file.name}", f"/{piece.file.name}"):
            self.assertEqual(self.client.get(path).status_code, 404)

    def test_file_that_went_missing_says_so(self):
        piece = self.make(file=pdf_upload())
        Path(settings.MEDIA_ROOT, piece.file.name).unlink()
        response = self.client.get(
            reverse("plans:evidence-file", args=[piece.pk]), follow=True
        )
        self.assertEqual(
            self.messages(response),
            ["Tệp của minh chứng này không còn trên máy chủ."],
        )


class QueryCountTests(EvidencePageCase):
    def count(self, url):
        user = get_user_model().objects.get(pk=self.cast.contributor.pk)
        self.client.force_login(user)
        return queries_of(self.client, url)

    def test_list_and_piece_are_constant(self):
        counts = []
        rows = list(self.plan.rows.all())
        for more in (1, 4):
            for _ in range(more):
                piece = self.make(rows=rows[: len(counts) + 1])
            counts.append(
                [
                    self.count(reverse("plans:evidence-list", args=self.place)),
                    self.count(piece.get_absolute_url()),
                    self.count(reverse("plans:evidence-add", args=self.place)),
                ]
            )
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(max(counts[1]), 12)
