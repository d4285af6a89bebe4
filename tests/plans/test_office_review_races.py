"""Several people decide about one submitted plan at the same moment, on both databases."""

from django.test import TransactionTestCase

from plans import drafting, sign_off, workflow
from plans.editing import PlanLockedError
from plans.models import ImprovementPlan
from plans.tables import ROWS
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.schools import make_cast, make_user
from tests.races import CROWD, crowd, through, together

REFUSALS = (workflow.TransitionError, PlanLockedError)


class RaceTests(TransactionTestCase):
    def setUp(self):
        load_catalogues()
        self.cast = make_cast()
        self.plan = complete(
            make_plan(2024, school=self.cast.school, status="submitted")
        )
        self.seen = sign_off.content_digest(self.plan)

    def act(self, transition, by):
        def deed():
            mine = ImprovementPlan.objects.with_header().get(pk=self.plan.pk)
            return workflow.perform(
                transition, mine, by=by, note="Lý do", seen=self.seen
            )

        return deed

    def check_one_winner(self, results):
        (won,) = through(results, REFUSALS)
        lost = [found for found in results if isinstance(found, Exception)]
        self.assertEqual(len(lost), CROWD - 1)
        self.assertTrue(all("trạng thái" in str(error) for error in lost))
        return won

    def test_of_many_clicks_one_approves_and_the_others_are_told(self):
        self.check_one_winner(crowd(self.act(workflow.APPROVE, self.cast.officer)))
        self.assertEqual(self.plan.events.filter(deed="duyet").count(), 1)

    def test_of_two_officers_one_wins_whatever_they_decide(self):
        leader = make_user("office_leader", self.cast.office)
        winner = self.check_one_winner(
            together(
                [
                    self.act(workflow.APPROVE, self.cast.officer),
                    self.act(workflow.RETURN, leader),
                ]
                * (CROWD // 2)
            )
        )
        self.plan.refresh_from_db()
        self.assertEqual(self.plan.status, winner.status)

    def test_approval_never_stands_on_a_text_that_was_edited_beside_it(self):
        """Recall, edit and submit again, against approving what was read before."""

        def change():
            plan = ImprovementPlan.objects.with_header().get(pk=self.plan.pk)
            plan = workflow.perform(workflow.RECALL, plan, by=self.cast.editor)
            row = plan.rows.first()
            row.goal = "Đạt mức 3"
            drafting.save_line(ROWS, plan, row, by=self.cast.editor)
            return workflow.perform(workflow.SUBMIT, plan, by=self.cast.editor)

        approve = self.act(workflow.APPROVE, self.cast.officer)
        through(together([approve, change] * (CROWD // 2)), REFUSALS)
        plan = ImprovementPlan.objects.with_header().get(pk=self.plan.pk)
        approval = plan.events.filter(deed="duyet").first()
        if plan.status == "approved":
            digest = sign_off.content_digest(plan)
            self.assertEqual(digest, self.seen)
            self.assertEqual(approval.content_digest, digest)
        else:
            self.assertIsNone(approval)
            self.assertEqual(plan.rows.first().goal, "Đạt mức 3")
