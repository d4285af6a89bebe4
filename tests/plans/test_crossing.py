from criteria.models import Criterion, Crosswalk
from plans.models import (
    ActionRow,
    Assessment,
    CriterionReview,
)
from tests.factories.plans import ROW_2018, criteria_of
from tests.plans.carrying import CarryingCase


class CrosswalkTests(CarryingCase):
    """From a plan of 17/2018 to one of 57/2026."""

    def row(self, plan, code, **fields):
        criterion = next(c for c in criteria_of(plan) if c.code == code)
        return ActionRow.objects.create(
            plan=plan,
            position=plan.rows.count() + 1,
            criterion=criterion,
            standard=criterion.standard,
            criterion_title=criterion.title,
            level="1",
            **{**ROW_2018, **fields},
        )

    def test_crosswalk_is_loaded_whole(self):
        count = {
            number: Crosswalk.objects.filter(
                criterion__standard__circular__number=f"{number}/2018/TT-BGDĐT"
            ).count()
            for number in (17, 18, 19)
        }
        self.assertEqual(count, {17: 27, 18: 28, 19: 25})
        criteria = Criterion.objects.filter(
            standard__circular__number__contains="/2018/"
        )
        self.assertEqual(criteria.count(), 80)

    def test_crosswalk_targets_stand_in_the_annex_of_the_same_schools(self):
        annex = {"17": "II", "18": "II", "19": "I"}
        for entry in Crosswalk.objects.all():
            circular = entry.criterion.standard.circular
            targets = list(entry.to.all())
            self.assertEqual(bool(targets), entry.strength != "none", entry)
            for target in targets:
                found = target.standard.circular
                self.assertEqual(found.number, "57/2026/TT-BGDĐT")
                self.assertEqual(found.annex, annex[circular.number[:2]])

    def test_each_row_gets_its_suggestions_with_strength_and_note(self):
        plan = self.plan(2025)
        rows = [self.row(plan, code) for code in ("1.1", "1.3", "1.4")]
        offers = {offer.row: offer for offer in self.proposal(plan).rows}
        found = [
            (
                [c.code for c in offers[row].crossing.criteria],
                offers[row].crossing.strength,
                offers[row].is_ticked,
            )
            for row in rows
        ]
        self.assertEqual(
            found,
            [
                (["1.1"], "close", True),
                ([], "none", False),
                (["1.2", "2.1", "3.2"], "partial", True),
            ],
        )
        self.assertTrue(all(o.crossing.note for o in offers.values()))

    def test_texts_go_to_the_columns_of_the_new_form(self):
        plan = self.plan(2025)
        self.row(plan, "3.6", budget="15 triệu", support="Cha mẹ học sinh")
        row = self.carry(plan).plan.rows.get()
        self.assertEqual(row.criterion.code, "4.1")
        self.assertEqual(row.standard.number, 4)
        self.assertEqual(row.content, plan.rows.get().criterion_title)
        self.assertEqual(row.resources, "15 triệu\nCha mẹ học sinh")
        for name in ("goal", "actions", "responsible", "schedule"):
            self.assertEqual(getattr(row, name), ROW_2018[name])
        self.assertEqual((row.indicator, row.expected_evidence, row.level), ("",) * 3)

    def test_chosen_criterion_wins_over_the_suggestion(self):
        plan = self.plan(2025)
        row = self.row(plan, "1.4")
        found = self.proposal(plan)
        chosen = found.rows[0].crossing.criteria[2]
        new = self.carry(plan, rows={row.pk: chosen.pk}).plan
        self.assertEqual(new.rows.get().criterion, chosen)

    def test_criterion_of_another_circular_is_not_taken(self):
        plan = self.plan(2025)
        row = self.row(plan, "1.3")
        foreign = Criterion.objects.filter(standard__circular__annex="III").first()
        new = self.carry(plan, rows={row.pk: foreign.pk}).plan
        self.assertIsNone(new.rows.get().criterion)

    def test_focus_issue_comes_only_from_a_limitation_that_was_written(self):
        plan = self.plan(2025)
        assessment = Assessment.objects.create(
            school=plan.school, school_year=plan.school_year, circular=plan.circular
        )
        plain, weak = self.row(plan, "1.1"), self.row(plan, "3.6")
        review = CriterionReview.objects.create(
            assessment=assessment,
            criterion=weak.criterion,
            current_state="1.250 bản sách.",
            limitations="Sách cũ.",
            cause="Thiếu kinh phí.",
        )
        ActionRow.objects.filter(pk=weak.pk).update(source_review=review)
        new = self.carry(plan).plan
        issue = new.focus_issues.get()
        self.assertEqual(
            (issue.current_state, issue.limitation, issue.cause, issue.source_review),
            ("1.250 bản sách.", "Sách cũ.", "Thiếu kinh phí.", review),
        )
        rows = {row.carried_from_id: row for row in new.rows.all()}
        self.assertEqual(rows[weak.pk].focus_issue, issue)
        self.assertEqual(rows[weak.pk].content, "Sách cũ.")
        self.assertIsNone(rows[plain.pk].focus_issue)
