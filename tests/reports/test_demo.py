from datetime import UTC, datetime
from io import StringIO
from unittest.mock import patch

from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from plans.completeness import gaps
from plans.models import ImprovementPlan
from plans.transitions import TransitionError
from plans.workflow import review_mode
from reports import demo
from schools.models import School, User
from tests.factories.criteria import load_catalogues
from tests.factories.schools import SchoolFactory


def run():
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def row_counts():
    """How much of everything there is, as one can see whether a run left traces."""
    models = apps.get_models()
    return {model.__name__: model.objects.count() for model in models}


@override_settings(DEBUG=True)
class LoadedDemoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.out = run()

    def test_demo_leaves_everybody_something_to_do(self):
        states = {
            (plan.school.name.split()[1], plan.school_year.first_year): plan.status
            for plan in ImprovementPlan.objects.with_header()
        }
        self.assertEqual(
            states,
            {
                ("Mầm", 2024): "closed",
                ("Tiểu", 2024): "closed",
                ("Trung", 2024): "closed",
                ("Mầm", 2025): "issued",
                ("Tiểu", 2025): "reported",
                ("Trung", 2025): "issued",
                ("Mầm", 2026): "draft",
                ("Tiểu", 2026): "submitted",
                ("Trung", 2026): "returned",
            },
        )

    def test_office_approves_and_the_draft_lacks_something(self):
        submitted = ImprovementPlan.objects.get(status="submitted")
        self.assertEqual(review_mode(submitted), "office")
        draft = ImprovementPlan.objects.get(status="draft")
        self.assertTrue(gaps(draft))
        returned = ImprovementPlan.objects.get(status="returned")
        self.assertIn("mục V", returned.events.first().note)

    def test_accounts_are_printed_and_open_the_door(self):
        self.assertEqual(len(demo.accounts()), 12)
        for account in demo.accounts():
            with self.subTest(account.email):
                self.assertIn(account.email, self.out)
                user = User.objects.get(email=account.email)
                self.assertTrue(user.check_password(demo.PASSWORD))
        self.assertIn(demo.PASSWORD, self.out)

    def test_accounts_sign_in_on_the_page(self):
        answer = self.client.post(
            "/tai-khoan/dang-nhap/",
            {"login": "hieutruong.th@demo.example", "password": demo.PASSWORD},
        )
        self.assertEqual(answer.status_code, 302)

    def test_second_run_changes_nothing_and_prints_the_accounts_again(self):
        user = User.objects.get(email=demo.ADMIN_EMAIL)
        user.full_name = "Đã đổi"
        user.save()
        before = row_counts()
        out = run()
        self.assertEqual(row_counts(), before)
        self.assertNotIn("Đã nạp", out)
        self.assertIn(demo.ADMIN_EMAIL, out)
        user.refresh_from_db()
        self.assertEqual((user.full_name, School.objects.count()), ("Đã đổi", 3))


@override_settings(DEBUG=True)
class RefusedDemoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()

    def test_fault_at_the_end_stores_nothing(self):
        before = row_counts()
        with (
            patch("reports.demo._walk_states", side_effect=TransitionError("Dừng.")),
            self.assertRaisesMessage(CommandError, "Không nạp được dữ liệu mẫu. Dừng."),
        ):
            run()
        self.assertEqual(row_counts(), before)

    def test_database_in_use_is_left_alone(self):
        SchoolFactory()
        self.assertIn("đã có dữ liệu", run())
        self.assertEqual(School.objects.count(), 1)
        self.assertFalse(User.objects.exists())

    def test_clock_before_the_story_is_told_and_nothing_is_stored(self):
        early = datetime(2025, 6, 30, 5, tzinfo=UTC)
        with (
            patch("django.utils.timezone.now", return_value=early),
            self.assertRaisesMessage(CommandError, "đang là ngày 30/06/2025"),
        ):
            run()
        self.assertFalse(School.objects.exists() or User.objects.exists())

    def test_production_is_refused(self):
        with (
            override_settings(DEBUG=False),
            self.assertRaisesMessage(CommandError, "chỉ nạp được trên máy dùng thử"),
        ):
            run()
        self.assertFalse(School.objects.exists())


@override_settings(DEBUG=True)
class MissingCatalogueTests(TestCase):
    def test_demo_without_catalogues_says_so_and_stores_nothing(self):
        with self.assertRaisesMessage(CommandError, "hãy chạy load_catalogue"):
            run()
        self.assertFalse(School.objects.exists() or User.objects.exists())
