"""Who is told of what is done to a result report: as of plans."""

from django.test import TestCase

from plans.commenting import comment_on_plan
from reports import workflow
from reports.commenting import comment_on_report, reply_on_report
from reports.models import ResultReport
from schools.models import Mail, ReviewSetting, User
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.reports import begin_report, issue_outside
from tests.factories.schools import make_cast


class ReportMailsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = issue_outside(make_plan(2024, school=cls.cast.school, rows=1))
        cls.report = begin_report(cls.plan, by=cls.cast.editor)
        ReviewSetting.objects.create(
            authority=cls.cast.office,
            school_year=cls.plan.school_year,
            mode="office",
            report_mode="office",
        )

    def perform(self, transition, *, by, status, **kwargs):
        ResultReport.objects.filter(pk=self.report.pk).update(status=status)
        person = User.objects.get(pk=by.pk)
        return workflow.perform(transition, self.report, by=person, **kwargs)

    def told(self):
        return {written.recipient for written in Mail.objects.all()}

    def test_office_is_told_of_a_submitted_report(self):
        self.report.rows.update(done="Đã xong.")
        self.perform(workflow.SUBMIT, by=self.cast.editor, status="draft")
        self.assertEqual(self.told(), {self.cast.leader, self.cast.officer})
        written = Mail.objects.first()
        self.assertIn("Đã trình báo cáo", written.subject)
        self.assertIn(self.report.get_absolute_url(), written.body)

    def test_school_is_told_of_a_returned_report(self):
        self.perform(
            workflow.RETURN, by=self.cast.officer, status="submitted", note="Thiếu số."
        )
        self.assertEqual(self.told(), {self.cast.principal, self.cast.editor})
        self.assertNotIn("Thiếu số", Mail.objects.first().body)

    def test_remarks_and_replies_on_reports_and_plans_are_told_apart(self):
        ResultReport.objects.filter(pk=self.report.pk).update(status="submitted")
        place = {"table": "", "line_id": None, "field": "", "text": "Rõ hơn."}
        officer = User.objects.get(pk=self.cast.officer.pk)
        remark = comment_on_report(self.report, by=officer, **place)
        comment_on_plan(self.plan, by=officer, **place)
        self.assertEqual(Mail.objects.count(), 4)
        self.assertEqual(self.told(), {self.cast.principal, self.cast.editor})
        editor = User.objects.get(pk=self.cast.editor.pk)
        reply_on_report(self.report, remark, text="Đã sửa.", by=editor)
        self.assertEqual(Mail.objects.filter(recipient=officer).count(), 1)
