"""Every kind of page, on a phone and on a desk: nothing scrolls sideways, every control
has a name, the keyboard gets past the navigation, and the browser has nothing to complain
about. QUALITYPLAN_SHOTS=folder leaves a picture of each, for people to look at."""

import os
from pathlib import Path

from django.urls import reverse

from tests.browser import probes, steps
from tests.browser.case import BrowserTestCase
from tests.browser.visitor import DESK, PHONE
from tests.factories.assessments import make_assessment, write_weakness
from tests.factories.plans import complete, make_plan

SHOTS = os.environ.get("QUALITYPLAN_SHOTS")
# As people paste it into a cell: one word without a place to break.
LONG_WORD = "https://drive.google.com/drive/folders/" + "1aB2cD3eF4gH" * 6

COMMON = (
    ("home", "home"),
    ("schools", "schools:list"),
    ("school", "schools:detail", "school"),
    ("circulars", "criteria:list"),
    ("circular-2018", "criteria:circular", "gappy-circular"),
    ("circular-2026", "criteria:circular", "draft-circular"),
    ("search", "criteria:search"),
    ("password", "account_change_password"),
    ("sign-out", "account_logout"),
)
PRINCIPAL = (
    *COMMON,
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
    ("carry-over", "plans:carry-over", "approved"),
    ("carry-over-crosswalk", "plans:carry-over", "submitted"),
    ("carry-over-refused", "plans:carry-over", "issued"),
    ("year-2026", "plans:year", "draft"),
    ("year-2018", "plans:year", "issued"),
    ("three-years", "plans:three-years", "school"),
)
ASSESSMENT = (
    ("assessments", "plans:assessments"),
    ("begin", "plans:assessment-begin"),
    ("assessment-2026", "plans:assessment", "assessment-2026"),
    ("assessment-2018", "plans:assessment", "assessment-2018"),
    ("assign", "plans:assessment-assign", "assessment-2026"),
    ("level-four", "plans:level-four", "assessment-2018"),
    ("review-2026", "plans:review", "assessment-2026", "review-2026"),
    ("review-2018", "plans:review", "assessment-2018", "review-2018"),
    ("limitations", "plans:limitations", "assessment-2026"),
    ("take", "plans:review-take", "assessment-2026", "review-2026"),
)
OFFICER = (
    *COMMON,
    ("plans", "plans:list"),
    ("plan-submitted", "plans:detail", "submitted"),
    ("return", "plans:deed", "submitted", "tra-lai"),
    ("approve", "plans:deed", "submitted", "duyet"),
    ("comment", "plans:deed", "submitted", "gop-y"),
    ("history", "plans:history", "submitted"),
    ("preview", "reports:plan-preview", "submitted"),
    ("plan-draft", "plans:detail", "draft"),
    ("gaps", "plans:gaps", "gappy"),
)


class EveryPageTests(BrowserTestCase):
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
        self.known = {"school": self.school.pk}
        for name, plan in self.plans.items():
            self.known[name] = plan.pk
            self.known[f"{name}-circular"] = plan.circular.slug
            self.known[f"{name}-line"] = plan.rows.first().pk
            text = plan.sections.filter(key="grounds").get()
            self.known[f"{name}-section"] = text.pk

    def plan_of(self, first_year, status, **fields):
        plan = make_plan(first_year, school=self.school, status=status, **fields)
        return complete(plan)

    def address(self, name, *args):
        return reverse(name, args=[self.known.get(arg, arg) for arg in args])

    def begin_assessments(self):
        """One of each generation, with a limitation written down."""
        for name, first_year in (("2026", 2026), ("2018", 2024)):
            assessment = make_assessment(first_year, school=self.school)
            review = write_weakness(assessment, limitations=f"Thiếu {LONG_WORD}")
            self.known[f"assessment-{name}"] = assessment.pk
            self.known[f"review-{name}"] = review.pk

    # --- one page ---------------------------------------------------------------------

    def examine(self, visitor, role, name):
        """What is wrong with the page as it now stands, at both widths."""
        page = visitor.page
        wrong = {
            "complaints": visitor.take_faults(),
            "without a name": probes.nameless(page),
            "same id": probes.repeated_ids(page),
        }
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            wrong[f"beyond {size['width']}"] = probes.too_wide(page)
            if SHOTS:
                shot = Path(SHOTS) / f"{role}-{name}-{size['width']}.png"
                # What sticks to the window would be drawn in the middle of the page.
                page.evaluate("scrollTo(0, 0)")
                page.screenshot(path=shot, full_page=True)
        page.set_viewport_size(DESK)
        return {what: found for what, found in wrong.items() if found}

    def go_through(self, pages, role, user=None):
        visitor = self.visit(user)
        for name, *address in pages:
            with self.subTest(role=role, page=name):
                visitor.page.goto(self.address(*address))
                probes.skip_link_works(visitor.page)
                self.assertEqual(self.examine(visitor, role, name), {})

    # --- all pages --------------------------------------------------------------------

    def test_pages_of_a_principal(self):
        self.go_through(PRINCIPAL, "principal", self.principal)

    def test_pages_of_a_self_assessment(self):
        self.begin_assessments()
        self.go_through(ASSESSMENT, "principal", self.principal)
        read = [page for page in ASSESSMENT if page[0] in ("review-2026", "level-four")]
        self.go_through(read, "officer", self.officer)

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
