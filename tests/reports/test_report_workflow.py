import datetime
from itertools import product
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.transitions import TransitionError
from reports import issuing, workflow
from reports.enums import ReportStatus
from reports.models import ResultReport
from reports.resulting import ReportLockedError, save_header
from schools.enums import ReviewMode
from schools.models import ReviewSetting, User
from tests.deeds import HEAD, OFFICE, ROLES, WRITERS, EveryDeedCase, until_approved
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.reports import begin_report, issue_outside, make_report
from tests.factories.schools import SchoolFactory, make_cast

LEGAL = until_approved(workflow) | {
    workflow.ISSUE: ({"approved"}, HEAD),
}
BY_HEAD = LEGAL | {
    workflow.SUBMIT: (set(), WRITERS),
    workflow.ISSUE: ({"draft", "returned", "approved"}, HEAD),
    workflow.RECEIVE: ({"issued"}, OFFICE),
}
ISSUE = {
    "issued_on": datetime.date(2025, 5, 25),
    "symbol": "NSH",
    "place": "Bình An",
    "signature": {"capacity": "HIỆU TRƯỞNG", "name": "Nguyễn Thị Lan"},
}


class ReportCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = issue_outside(complete(make_plan(2024, school=cls.cast.school)))
        cls.report = begin_report(cls.plan, by=cls.cast.editor)
        cls.report.rows.update(done="Xong.")

    def set_mode(self, mode):
        ReviewSetting.objects.update_or_create(
            authority=self.cast.office,
            school_year=self.plan.school_year,
            defaults={"mode": ReviewMode.OFFICE, "report_mode": mode},
        )

    def fresh(self):
        return ResultReport.objects.with_header().get(pk=self.report.pk)

    def set_status(self, status):
        fields = {"number": 9, "issued_on": "2025-05-20"} if status == "issued" else {}
        ResultReport.objects.filter(pk=self.report.pk).update(status=status, **fields)

    def deed(self, transition, actor, note="Lý do", **kwargs):
        by = User.objects.get(pk=getattr(self.cast, actor).pk)
        return workflow.perform(transition, self.fresh(), by=by, note=note, **kwargs)

    def sign_in(self, actor):
        self.client.force_login(User.objects.get(pk=getattr(self.cast, actor).pk))


@pytest.mark.one_database
class EveryTransitionTests(EveryDeedCase, ReportCase):
    def attempt(self, transition, status, role):
        self.set_status(status)
        self.report.events.all().delete()
        fields = {"number": 9, "issued_on": "2025-05-20"}
        changes = fields if transition is workflow.ISSUE else None
        try:
            self.deed(transition, role, changes=changes)
        except PermissionDenied:
            return "denied"
        except TransitionError:
            return "refused"
        return "done"

    def status(self):
        return self.fresh().status

    def check_buttons(self, legal):
        self.report.events.all().delete()
        for status, role in product(ReportStatus.values, ROLES):
            self.set_status(status)
            user = User.objects.get(pk=getattr(self.cast, role).pk)
            offered = {t.key for t in workflow.available(self.fresh(), user)}
            expected = {
                t.key
                for t, (states, roles) in legal.items()
                if status in states and role in roles
            }
            with self.subTest(status=status, role=role):
                self.assertEqual(offered, expected)

    def test_the_table_of_the_test_names_every_deed(self):
        self.assertEqual(set(LEGAL), set(workflow.TRANSITIONS.values()))

    def test_where_the_office_approves(self):
        self.set_mode(ReviewMode.OFFICE)
        self.check(LEGAL, ReportStatus.values)
        self.check_buttons(LEGAL)

    def test_where_the_head_of_school_approves(self):
        self.check(BY_HEAD, ReportStatus.values)
        self.check_buttons(BY_HEAD)


class PerformTests(ReportCase):
    def test_incomplete_report_is_not_submitted(self):
        self.set_mode(ReviewMode.OFFICE)
        self.report.rows.update(done="", in_progress="", not_done="")
        with self.assertRaisesMessage(TransitionError, "chỗ chưa đủ"):
            self.deed(workflow.SUBMIT, "editor")

    def test_return_without_a_reason_is_refused(self):
        self.set_status("submitted")
        with self.assertRaisesMessage(TransitionError, "lý do trả lại"):
            self.deed(workflow.RETURN, "officer", note=" ")

    def test_submitted_report_is_not_written_and_says_what_to_do(self):
        self.set_status("submitted")
        with self.assertRaisesMessage(ReportLockedError, "hãy rút lại"):
            save_header(self.report, by=self.cast.editor, remarks="Khác")

    def test_approving_something_else_than_was_read_is_refused(self):
        self.set_status("submitted")
        seen = workflow.content_digest(self.report)
        row = self.report.rows.first()
        row.done = "Khác"
        row.save()
        with self.assertRaisesMessage(TransitionError, "Báo cáo vừa thay đổi"):
            self.deed(workflow.APPROVE, "officer", seen=seen)
        self.deed(
            workflow.APPROVE, "officer", seen=workflow.content_digest(self.report)
        )
        event = self.report.events.get()
        self.assertEqual(event.content_digest, workflow.content_digest(self.report))

    def test_report_is_received_once(self):
        self.set_status("issued")
        self.deed(workflow.RECEIVE, "officer")
        with self.assertRaisesMessage(TransitionError, "đã được tiếp nhận"):
            self.deed(workflow.RECEIVE, "leader")


class IssueTests(ReportCase):
    def issue(self):
        return issuing.issue_report(
            self.fresh(), by=self.cast.principal, number=9, **ISSUE
        )

    def test_office_mode_issues_only_what_is_approved(self):
        self.set_mode(ReviewMode.OFFICE)
        for status in ("draft", "returned", "submitted"):
            self.set_status(status)
            with self.subTest(status), self.assertRaises(TransitionError):
                self.issue()
        self.assertEqual(self.report.events.count(), 0)

    def test_approved_report_is_issued_with_a_trace_and_its_plan_is_reported(self):
        self.set_mode(ReviewMode.OFFICE)
        self.set_status("approved")
        with mock.patch("reports.issuing.drawn", return_value={"pdf": b"%PDF-1.7"}):
            self.issue()
        self.assertEqual(self.fresh().status, "issued")
        self.assertEqual(self.report.events.get().deed, "ban-hanh")
        self.plan.refresh_from_db()
        self.assertEqual(self.plan.status, "reported")


class PageTests(ReportCase):
    def deed_url(self, key):
        return reverse("reports:result-deed", args=[self.report.pk, key])

    def post(self, actor, key, **data):
        self.sign_in(actor)
        return self.client.post(self.deed_url(key), data, follow=True)

    def test_the_way_through_the_office_by_its_pages(self):
        self.set_mode(ReviewMode.OFFICE)
        self.post("editor", "trinh")
        page = self.post("officer", "tra-lai", note="Nêu rõ số liệu.")
        self.assertContains(page, "Nêu rõ số liệu.")
        self.post("editor", "trinh")
        self.sign_in("officer")
        seen = self.client.get(self.deed_url("duyet")).context["seen"]
        page = self.post("officer", "duyet", seen=seen)
        self.assertEqual(self.fresh().status, "approved")
        self.assertContains(page, "đúng nội dung này")

    def test_approving_without_what_was_read_is_refused(self):
        self.set_status("submitted")
        page = self.post("officer", "duyet")
        self.assertContains(page, "Báo cáo vừa thay đổi")

    def test_deed_that_does_not_fit_the_state_leads_back_with_the_reason(self):
        page = self.post("officer", "duyet")
        self.assertContains(page, "“Đang soạn”")
        page = self.post("editor", "trinh")
        self.assertContains(page, "hiệu trưởng phê duyệt")

    def test_issue_page_of_an_unapproved_report_says_what_comes_first(self):
        self.set_mode(ReviewMode.OFFICE)
        self.sign_in("principal")
        url = reverse("reports:result-issue", args=[self.report.pk])
        page = self.client.get(url, follow=True)
        self.assertContains(page, "Hãy trình báo cáo")

    def test_home_of_the_office_groups_reports(self):
        self.sign_in("officer")
        titles = []
        for status, receive in (
            ("draft", 0),
            ("submitted", 0),
            ("issued", 0),
            ("issued", 1),
        ):
            self.set_status(status)
            if receive:
                self.deed(workflow.RECEIVE, "officer")
            page = self.client.get(reverse("home") + "?nam=2024-2025")
            titles.append([title for title, _ in page.context["report_groups"]])
        self.assertEqual(
            titles,
            [
                [],
                ["Báo cáo kết quả chờ xem xét"],
                ["Báo cáo kết quả đã ban hành, chưa tiếp nhận"],
                ["Báo cáo kết quả đã tiếp nhận"],
            ],
        )

    def test_home_asks_as_much_for_one_report_as_for_three(self):
        counts = []
        for _ in range(2):
            school = SchoolFactory(authority=self.cast.office)
            other = issue_outside(make_plan(2024, school=school))
            make_report(other, status="submitted")
            self.sign_in("officer")
            url = reverse("home") + "?nam=2024-2025"
            self.client.get(url)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(url)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])
