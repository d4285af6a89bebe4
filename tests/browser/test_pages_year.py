"""The pages of a whole year: self-assessment, progress, evidence, adjustment, result report,
carry-over, the year itself."""

from plans import drafting, workflow
from plans.models import Monitoring
from plans.tables import ROWS
from reports.models import ResultReport
from tests.browser.examining import LONG_WORD, PagesTestCase
from tests.factories.assessments import make_assessment, write_weakness
from tests.factories.evidence import carried_out, make_evidence, pdf_upload
from tests.factories.plans import complete, make_plan
from tests.factories.reports import begin_report, enter, issued_document

# What everybody inside may look at.
ASSESSMENT = (
    ("assessments", "plans:assessments"),
    ("assessment-2026", "plans:assessment", "assessment-2026"),
    ("assessment-2018", "plans:assessment", "assessment-2018"),
    ("level-four", "plans:level-four", "assessment-2018"),
    ("review-2026", "plans:review", "assessment-2026", "review-2026"),
    ("review-2018", "plans:review", "assessment-2018", "review-2018"),
    ("limitations", "plans:limitations", "assessment-2026"),
    ("limitations-none", "plans:limitations", "assessment-none"),
)
ASSESSING = (
    ("begin", "plans:assessment-begin"),
    ("assign", "plans:assessment-assign", "assessment-2026"),
    ("take", "plans:review-take", "assessment-2018", "review-2018"),
)
CARRIED_OUT = (
    ("progress-2018", "plans:progress", "issued"),
    ("progress-2026", "plans:progress", "monitored"),
    ("progress-draft", "plans:progress", "draft"),
    ("progress-row-2018", "plans:progress-row", "issued", "issued-line"),
    ("progress-row-2026", "plans:progress-row", "monitored", "monitored-line"),
    ("evidence-list", "plans:evidence-list", "school", 2022),
    ("evidence-list-none", "plans:evidence-list", "school", 2024),
    ("evidence", "plans:evidence", "evidence"),
    ("line-history", "plans:line-history", "adjusted", "dong", "adjusted-line"),
    ("review-history", "plans:line-history", "monitored", "theo-doi", "review"),
    ("plan-adjusted", "plans:detail", "adjusted"),
    ("difference", "plans:difference", "adjusted"),
    ("difference-none", "plans:difference", "issued"),
    ("documents", "reports:plan-documents", "issued"),
    ("documents-none", "reports:plan-documents", "adjusted"),
    ("year-2018", "plans:year", "issued"),
    ("year-2026", "plans:year", "monitored"),
    ("three-years", "plans:three-years", "school"),
)
RECORDING = (
    ("evidence-add", "plans:evidence-add", "school", 2022),
    ("monitoring-add", "plans:monitoring-add", "monitored"),
    ("monitoring-edit", "plans:monitoring-edit", "monitored", "review"),
    ("adjust", "plans:deed", "issued", "dieu-chinh"),
    ("keep", "plans:deed", "adjusted", "bo-dieu-chinh"),
    ("close-refused", "plans:deed", "monitored", "ket-thuc"),
    ("issue-again", "reports:plan-issue", "adjusted"),
    ("carry-over", "plans:carry-over", "adjusted"),
    ("carry-over-crosswalk", "plans:carry-over", "crossing"),
    ("carry-over-refused", "plans:carry-over", "issued"),
)
REPORTS = (
    ("results", "reports:results"),
    ("plan-results", "reports:plan-results", "issued"),
    ("plan-results-refused", "reports:plan-results", "draft"),
    ("result", "reports:result", "report"),
    ("result-annex", "reports:result", "annex"),
    ("result-issued", "reports:result", "issued-report"),
    ("result-gaps", "reports:result-gaps", "report"),
    ("result-preview", "reports:result-preview", "report"),
    ("result-preview-annex", "reports:result-preview", "annex"),
)
REPORTING = (
    ("result-header", "reports:result-header", "report"),
    ("result-header-annex", "reports:result-header", "annex"),
    ("result-header-2026", "reports:result-header", "report-2026"),
    ("result-row", "reports:result-row", "report", "report-line"),
    ("result-issue-refused", "reports:result-issue", "report"),
    ("result-issue", "reports:result-issue", "report-2026"),
)


class PagesOfTheYearTests(PagesTestCase):
    def know(self, name, plan):
        self.known |= {name: plan.pk, f"{name}-line": plan.rows.first().pk}
        return plan

    # --- self-assessment --------------------------------------------------------------

    def assess(self):
        """One of each generation with a limitation; there are two plans to take it to."""
        for first_year in (2024, 2025):
            make_plan(first_year, school=self.school)
        for name, first_year in (("2026", 2026), ("2018", 2024), ("none", 2023)):
            assessment = make_assessment(first_year, school=self.school)
            self.known[f"assessment-{name}"] = assessment.pk
            if name != "none":
                review = write_weakness(assessment, limitations=f"Thiếu {LONG_WORD}")
                self.known[f"review-{name}"] = review.pk

    def test_pages_of_a_self_assessment(self):
        self.assess()
        self.go_through(ASSESSMENT + ASSESSING, "principal", self.principal)
        self.go_through(ASSESSMENT, "officer", self.officer)

    # --- the plan is carried out ------------------------------------------------------

    def carry_out(self):
        self.know("draft", make_plan(2024, school=self.school, rows=2))
        self.know("crossing", make_plan(2025, school=self.school, rows=3))
        self.adjust()
        issued = self.know("issued", carried_out(2022, school=self.school, rows=4))
        self.record(issued)
        issued_document(issued)
        monitored = self.know("monitored", carried_out(2026, school=self.school))
        reviews = Monitoring.objects.filter(plan=monitored)
        reviews.update(result=f"Đạt, xem {LONG_WORD}", assessor="Tổ giám sát")
        self.known["review"] = reviews.first().pk
        return issued, monitored

    def adjust(self):
        plan = complete(carried_out(2023, school=self.school, rows=4))
        note = {"by": self.principal, "note": f"Xem {LONG_WORD}"}
        plan = workflow.perform(workflow.ADJUST, plan, **note)
        row = plan.rows.first()
        row.goal = f"Đạt mức 2 theo {LONG_WORD}"
        drafting.save_line(ROWS, plan, row, by=self.principal)
        self.know("adjusted", plan)

    def record(self, plan):
        first, second = plan.rows.all()[:2]
        told = {"reason": f"Chờ {LONG_WORD}", "created_by": self.principal}
        enter(first, "in_progress", "2023-03-01", is_late=True, **told)
        enter(second, "done", "2023-05-10", done=f"Xem {LONG_WORD}")
        piece = make_evidence(
            plan,
            by=self.principal,
            name=LONG_WORD,
            link=LONG_WORD,
            file=pdf_upload(name="Bien_ban_hop_hoi_dong_truong_nam_hoc_2022.pdf"),
        )
        piece.rows.add(first)
        self.known["evidence"] = piece.pk

    def test_pages_of_a_plan_that_is_carried_out(self):
        self.carry_out()
        self.go_through(CARRIED_OUT + RECORDING, "principal", self.principal)
        self.go_through(CARRIED_OUT, "officer", self.officer)

    # --- the result report ------------------------------------------------------------

    def report(self):
        """Of 2018 with gaps, as an annex, issued; of 2026 with remarks."""
        issued, monitored = self.carry_out()
        for row in monitored.rows.all():
            enter(row, "done", "2026-10-10", done="Đã xong.")
        report = begin_report(issued, by=self.principal)
        annex = {"period": "semester_1", "form": "annex"}
        done = begin_report(monitored, by=self.principal, **annex)
        ResultReport.objects.filter(pk=done.pk).update(
            status="issued", issued_on="2026-11-01"
        )
        self.known |= {
            "report": report.pk,
            "report-line": report.rows.first().pk,
            "annex": begin_report(issued, by=self.principal, **annex).pk,
            "report-2026": begin_report(monitored, by=self.principal).pk,
            "issued-report": done.pk,
        }
        # So that its cells no longer agree with their source.
        enter(issued.rows.first(), "done", "2023-05-20", done=f"Xong, {LONG_WORD}")

    def test_pages_of_a_result_report(self):
        self.report()
        self.go_through(REPORTS + REPORTING, "principal", self.principal)
        self.go_through(REPORTS, "officer", self.officer)
