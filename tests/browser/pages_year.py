"""What a school year leaves behind, for the tests that look at its pages."""

from plans import drafting, workflow
from plans.models import Monitoring
from plans.tables import ROWS
from reports.models import ResultReport
from tests.browser.examining import LONG_WORD
from tests.factories.assessments import make_assessment, write_weakness
from tests.factories.evidence import carried_out, make_evidence, pdf_upload
from tests.factories.plans import complete, make_plan
from tests.factories.reports import begin_report, enter, issued_document


class YearOfASchool:
    """Mixed into a `PagesTestCase`: each deed fills `known`."""

    def know(self, name, plan):
        self.known |= {name: plan.pk, f"{name}-line": plan.rows.first().pk}
        return plan

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
