"""The frame around every page: who, where, which year; also with nothing known."""

import json
import re
from types import SimpleNamespace

from django.template.loader import render_to_string
from django.test import RequestFactory, TestCase
from django.urls import reverse

from schools.enums import Role
from schools.models import Membership, School, SchoolYear, User


def nav_item(label, url, *, is_current=False, state=""):
    return SimpleNamespace(label=label, url=url, is_current=is_current, state=state)


def render_base(**context):
    return render_to_string("base.html", context, RequestFactory().get("/"))


class BareFrameTests(TestCase):
    def test_base_renders_without_any_context(self):
        page = render_to_string("base.html")
        self.assertIn('<html lang="vi">', page)
        self.assertIn('<a class="skip-link" href="#noi-dung">', page)
        self.assertIn('<main id="noi-dung"', page)
        self.assertNotIn("<nav", page)

    def test_htmx_is_told_to_keep_its_inline_style_to_itself(self):
        content = re.search(r"name=\"htmx-config\" content='([^']+)'", render_base())[1]
        self.assertEqual(json.loads(content), {"includeIndicatorCSS": False})

    def test_the_navigation_marks_the_current_page_and_says_each_state(self):
        nav = [
            nav_item("Việc cần làm", "/", is_current=True),
            nav_item("Kế hoạch", "/ke-hoach/", state="Đang soạn"),
        ]
        page = render_base(frame=SimpleNamespace(nav=nav))
        self.assertEqual(page.count('aria-current="page"'), 1)
        self.assertInHTML('<span class="step-state">Đang soạn</span>', page)

    def test_the_year_switcher_offers_the_years_and_keeps_the_chosen_one(self):
        years = [SchoolYear(first_year=2026), SchoolYear(first_year=2025)]
        frame = SimpleNamespace(
            school_years=years, school_year=years[0], year_url="/cho-nay/"
        )
        page = render_base(frame=frame)
        self.assertIn('method="get" action="/cho-nay/"', page)
        self.assertInHTML('<option value="2026-2027" selected>2026-2027</option>', page)
        self.assertInHTML('<option value="2025-2026">2025-2026</option>', page)


class SignedInFrameTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_user("hang@a.edu.vn", full_name="Vũ Thị Hằng")
        school = School.objects.create(name="Trường Tiểu học A")
        Membership.objects.create(user=cls.user, school=school, role=Role.PRINCIPAL)

    def setUp(self):
        self.client.force_login(self.user)
        self.page = self.client.get(reverse("account_logout")).text

    def test_the_top_bar_names_the_person_the_role_and_the_school(self):
        self.assertInHTML('<span class="topbar-name">Vũ Thị Hằng</span>', self.page)
        self.assertInHTML('<span class="topbar-role">Hiệu trưởng</span>', self.page)
        self.assertInHTML(
            '<span class="topbar-place">Trường Tiểu học A</span>', self.page
        )

    def test_signing_out_is_a_form_that_posts(self):
        action = reverse("account_logout")
        self.assertIn(f'<form method="post" action="{action}">', self.page)

    def test_somebody_without_a_name_is_called_by_the_e_mail(self):
        self.client.force_login(User.objects.create_user("an@a.edu.vn"))
        page = self.client.get(reverse("account_logout")).text
        self.assertInHTML('<span class="topbar-name">an@a.edu.vn</span>', page)
