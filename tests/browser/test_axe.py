"""WCAG 2.2 AA on every type of page on which a school works."""

from tests.browser import editor_steps as grid
from tests.browser.axe import AxeCase
from tests.browser.pages_year import YearOfASchool
from tests.browser.visitor import DESK
from tests.factories.plans import complete, make_plan

WRITING = (
    ("home", "home"),
    ("plans", "plans:list"),
    ("plan", "plans:detail", "gappy"),
    ("grid-2018", "plans:grid", "gappy"),
    ("grid-2026", "plans:grid", "draft"),
    ("row-form", "plans:line-edit", "gappy", "dong", "gappy-line"),
    ("section", "plans:section", "draft", "draft-section"),
    ("header", "plans:header", "gappy"),
    ("gaps", "plans:gaps", "gappy"),
    ("preview", "reports:plan-preview", "gappy"),
    ("history", "plans:history", "draft"),
    ("criteria", "criteria:list"),
    ("circular", "criteria:circular", "circular"),
    ("search", "criteria:search"),
    ("school", "schools:detail", "school"),
)
ASSESSING = (
    ("assessments", "plans:assessments"),
    ("assessment", "plans:assessment", "assessment-2026"),
    ("review", "plans:review", "assessment-2018", "review-2018"),
    ("limitations", "plans:limitations", "assessment-2026"),
)
THE_YEAR = (
    ("year", "plans:year", "issued"),
    ("progress", "plans:progress", "issued"),
    ("progress-row", "plans:progress-row", "issued", "issued-line"),
    ("evidence-list", "plans:evidence-list", "school", 2022),
    ("evidence", "plans:evidence", "evidence"),
    ("difference", "plans:difference", "adjusted"),
    ("line-history", "plans:line-history", "adjusted", "dong", "adjusted-line"),
    ("results", "reports:results"),
    ("result", "reports:result", "report"),
    ("result-preview", "reports:result-preview", "report"),
    ("result-changes", "reports:result-changes", "report"),
)


class AxeTests(YearOfASchool, AxeCase):
    def write_plans(self):
        draft = self.know("draft", make_plan(2026, school=self.school, rows=3))
        complete(draft)
        gappy = self.know("gappy", make_plan(2024, school=self.school, rows=5))
        gappy.rows.filter(position=1).update(schedule="")
        self.known["draft-section"] = draft.sections.get(key="grounds").pk
        self.known["circular"] = gappy.circular.slug

    def test_pages_of_writing(self):
        self.write_plans()
        self.look_at(WRITING, self.principal)

    def test_the_grid_with_everything_open(self):
        self.write_plans()
        visitor = self.visit(self.principal)
        page = visitor.page
        page.set_viewport_size(DESK)
        grid.open_grid(page, self.address("plans:grid", "draft"))
        grid.write(page, 1, "goal", " đang gõ", leave=False)
        page.keyboard.press("F1")
        page.locator(".help-columns").wait_for()
        self.assertEqual(self.violations(page), [])
        page.keyboard.press("Control+Enter")
        page.keyboard.press("Alt+m")
        self.assertEqual(self.violations(page), [])
        page.keyboard.press("Escape")
        for opens in (
            lambda: grid.paste(page, "A\tB"),
            lambda: page.keyboard.press("Alt+h"),
            lambda: page.locator("#mo-phim-tat").click(),
            lambda: page.get_by_role("button", name="Thêm nội dung").click(),
        ):
            opens()
            page.get_by_role("dialog").wait_for()
            self.assertEqual(self.violations(page), [])
            page.keyboard.press("Escape")
            grid.select(page, 1, "goal")
        visitor.context.set_offline(True)
        grid.write(page, 1, "goal", ".")
        grid.state_is(page, "offline")
        self.assertEqual(self.violations(page), [])
        visitor.context.set_offline(False)
        grid.saved(page)
        visitor.take_faults()

    def test_pages_of_a_self_assessment(self):
        self.assess()
        self.look_at(ASSESSING, self.principal)

    def test_pages_of_the_year(self):
        self.report()
        self.look_at(THE_YEAR, self.principal)

    def test_the_page_to_sign_in(self):
        self.look_at((("sign-in", "account_login"),))
