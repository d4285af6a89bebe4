from django.urls import reverse

from plans import drafting, recording, sign_off, workflow
from plans.models import ImprovementPlan
from plans.tables import ROWS
from reports.issuing import issue_plan
from schools.models import School
from tests.factories.plans import complete, make_plan
from tests.factories.schools import SchoolFactory, make_user
from tests.plans.reviewing import ReviewCase

SIGNED = {"capacity": "HIỆU TRƯỞNG", "name": "Nguyễn Thị Lan"}


class DigestTests(ReviewCase):
    def digest(self):
        return sign_off.content_digest(self.fresh())

    def test_every_text_of_the_paper_counts(self):
        row, section = self.plan.rows.first(), self.plan.sections.first()
        seen = {self.digest()}
        self.edit(goal="Khác")
        seen.add(self.digest())
        drafting.save_section(self.plan, section, by=self.cast.editor, text="Khác")
        seen.add(self.digest())
        drafting.save_header(self.plan, by=self.cast.editor, recipients="Như trên")
        seen.add(self.digest())
        drafting.delete_line(ROWS, self.plan, row, by=self.cast.principal)
        seen.add(self.digest())
        self.assertEqual(len(seen), 5)

    def test_what_is_recorded_through_the_year_does_not_count(self):
        before = self.digest()
        ImprovementPlan.objects.update(status="issued", number=5, issued_on="2024-10-1")
        recording.record_progress(
            self.plan.rows.first(),
            status="done",
            is_late=False,
            done="Xong.",
            reason="",
            recorded_on=self.fresh().issued_on,
            by=self.cast.editor,
        )
        self.assertEqual(self.digest(), before)

    def test_text_changed_and_changed_back_is_the_same_text(self):
        before, goal = self.digest(), self.plan.rows.first().goal
        self.edit(goal="Khác")
        self.edit(goal=goal)
        self.assertEqual(self.digest(), before)


class SignOffTests(ReviewCase):
    def signed(self):
        plan = self.fresh()
        return sign_off.last_sign_off(plan, list(plan.events.all()))

    def approve(self):
        self.submit()
        return self.deed(workflow.APPROVE, self.cast.officer)

    def test_submitting_approving_and_nothing_else_names_the_contents(self):
        self.approve()
        self.deed(workflow.REOPEN, self.cast.officer)
        named = {e.deed: bool(e.content_digest) for e in self.plan.events.all()}
        expected = {"lap": False, "trinh": True, "duyet": True, "mo-lai": False}
        self.assertEqual(named, expected)

    def test_approved_text_is_the_text_that_was_read(self):
        self.approve()
        self.assertFalse(self.signed().is_changed)
        self.assertIsNone(self.signed().taken_back)

    def test_reopened_plan_says_so_and_when_it_is_changed_too(self):
        self.approve()
        self.deed(workflow.REOPEN, self.cast.officer)
        self.assertEqual(self.signed().taken_back.deed, "mo-lai")
        self.assertFalse(self.signed().is_changed)
        self.edit(goal="Đạt mức 3")
        self.assertTrue(self.signed().is_changed)
        page = self.page(self.plan.get_absolute_url(), "viewer")
        self.assertContains(page, "Đã thay đổi sau khi duyệt")

    def test_issuing_is_no_change_of_what_was_approved(self):
        self.plan = complete(make_plan(2026, school=self.cast.school))
        self.submit()
        self.deed(workflow.APPROVE, self.cast.principal)
        issue_plan(
            self.fresh(),
            by=self.cast.principal,
            number=5,
            issued_on=self.plan.school_year.starts_on,
            symbol="NSH",
            place="Bình An",
            signature=SIGNED,
        )
        self.assertTrue(self.plan.sections.filter(content="school").exists())
        # Written down with the issue; a later change of the record is none of the plan.
        School.objects.update(address="Số 9 đường Mới")
        self.assertFalse(self.signed().is_changed)

    def test_adjusted_plan_differs_from_what_was_approved(self):
        self.approve()
        fields = {"number": 5, "issued_on": "2024-10-01"}
        self.deed(workflow.ISSUE, self.cast.principal, changes=fields)
        self.deed(workflow.ADJUST, self.cast.principal)
        self.assertFalse(self.signed().is_changed)
        self.edit(goal="Đạt mức 3")
        self.assertTrue(self.signed().is_changed)
        self.assertIsNone(self.signed().taken_back)

    def test_return_by_the_office_and_recall_by_the_school_leave_a_trace(self):
        for transition, actor in (("RETURN", "officer"), ("RECALL", "editor")):
            self.submit()
            self.deed(getattr(workflow, transition), getattr(self.cast, actor))
            event = self.plan.events.first()
            self.assertEqual(event.actor, getattr(self.cast, actor))
            self.assertEqual(event.label, getattr(workflow, transition).done)
            # What was submitted before is no longer before anybody to approve.
            with self.assertRaises(workflow.TransitionError):
                self.deed(workflow.APPROVE, self.cast.officer)

    def test_approving_something_else_than_was_read_is_refused(self):
        self.submit()
        seen = sign_off.content_digest(self.fresh())
        self.deed(workflow.RECALL, self.cast.editor)
        self.edit(goal="Đạt mức 3")
        self.submit()
        with self.assertRaisesMessage(workflow.TransitionError, "vừa thay đổi"):
            self.deed(workflow.APPROVE, self.cast.officer, seen=seen)
        self.assertEqual(self.fresh().status, "submitted")

    def test_page_of_approving_carries_what_was_read(self):
        self.submit()
        url = reverse("plans:deed", args=[self.plan.pk, "duyet"])
        digest = sign_off.content_digest(self.fresh())
        page = self.page(url, "officer")
        field = f'<input type="hidden" name="seen" value="{digest}">'
        self.assertContains(page, field, html=True)
        for seen, status in (("", "submitted"), ("0" * 64, "submitted")):
            answer = self.client.post(url, {"seen": seen}, follow=True)
            self.assertContains(answer, "Kế hoạch vừa thay đổi")
            self.assertEqual(self.fresh().status, status)
        self.client.post(url, {"seen": digest})
        self.assertEqual(self.fresh().status, "approved")

    def test_second_officer_is_told_what_the_first_has_done(self):
        self.submit()
        seen = sign_off.content_digest(self.fresh())
        mine, other = self.fresh(), self.fresh()
        workflow.perform(workflow.APPROVE, mine, by=self.cast.officer, seen=seen)
        with self.assertRaisesMessage(workflow.TransitionError, "“Đã duyệt”"):
            workflow.perform(workflow.RETURN, other, by=self.cast.leader, note="Sai")
        self.assertEqual(self.fresh().status, "approved")


class ChangedPlansTests(ReviewCase):
    def opened(self, *, changed):
        school = SchoolFactory(authority=self.cast.office)
        self.plan = complete(make_plan(2024, school=school))
        principal = make_user("principal", school)
        self.deed(workflow.SUBMIT, principal)
        self.deed(workflow.APPROVE, self.cast.officer)
        self.deed(workflow.REOPEN, self.cast.officer)
        if changed:
            drafting.save_header(self.plan, by=principal, recipients="Khác")
        return self.fresh()

    def test_list_finds_them_with_as_many_queries_for_one_as_for_three(self):
        changed = [self.opened(changed=True)]
        with self.assertNumQueries(5):
            self.assertEqual(sign_off.changed_plans(changed), {changed[0].pk})
        same = self.opened(changed=False)
        changed += [self.opened(changed=True)]
        plans = [ImprovementPlan.objects.with_header().get(pk=p.pk) for p in changed]
        with self.assertNumQueries(5):
            found = sign_off.changed_plans([*plans, same])
        self.assertEqual(found, {plan.pk for plan in changed})

    def test_home_of_the_office_marks_them(self):
        self.opened(changed=True)
        page = self.page(reverse("home"), "officer", nam="2024-2025")
        self.assertContains(page, "Đã thay đổi sau khi duyệt", count=1)


class ReceiveTests(ReviewCase):
    year = 2026

    def setUp(self):
        fields = {"status": "issued", "number": 5, "issued_on": "2026-10-01"}
        ImprovementPlan.objects.filter(pk=self.plan.pk).update(**fields)
        self.plan = self.fresh()

    def receive(self, **kwargs):
        return self.deed(workflow.RECEIVE, self.cast.officer, **kwargs)

    def test_office_receives_what_the_school_issued_and_the_state_stays(self):
        self.receive()
        event = self.plan.events.first()
        self.assertEqual((self.plan.status, event.label), ("issued", "Đã tiếp nhận"))
        self.assertEqual(event.content_digest, sign_off.content_digest(self.plan))

    def test_same_contents_are_received_once(self):
        self.receive()
        self.assertNotIn(
            workflow.RECEIVE, workflow.available(self.fresh(), self.cast.leader)
        )
        with self.assertRaisesMessage(workflow.TransitionError, "đã được tiếp nhận"):
            self.deed(workflow.RECEIVE, self.cast.leader)

    def test_adjusted_plan_issued_again_is_received_again(self):
        self.receive()
        self.deed(workflow.ADJUST, self.cast.principal)
        self.edit(goal="Đạt mức 2")
        self.deed(workflow.ISSUE, self.cast.principal)
        self.receive()
        self.assertEqual(self.plan.events.filter(deed="tiep-nhan").count(), 2)

    def test_receiving_something_else_than_was_read_is_refused(self):
        with self.assertRaisesMessage(workflow.TransitionError, "vừa thay đổi"):
            self.receive(seen="0" * 64)

    def test_nothing_to_receive_where_the_office_approves(self):
        plan = make_plan(2024, school=self.cast.school)
        fields = {"status": "issued", "number": 5, "issued_on": "2024-10-01"}
        ImprovementPlan.objects.filter(pk=plan.pk).update(**fields)
        with self.assertRaisesMessage(workflow.TransitionError, "không có bước"):
            workflow.perform(workflow.RECEIVE, plan, by=self.cast.officer)
