import unittest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plans.deadlines import deadlines, is_handed_in, next_deadline, reached
from plans.tallies import Tally
from schools.year_rules import rules


class CountdownTests(unittest.TestCase):
    def words(self, today):
        first = deadlines(rules(2026))[0]
        countdown = first.countdown(today)
        return countdown.words, countdown.code

    def test_days_left_are_counted_and_never_red(self):
        self.assertEqual(self.words(date(2026, 12, 5)), ("Còn 41 ngày", "none"))
        self.assertEqual(self.words(date(2027, 1, 14)), ("Còn 1 ngày", "none"))

    def test_the_day_itself_is_not_overdue(self):
        self.assertEqual(self.words(date(2027, 1, 15)), ("Hôm nay", "due"))

    def test_overdue_begins_the_day_after(self):
        expected = ("Quá hạn 1 ngày", "overdue")
        self.assertEqual(self.words(date(2027, 1, 16)), expected)

    @given(st.dates(date(2024, 1, 1), date(2029, 1, 1)), st.integers(0, 3))
    def test_overdue_exactly_when_the_date_has_passed(self, today, index):
        deadline = deadlines(rules(2026))[index]
        is_overdue = deadline.countdown(today).code == "overdue"
        self.assertEqual(is_overdue, today > deadline.day)

    def test_what_is_done_is_never_overdue(self):
        for deadline in deadlines(
            rules(2020), {"hoc-ky-1", "cuoi-nam", "bao-cao", "tu-danh-gia"}
        ):
            later = deadline.day + timedelta(days=900)
            self.assertEqual(deadline.countdown(later).words, "Đã xong")


class OrderTests(unittest.TestCase):
    def test_dates_of_a_school_year_in_order(self):
        self.assertEqual(
            [(d.key, d.day) for d in deadlines(rules(2026))],
            [
                ("hoc-ky-1", date(2027, 1, 15)),
                ("cuoi-nam", date(2027, 5, 31)),
                ("bao-cao", date(2027, 5, 31)),
                ("tu-danh-gia", date(2027, 6, 15)),
            ],
        )

    def test_days_of_the_office_take_the_place_of_the_rule(self):
        set_days = rules(
            2026,
            plan_due_on=date(2026, 10, 15),
            midyear_due_on=date(2027, 1, 20),
            result_due_on=date(2027, 6, 20),
        )
        self.assertEqual(
            [(d.key, d.day) for d in deadlines(set_days)],
            [
                ("ke-hoach", date(2026, 10, 15)),
                ("hoc-ky-1", date(2027, 1, 20)),
                ("tu-danh-gia", date(2027, 6, 15)),
                ("cuoi-nam", date(2027, 6, 20)),
                ("bao-cao", date(2027, 6, 20)),
            ],
        )

    def test_next_one_is_the_first_that_is_not_done(self):
        entries = deadlines(rules(2026), {"hoc-ky-1"})
        self.assertEqual(next_deadline(entries).key, "cuoi-nam")
        everything = {entry.key for entry in entries}
        self.assertIsNone(next_deadline(deadlines(rules(2026), everything)))


class ReachedTests(unittest.TestCase):
    def keys(self, tally=None, **facts):
        known = {
            "reviews": 0,
            "is_reviewed_in_table": True,
            "is_assessed": False,
            "is_over": False,
            **facts,
        }
        return set(reached(tally or Tally(), **known))

    def test_results_of_reviews_count_where_the_form_has_their_table(self):
        full = Tally(done=3)
        self.assertEqual(self.keys(full), set())
        self.assertEqual(self.keys(reviews=1), {"hoc-ky-1"})
        self.assertEqual(self.keys(reviews=2), {"hoc-ky-1", "cuoi-nam"})

    def test_recorded_progress_counts_where_it_has_none(self):
        facts = {"is_reviewed_in_table": False}
        self.assertEqual(self.keys(Tally(), **facts), set())
        self.assertEqual(self.keys(Tally(unrecorded=2), **facts), set())
        begun = Tally(done=1, unrecorded=1)
        self.assertEqual(self.keys(begun, **facts), {"hoc-ky-1"})
        going = Tally(done=1, in_progress=1)
        self.assertEqual(self.keys(going, **facts), {"hoc-ky-1"})
        over = Tally(done=1, not_done=1)
        self.assertEqual(self.keys(over, **facts), {"hoc-ky-1", "cuoi-nam"})

    def test_closed_plan_waits_for_the_assessment_only(self):
        year_of_plan = {"ke-hoach", "hoc-ky-1", "cuoi-nam", "bao-cao"}
        self.assertEqual(self.keys(is_over=True), year_of_plan)
        self.assertEqual(self.keys(is_assessed=True), {"tu-danh-gia"})


class HandedInTests(unittest.TestCase):
    def test_what_has_gone_out_of_the_school_by_state_and_approver(self):
        expected = {
            "": (False, False),
            "draft": (False, False),
            "returned": (False, False),
            "submitted": (True, False),
            "approved": (True, True),
            "issued": (True, True),
            "closed": (True, True),
        }
        for status, (with_office, with_head) in expected.items():
            with self.subTest(status):
                self.assertEqual(is_handed_in(status, "office"), with_office)
                self.assertEqual(is_handed_in(status, "school"), with_head)

    def test_plan_and_report_are_behind_when_handed_in(self):
        facts = {
            "reviews": 0,
            "is_reviewed_in_table": True,
            "is_assessed": False,
            "is_over": False,
        }
        done = reached(Tally(), **facts, is_plan_in=True, is_result_in=True)
        self.assertEqual(done, {"ke-hoach", "bao-cao"})
