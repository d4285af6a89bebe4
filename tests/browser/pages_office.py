"""What an office finds and makes, for the tests that look at its pages."""

from django.utils import timezone

from inspections.models import Inspection
from plans import commenting, workflow
from plans.models import ImprovementPlan
from reports import register
from reports.enums import ExportKind, JobState
from reports.models import Export, IssuedDocument, RegisterEntry
from schools.enums import ReviewMode, Role
from schools.models import ReviewSetting
from tests.browser.examining import LONG_WORD
from tests.factories.evidence import carried_out, make_evidence
from tests.factories.inspections import make_inspection, make_round
from tests.factories.plans import complete, make_plan
from tests.factories.reports import issue_here
from tests.factories.schools import school_year


class WorkOfAnOffice:
    """Mixed into a `PagesTestCase`: an office with a leader and a day by which plans are
    due; each deed fills `known`."""

    def setUp(self):
        super().setUp()
        self.leader = self.person(Role.OFFICE_LEADER, self.office, "Phạm Thị Thu")
        self.known |= {"office": self.office.pk, "year": timezone.localdate().year}
        ReviewSetting.objects.create(
            authority=self.office,
            school_year=school_year(2024),
            mode=ReviewMode.OFFICE,
            plan_due_on="2024-09-30",
        )

    def submit_with_comments(self):
        """A plan that was returned, changed and submitted again, with an open comment."""
        self.known["draft"] = make_plan(2026, school=self.school, rows=4).pk
        plan = complete(make_plan(2024, school=self.school, rows=4))
        self.let_the_office_approve_again(plan)
        self.known["submitted"] = plan.pk

    def let_the_office_approve_again(self, plan):
        def fresh():
            return ImprovementPlan.objects.with_header().get(pk=plan.pk)

        def perform(deed, by):
            workflow.perform(deed, fresh(), by=by, note=f"Xem {LONG_WORD}")

        perform(workflow.SUBMIT, self.principal)
        row = plan.rows.first()
        commenting.comment_on_plan(
            fresh(),
            table="dong",
            line_id=row.pk,
            field="goal",
            text=f"Mức 2 đo bằng gì? Xem {LONG_WORD}",
            by=self.officer,
        )
        perform(workflow.RETURN, self.officer)
        plan.rows.filter(pk=row.pk).update(goal=f"Đạt mức 2 theo {LONG_WORD}")
        perform(workflow.SUBMIT, self.principal)

    def inspect(self):
        plan = carried_out(2022, school=self.school, rows=4)
        make_evidence(plan, by=self.principal, name=LONG_WORD).rows.add(
            plan.rows.first()
        )
        held = {"leader": self.officer, "authority": self.office}
        closed = make_inspection(plan, "closed", **held)
        opened = make_inspection(plan, "open", **held, remarks=f"Xem {LONG_WORD}")
        round_ = make_round(self.office, plan.school_year)
        planned = make_inspection(plan, round=round_, **held)
        self.known |= {
            "round": round_.pk,
            "planned": planned.pk,
            "open": opened.pk,
            "closed": closed.pk,
            "task": opened.recommendations.first().pk,
            "old-task": closed.recommendations.first().pk,
        }
        self.assertEqual(Inspection.objects.count(), 3)

    def issue(self):
        """A document in the school's register, and one number given on paper."""
        plan = complete(make_plan(2023, school=self.school, rows=2))
        ImprovementPlan.objects.filter(pk=plan.pk).update(status="approved")
        issue_here(plan, by=self.principal, day="2023-10-05")
        document = IssuedDocument.objects.get()
        self.known |= {"issued": plan.pk, "code": document.code}
        self.known["entry"] = RegisterEntry.objects.get().pk
        self.assertEqual(register.body_of(plan), self.school)

    def export(self):
        job = Export.objects.create(
            user=self.officer,
            kind=ExportKind.DOCUMENTS,
            school_year=school_year(2024),
            state=JobState.RUNNING,
            done=3,
            total=20,
        )
        self.known["export"] = job.pk
