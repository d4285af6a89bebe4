import datetime
import re

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from criteria.models import Circular, LevelFourClause
from schools.models import User
from tests.factories.criteria import (
    CriterionFactory,
    RequirementFactory,
    StandardFactory,
    load_catalogues,
    make_circular,
    make_criterion,
)

DAY = datetime.timedelta(days=1)
FRAME_QUERIES = 3  # session, user, roles of the user


class ReaderMixin:
    """Somebody who has signed in and holds no role anywhere."""

    def setUp(self):
        self.client.force_login(User.objects.create_user("doc@truong.vn"))

    def page(self, name, *args, **query):
        response = self.client.get(reverse(f"criteria:{name}", args=args), query)
        self.assertEqual(response.status_code, 200)
        return response.content.decode()


class CatalogueAccessTests(TestCase):
    def test_visitor_is_sent_to_the_login_page(self):
        make_circular(slug="tt17")
        for name, args in (("list", []), ("circular", ["tt17"]), ("search", [])):
            with self.subTest(name=name):
                url = reverse(f"criteria:{name}", args=args)
                response = self.client.get(url)
                self.assertRedirects(
                    response,
                    f"{reverse('account_login')}?next={url}",
                    fetch_redirect_response=False,
                )


class CircularListTests(ReaderMixin, TestCase):
    def test_circulars_are_grouped_by_validity(self):
        today = timezone.localdate()
        make_circular("1/2020/TT-BGDĐT", effective_to=today - DAY)
        make_circular("2/2020/TT-BGDĐT", effective_to=today)
        make_circular("3/2020/TT-BGDĐT", effective_from=today + DAY)
        found = re.findall(
            r'<h2 id="nhom-\d">([^<]+)|task-name">([^<]+)', self.page("list")
        )
        self.assertEqual(
            ["".join(pair) for pair in found],
            [
                *("Đang có hiệu lực", "Thông tư 2/2020/TT-BGDĐT"),
                *("Chưa có hiệu lực", "Thông tư 3/2020/TT-BGDĐT"),
                *("Đã hết hiệu lực", "Thông tư 1/2020/TT-BGDĐT"),
            ],
        )

    def test_row_tells_levels_dates_and_counts(self):
        make_circular(
            levels=["multi_level", "lower_secondary"],
            effective_to=datetime.date(2020, 6, 7),
        )
        html = " ".join(self.page("list").split())
        self.assertIn("Trung học cơ sở, Phổ thông có nhiều cấp học", html)
        self.assertIn("Từ 10/10/2018 đến hết 07/06/2020", html)
        self.assertIn("2 tiêu chuẩn, 3 tiêu chí, 9 yêu cầu", html)

    def test_empty_list_says_how_it_fills(self):
        self.assertIn("manage.py load_catalogue", self.page("list"))

    def test_list_takes_the_same_queries_for_1_and_3_circulars(self):
        for n in (1, 2, 3):
            make_circular(f"{n}/2020/TT-BGDĐT")
            with self.subTest(n=n), self.assertNumQueries(FRAME_QUERIES + 2):
                self.page("list")


class CircularPageTests(ReaderMixin, TestCase):
    def test_criterion_has_its_anchor_title_and_requirements(self):
        circular = make_circular()
        standard = StandardFactory(circular=circular, number=3)
        make_criterion(standard, 10, title="Thư viện <b>")
        html = self.page("circular", circular.slug)
        self.assertIn('<article class="criterion" id="tc-3.10">', html)
        self.assertIn('<a href="#tc-3.10"', html)
        self.assertIn("Tiêu chí 3.10: Thư viện &lt;b&gt;", html)
        self.assertIn("Yêu cầu mức 2  của 3.10.", html)

    def test_mandatory_criterion_is_marked_in_words(self):
        circular = make_circular()
        standard = StandardFactory(circular=circular, number=3)
        CriterionFactory(standard=standard, is_mandatory=True)
        html = self.page("circular", circular.slug)
        (title,) = re.findall(r"<h3>([^<]+)<span class=\"status\">Bắt buộc", html)
        self.assertEqual(title.strip(), "Tiêu chí 3.1: Tên tiêu chí 3.1")

    def test_hints_are_folded_and_called_hints(self):
        circular = make_circular()
        standard = StandardFactory(circular=circular, number=3)
        CriterionFactory(standard=standard, evidence=["Sổ"], indicators=["Tỷ lệ", "Số"])
        html = self.page("circular", circular.slug)
        self.assertEqual(
            re.findall("<summary>(.+?)</summary>", html),
            ["Minh chứng gợi ý (1)", "Dữ liệu định lượng chính (2)"],
        )
        self.assertIn("không phải danh mục bắt buộc", html)

    def test_level_four_and_attainment_rule_are_shown(self):
        circular = make_circular(attainment_rule="Đạt khi đủ.")
        LevelFourClause.objects.create(
            circular=circular, number=2, summary="Vượt trội.", reference="khoản 2"
        )
        html = self.page("circular", circular.slug)
        self.assertIn("Đạt khi đủ.", html)
        self.assertIn('<li value="2">Vượt trội.', html)

    def test_page_says_that_the_circular_itself_decides(self):
        html = self.page("circular", make_circular().slug)
        self.assertIn("phần tóm tắt do chúng tôi diễn đạt lại", html)
        self.assertIn("hãy đọc chính thông tư", html)

    def test_point_that_is_repealed_today_is_marked_and_tomorrow_is_not(self):
        circular = make_circular()
        criterion = CriterionFactory(
            standard=StandardFactory(circular=circular, number=3)
        )
        today = timezone.localdate()
        for point, day in (("a", today), ("b", today + DAY)):
            RequirementFactory(criterion=criterion, point=point, repealed_on=day)
        html = self.page("circular", circular.slug)
        self.assertEqual(
            re.findall(r"Đã bãi bỏ từ ([\d/]+)", html), [f"{today:%d/%m/%Y}"]
        )

    def test_unknown_circular_is_not_found(self):
        response = self.client.get(reverse("criteria:circular", args=["khong-co"]))
        self.assertEqual(response.status_code, 404)

    def test_page_takes_the_same_queries_for_small_and_real_circulars(self):
        small = make_circular("1/2020/TT-BGDĐT").slug
        load_catalogues()
        for slug in (small, "tt17-2018-tieu-hoc", "tt57-2026-pho-thong"):
            with self.subTest(slug=slug), self.assertNumQueries(FRAME_QUERIES + 5):
                self.page("circular", slug)


class SearchPageTests(ReaderMixin, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.circular = make_circular()
        cls.other = make_circular("18/2018/TT-BGDĐT")
        standard = StandardFactory(circular=cls.circular, number=3)
        make_criterion(standard, 6, title="Thư viện")

    def test_match_is_marked_and_leads_to_the_criterion(self):
        html = self.page("search", q="thu vien")
        self.assertIn("1 kết quả cho “thu vien”", html)
        self.assertIn("<mark>Thư viện</mark>", html)
        self.assertIn(f'href="{self.circular.get_absolute_url()}#tc-3.6"', html)

    def test_page_without_a_question_shows_the_form_alone(self):
        html = self.page("search")
        self.assertNotIn("ket-qua", html)
        self.assertNotIn("Có lỗi", html)

    def test_search_can_keep_to_one_circular(self):
        html = self.page("search", **{"q": "1.1", "thong-tu": self.other.slug})
        self.assertIn("1 kết quả", html)
        self.assertIn(f"{self.other.get_absolute_url()}#tc-1.1", html)

    def test_nothing_found_says_what_to_try(self):
        html = self.page("search", q="xyz")
        self.assertIn("Không tìm thấy “xyz”", html)
        self.assertIn("Hãy thử ít chữ hơn", html)

    def test_scattered_words_are_announced(self):
        self.assertIn("có đủ các từ", self.page("search", q="viện thư"))

    def test_hostile_text_comes_back_as_text(self):
        for q in ("<script>alert(1)</script>", "'\" onfocus=alert(1) x='", "{{ 1 }}"):
            with self.subTest(q=q):
                html = self.page("search", q=q)
                self.assertNotIn("<script>alert", html)
                self.assertNotIn("' onfocus", html)
                self.assertIn("Không tìm thấy", html)

    def test_control_characters_do_no_harm(self):
        self.assertIn("1 kết quả", self.page("search", q="thư\x07 viện"))
        self.assertIn("Có ký tự điều khiển", self.page("search", q="thư\x00 viện"))

    def test_bad_questions_are_explained(self):
        for query, message in (
            ({"q": "a" * 201}, "Từ khóa dài tối đa 200 ký tự (đang có 201)."),
            ({"q": " "}, "Hãy nhập ít nhất 2 ký tự."),
            ({"q": "thư viện", "thong-tu": "khong-co"}, "Không có thông tư này"),
        ):
            with self.subTest(query=query):
                html = self.page("search", **query)
                self.assertIn(message, html)
                self.assertIn("<title>Lỗi:", html)

    def test_search_takes_the_same_queries_for_1_and_3_hits(self):
        for q, hits in (("thư viện", 1), ("của 1", 4)):
            with self.subTest(q=q), self.assertNumQueries(FRAME_QUERIES + 5):
                self.assertIn(f"{hits} kết quả", self.page("search", q=q))


class ReverseTests(TestCase):
    def test_criterion_leads_to_its_place_on_the_page(self):
        criterion = make_circular(slug="tt17").standards.first().criteria.first()
        self.assertEqual(criterion.get_absolute_url(), "/thong-tu/tt17/#tc-1.1")
        self.assertEqual(Circular.objects.get().get_absolute_url(), "/thong-tu/tt17/")
