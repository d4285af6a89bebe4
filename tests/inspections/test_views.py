"""The pages: what they tell, what they refuse, and how often they ask the database."""

import datetime

from django.urls import reverse
from django.utils import timezone

from inspections.models import Inspection, InspectionRound, Recommendation
from inspections.recording import REMARKS, fingerprint
from plans.models import ActionRow
from tests.factories.evidence import make_evidence
from tests.factories.inspections import (
    add_recommendations,
    make_inspection,
    make_round,
)
from tests.factories.plans import add_rows, make_plan
from tests.factories.schools import SchoolFactory, school_year
from tests.inspections.cases import DAY, InspectionCase
from tests.queries import queries_of

MOST = 12


def url(name, *args):
    return reverse(f"inspections:{name}", args=args)


class PageCase(InspectionCase):
    def setUp(self):
        self.client.force_login(self.cast.officer)

    def words(self, response):
        return [str(message) for message in response.wsgi_request._messages]

    def post(self, page, /, *args, **data):
        return self.client.post(url(page, *args), data)


class RoundPageTests(PageCase):
    def told(self, **fields):
        year = school_year(2024)
        return {"title": "Đợt 1", "school_year": year.pk} | fields

    def test_a_round_is_made_and_leads_to_its_schools(self):
        response = self.post("round-create", **self.told(starts_on="2025-03-01"))
        round_ = InspectionRound.objects.get()
        self.assertRedirects(response, url("round-schools", round_.pk))
        response = self.post("round-schools", round_.pk, schools=[self.cast.school.pk])
        self.assertRedirects(response, round_.get_absolute_url())
        page = self.client.get(round_.get_absolute_url())
        self.assertContains(page, self.cast.school.name)

    def test_bad_dates_stand_at_their_fields_and_nothing_is_written(self):
        for fields, words in (
            ({"starts_on": "2026-01-01"}, "Ngoài năm học 2024-2025"),
            (
                {"starts_on": "2025-03-02", "ends_on": "2025-03-01"},
                "Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            ({"title": ""}, "Hãy đặt tên"),
            ({"starts_on": "32/13/2025"}, "Ngày chưa đúng"),
        ):
            response = self.post("round-create", **self.told(**fields))
            self.assertContains(response, words, status_code=422)
            self.assertContains(response, "Có lỗi cần sửa", status_code=422)
        self.assertFalse(InspectionRound.objects.exists())

    def test_all_schools_that_were_found_are_added_at_once(self):
        round_ = make_round(self.cast.office, school_year(2024))
        SchoolFactory(name="Trường Tiểu học Bình Minh", authority=self.cast.office)
        SchoolFactory(name="Trường Tiểu học Bình Minh 2", authority=self.cast.office)
        self.post("round-schools", round_.pk, all="1", q="binh minh")
        self.assertEqual(round_.inspections.count(), 2)

    def test_nothing_ticked_is_told(self):
        round_ = make_round(self.cast.office, school_year(2024))
        response = self.post("round-schools", round_.pk, schools=["x", "99999999999"])
        self.assertIn("Không có gì mới", self.words(response)[0])
        response = self.post("round-schools", round_.pk)
        self.assertIn("ít nhất một trường", self.words(response)[-1])

    def test_planned_day_outside_the_round_is_told(self):
        round_ = make_round(self.cast.office, school_year(2024), [self.cast.school])
        pk = round_.inspections.get().pk
        response = self.post("arrange", pk, planned_on="2025-04-01", form="current")
        self.assertContains(response, "Ngoài thời gian của đợt", status_code=422)
        response = self.post("arrange", pk, planned_on="2025-03-20", form="form_2018")
        self.assertRedirects(response, url("detail", pk))


class TeamPageTests(PageCase):
    def test_second_leader_and_doubles_are_told_at_the_page(self):
        pk = self.inspection().pk
        data = {"person": self.cast.office_viewer.pk, "duty": "leader"}
        response = self.post("team-member", pk, **data)
        self.assertContains(response, "đã có trưởng đoàn", status_code=422)
        data = {"person": self.visitor.pk, "duty": "member"}
        response = self.post("team-member", pk, **data)
        self.assertContains(response, "đã có trong đoàn", status_code=422)
        response = self.post("team-guest", pk, name="", duty="member")
        self.assertContains(response, "Hãy ghi họ và tên.", status_code=422)

    def test_removing_and_another_duty(self):
        inspection = self.inspection()
        member = inspection.attendees.get(user=self.visitor)
        self.post("team-change", inspection.pk, member.pk, duty="secretary")
        member.refresh_from_db()
        self.assertEqual(member.duty, "secretary")
        response = self.post("team-change", inspection.pk, member.pk, duty="leader")
        self.assertIn("đã có trưởng đoàn", self.words(response)[-1])
        self.post("team-change", inspection.pk, member.pk, remove="1")
        self.assertFalse(inspection.attendees.filter(user=self.visitor).exists())
        response = self.post("team-change", inspection.pk, member.pk, remove="1")
        self.assertIn("không còn trong đoàn", self.words(response)[-1])


class DayPageTests(PageCase):
    def setUp(self):
        super().setUp()
        self.record = self.inspection("open", starts_at=DAY, recommendations=0)

    def test_start_and_end_without_what_they_need(self):
        planned = self.inspection()
        planned.attendees.all().delete()
        page = self.client.get(url("deed", planned.pk, "bat-dau"))
        self.assertContains(page, "đoàn chưa có trưởng đoàn")
        data = {"starts_at": "2025-03-18T08:00"}
        response = self.post("deed", planned.pk, "bat-dau", **data)
        self.assertEqual(response.status_code, 422)
        data = {"ends_at": "2025-03-18T07:59"}
        response = self.post("deed", self.record.pk, "ket-thuc", **data)
        self.assertContains(response, "phải sau giờ bắt đầu", status_code=422)
        self.assertEqual(self.client.get(url("deed", 1, "ban-hanh")).status_code, 404)

    def test_second_press_of_the_start_is_told_and_leads_to_the_inspection(self):
        planned = self.inspection()
        data = {"starts_at": "2025-03-18T08:00"}
        self.post("deed", planned.pk, "bat-dau", **data)
        response = self.post("deed", planned.pk, "bat-dau", **data)
        self.assertRedirects(response, url("detail", planned.pk))
        self.assertIn("Có thể người khác vừa làm", self.words(response)[-1])

    def finding(self, **data):
        held = self.record.findings.first()
        path = url("finding", self.record.pk, held.pk)
        headers = data.pop("headers", {})
        return held, self.client.post(path, data, headers=headers)

    def test_plain_form_leads_back_to_the_row_as_it_was_narrowed(self):
        held, response = self.finding(
            result="partly", remark="Chậm.", query="?loc=none"
        )
        address = f"{url('findings', self.record.pk)}?loc=none#noi-dung-{held.pk}"
        self.assertEqual(response.url, address)
        held.refresh_from_db()
        self.assertEqual((held.result, held.remark), ("partly", "Chậm."))

    def test_htmx_takes_the_card_and_the_remark_alone_keeps_the_result(self):
        held, response = self.finding(
            current="met", remark="Đủ.", headers={"HX-Request": "true"}
        )
        self.assertTemplateNotUsed(response, "base.html")
        self.assertContains(response, 'aria-pressed="true"', count=1)
        held.refresh_from_db()
        self.assertEqual((held.result, held.remark), ("met", "Đủ."))

    def test_stale_card_shows_both_texts_and_stores_nothing(self):
        held, response = self.finding(
            result="unmet", remark="Của tôi.", seen="x", headers={"HX-Request": "true"}
        )
        self.assertContains(response, "Của tôi.", status_code=422)
        self.assertContains(response, "Người khác trong đoàn", status_code=422)
        held.refresh_from_db()
        self.assertEqual(held.result, "met")

    def test_card_after_the_end_is_refused_with_the_reason(self):
        Inspection.objects.filter(pk=self.record.pk).update(status="closed")
        _, response = self.finding(result="unmet", headers={"HX-Request": "true"})
        self.assertContains(response, "đã kết thúc", status_code=422)

    def test_foreign_result_is_not_stored(self):
        held, response = self.finding(result="perfect")
        self.assertEqual(response.status_code, 422)
        held.refresh_from_db()
        self.assertEqual(held.result, "met")

    def test_findings_are_narrowed_by_result_and_standard(self):
        path = url("findings", self.record.pk)
        first = self.record.findings.select_related("row__standard").first()
        number = first.row.standard.number
        page = self.client.get(f"{path}?loc=met&tieu-chuan={number}")
        self.assertContains(page, f'id="noi-dung-{first.pk}"')
        page = self.client.get(f"{path}?loc=unchecked")
        self.assertNotContains(page, f'id="noi-dung-{first.pk}"')

    def test_remarks_changed_meanwhile_are_shown_beside(self):
        seen = fingerprint(self.record, REMARKS)
        Inspection.objects.filter(pk=self.record.pk).update(strengths="Của bạn.")
        data = {"strengths": "Của tôi.", "seen": seen}
        response = self.post("remarks", self.record.pk, **data)
        for words in ("Của bạn.", "Của tôi.", "Phần người kia"):
            self.assertContains(response, words, status_code=422)
        data["seen"] = response.context["seen"]
        self.assertEqual(self.post("remarks", self.record.pk, **data).status_code, 302)

    def test_recommendation_without_owner_or_day_is_told_at_the_field(self):
        response = self.post("recommendations", self.record.pk, text="Bổ sung.")
        self.assertContains(response, "chịu trách nhiệm", status_code=422)
        self.assertContains(response, "Hãy chọn hạn khắc phục.", status_code=422)
        self.assertFalse(Recommendation.objects.exists())

    def test_presence_and_place(self):
        people = list(self.record.attendees.all())
        data = {"present": [people[0].pk], "held_at": "Thư viện"}
        self.post("people", self.record.pk, **data)
        self.record.refresh_from_db()
        self.assertEqual(self.record.held_at, "Thư viện")
        self.assertEqual(self.record.attendees.filter(is_present=True).count(), 1)

    def test_school_waits_while_the_team_writes(self):
        self.client.force_login(self.cast.principal)
        page = self.client.get(url("detail", self.record.pk))
        self.assertContains(page, "Đoàn đang ghi biên bản")
        self.assertNotContains(page, "Hồ sơ được lưu đầy đủ")


class FollowUpPageTests(PageCase):
    def setUp(self):
        super().setUp()
        self.closed = self.inspection("closed", starts_at=DAY, recommendations=1)
        self.held = self.closed.recommendations.get()

    def test_school_answers_from_its_home_and_the_office_sends_back_and_closes(self):
        piece = make_evidence(self.plan, by=self.cast.editor)
        self.client.force_login(self.cast.principal)
        home = self.client.get(reverse("home"))
        self.assertContains(home, "Kiến nghị sau kiểm tra")
        self.assertContains(home, url("follow-up", self.held.pk))
        self.post("follow-up", self.held.pk, text="Đã làm.", evidence=[piece.pk])
        self.assertEqual(list(self.held.answers.get().evidence.all()), [piece])
        self.client.force_login(self.cast.officer)
        self.assertContains(self.client.get(reverse("home")), "Kiến nghị chờ kết luận")
        response = self.post("follow-up-word", self.held.pk, word="back", note="")
        self.assertContains(response, "còn phải làm", status_code=422)
        self.post("follow-up-word", self.held.pk, word="back", note="Thiếu chữ ký.")
        self.held.refresh_from_db()
        self.assertEqual(self.held.state, "open")
        self.post("follow-up-word", self.held.pk, word="close")
        self.held.refresh_from_db()
        self.assertEqual(self.held.state, "closed")

    def test_evidence_of_another_school_cannot_be_chosen(self):
        other = make_plan(2024, school=self.cast.other_school, rows=1)
        foreign = make_evidence(other, by=self.cast.stranger)
        make_evidence(self.plan, by=self.cast.editor)
        self.client.force_login(self.cast.principal)
        data = {"text": "Đã làm.", "evidence": [foreign.pk]}
        response = self.post("follow-up", self.held.pk, **data)
        self.assertContains(response, "không thuộc danh mục", status_code=422)
        self.assertFalse(self.held.answers.exists())

    def test_list_narrows_to_what_is_overdue(self):
        page = self.client.get(f"{url('follow-ups')}?loc=qua-han")
        self.assertContains(page, "Quá hạn")
        self.assertContains(page, url("follow-up", self.held.pk))
        later = timezone.localdate() + datetime.timedelta(days=3)
        Recommendation.objects.update(due_on=later)
        page = self.client.get(f"{url('follow-ups')}?loc=qua-han")
        self.assertNotContains(page, url("follow-up", self.held.pk))
        self.assertContains(self.client.get(url("follow-ups")), "Còn 3 ngày")

    def test_carry_over_suggests_it_and_leads_into_the_new_plan(self):
        new = make_plan(2025, school=self.cast.school)
        self.client.force_login(self.cast.editor)
        page = self.client.get(reverse("plans:carry-over", args=[self.plan.pk]))
        take = url("follow-up-take", self.held.pk, new.pk)
        self.assertContains(page, take)
        self.assertContains(self.client.get(take), self.held.text)
        self.assertEqual(self.client.post(take).status_code, 422)
        criterion = self.plan.rows.first().criterion_id
        response = self.client.post(take, {"criterion": criterion})
        row = ActionRow.objects.get(plan=new)
        self.assertEqual(row.goal, self.held.text)
        address = reverse("plans:line-edit", args=[new.pk, "dong", row.pk])
        self.assertRedirects(response, address)
        response = self.client.post(take, {"criterion": criterion})
        self.assertEqual(new.rows.count(), 1)


class QueryCountTests(PageCase):
    def count(self, *addresses):
        return [queries_of(self.client, address) for address in addresses]

    def test_pages_ask_as_often_for_few_as_for_many(self):
        round_ = make_round(self.cast.office, school_year(2024), [self.cast.school])
        closed = self.inspection("closed", starts_at=DAY, round=None)
        record = self.inspection("open", starts_at=DAY)
        addresses = [
            f"{url('list')}?nam=2024-2025",
            url("round", round_.pk),
            url("round-schools", round_.pk),
            url("detail", record.pk),
            url("detail", closed.pk),
            url("findings", record.pk),
            url("people", record.pk),
            url("recommendations", record.pk),
            url("plan", record.pk),
            url("team", round_.inspections.get().pk),
            url("follow-ups"),
            reverse("home"),
        ]
        few = self.count(*addresses)
        self.fill(round_, record, closed)
        self.assertEqual(self.count(*addresses), few)
        self.assertLessEqual(max(few[:-1]), MOST, few)

    def fill(self, round_, record, closed):
        """Ten times as much of everything that the pages list."""
        for number in range(10):
            school = SchoolFactory(authority=self.cast.office)
            plan = make_plan(2024, school=school, rows=1)
            status = "closed" if number % 2 else "open"
            made = make_inspection(plan, status, round=round_, leader=self.visitor)
            make_round(self.cast.office, school_year(2024), title=f"Đợt {number}")
            self.assertEqual(made.round, round_)
            SchoolFactory(authority=self.cast.office)
            piece = make_evidence(self.plan, by=self.cast.editor, name=f"Sổ {number}")
            self.plan.rows.first().evidence.add(piece)
        add_rows(self.plan, 10)
        add_recommendations(record, 10)
        add_recommendations(closed, 10)
