"""Where a new line is put, and what hangs on lines that are merged."""

from plans.models import ActionRow, FocusIssue
from tests.plans.cellcase import CellCase


class PlaceTests(CellCase):
    first_year = 2024

    def test_what_no_form_offers_is_no_place(self):
        for place in (
            {"criterion": "1.2", "level": "Mức một"},
            {"criterion": "1.2", "level": "1\x00"},
            {"criterion": "1.2", "level": "\ud800"},
            {"criterion": "\ud800", "level": "1"},
        ):
            with self.subTest(place=place):
                answer = self.post("cells-add", table="dong", place=place)
                self.assertEqual(answer.status_code, 422)
                self.assertIn("Chưa thêm", answer.json()["message"])
        self.assertEqual(self.plan.rows.count(), 2)


class MergedIssueTests(CellCase):
    def setUp(self):
        super().setUp()
        self.kept, self.gone = (
            FocusIssue.objects.create(plan=self.plan, position=n, limitation=text)
            for n, text in enumerate(("Thiếu sách", "Thiếu phòng"), start=1)
        )
        ActionRow.objects.filter(pk=self.row.pk).update(focus_issue=self.gone)
        ActionRow.objects.filter(pk=self.other.pk).update(focus_issue=self.kept)

    def issues_of_rows(self):
        return list(self.plan.rows.values_list("focus_issue", flat=True))

    def merge(self):
        lines = {"into": self.kept.pk, "from": self.gone.pk}
        answer = self.post("cells-merge", table="van-de", **lines)
        self.assertEqual(answer.status_code, 200)
        return answer.json()["undo"]

    def test_rows_of_a_merged_issue_belong_to_the_one_that_stays(self):
        self.merge()
        self.assertEqual(self.issues_of_rows(), [self.kept.pk, self.kept.pk])

    def test_taken_apart_each_issue_has_its_rows_again(self):
        before = self.issues_of_rows()
        self.post("cells-undelete", undo=self.merge())
        self.assertEqual(self.issues_of_rows(), before)
