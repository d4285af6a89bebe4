"""The page on which people look over an old file before it comes in."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from plans.models import ImprovementPlan
from plans.yearfile.dumping import dump_plan
from reports.models import IncomingFile
from schools.models import School
from tests.factories.plans import make_plan
from tests.plans.wordfiles import LIBRARY, YARD, saved, word_plan
from tests.reports.incomingcase import GOOD, IncomingCase


@pytest.mark.one_database
class ReviewTests(IncomingCase):
    def test_source_stands_beside_what_is_taken(self):
        found = self.upload(saved(word_plan(GOOD, ("2", "Tiêu chí 3.2", *YARD))))
        screen = self.page(found).context["screen"]
        (_, rows), *_ = screen.tables
        self.assertEqual([row.criterion for row in rows], ["3.6", "3.2"])
        self.assertEqual(rows[1].source[0]["texts"][:3], ["2", "Tiêu chí 3.2", YARD[0]])
        self.assertEqual([text for _, text in rows[1].cells], list(filter(None, YARD)))

    def test_every_text_of_the_file_stands_on_the_page(self):
        head = word_plan(GOOD)
        head.add_paragraph("Một câu rất lạ ở cuối tệp.")
        page = self.page(self.upload(saved(head))).content.decode()
        for text in (*filter(None, LIBRARY), "Một câu rất lạ ở cuối tệp."):
            self.assertIn(text, page)

    def test_year_of_the_file_and_a_chosen_one(self):
        found = self.upload(saved(word_plan(GOOD)))
        self.assertEqual(self.taken(found).school_year.first_year, 2023)
        IncomingFile.objects.all().delete()
        found = self.upload(saved(word_plan(GOOD)), first_year=2022)
        self.assertEqual(self.taken(found).school_year.first_year, 2022)

    def test_draft_is_the_persons_own_deed_and_gives_up_the_bytes(self):
        found = self.upload(saved(word_plan(GOOD)))
        plan = self.taken(found)
        self.assertEqual((plan.status, plan.number), ("draft", None))
        event = plan.events.get()
        self.assertEqual(event.actor, self.cast.principal)
        self.assertIn("ke hoach.docx", event.note)
        found.refresh_from_db()
        self.assertEqual((bytes(found.content), found.result), (b"", None))
        self.assertEqual(self.page(found).status_code, 404)

    def test_existing_plan_is_never_written_over(self):
        plan = make_plan(2023, school=self.cast.school, rows=1)
        before = dump_plan(plan)
        found = self.upload(saved(word_plan(GOOD)))
        response = self.take(found)
        self.assertEqual(response.status_code, 422)
        self.assertContains(response, plan.get_absolute_url(), status_code=422)
        self.assertContains(response, "chọn năm học khác", status_code=422)
        self.assertEqual(dump_plan(plan), before)
        self.assertEqual(
            self.taken(found, first_year=2022).school_year.first_year, 2022
        )

    def test_row_can_be_left_out_and_put_right(self):
        file = word_plan(GOOD, ("2", "Sân trường", *YARD), ("3", "Tiêu chí 1.1", *YARD))
        found = self.upload(saved(file))
        response = self.take(found)
        self.assertContains(response, "Nội dung 2: ", status_code=422)
        fields = {"tieu-chi-rows-1": "3.2", "bo-rows-2": "on"}
        plan = self.taken(found, **fields)
        codes = [row.criterion.code for row in plan.rows.all()]
        self.assertEqual(codes, ["3.6", "3.2"])

    def test_fault_names_the_row_as_the_screen_numbers_it(self):
        file = word_plan(GOOD, ("2", "Tiêu chí 9.9", *YARD))
        response = self.take(self.upload(saved(file)), **{"bo-rows-0": "on"})
        self.assertContains(response, "Nội dung 2: ", status_code=422)
        self.assertContains(response, 'name="bo-rows-0" checked', status_code=422)
        self.assertEqual(ImprovementPlan.objects.count(), 0)

    def with_a_strange_column(self):
        head = ("TT", "Tiêu chí", "Kết quả cần đạt", "Công việc cần thực hiện")
        head = (*head, "Thời gian thực hiện", "Chủ trì", "Cột lạ")
        row = ("1", "Tiêu chí 3.6", "Đạt", "Làm", "Tháng 9", "Tổ 1", "Câu lạc")
        return saved(word_plan(row, head=head))

    def test_text_without_a_place_is_moved_to_a_cell(self):
        found = self.upload(self.with_a_strange_column())
        (left,) = self.page(found).context["screen"].leftovers
        self.assertEqual(left.text, "Câu lạc")
        fields = {"cho-0": "rows-0", "o-0": "actions"}
        plan = self.taken(found, **fields)
        self.assertEqual(plan.rows.get().actions, "Làm\nCâu lạc")

    def test_forged_place_of_a_text_is_refused(self):
        found = self.upload(self.with_a_strange_column())
        for target, cell in (("rows-7", "goal"), ("rows-0", "criterion"), ("x", "y")):
            response = self.take(found, **{"cho-0": target, "o-0": cell})
            self.assertEqual(response.status_code, 422)
        self.assertEqual(ImprovementPlan.objects.count(), 0)

    def test_school_without_a_level_is_sent_to_its_record(self):
        found = self.upload(saved(word_plan(GOOD)))
        School.objects.get(pk=self.cast.school.pk).education_levels.clear()
        data = {"first_year": 2023, "circular": "17/2018/TT-BGDĐT", "state": "draft"}
        url = reverse("reports:incoming-file", args=[found.pk])
        self.assertEqual(self.client.post(url, data).status_code, 422)

    def test_discarding_deletes_the_bytes(self):
        found = self.upload(saved(word_plan(GOOD)))
        self.client.post(reverse("reports:incoming-discard", args=[found.pk]))
        self.assertEqual(IncomingFile.objects.count(), 0)

    def test_unconfirmed_files_go_after_14_days(self):
        found = self.upload(saved(word_plan(GOOD)))
        call_command("clear_expired", verbosity=0)
        self.assertEqual(IncomingFile.objects.count(), 1)
        old = timezone.now() - datetime.timedelta(days=14, minutes=1)
        IncomingFile.objects.filter(pk=found.pk).update(created_at=old)
        call_command("clear_expired", verbosity=0)
        call_command("clear_expired", verbosity=0)
        self.assertEqual(IncomingFile.objects.count(), 0)
