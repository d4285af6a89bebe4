"""The pages of plans, schools and circulars, and those of an account."""

from tests.browser import steps
from tests.browser.examining import LONG_WORD, PagesTestCase
from tests.factories.plans import complete, make_plan

COMMON = (
    ("home", "home"),
    ("schools", "schools:list"),
    ("school", "schools:detail", "school"),
)
# The same for everybody.
SAME = (
    ("circulars", "criteria:list"),
    ("circular-2018", "criteria:circular", "gappy-circular"),
    ("circular-2026", "criteria:circular", "draft-circular"),
    ("search", "criteria:search"),
    ("password", "account_change_password"),
    ("sign-out", "account_logout"),
)
PRINCIPAL = (
    *COMMON,
    *SAME,
    ("school-edit", "schools:edit", "school"),
    ("plans", "plans:list"),
    ("plan-create", "plans:create"),
    ("plan-2026", "plans:detail", "draft"),
    ("plan-2018", "plans:detail", "gappy"),
    ("gaps", "plans:gaps", "gappy"),
    ("no-gaps", "plans:gaps", "draft"),
    ("history", "plans:history", "issued"),
    ("header", "plans:header", "gappy"),
    ("section-free", "plans:section", "gappy", "gappy-section"),
    ("section-add", "plans:section", "draft", "draft-section"),
    ("line-add-2018", "plans:line-add", "gappy", "dong"),
    ("line-add-2026", "plans:line-add", "draft", "dong"),
    ("line-edit-2018", "plans:line-edit", "gappy", "dong", "gappy-line"),
    ("line-edit-2026", "plans:line-edit", "draft", "dong", "draft-line"),
    ("line-delete", "plans:line-delete", "draft", "dong", "draft-line"),
    ("issue-line-add", "plans:line-add", "draft", "van-de"),
    ("monitoring-add", "plans:line-add", "draft", "theo-doi"),
    ("submit", "plans:deed", "draft", "trinh"),
    ("submit-gappy", "plans:deed", "gappy", "trinh"),
    ("close", "plans:deed", "issued", "ket-thuc"),
    ("preview-2026", "reports:plan-preview", "draft"),
    ("preview-2018", "reports:plan-preview", "gappy"),
    ("issue", "reports:plan-issue", "approved"),
    ("plan-issued", "plans:detail", "issued"),
)
OFFICER = (
    *COMMON,
    ("plans", "plans:list"),
    ("plan-submitted", "plans:detail", "submitted"),
    ("return", "plans:deed", "submitted", "tra-lai"),
    ("approve", "plans:deed", "submitted", "duyet"),
    ("review", "plans:office-review", "submitted"),
    ("review-many", "plans:office-approve"),
    ("comment", "plans:comment-add", "submitted"),
    ("comments", "plans:comments", "submitted"),
    ("history", "plans:history", "submitted"),
    ("preview", "reports:plan-preview", "submitted"),
    ("plan-draft", "plans:detail", "draft"),
    ("gaps", "plans:gaps", "gappy"),
)


class EveryPageTests(PagesTestCase):
    def setUp(self):
        super().setUp()
        self.plans = {
            "draft": complete(make_plan(2026, school=self.school, rows=4)),
            "gappy": make_plan(2024, school=self.school, rows=6),
            "approved": self.plan_of(2023, "approved"),
            "issued": self.plan_of(2022, "issued", number=5, issued_on="2022-10-03"),
            "submitted": self.plan_of(2025, "submitted"),
        }
        for name, plan in self.plans.items():
            missing = {"schedule": ""} if name == "gappy" else {}
            first = plan.rows.filter(position=1)
            first.update(responsible=LONG_WORD, **missing)
        for name, plan in self.plans.items():
            self.known[name] = plan.pk
            self.known[f"{name}-circular"] = plan.circular.slug
            self.known[f"{name}-line"] = plan.rows.first().pk
            text = plan.sections.filter(key="grounds").get()
            self.known[f"{name}-section"] = text.pk

    def plan_of(self, first_year, status, **fields):
        plan = make_plan(first_year, school=self.school, status=status, **fields)
        return complete(plan)

    def test_pages_of_a_principal(self):
        self.go_through(PRINCIPAL, "principal", self.principal)

    def test_pages_of_an_officer(self):
        self.go_through(OFFICER, "officer", self.officer)

    def test_pages_of_somebody_who_has_not_signed_in(self):
        pages = (("sign-in", "account_login"), ("forgotten", "account_reset_password"))
        self.go_through(pages, "anybody")

    def test_the_editor_inside_the_table(self):
        visitor = self.visit(self.principal)
        page = visitor.page
        for name in ("draft", "gappy"):
            with self.subTest(plan=name):
                page.goto(self.address("plans:detail", name))
                steps.open_editor(page, "dong", 1)
                wrong = self.examine(visitor, "principal", f"editor-{name}")
                self.assertEqual(wrong, {})
