from playwright.sync_api import expect
from tests.browser import steps
from tests.browser.case import BrowserTestCase
from tests.factories.plans import *
from plans.models import *
GOAL="Mục tiêu cải tiến"
class S(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.plan = complete(make_plan(2026, school=self.school, rows=4))
        self.v=self.visit(self.principal); self.page=self.v.page
        self.page.goto(self.plan.get_absolute_url())
    def tearDown(self):
        print("FAULTS", self.v.faults)
        self.visitors=[]
        self.v.context.close()
        super().tearDown()
    def test_1_cancel(self):
        e=steps.open_editor(self.page,"dong",1)
        e.get_by_label(GOAL,exact=True).fill("abc")
        self.page.screenshot(path="/tmp/shots/x-editor-open.png")
        self.page.mouse.wheel(0,400); self.page.wait_for_timeout(300)
        self.page.screenshot(path="/tmp/shots/x-editor-scrolled.png")
        e.get_by_role("link",name="Không lưu").click()
        self.page.wait_for_timeout(800)
        print("CANCEL url",self.page.url,"editors",self.page.locator("tr.line-editor").count())
    def test_2_two(self):
        e=steps.open_editor(self.page,"dong",1)
        e.get_by_label(GOAL,exact=True).fill("text of first")
        self.page.get_by_role("link",name="Sửa nội dung 3").click()
        self.page.wait_for_timeout(500)
        print("EDITORS",self.page.locator("tr.line-editor").count())
        e2=self.page.locator("tr.line-editor").nth(1)
        e2.get_by_label(GOAL,exact=True).fill("text of third")
        e2.get_by_role("button",name="Lưu").click()
        self.page.wait_for_timeout(800)
        print("EDITORS after",self.page.locator("tr.line-editor").count(), list(self.plan.rows.values_list("goal",flat=True)))
    def test_3_signed_out(self):
        e=steps.open_editor(self.page,"dong",1)
        e.get_by_label(GOAL,exact=True).fill("typed before sign-out")
        self.v.context.clear_cookies(name="sessionid")
        e.get_by_role("button",name="Lưu").click()
        self.page.wait_for_timeout(1000)
        print("SIGNEDOUT", self.page.url, self.page.locator("textarea").count(), self.page.locator("h1").all_inner_texts(), self.page.locator("#dong").inner_text()[:300] if self.page.locator("#dong").count() else "NO #dong")
        self.page.screenshot(path="/tmp/shots/x-signedout.png")
    def test_4_locked(self):
        e=steps.open_editor(self.page,"dong",1)
        e.get_by_label(GOAL,exact=True).fill("typed before lock")
        ImprovementPlan.objects.update(status="submitted")
        e.get_by_role("button",name="Lưu").click()
        self.page.wait_for_timeout(1500)
        print("LOCKED", self.page.url, self.page.locator(".notice").all_inner_texts(), "typed before lock" in self.page.content())
    def test_5_deleted(self):
        pk=self.plan.rows.first().pk
        self.plan.rows.first().delete()
        steps.row_action(self.page,"dong",1,"Sửa").click()
        self.page.wait_for_timeout(1000)
        print("DELETED get", self.page.url, self.page.locator("h1").all_inner_texts())
        self.page.screenshot(path="/tmp/shots/x-deleted.png")
    def test_6_deleted_while_editing(self):
        e=steps.open_editor(self.page,"dong",1)
        e.get_by_label(GOAL,exact=True).fill("typed")
        self.plan.rows.first().delete()
        e.get_by_role("button",name="Lưu").click()
        self.page.wait_for_timeout(1000)
        print("DELETED save", self.page.url, self.page.locator("h1").all_inner_texts(), self.page.locator("textarea").count())
    def test_7_offline(self):
        e=steps.open_editor(self.page,"dong",1)
        e.get_by_label(GOAL,exact=True).fill("typed")
        self.v.context.set_offline(True)
        e.get_by_role("button",name="Lưu").click()
        self.page.wait_for_timeout(1000)
        print("OFFLINE", self.page.locator(".notice").all_inner_texts(), self.page.locator("textarea").count())
        self.v.context.set_offline(False)
    def test_8_conflict(self):
        e=steps.open_editor(self.page,"dong",1)
        e.get_by_label(GOAL,exact=True).fill("mine")
        r=self.plan.rows.first(); r.goal="theirs"; r.save()
        e.get_by_role("button",name="Lưu").click()
        self.page.wait_for_timeout(1000)
        print("CONFLICT", self.plan.rows.first().goal, self.page.locator(".notice").all_inner_texts())
    def test_9_refused(self):
        e=steps.open_editor(self.page,"dong",1)
        e.get_by_label(GOAL,exact=True).fill("x"*30001)
        e.get_by_role("button",name="Lưu").click()
        self.page.wait_for_timeout(1000)
        print("REFUSED", self.page.locator(".error-summary").all_inner_texts(), self.page.evaluate("document.activeElement.outerHTML.slice(0,200)"), self.page.locator("tr.line-editor").count())
    def test_a_back(self):
        e=steps.open_editor(self.page,"dong",1)
        steps.save(e); steps.says(self.page,"Đã lưu")
        self.page.get_by_role("link",name="Thêm nội dung").click(); self.page.wait_for_timeout(400)
        self.page.get_by_role("link",name="Thêm nội dung").click(); self.page.wait_for_timeout(400)
        print("ADD twice", self.page.locator("tr.line-editor").count())
    def test_b_double(self):
        e=steps.open_editor(self.page,"dong")
        e.get_by_label(GOAL,exact=True).fill("double")
        e.get_by_role("button",name="Lưu").dblclick()
        self.page.wait_for_timeout(1500)
        print("DOUBLE", self.plan.rows.count())
    def test_c_double_plain(self):
        steps.row_action(self.page,"dong",1,"Nhân bản").dblclick()
        self.page.wait_for_timeout(1500)
        print("DOUBLE DUP", self.plan.rows.count())
    def test_d_leave(self):
        e=steps.open_editor(self.page,"dong",1)
        e.get_by_label(GOAL,exact=True).fill("unsaved")
        d=[]
        self.page.on("dialog",lambda x:(d.append(x.type),x.accept()))
        self.page.get_by_role("link",name="Xem bản in").click()
        self.page.wait_for_timeout(1000)
        print("LEAVE", self.page.url, d)
    def test_e_filter_enter(self):
        # other rows' action while an editor is open
        e=steps.open_editor(self.page,"dong",1)
        e.get_by_label(GOAL,exact=True).fill("unsaved text")
        steps.row_action(self.page,"dong",4,"Lên").click() if steps.lines(self.page,"dong").count()>3 else None
        self.page.wait_for_timeout(1000)
        print("MOVE while editing", self.page.locator("tr.line-editor").count())
