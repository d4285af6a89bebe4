import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.utils import timezone

from plans import recording, workflow
from plans.enums import CARRIED_OUT_STATUSES, PlanStatus, Progress
from plans.models import ImprovementPlan, Monitoring
from plans.recording import NotCarriedOutError
from reports.models import IssuedFile
from reports.official.markup import paginated
from reports.official.plan import plan_document
from tests.factories.criteria import load_catalogues
from tests.factories.evidence import carried_out
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast

JANUARY = datetime.date(2025, 1, 10)
MARCH = datetime.date(2025, 3, 3)


class RecordingTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = carried_out(school=cls.cast.school)

    def record(self, row=None, by=None, **entered):
        entered = {
            "status": Progress.IN_PROGRESS,
            "is_late": False,
            "done": "Đã rà soát hồ sơ của tổ.",
            "reason": "",
            "recorded_on": JANUARY,
        } | entered
        row = row or self.plan.rows.first()
        return recording.record_progress(row, by=by or self.cast.contributor, **entered)

    def fields_refused(self, **entered):
        with self.assertRaises(ValidationError) as caught:
            self.record(**entered)
        return caught.exception.message_dict


class RecordProgressTests(RecordingTestCase):
    def test_entry_is_appended_and_the_row_shows_its_state(self):
        self.record()
        entry = self.record(status=Progress.DONE, recorded_on=MARCH)
        row = self.plan.rows.first()
        self.assertEqual(row.progress, "done")
        self.assertEqual(row.progress_entries.count(), 2)
        self.assertEqual(entry.created_by, self.cast.contributor)

    def test_entry_of_an_earlier_day_does_not_change_the_state(self):
        self.record(status=Progress.DONE, recorded_on=MARCH)
        self.record(status=Progress.NOT_DONE, reason="Chưa có kinh phí.")
        self.assertEqual(self.plan.rows.first().progress, "done")

    def test_later_entry_of_the_same_day_counts(self):
        self.record(status=Progress.IN_PROGRESS)
        self.record(status=Progress.DONE)
        self.assertEqual(self.plan.rows.first().progress, "done")

    def test_same_entry_sent_twice_is_kept_once(self):
        self.assertEqual(self.record(), self.record())
        self.assertEqual(self.plan.rows.first().progress_entries.count(), 1)

    def test_reason_is_asked_for_what_is_late_or_not_done(self):
        not_done = self.fields_refused(status=Progress.NOT_DONE, reason=" \n")
        late = self.fields_refused(is_late=True)
        self.assertEqual(
            (not_done, late),
            (
                {"reason": ["Chưa hoàn thành thì phải nêu rõ lý do."]},
                {"reason": ["Chậm so với kế hoạch thì phải nêu rõ lý do."]},
            ),
        )

    def test_day_lies_in_the_school_year_and_not_in_the_future(self):
        for day in (datetime.date(2024, 6, 30), datetime.date(2025, 9, 1)):
            errors = self.fields_refused(recorded_on=day)
            self.assertEqual(
                errors,
                {
                    "recorded_on": [
                        "Ngày ghi nhận phải nằm trong năm học 2024-2025: từ 01/07/2024 "
                        "đến 31/08/2025."
                    ]
                },
            )
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        errors = self.fields_refused(recorded_on=tomorrow)
        self.assertEqual(
            errors, {"recorded_on": ["Ngày ghi nhận không được sau ngày hôm nay."]}
        )

    def test_unknown_state_is_refused(self):
        self.assertEqual(list(self.fields_refused(status="xong")), ["status"])

    def test_refused_entry_leaves_nothing_behind(self):
        self.fields_refused(status=Progress.NOT_DONE)
        row = self.plan.rows.first()
        self.assertEqual((row.progress, row.progress_entries.count()), ("", 0))

    def test_only_those_who_record_at_this_school_may(self):
        for name in ("viewer", "officer", "leader", "admin", "stranger"):
            with self.subTest(name), self.assertRaises(PermissionDenied):
                self.record(by=getattr(self.cast, name))

    def test_only_a_plan_that_is_carried_out_takes_progress(self):
        for status in PlanStatus:
            ImprovementPlan.objects.filter(pk=self.plan.pk).update(status=status)
            with self.subTest(status):
                if status in CARRIED_OUT_STATUSES:
                    self.assertIsNotNone(self.record(done=f"Việc {status}"))
                    continue
                with self.assertRaises(NotCarriedOutError) as caught:
                    self.record()
                self.assertIn(status.label.lower(), str(caught.exception))


class SaveMonitoringTests(RecordingTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.plan = carried_out(2026, school=cls.cast.school)

    def save(self, line, by=None):
        return recording.save_monitoring(
            self.plan, line, by=by or self.cast.contributor
        )

    def times(self):
        return [review.time for review in self.plan.monitoring.all()]

    def test_result_of_a_fixed_moment_is_written(self):
        line = self.plan.monitoring.first()
        line.result, line.assessor = "Đạt 6/8 nội dung.", "Hiệu trưởng"
        self.save(line)
        line.refresh_from_db()
        self.assertEqual(
            (line.result, line.assessor), ("Đạt 6/8 nội dung.", "Hiệu trưởng")
        )
        self.assertEqual(self.times(), ["Cuối học kỳ I", "Cuối năm học"])

    def test_further_review_comes_last(self):
        self.save(Monitoring(plan=self.plan, time="Tháng 3/2027", position=0))
        self.assertEqual(
            self.times(), ["Cuối học kỳ I", "Cuối năm học", "Tháng 3/2027"]
        )

    def test_fixed_moments_that_a_loaded_file_lacks_are_added(self):
        self.plan.monitoring.all().delete()
        self.save(Monitoring(plan=self.plan, time="Cuối học kỳ I", position=0))
        self.assertEqual(self.times(), ["Cuối học kỳ I", "Cuối năm học"])

    def test_moment_must_be_told(self):
        with self.assertRaises(ValidationError) as caught:
            self.save(Monitoring(plan=self.plan, position=0))
        self.assertEqual(list(caught.exception.message_dict), ["time"])

    def test_form_of_2018_has_no_table_of_reviews(self):
        old = carried_out(2023, school=self.cast.school)
        with self.assertRaises(ValidationError) as caught:
            recording.save_monitoring(
                old, Monitoring(time="Tháng 1"), by=self.cast.principal
            )
        self.assertIn("không có bảng theo dõi", caught.exception.messages[0])
        self.assertEqual(old.monitoring.count(), 0)

    def test_draft_and_wrong_role_are_refused(self):
        line = self.plan.monitoring.first()
        with self.assertRaises(PermissionDenied):
            self.save(line, by=self.cast.officer)
        draft = make_plan(2027, school=self.cast.school)
        with self.assertRaises(NotCarriedOutError):
            recording.save_monitoring(
                draft, draft.monitoring.first(), by=self.cast.principal
            )


class CloseTests(RecordingTestCase):
    """57/2026 Mẫu số 2, VIII.a: at least two reviews a year."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        # A year of the 2026 form that is over: the plan of 2024 under today's circular.
        newer = carried_out(2026, school=cls.cast.school)
        cls.plan.delete()
        ImprovementPlan.objects.filter(pk=newer.pk).update(
            school_year=cls.plan.school_year
        )
        cls.plan = ImprovementPlan.objects.with_header().get(pk=newer.pk)

    def close(self):
        return workflow.perform(workflow.CLOSE, self.plan, by=self.cast.principal)

    def test_year_without_two_reviews_with_results_is_not_closed(self):
        for done in (0, 1):
            with self.assertRaises(workflow.TransitionError) as caught:
                self.close()
            self.assertEqual(
                str(caught.exception),
                "Chưa kết thúc được: phải có ít nhất 02 lần theo dõi, đánh giá có ghi "
                f"kết quả (hiện có {done}).",
            )
            self.write_result(done)
        self.write_result(1)
        self.assertEqual(self.close().status, PlanStatus.CLOSED)

    def write_result(self, index):
        line = self.plan.monitoring.all()[index]
        line.result = "Đã rà soát các nội dung."
        recording.save_monitoring(self.plan, line, by=self.cast.principal)


class PaperTests(RecordingTestCase):
    """The live print follows; what was issued stays."""

    def test_live_print_shows_progress_and_reviews_and_issued_bytes_stay(self):
        plan = carried_out(2026, school=self.cast.school)
        before = list(IssuedFile.objects.values_list("sha256", flat=True))
        row, review = plan.rows.first(), plan.monitoring.first()
        self.record(row, status=Progress.DONE, recorded_on=datetime.date(2026, 8, 20))
        review.result = "Đã đạt 6 trên 8 nội dung."
        recording.save_monitoring(plan, review, by=self.cast.principal)
        pages = paginated(plan_document(ImprovementPlan.objects.get(pk=plan.pk)), None)
        paper = "".join(page.html for page in pages)
        self.assertIn("Hoàn thành", paper)
        self.assertIn("Đã đạt 6 trên 8 nội dung.", paper)
        self.assertEqual(
            list(IssuedFile.objects.values_list("sha256", flat=True)), before
        )
