"""Old files on their way in: what people upload, and papers numbered before."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from plans.reading import refusals
from reports import incoming
from reports.enums import JobState
from reports.models import IncomingFile, RegisterEntry
from tests.plans.wordfiles import saved, word_plan, zipped
from tests.reports.incomingcase import GOOD, IncomingCase


class UploadTests(IncomingCase):
    def refused(self, content, name="tep.docx"):
        data = {
            "school": self.cast.school.pk,
            "file": SimpleUploadedFile(name, content),
        }
        response = self.client.post(reverse("reports:incoming"), data)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(IncomingFile.objects.count(), 0)
        return response.context["form"].errors["file"]

    def test_hostile_files_are_refused_before_they_are_kept(self):
        for content, message in (
            (b"%PDF-1.7\n", refusals.PDF),
            (b"xin chao", refusals.TEXT),
            (zipped(a="b"), refusals.OTHER_ZIP),
            (saved(word_plan(GOOD))[:900], refusals.BROKEN),
            (zipped(**{"word/vbaProject.bin": "x"}), refusals.MACROS),
        ):
            with self.subTest(message=message):
                self.assertEqual(self.refused(content), [message])

    def test_empty_and_missing_file(self):
        self.assertEqual(self.refused(b""), [refusals.EMPTY])

    def test_file_without_a_known_table_says_so_on_its_page(self):
        found = self.upload(saved(word_plan(("a", "b"), head=("Tên", "Tuổi"))))
        self.assertEqual(found.state, JobState.FAILED)
        self.assertContains(self.page(found), refusals.NO_TABLE)
        self.assertContains(self.page(found), "Chưa có gì được lưu")

    def test_waiting_page_reloads_itself_until_the_file_is_read(self):
        waiting = incoming.receive(
            name="a.docx",
            content=saved(word_plan(GOOD)),
            school=self.cast.school,
            school_year=None,
            by=self.cast.principal,
        )
        self.assertContains(self.page(waiting), 'http-equiv="refresh"')
        incoming.read(waiting.pk)
        self.assertNotContains(self.page(waiting), 'http-equiv="refresh"')
        self.assertContains(self.page(waiting), "Xem lại trước khi nhận vào")

    def test_file_that_nobody_reads_is_told_of(self):
        waiting = incoming.receive(
            name="a.docx",
            content=b"x",
            school=self.cast.school,
            school_year=None,
            by=self.cast.principal,
        )
        IncomingFile.objects.update(created_at=timezone.now() - 2 * incoming.STALLED)
        response = self.page(waiting)
        self.assertContains(response, "phần chạy nền")
        self.assertNotContains(response, 'http-equiv="refresh"')

    def test_reading_twice_reads_once(self):
        found = self.upload(saved(word_plan(GOOD)))
        IncomingFile.objects.update(content=b"x")
        incoming.read(found.pk)
        found.refresh_from_db()
        self.assertEqual(found.state, JobState.DONE)

    def test_file_of_somebody_else_is_not_there(self):
        found = self.upload(saved(word_plan(GOOD)))
        self.client.force_login(self.cast.editor)
        self.assertEqual(self.page(found).status_code, 404)

    def test_school_of_somebody_else_cannot_be_chosen(self):
        data = {
            "school": self.cast.other_school.pk,
            "file": SimpleUploadedFile("a.docx", saved(word_plan(GOOD))),
        }
        response = self.client.post(reverse("reports:incoming"), data)
        self.assertEqual(list(response.context["form"].errors), ["school"])


class OutsideTests(IncomingCase):
    """A paper that was numbered before this program was there."""

    def numbered(self):
        document = word_plan(GOOD)
        before = document.paragraphs[0]
        for text in ("Số: 48/KH-NSH", "Phường 3, ngày 16 tháng 10 năm 2023"):
            before.insert_paragraph_before(text)
        return saved(document)

    def test_number_is_kept_and_enters_the_register(self):
        found = self.upload(self.numbered())
        plan = self.taken(found, state="outside")
        self.assertEqual((plan.status, plan.number), ("issued", 48))
        self.assertTrue(plan.is_issued_outside)
        entry = RegisterEntry.objects.get()
        self.assertEqual((entry.number, entry.year), (48, 2023))
        self.assertEqual((entry.school, entry.is_paper), (self.cast.school, True))

    def test_draft_takes_no_number(self):
        plan = self.taken(self.upload(self.numbered()))
        self.assertEqual((plan.status, plan.number), ("draft", None))
        self.assertEqual(RegisterEntry.objects.count(), 0)

    def test_only_who_may_issue_may_say_that_it_was_issued(self):
        self.client.force_login(self.cast.editor)
        found = self.upload(self.numbered())
        response = self.take(found, state="outside")
        self.assertEqual(list(response.context["form"].errors), ["state"])
        self.assertEqual(self.taken(found).status, "draft")

    def test_number_that_the_register_has_is_told(self):
        RegisterEntry.objects.create(
            school=self.cast.school,
            year=2023,
            number=48,
            document_type="KH",
            dated=datetime.date(2023, 10, 1),
            subject="Phân công",
        )
        self.take(self.upload(self.numbered()), state="outside")
        told = self.client.get(reverse("home")).content.decode()
        self.assertIn("đã ghi cho văn bản “Phân công”", told)
        self.assertEqual(RegisterEntry.objects.count(), 1)
