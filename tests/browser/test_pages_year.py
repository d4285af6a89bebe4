"""The pages of a whole year: self-assessment, progress, evidence, adjustment, result report,
carry-over, the year itself."""

from tests.browser.examining import PagesTestCase
from tests.browser.pages_year import YearOfASchool

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
    ("result-changes", "reports:result-changes", "report"),
    ("result-preview", "reports:result-preview", "report"),
    ("result-preview-annex", "reports:result-preview", "annex"),
)
# The office reads the same pages without their deeds: some of each.
OF_THE_SCHOOL = {
    "assessment-2026",
    "review-2018",
    "limitations",
    "progress-2018",
    "progress-row-2018",
    "evidence",
    "plan-adjusted",
    "difference",
    "documents",
    "result",
    "result-issued",
    "result-preview",
}
REPORTING = (
    ("result-header", "reports:result-header", "report"),
    ("result-header-annex", "reports:result-header", "annex"),
    ("result-header-2026", "reports:result-header", "report-2026"),
    ("result-row", "reports:result-row", "report", "report-line"),
    ("result-issue-refused", "reports:result-issue", "report"),
    ("result-issue", "reports:result-issue", "report-2026"),
)


def read_by_office(pages):
    return [page for page in pages if page[0] in OF_THE_SCHOOL]


class PagesOfTheYearTests(YearOfASchool, PagesTestCase):
    def test_pages_of_a_self_assessment(self):
        self.assess()
        self.go_through(ASSESSMENT + ASSESSING, "principal", self.principal)
        self.go_through(read_by_office(ASSESSMENT), "officer", self.officer)

    def test_pages_of_a_plan_that_is_carried_out(self):
        self.carry_out()
        self.go_through(CARRIED_OUT + RECORDING, "principal", self.principal)
        self.go_through(read_by_office(CARRIED_OUT), "officer", self.officer)

    def test_pages_of_a_result_report(self):
        self.report()
        self.go_through(REPORTS + REPORTING, "principal", self.principal)
        self.go_through(read_by_office(REPORTS), "officer", self.officer)
