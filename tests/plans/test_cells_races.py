"""Several people type at the same moment, on real connections, on both databases. The last
test takes the check out and shows that the same edits lose text then."""

from unittest import mock

from django.test import TransactionTestCase

from plans import cells, workflow
from plans.cell_lines import delete_line
from plans.cells import CellsChangedError, Edit, LinesGoneError, save_cells
from plans.editing import PlanLockedError
from plans.grid_rows import token
from plans.tables import ROWS
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.schools import make_cast
from tests.races import together

ROUNDS = 5
EDITS = 100


class RaceTests(TransactionTestCase):
    def setUp(self):
        load_catalogues()
        self.cast = make_cast()
        self.plan = make_plan(2024, school=self.cast.school, rows=2)
        complete(self.plan)
        self.row, self.other = self.plan.rows.all()

    def typing(self, text, *, by, field="goal", was=None):
        """A deed that saves `text` in the first row by somebody who saw `was`."""
        seen = token(getattr(self.row, field) if was is None else was)
        edit = Edit(ROWS, self.row.pk, field, text, seen)
        return lambda: save_cells(self.plan.pk, [edit], by=by)

    def test_of_two_texts_for_one_cell_one_wins_and_the_other_sees_both(self):
        for number in range(ROUNDS):
            self.row.refresh_from_db()
            texts = [f"Hiệu trưởng {number}", f"Người soạn {number}"]
            people = (self.cast.principal, self.cast.editor)
            results = together(
                [
                    self.typing(text, by=by)
                    for text, by in zip(texts, people, strict=True)
                ]
            )
            lost = [r for r in results if isinstance(r, CellsChangedError)]
            self.assertEqual(len(lost), 1, results)
            (conflict,) = lost[0].conflicts
            self.row.refresh_from_db()
            self.assertEqual(self.row.goal, conflict.theirs)
            self.assertEqual({conflict.theirs, conflict.edit.text}, set(texts))

    def test_two_cells_of_one_row_are_both_kept(self):
        results = together(
            [
                self.typing("Mục tiêu", by=self.cast.principal),
                self.typing("Việc", by=self.cast.editor, field="actions"),
            ]
        )
        self.assertFalse([r for r in results if isinstance(r, Exception)], results)
        self.row.refresh_from_db()
        self.assertEqual((self.row.goal, self.row.actions), ("Mục tiêu", "Việc"))

    def test_autosave_and_submit_never_both_win(self):
        for number in range(ROUNDS):
            self.row.refresh_from_db()
            save = self.typing(f"Gõ lúc trình {number}", by=self.cast.editor)
            saved, submitted = together([save, self.submit])
            self.assertNotIsInstance(submitted, Exception)
            self.row.refresh_from_db()
            is_stored = self.row.goal == f"Gõ lúc trình {number}"
            self.assertEqual(is_stored, not isinstance(saved, PlanLockedError), saved)
            version = self.plan.versions.order_by("-pk").first()
            goals = [line["goal"] for line in version.lines["rows"]]
            # What was submitted is what stands there, not more and not less.
            self.assertEqual(goals[0], self.row.goal)
            workflow.perform(workflow.RECALL, self.plan, by=self.cast.principal)

    def submit(self):
        return workflow.perform(workflow.SUBMIT, self.plan, by=self.cast.principal)

    def test_typing_in_a_line_that_is_being_deleted_is_saved_before_or_told(self):
        saved, deleted = together(
            [
                self.typing("Gõ", by=self.cast.editor),
                lambda: delete_line(
                    ROWS, self.plan, self.row.pk, by=self.cast.principal
                ),
            ]
        )
        self.assertIsInstance(deleted, str)
        if isinstance(saved, Exception):
            self.assertIsInstance(saved, LinesGoneError)
        self.assertFalse(self.plan.rows.filter(pk=self.row.pk).exists())

    def test_two_people_on_different_rows_keep_all_they_type(self):
        def type_in(row, by):
            text = row.goal
            for number in range(EDITS):
                new = f"{text.split(' | ')[0]} | {number}"
                edit = Edit(ROWS, row.pk, "goal", new, token(text))
                save_cells(self.plan.pk, [edit], by=by)
                text = new
            return text

        texts = together(
            [
                lambda: type_in(self.row, self.cast.principal),
                lambda: type_in(self.other, self.cast.editor),
            ]
        )
        stored = list(self.plan.rows.values_list("goal", flat=True))
        self.assertEqual(stored, texts)
        self.assertEqual(self.plan.line_changes.count(), 2)

    def test_words_of_two_people_in_one_cell_are_all_there(self):
        self.assertEqual(self.words_lost(), 0)

    def test_without_the_check_the_same_edits_lose_words(self):
        with mock.patch.object(cells, "refuse_stale"):
            self.assertGreater(self.words_lost(), 0)

    def words_lost(self):
        """How many of the words that two people add to one cell are missing at the end.
        Each goes on from what they last saw, and takes in the other's text when told."""

        def add(name, by):
            seen = self.row.goal
            for number in range(EDITS // 4):
                word = f" {name}{number}"
                while True:
                    edit = Edit(ROWS, self.row.pk, "goal", seen + word, token(seen))
                    try:
                        save_cells(self.plan.pk, [edit], by=by)
                    except CellsChangedError as error:
                        seen = error.conflicts[0].theirs
                    else:
                        seen += word
                        break

        results = together(
            [
                lambda: add("trường", self.cast.principal),
                lambda: add("soạn", self.cast.editor),
            ]
        )
        self.assertEqual(results, [None, None])
        self.row.refresh_from_db()
        there = set(self.row.goal.split())
        typed = {f"{n}{i}" for n in ("trường", "soạn") for i in range(EDITS // 4)}
        return len(typed - there)
