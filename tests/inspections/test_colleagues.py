"""Two members of a team write at the same time: nobody's words are lost unseen."""

import datetime

from django.test import Client
from django.urls import reverse

from inspections import following, recording
from inspections.editing import InspectionError
from inspections.models import Recommendation
from inspections.workflow import REOPEN, perform
from tests.inspections.cases import DAY, InspectionCase


class ColleagueTests(InspectionCase):
    def setUp(self):
        self.record = self.inspection("open", starts_at=DAY, recommendations=1)
        self.mine, self.theirs = Client(), Client()
        self.mine.force_login(self.visitor)
        self.theirs.force_login(self.cast.leader)

    def url(self, name, *args):
        return reverse(f"inspections:{name}", args=[self.record.pk, *args])

    def fields_of(self, form):
        return {name: form[name].value() or "" for name in form.fields}

    def test_person_added_after_the_page_was_opened_stays_present(self):
        page = self.mine.get(self.url("people"))
        data = self.fields_of(page.context["place_form"])
        data["present"] = [p.pk for p in self.record.attendees.filter(is_present=True)]
        self.theirs.post(self.url("people-add"), {"name": "Vũ Thị Mới", "job": ""})
        self.mine.post(self.url("people"), data)
        added = self.record.attendees.get(name="Vũ Thị Mới")
        self.assertTrue(added.is_present)

    def test_who_was_on_the_page_and_unticked_is_absent(self):
        page = self.mine.get(self.url("people"))
        data = self.fields_of(page.context["place_form"])
        self.mine.post(self.url("people"), data)
        self.assertFalse(self.record.attendees.filter(is_present=True).exists())

    def test_recommendation_changed_meanwhile_is_not_written_over_unseen(self):
        held = self.record.recommendations.get()
        url = self.url("recommendation-edit", held.pk)
        data = self.fields_of(self.mine.get(url).context["form"])
        data["due_on"] = "2025-06-30"
        other = self.fields_of(self.theirs.get(url).context["form"])
        self.theirs.post(
            url, other | {"text": "Của đồng nghiệp", "due_on": "2025-06-30"}
        )
        answer = self.mine.post(url, data | {"text": "Của tôi"})
        held.refresh_from_db()
        self.assertEqual(held.text, "Của đồng nghiệp")
        self.assertContains(answer, "Của đồng nghiệp", status_code=422)
        self.assertContains(answer, "Của tôi", status_code=422)

    def test_second_press_after_seeing_the_other_text_is_a_decision(self):
        held = self.record.recommendations.get()
        url = self.url("recommendation-edit", held.pk)
        data = self.fields_of(self.mine.get(url).context["form"])
        data |= {"due_on": "2025-06-30", "text": "Của tôi"}
        Recommendation.objects.update(text="Của đồng nghiệp")
        again = self.fields_of(self.mine.post(url, data).context["form"])
        self.assertEqual(self.mine.post(url, again).status_code, 302)
        held.refresh_from_db()
        self.assertEqual(held.text, "Của tôi")

    def test_endless_number_is_no_fault_of_the_server(self):
        answer = self.mine.post(self.url("people"), {"present": "9" * 5000})
        self.assertEqual(answer.status_code, 302)


class GoneMeanwhileTests(InspectionCase):
    def test_answer_to_a_recommendation_that_was_taken_out_is_told(self):
        record = self.inspection("closed", recommendations=1)
        held = record.recommendations.get()
        perform(REOPEN, record, by=self.cast.leader, note="Ghi sai.")
        recording.delete_recommendation(record, held.pk, by=self.cast.leader)
        self.end(record, at=DAY + datetime.timedelta(hours=3))
        with self.assertRaisesMessage(InspectionError, "không còn"):
            following.answer(held, by=self.cast.principal, text="Đã làm.")
