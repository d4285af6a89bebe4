"""Reminders before a date and the weekly summary, on the days they are for."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from unittest.mock import patch

from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from plans.digest import send_digests
from plans.models import PlanComment
from plans.reminding import remind, stage
from schools.models import Mail, ReviewSetting, School, User
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory, make_cast, make_user, school_year

MIDYEAR = date(2027, 1, 15)
MONDAY = date(2026, 11, 30)


class RemindersCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(2026, school=cls.cast.school, rows=2, status="submitted")
        # Others have no plan: only the self-assessment of June concerns them.
        cls.year = school_year(2026)

    def told(self):
        return {written.recipient for written in Mail.objects.all()}

    def decide(self, **fields):
        return ReviewSetting.objects.create(
            authority=self.cast.office, school_year=self.year, **fields
        )


class StageTests(TestCase):
    def test_reminder_by_days_left(self):
        expected = {31: None, 30: 30, 29: 30, 8: 30, 7: 7, 2: 7, 1: 1, 0: 1, -1: None}
        self.assertEqual({days: stage(days) for days in expected}, expected)


class ReminderTests(RemindersCase):
    def test_each_day_of_the_year_only_three_remind_of_a_date(self):
        for days in range(60, -10, -1):
            remind(MIDYEAR - timedelta(days=days))
        keys = {written.key.split("-")[3] for written in Mail.objects.all()}
        self.assertEqual(keys, {"30", "7", "1"})
        self.assertEqual(Mail.objects.count(), 6)  # principal and editor
        self.assertEqual(self.told(), {self.cast.principal, self.cast.editor})

    def test_run_twice_writes_each_once(self):
        day = MIDYEAR - timedelta(days=7)
        self.assertEqual((remind(day), remind(day)), (2, 0))

    def test_what_is_done_is_not_mentioned(self):
        self.plan.monitoring.filter(position=1).update(result="Đạt 4/5.")
        self.assertEqual(remind(MIDYEAR - timedelta(days=7)), 0)

    def test_day_of_the_office_counts_and_a_new_day_reminds_anew(self):
        setting = self.decide(mode="school", midyear_due_on=date(2027, 1, 20))
        self.assertEqual(remind(MIDYEAR - timedelta(days=30)), 0)
        self.assertEqual(remind(date(2027, 1, 13)), 2)
        setting.midyear_due_on = date(2027, 1, 19)
        setting.save()
        self.assertEqual(remind(date(2027, 1, 13)), 2)

    def test_school_without_plan_is_reminded_of_the_plan(self):
        late = SchoolFactory(authority=self.cast.office)
        head = make_user("principal", late)
        self.decide(mode="office", plan_due_on=date(2026, 10, 30))
        remind(date(2026, 10, 23))
        self.assertEqual(self.told(), {head})  # the other school has submitted
        written = Mail.objects.get()
        self.assertIn("Hạn 30/10/2026: Nộp kế hoạch", written.subject)
        self.assertIn("còn 7 ngày", written.body)

    def test_two_things_due_on_one_day_are_one_mail(self):
        remind(date(2027, 5, 30))
        found = Mail.objects.filter(key__contains="-20270531-1-")
        written = found.get(recipient=self.cast.editor)
        self.assertIn("Theo dõi, đánh giá cuối năm học và 1 việc khác", written.subject)
        self.assertIn("- Nộp báo cáo kết quả", written.body)

    def test_switch_and_closed_school_are_respected(self):
        User.objects.filter(pk=self.cast.editor.pk).update(gets_deadline_mails=False)
        remind(MIDYEAR - timedelta(days=30))
        self.assertEqual(self.told(), {self.cast.principal})
        School.objects.update(is_active=False)
        self.assertEqual(remind(MIDYEAR - timedelta(days=7)), 0)

    def test_queries_do_not_grow_with_the_schools(self):
        counts = set()
        for more in (1, 5):
            for _ in range(more):
                school = SchoolFactory(authority=self.cast.office)
                make_user("principal", school)
                make_plan(2026, school=school, rows=1)
            Mail.objects.all().delete()
            with CaptureQueriesContext(connection) as queries:
                remind(MIDYEAR - timedelta(days=30))
            counts.add(len(queries))
        self.assertEqual(len(counts), 1, counts)


class DayOfVietnamTests(RemindersCase):
    """30 days before 15/01/2027 is 16/12/2026, which begins at 17:00 UTC of the 15th."""

    def run_at(self, moment):
        out = StringIO()
        with patch("django.utils.timezone.now", return_value=moment):
            call_command("send_reminders", stdout=out)
        return out.getvalue()

    def test_day_begins_at_midnight_in_vietnam(self):
        before = self.run_at(datetime(2026, 12, 15, 16, 59, tzinfo=UTC))
        self.assertIn("Ngày 15/12/2026: 0 thư nhắc hạn", before)
        after = self.run_at(datetime(2026, 12, 15, 17, 1, tzinfo=UTC))
        self.assertIn("Ngày 16/12/2026: 2 thư nhắc hạn", after)

    def test_command_sends_what_it_wrote(self):
        self.run_at(datetime(2026, 12, 16, 1, 0, tzinfo=UTC))
        self.assertEqual(len(mail.outbox), 2)
        self.run_at(datetime(2026, 12, 16, 1, 0, tzinfo=UTC))
        self.assertEqual(len(mail.outbox), 2)

    def test_new_year_of_the_calendar_loses_no_day(self):
        # 01/01/2027 in Vietnam: 14 days left, the reminder of 30 days made up for.
        said = self.run_at(datetime(2026, 12, 31, 17, 30, tzinfo=UTC))
        self.assertIn("Ngày 01/01/2027: 2 thư nhắc hạn", said)


class DigestTests(RemindersCase):
    def body(self, person):
        return Mail.objects.get(recipient=person).body

    def test_once_a_week_on_monday_or_else_tuesday(self):
        self.decide(mode="office")
        written = [send_digests(MONDAY + timedelta(days=n)) for n in range(-1, 9)]
        self.assertEqual([bool(count) for count in written], [0, 1, *[0] * 6, 1, 0])
        Mail.objects.all().delete()
        self.assertGreater(send_digests(MONDAY + timedelta(days=1)), 0)
        self.assertEqual(send_digests(MONDAY + timedelta(days=3)), 0)

    def test_office_reads_what_waits_and_what_is_late(self):
        self.decide(mode="office", plan_due_on=date(2026, 10, 30))
        late = SchoolFactory(authority=self.cast.office)
        send_digests(MONDAY)
        body = self.body(self.cast.officer)
        waits = f"- {self.cast.school}: kế hoạch năm học 2026-2027 chờ phê duyệt"
        self.assertIn(waits, body)
        self.assertIn(f"- {late}: Nộp kế hoạch, hạn 30/10/2026 (quá hạn 31 ngày)", body)
        self.assertNotIn(f"{self.cast.school}: Nộp kế hoạch", body)
        self.assertNotIn(self.cast.office_viewer, self.told())
        self.assertNotIn(self.cast.other_officer, self.told())

    def test_head_reads_what_to_approve_and_open_remarks(self):
        PlanComment.objects.create(
            plan=self.plan, author=self.cast.officer, text="A", is_from_office=True
        )
        send_digests(MONDAY)
        body = self.body(self.cast.principal)
        self.assertIn("chờ hiệu trưởng phê duyệt", body)
        self.assertIn("1 góp ý chưa xử lý", body)
        self.assertNotIn(self.cast.editor, self.told())

    def test_nothing_to_do_is_no_mail(self):
        self.plan.delete()
        self.assertEqual(send_digests(MONDAY), 0)

    def test_switch_is_respected(self):
        User.objects.update(gets_digest_mails=False)
        self.assertEqual(send_digests(MONDAY), 0)

    def test_year_that_is_over_is_not_brought_up_again(self):
        make_plan(2025, school=self.cast.school, status="draft")
        send_digests(MONDAY)
        self.assertNotIn("2026)", self.body(self.cast.principal))
        self.assertNotIn("15/06/2026", self.body(self.cast.principal))
