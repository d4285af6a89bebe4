"""A plan is signed: by its principal, by the clerk for the school; whoever holds the code
can see so. Without a picture and with one."""

from django.core.cache import cache
from playwright.sync_api import expect

from schools.enums import Role
from tests.browser import steps
from tests.browser.case import BrowserTestCase
from tests.factories import signing as made
from tests.factories.certificates import PASSPHRASE
from tests.factories.plans import complete, make_plan
from tests.factories.reports import issue_here
from tests.reports import pdfsignatures


class SigningStoryTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        cache.clear()
        self.principal.full_name = made.SIGNER
        self.principal.save()
        self.clerk = self.person(Role.EDITOR, self.school, "Lê Thị Văn Thư")
        self.plan = complete(make_plan(2024, school=self.school, status="approved"))
        self.document = issue_here(self.plan, by=self.principal)
        made.trust()

    def test_principal_signs_clerk_seals_and_the_check_page_says_so(self):
        principal, clerk = self.visit(self.principal), self.visit(self.clerk)
        self.add_picture(principal.page)
        self.open(principal.page)
        self.refuse_wrong_passphrase(principal)
        self.sign(principal.page, made.person_p12(), PASSPHRASE)
        steps.says(principal.page, "Bước tiếp theo: văn thư ký")
        self.open(clerk.page)
        self.sign(clerk.page, made.school_p12(self.school), PASSPHRASE)
        steps.says(clerk.page, "Văn bản đã ký xong")
        self.everybody_sees_it()

    def add_picture(self, page):
        page.goto("/chu-ky/")
        content = pdfsignatures.scribble()
        page.get_by_label("Ảnh PNG").set_input_files(
            {"name": "chu-ky.png", "mimeType": "image/png", "buffer": content}
        )
        page.get_by_role("button", name="Lưu hình").click()
        steps.says(page, "Đã lưu hình")
        expect(page.get_by_alt_text("Hình chữ ký của tôi đang lưu")).to_be_visible()

    def open(self, page):
        page.goto(self.plan.get_absolute_url())
        page.get_by_role("link", name="Văn bản đã ban hành, ký số").click()
        page.get_by_role("link", name="Ký văn bản").click()
        expect(steps.heading(page)).to_have_text("Ký văn bản Số: 01/KH-NSH")

    def sign(self, page, upload, passphrase):
        page.get_by_label("Tệp chữ ký số").set_input_files(
            {
                "name": "chu-ky.p12",
                "mimeType": "application/x-pkcs12",
                "buffer": upload.read(),
            }
        )
        page.get_by_label("Mật khẩu của tệp").fill(passphrase)
        page.get_by_role("button", name="Ký", exact=True).click()

    def refuse_wrong_passphrase(self, visitor):
        with visitor.refusal(422):
            self.sign(visitor.page, made.person_p12(), "sai")
            steps.something_is_wrong(
                visitor.page, "Mật khẩu của tệp khóa ký không đúng"
            )
        expect(visitor.page.get_by_label("Mật khẩu của tệp")).to_have_value("")

    def everybody_sees_it(self):
        page = self.visit().page
        page.goto(f"/tra-cuu/{self.document.code}/")
        main = page.get_by_role("main")
        expect(main).to_contain_text("Bản PDF có chữ ký số của người ký")
        expect(main).to_contain_text("Bản PDF có chữ ký số của cơ quan")
