"""Cells saved one by one: exactly what was typed, of the right person, and never over a
text unseen."""

import unicodedata

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans.grid_rows import token
from tests.factories.plans import ROW_2026, complete, make_plan
from tests.plans.cellcase import CellCase, edit

TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


class SavingTests(CellCase):
    def test_saved_cell_comes_back_with_what_the_writer_has_seen_now(self):
        answer = self.goal("Đạt 90%")
        self.assertEqual(answer.status_code, 200)
        told = answer.json()
        place = {"table": "dong", "line": self.row.pk, "field": "goal"}
        self.assertEqual(
            told["saved"],
            [{**place, "text": "Đạt 90%", "seen": token("Đạt 90%"), "note": ""}],
        )
        self.assertRegex(told["at"], r"^\d\d:\d\d$")
        self.assertEqual(told["gaps"], {"rows": {f"dong-{self.row.pk}": 0}})
        self.assertEqual(told["removed"], 0)

    def test_text_is_kept_exactly(self):
        texts = (
            "<script>alert(1)</script>",
            "<b>đậm</b> & 'nháy' \"kép\"",
            "😀 👩‍🏫",
            "khoảng\u200bkhông\u200d",
            "=SUM(A1:A9)",
            "- Việc một\n- Việc hai\n\n  thụt vào",
            "x" * 20_000,
        )
        for text in texts:
            with self.subTest(text=text[:20]):
                self.assertEqual(self.goal(text).status_code, 200)
                self.row.refresh_from_db()
                self.assertEqual(self.row.goal, text)

    def test_letters_are_composed_and_control_characters_go_with_a_note(self):
        typed = unicodedata.normalize("NFD", "Mục tiêu") + "\x07\x00\ud800 mới"
        saved = self.goal(typed).json()
        self.row.refresh_from_db()
        self.assertEqual(self.row.goal, "Mục tiêu mới")
        (one,) = saved["saved"]
        self.assertEqual(one["text"], "Mục tiêu mới")
        self.assertIn("3 ký tự điều khiển", one["note"])
        self.assertEqual(saved["removed"], 3)

    def test_too_long_a_text_is_refused_by_the_name_of_its_cell(self):
        answer = self.goal("x" * 30_001)
        self.assertEqual(answer.status_code, 422)
        (error,) = answer.json()["errors"]
        self.assertEqual((error["line"], error["field"]), (self.row.pk, "goal"))
        for part in ("Nội dung 1", "Mục tiêu cải tiến", "30.001", "30.000"):
            self.assertIn(part, error["message"])

    def test_short_field_has_its_own_limit(self):
        review = self.plan.monitoring.first()
        answer = self.save(
            edit(review.pk, "time", "x" * 201, was=review.time, table="theo-doi")
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("200 ký tự", answer.json()["message"])

    def test_time_outside_the_year_is_stored_with_a_remark(self):
        was = ROW_2026["schedule"]
        far = edit(self.row.pk, "schedule", "Tháng 10/2024", was=was)
        (one,) = self.save(far).json()["saved"]
        self.assertIn("ngoài năm học 2026-2027", one["note"])
        near = edit(
            self.row.pk,
            "schedule",
            "Từ tháng 9/2026 đến tháng 5/2027",
            was="Tháng 10/2024",
        )
        (one,) = self.save(near).json()["saved"]
        self.assertEqual(one["note"], "")

    def test_of_many_edits_one_bad_one_stores_none(self):
        answer = self.save(
            edit(self.row.pk, "goal", "Mới", was=self.row.goal),
            edit(self.other.pk, "goal", "x" * 30_001, was=self.other.goal),
        )
        self.assertEqual(answer.status_code, 422)
        self.row.refresh_from_db()
        self.assertEqual(self.row.goal, ROW_2026["goal"])
        self.assertEqual(self.history(), [])

    def test_block_of_cells_of_several_tables_is_one_deed(self):
        complete(self.plan)
        issue, review = self.plan.focus_issues.get(), self.plan.monitoring.first()
        answer = self.save(
            edit(self.row.pk, "goal", "A", was=self.row.goal),
            edit(self.row.pk, "resources", "B", was=self.row.resources),
            edit(self.other.pk, "goal", "C", was=self.other.goal),
            edit(issue.pk, "cause", "D", was=issue.cause, table="van-de"),
            edit(review.pk, "result", "E", was="", table="theo-doi"),
        )
        self.assertEqual(answer.status_code, 200)
        for line in (self.row, self.other, issue, review):
            line.refresh_from_db()
        self.assertEqual((self.row.goal, self.row.resources), ("A", "B"))
        self.assertEqual((self.other.goal, issue.cause, review.result), ("C", "D", "E"))
        self.assertEqual(self.plan.line_changes.count(), 4)

    def test_gaps_of_the_line_are_counted_with_the_answer(self):
        answer = self.goal("")
        self.assertEqual(answer.json()["gaps"], {"rows": {f"dong-{self.row.pk}": 1}})
        gaps = self.client.get(self.url("cells-gaps")).json()["gaps"]
        self.assertEqual(gaps["rows"][f"dong-{self.row.pk}"], 1)
        self.assertEqual(gaps["rows"]["van-de"], 1)  # no issue yet
        self.assertEqual(gaps["sections"]["dong"], 1)
        self.assertEqual(gaps["total"], sum(gaps["rows"].values()))
        self.assertEqual(gaps["total"], sum(gaps["sections"].values()))

    def test_plan_is_marked_as_changed(self):
        before = self.plan.updated_at
        self.goal("Mới")
        self.plan.refresh_from_db()
        self.assertGreater(self.plan.updated_at, before)

    def test_autosave_takes_six_queries_at_most(self):
        for text in ("Một", "Hai"):  # the first begins an entry of the history
            body = {"edits": [edit(self.row.pk, "goal", text, was=self.row.goal)]}
            with CaptureQueriesContext(connection) as captured:
                answer = self.client.post(
                    self.url("cells"), body, content_type="application/json"
                )
            self.assertEqual(answer.status_code, 200)
            self.row.refresh_from_db()
            asked = [q["sql"] for q in captured if not q["sql"].startswith(TRANSACTION)]
            self.assertLessEqual(len(asked), 6, asked)

    def test_hundreds_of_cells_take_no_more_queries_than_their_batches(self):
        plan = make_plan(2025, school=self.cast.school, rows=300)
        lines = list(plan.rows.all())
        edits = [edit(row.pk, "goal", f"G{row.pk}", was=row.goal) for row in lines]
        with CaptureQueriesContext(connection) as captured:
            answer = self.post("cells", plan=plan, edits=edits)
        self.assertEqual(answer.status_code, 200)
        self.assertLessEqual(len(captured), 40)
        self.assertEqual(
            set(plan.rows.values_list("goal", flat=True)),
            {f"G{row.pk}" for row in lines},
        )


class RefusalTests(CellCase):
    def test_stale_cell_keeps_both_texts(self):
        self.sign_in("principal")
        was = self.row.goal
        self.goal("Của hiệu trưởng")
        self.sign_in("editor")
        answer = self.goal("Của người soạn", was=was)
        self.assertEqual(answer.status_code, 409)
        (conflict,) = answer.json()["conflicts"]
        self.assertEqual(conflict["theirs"], "Của hiệu trưởng")
        self.assertEqual(conflict["seen"], token("Của hiệu trưởng"))
        self.assertEqual(conflict["who"], str(self.cast.principal))
        self.assertRegex(conflict["at"], r"^\d\d:\d\d$")
        self.row.refresh_from_db()
        self.assertEqual(self.row.goal, "Của hiệu trưởng")

    def test_other_cells_of_the_row_are_no_conflict(self):
        was = self.row.goal
        self.sign_in("principal")
        self.save(edit(self.row.pk, "actions", "Khác", was=self.row.actions))
        self.sign_in("editor")
        self.assertEqual(self.goal("Mới", was=was).status_code, 200)
        self.row.refresh_from_db()
        self.assertEqual((self.row.goal, self.row.actions), ("Mới", "Khác"))

    def test_same_text_from_another_tab_is_no_conflict_and_no_entry(self):
        was = self.row.goal
        self.goal("Mới")
        self.assertEqual(self.goal("Mới", was=was).status_code, 200)
        self.assertEqual(len(self.history()), 1)

    def test_text_whose_answer_was_lost_is_no_conflict_with_oneself(self):
        was = self.row.goal
        self.goal("Đang gõ")
        answer = self.goal("Đang gõ tiếp", was=was, sent=["Đang", "Đang gõ  "])
        self.assertEqual(answer.status_code, 200)

    def test_deleted_line_is_told(self):
        pk = self.row.pk
        self.row.delete()
        answer = self.save(edit(pk, "goal", "Mới", was=""))
        self.assertEqual(answer.status_code, 410)
        self.assertEqual(answer.json()["gone"], [{"table": "dong", "line": pk}])

    def test_line_of_another_plan_is_as_good_as_gone(self):
        foreign = make_plan(2024, school=self.cast.other_school, rows=1).rows.get()
        answer = self.save(edit(foreign.pk, "goal", "Mới", was=foreign.goal))
        self.assertEqual(answer.status_code, 410)
        foreign.refresh_from_db()
        self.assertNotEqual(foreign.goal, "Mới")

    def test_signed_out_people_are_told_in_json(self):
        self.client.logout()
        answer = self.goal("Mới")
        self.assertEqual(answer.status_code, 401)
        self.assertIn("đăng nhập", answer.json()["message"])

    def test_nothing_is_saved_in_the_name_of_somebody_else(self):
        mine = edit(self.row.pk, "goal", "Mới", was=self.row.goal)
        answer = self.save(mine, user=self.cast.principal.pk)
        self.assertEqual(answer.status_code, 401)
        self.assertEqual(self.save(mine, user=self.cast.editor.pk).status_code, 200)

    def test_roles_decide(self):
        for actor, status in (
            ("viewer", 403),
            ("officer", 403),
            ("admin", 403),
            ("stranger", 404),
            ("former_principal", 404),
            ("contributor", 200),
        ):
            self.sign_in(actor)
            with self.subTest(actor=actor):
                self.assertEqual(self.goal(f"Của {actor}").status_code, status)

    def test_progress_is_recorded_elsewhere(self):
        answer = self.save(edit(self.row.pk, "progress", "done", was=""))
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Thực hiện", answer.json()["message"])

    def test_column_of_the_other_form_is_no_cell(self):
        answer = self.save(edit(self.row.pk, "budget", "Mới", was=""))
        self.assertEqual(answer.status_code, 422)
        self.row.refresh_from_db()
        self.assertEqual(self.row.budget, "")

    def test_fields_that_are_no_cells_cannot_be_reached(self):
        for field in ("plan", "position", "pk", "__class__", "criterion"):
            answer = self.save(edit(self.row.pk, field, "1", was=""))
            with self.subTest(field=field):
                self.assertEqual(answer.status_code, 422)

    def test_bodies_of_another_shape_are_refused(self):
        good = edit(self.row.pk, "goal", "Mới", was=self.row.goal)
        for edits in (
            None,
            [],
            {},
            [1],
            [good, good],
            [good] * 2001,
            [{**good, "line": "1"}],
            [{**good, "line": True}],
            [{**good, "line": 2**70}],
            [{**good, "text": None}],
            [{**good, "sent": [1]}],
        ):
            answer = self.post("cells", edits=edits)
            with self.subTest(edits=str(edits)[:60]):
                self.assertEqual(answer.status_code, 400)
        for body in ("", "[", "[" * 100_000, '"x"', "\xff"):
            answer = self.client.post(
                self.url("cells"), body, content_type="application/json"
            )
            self.assertEqual(answer.status_code, 400)
        unknown = self.save({**good, "table": "khong-co"})
        self.assertEqual(unknown.status_code, 404)

    def test_too_large_a_body_is_told(self):
        text = "x" * (6 * 1024 * 1024)
        self.assertEqual(self.goal(text).status_code, 413)

    def test_forged_request_is_refused(self):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(self.cast.editor)
        answer = strict.post(
            self.url("cells"), {"edits": []}, content_type="application/json"
        )
        self.assertEqual(answer.status_code, 403)
