"""What all browser tests stand on: a served site with one school and its office."""

import pytest
from django.conf import settings
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import Client

from schools.enums import ReviewMode, Role
from schools.models import ReviewSetting
from tests.browser.serving import CountingThread, InTurn
from tests.browser.visitor import Visitor
from tests.factories.criteria import load_catalogues
from tests.factories.schools import (
    AuthorityFactory,
    SchoolFactory,
    make_user,
    school_year,
)

PASSWORD = "trang-giay-2026"


@pytest.mark.browser
class BrowserTestCase(StaticLiveServerTestCase):
    """A test ends with the question whether any of its visitors' browsers complained."""

    server_thread_class = CountingThread
    static_handler = InTurn
    maxDiff = None
    # The stories type it; elsewhere people are signed in already.
    types_password = True

    @pytest.fixture(autouse=True)
    def _take_browser(self, chromium):
        self.browser = chromium

    def setUp(self):
        load_catalogues()
        self.office = AuthorityFactory(name="Ủy ban nhân dân Phường Bình An")
        self.school = SchoolFactory(
            name="Trường Tiểu học Bình An", symbol="BA", authority=self.office
        )
        self.principal = self.person(Role.PRINCIPAL, self.school, "Trần Thị Hiền")
        self.officer = self.person(Role.OFFICE_OFFICER, self.office, "Lê Văn Phúc")
        # The years that the switcher offers.
        for first_year in (2024, 2026):
            school_year(first_year)
        self.visitors = []

    def tearDown(self):
        for visitor in self.visitors:
            visitor.context.close()
        self.server_thread.settle()
        self.assertEqual([f for v in self.visitors for f in v.faults], [])

    def person(self, role, place, name):
        user = make_user(role, place)
        user.full_name = name
        user.set_password(PASSWORD)
        user.save()
        return user

    def visit(self, user=None, **options):
        """A new browser window, in which `user` has signed in."""
        visitor = Visitor(self.browser, self.live_server_url, **options)
        self.visitors.append(visitor)
        self.let_in(visitor, user)
        return visitor

    def let_in(self, visitor, user):
        if user is not None and self.types_password:
            visitor.sign_in(user, PASSWORD)
        elif user is not None:
            client = Client()
            client.force_login(user)
            visitor.take_session(client.cookies[settings.SESSION_COOKIE_NAME].value)

    def let_the_office_approve(self, first_year):
        ReviewSetting.objects.create(
            authority=self.office,
            school_year=school_year(first_year),
            mode=ReviewMode.OFFICE,
        )
