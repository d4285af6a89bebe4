"""The office's page for the deadlines of a year, and everybody's page for mails."""

from datetime import date

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from plans import workflow
from plans.completeness import closing_obstacle
from plans.models import ImprovementPlan
from schools.models import ReviewSetting, SchoolYear, User
from schools.models.school_year import first_year_on
from schools.year_rules import rules_at
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory, make_cast, school_year

MODES = {"mode": "school", "report_mode": "school"}


class YearSettingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.year = school_year(2026)
        cls.url = reverse("schools:year-setting", args=[cls.cast.office.pk, 2026])

    def setUp(self):
        self.client.force_login(User.objects.get(pk=self.cast.leader.pk))

    def save(self, **data):
        return self.client.post(self.url, MODES | data)

    def errors(self, **data):
        response = self.save(**data)
        self.assertEqual(response.status_code, 200)
        return response.context["form"].errors

    def test_days_are_stored_and_count_for_the_schools(self):
        response = self.save(plan_due_on="2026-10-15", midyear_due_on="20/01/2027")
        self.assertRedirects(response, reverse("schools:year-settings"))
        found = rules_at(self.cast.school, self.year)
        self.assertEqual(found.plan_due_on, date(2026, 10, 15))
        self.assertEqual(found.midyear_due_on, date(2027, 1, 20))
        self.assertEqual(found.result_due_on, date(2027, 5, 31))
        other = rules_at(self.cast.other_school, self.year)
        self.assertIsNone(other.plan_due_on)

    def test_saving_again_keeps_one_row(self):
        self.save(plan_due_on="2026-10-15")
        self.save(plan_due_on="")
        self.assertIsNone(ReviewSetting.objects.get().plan_due_on)

    def test_day_outside_the_school_year_is_refused_at_its_field(self):
        found = self.errors(plan_due_on="2027-10-15")
        self.assertEqual(list(found), ["plan_due_on"])
        self.assertIn("01/07/2026 đến 31/08/2027", found["plan_due_on"][0])

    def test_days_must_stand_in_order_also_with_the_usual_ones(self):
        found = self.errors(midyear_due_on="2027-03-01", result_due_on="2027-02-01")
        self.assertEqual(list(found), ["result_due_on"])
        # 15/01 is the usual day of the first semester.
        self.assertEqual(list(self.errors(plan_due_on="2027-02-01")), ["plan_due_on"])
        self.assertEqual(ReviewSetting.objects.count(), 0)

    def test_nonsense_is_refused(self):
        found = self.errors(plan_due_on="mai", mode="ai-do")
        self.assertEqual(set(found), {"plan_due_on", "mode"})

    def test_changing_who_approves_says_what_becomes_of_what_waits(self):
        make_plan(2026, school=self.cast.school, status="submitted")
        make_plan(2026, school=self.cast.other_school, status="submitted")
        response = self.save(mode="office")
        self.assertContains(
            response, "1 kế hoạch đang chờ hiệu trưởng phê duyệt sẽ chuyển sang chờ cơ"
        )
        self.assertEqual(list(response.context["form"].errors), ["is_understood"])
        self.assertEqual(ReviewSetting.objects.count(), 0)
        self.save(mode="office", is_understood="on")
        plan = ImprovementPlan.objects.with_header().get(school=self.cast.school)
        self.assertEqual(workflow.review_mode(plan), "office")

    def test_nothing_is_asked_while_nothing_waits(self):
        make_plan(2026, school=self.cast.school, status="draft")
        self.assertEqual(self.save(mode="office").status_code, 302)

    def test_next_year_can_be_set_before_anybody_begins_it(self):
        # Of today: the page offers years by the calendar.
        coming = first_year_on(timezone.localdate()) + 1
        SchoolYear.objects.filter(first_year=coming).delete()
        url = reverse("schools:year-setting", args=[self.cast.office.pk, coming])
        page = self.client.get(reverse("schools:year-settings"))
        self.assertContains(page, url)
        self.assertEqual(self.client.get(url).status_code, 200)
        self.assertFalse(SchoolYear.objects.filter(first_year=coming).exists())
        self.client.post(url, MODES)
        self.assertTrue(SchoolYear.objects.filter(first_year=coming).exists())

    def test_years_beyond_are_not_there(self):
        for first_year in (2017, 2099):
            url = reverse(
                "schools:year-setting", args=[self.cast.office.pk, first_year]
            )
            self.assertEqual(self.client.get(url).status_code, 404)

    def test_another_office_is_not_there(self):
        self.client.force_login(User.objects.get(pk=self.cast.other_officer.pk))
        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_officer_reads_the_list_without_links_to_change(self):
        self.client.force_login(User.objects.get(pk=self.cast.officer.pk))
        page = self.client.get(reverse("schools:year-settings"))
        self.assertContains(page, "2026-2027")
        self.assertNotContains(page, self.url)


class YearRulesTests(TestCase):
    def test_school_without_office_approves_itself(self):
        found = rules_at(SchoolFactory(), school_year(2024))
        self.assertEqual(found.mode, "school")

    def test_closing_waits_for_the_end_of_the_year_or_the_earlier_day(self):
        load_catalogues()
        cast = make_cast()
        plan = make_plan(2024, school=cast.school)
        self.assertIn("31/5/2025", closing_obstacle(plan, date(2025, 5, 31)))
        self.assertEqual(closing_obstacle(plan, date(2025, 6, 1)), "")
        setting = ReviewSetting.objects.create(
            authority=cast.office,
            school_year=plan.school_year,
            mode="office",
            result_due_on=date(2025, 5, 20),
        )
        self.assertIn("20/5/2025", closing_obstacle(plan, date(2025, 5, 20)))
        self.assertEqual(closing_obstacle(plan, date(2025, 5, 21)), "")
        setting.result_due_on = date(2025, 6, 30)
        setting.save()
        self.assertEqual(closing_obstacle(plan, date(2025, 6, 1)), "")


class HomeTests(TestCase):
    def test_school_without_plan_sees_the_day_of_its_office(self):
        load_catalogues()
        cast = make_cast()
        ReviewSetting.objects.create(
            authority=cast.office,
            school_year=school_year(2020),
            mode="office",
            plan_due_on=date(2020, 10, 15),
        )
        self.client.force_login(User.objects.get(pk=cast.principal.pk))
        page = self.client.get(reverse("home") + "?nam=2020-2021")
        self.assertContains(page, "Nộp kế hoạch, 15/10/2020")
        self.assertContains(page, "quá hạn")


class MailChoiceTests(TestCase):
    def test_everybody_sets_their_own_switches(self):
        cast = make_cast()
        self.client.force_login(cast.editor)
        self.client.post(reverse("mail-choice"), {"gets_digest_mails": "on"})
        found = User.objects.get(pk=cast.editor.pk)
        self.assertEqual(
            (
                found.gets_deed_mails,
                found.gets_deadline_mails,
                found.gets_digest_mails,
            ),
            (False, False, True),
        )
        self.assertTrue(User.objects.get(pk=cast.principal.pk).gets_deed_mails)


class OutboxInAdminTests(TestCase):
    def test_administrator_sees_what_waits_and_sends_it_again(self):
        cast = make_cast()
        cast.officer.mails.create(key="a", subject="Đang chờ thư", body="-")
        lost = cast.officer.mails.create(
            key="b", subject="Thư hỏng", body="-", next_try_at=None, trouble="550"
        )
        self.client.force_login(cast.admin)
        url = reverse("admin:schools_mail_changelist")
        page = self.client.get(url, {"tinh-trang": "failed"})
        self.assertContains(page, "Thư hỏng")
        self.assertContains(page, "Không gửi được")
        self.assertNotContains(page, "Đang chờ thư")
        self.client.post(url, {"action": "send_again", "_selected_action": [lost.pk]})
        lost.refresh_from_db()
        self.assertEqual(lost.state, "waiting")
