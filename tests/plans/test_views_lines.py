import unicodedata

from django.test import TestCase
from django.urls import reverse

from plans.models import ImprovementPlan
from qualityplan.text import MAX_TEXT
from tests.factories.criteria import load_catalogues
from tests.factories.plans import ISSUE, ROW_2018, complete, criteria_of, make_plan
from tests.factories.schools import make_cast

HTMX = {"HX-Request": "true"}


class LineCase(TestCase):
    year = 2024

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(cls.year, school=cls.cast.school)
        cls.criterion = criteria_of(cls.plan)[3]

    def setUp(self):
        self.client.force_login(self.cast.editor)

    def url(self, verb, *args, table="dong"):
        return reverse(f"plans:line-{verb}", args=[self.plan.pk, table, *args])

    def add(self, headers=None, table="dong", **changes):
        data = ROW_2018 | {"criterion": self.criterion.pk, "level": "1"} | changes
        return self.client.post(self.url("add", table=table), data, headers=headers)


class Rows2018Tests(LineCase):
    def test_new_row_takes_the_criterion_with_its_title(self):
        self.add()
        row = self.plan.rows.get()
        self.assertEqual(row.criterion, self.criterion)
        self.assertEqual(row.standard, self.criterion.standard)
        self.assertEqual(row.criterion_title, self.criterion.title)

    def test_without_javascript_the_answer_leads_back_to_the_row(self):
        response = self.add()
        row = self.plan.rows.get()
        expected = f"{self.plan.get_absolute_url()}#dong-{row.pk}"
        self.assertRedirects(response, expected, fetch_redirect_response=False)

    def test_htmx_gets_the_table_as_it_now_is(self):
        response = self.add(headers=HTMX)
        self.assertTemplateUsed(response, "plans/_table.html")
        self.assertTemplateNotUsed(response, "base.html")
        self.assertContains(response, f'id="dong-{self.plan.rows.get().pk}"')

    def test_row_without_a_criterion_is_refused_at_the_field(self):
        response = self.add(criterion="")
        self.assertEqual(response.status_code, 422)
        errors = response.context["form"].errors
        self.assertEqual(errors, {"criterion": ["Hãy chọn tiêu chí."]})
        self.assertEqual(self.plan.rows.count(), 0)

    def test_criterion_of_another_circular_is_refused(self):
        other = criteria_of(make_plan(2026, school=self.cast.school))[0]
        response = self.add(criterion=other.pk)
        self.assertEqual(list(response.context["form"].errors), ["criterion"])

    def test_draft_may_have_empty_cells(self):
        self.add(goal="", actions="", responsible="", schedule="")
        self.assertEqual(self.plan.rows.get().goal, "")

    def test_requirements_stand_beside_the_form(self):
        self.add()
        row = self.plan.rows.get()
        requirement = self.criterion.requirements.first()
        response = self.client.get(self.url("edit", row.pk))
        self.assertContains(response, requirement.summary)
        self.assertContains(response, requirement.reference)

    def test_requirements_of_another_criterion_are_fetched(self):
        url = reverse("plans:requirements", args=[self.plan.pk])
        response = self.client.get(url, {"criterion": self.criterion.pk})
        self.assertContains(response, self.criterion.title)
        self.assertContains(self.client.get(url, {"criterion": "x"}), "Chọn tiêu chí")

    def test_without_javascript_requirements_show_and_what_was_typed_stays(self):
        response = self.add(show="1", goal="Đang gõ dở")
        self.assertContains(response, "Đang gõ dở")
        self.assertContains(response, self.criterion.requirements.first().summary)
        self.assertEqual(self.plan.rows.count(), 0)

    def test_locked_plan_tells_htmx_to_show_the_reason(self):
        self.add()
        ImprovementPlan.objects.update(status="submitted")
        row = self.plan.rows.get()
        url = self.url("duplicate", row.pk)
        response = self.client.post(url, headers=HTMX)
        self.assertEqual(response["HX-Redirect"], self.plan.get_absolute_url())
        page = self.client.get(self.plan.get_absolute_url())
        self.assertContains(page, "Kế hoạch đã trình, không sửa được nữa.")
        self.assertEqual(self.plan.rows.count(), 1)

    def test_plan_submitted_while_somebody_types_gives_the_text_back(self):
        self.add()
        ImprovementPlan.objects.update(status="submitted")
        url = self.url("edit", self.plan.rows.get().pk)
        data = ROW_2018 | {"criterion": self.criterion.pk, "goal": "Đang gõ"}
        response = self.client.post(url, data)
        self.assertContains(response, "không sửa được nữa", status_code=422)
        self.assertContains(response, "Đang gõ", status_code=422)
        self.assertNotEqual(self.plan.rows.get().goal, "Đang gõ")

    def test_deleting_asks_first_and_then_deletes(self):
        self.add()
        url = self.url("delete", self.plan.rows.get().pk)
        self.assertContains(self.client.get(url), "Xóa hẳn")
        self.assertEqual(self.plan.rows.count(), 1)
        self.client.post(url)
        self.assertEqual(self.plan.rows.count(), 0)

    def test_what_would_be_deleted_is_not_cut_in_the_middle_of_a_word(self):
        goal = "Mỗi khối có ít nhất 01 bài " * 4 + "để học sinh tự chọn vấn đề"
        self.add(goal=goal)
        response = self.client.get(self.url("delete", self.plan.rows.get().pk))
        self.assertContains(response, goal)

    def test_row_deleted_meanwhile_answers_404(self):
        self.add()
        row = self.plan.rows.get()
        urls = [self.url(v, row.pk) for v in ("edit", "duplicate", "move", "delete")]
        row.delete()
        for url in urls:
            self.assertEqual(self.client.post(url).status_code, 404)

    def test_form_of_2018_has_no_table_of_focus_issues(self):
        response = self.client.get(self.url("add", table="van-de"))
        self.assertEqual(response.status_code, 404)


class ColleagueTests(LineCase):
    """Two people in one row: nobody's text is written over unseen."""

    def setUp(self):
        super().setUp()
        self.add()
        self.row = self.plan.rows.get()
        page = self.client.get(self.url("edit", self.row.pk))
        self.seen = page.context["seen"]

    def save(self, seen=None, **changes):
        data = ROW_2018 | {"criterion": self.criterion.pk, "level": "1"} | changes
        data["seen"] = self.seen if seen is None else seen
        return self.client.post(self.url("edit", self.row.pk), data)

    def theirs(self):
        self.plan.rows.update(goal="Của người kia")

    def test_second_writer_sees_both_versions_and_nothing_is_lost(self):
        self.theirs()
        response = self.save(goal="Của tôi")
        self.assertContains(response, "Người khác vừa sửa dòng này", status_code=422)
        self.assertContains(response, "Của tôi", status_code=422)
        theirs = response.context["theirs"]
        self.assertEqual([text for _, text in theirs], ["Của người kia"])
        self.row.refresh_from_db()
        self.assertEqual(self.row.goal, "Của người kia")

    def test_saving_again_after_having_seen_it_is_taken(self):
        self.theirs()
        seen = self.save(goal="Của tôi").context["seen"]
        self.save(seen, goal="Của cả hai")
        self.row.refresh_from_db()
        self.assertEqual(self.row.goal, "Của cả hai")

    def test_without_the_check_the_first_text_is_lost(self):
        self.theirs()
        self.save("", goal="Của tôi")
        self.row.refresh_from_db()
        self.assertEqual(self.row.goal, "Của tôi")

    def test_moving_lines_is_no_change_of_the_text(self):
        self.plan.rows.update(position=7)
        self.save(goal="Của tôi")
        self.row.refresh_from_db()
        self.assertEqual((self.row.goal, self.row.position), ("Của tôi", 7))


class HostileTextTests(LineCase):
    def stored(self, text):
        self.plan.rows.all().delete()
        response = self.add(actions=text)
        row = self.plan.rows.first()
        return response, row.actions if row else None

    def test_texts_are_kept_to_the_letter(self):
        for text in (
            "<script>alert(1)</script> & <b>",
            "=SUM(A1)\n- mục\n+1",
            "🎉 \u200b giữa",
            "{{ plan }} {% load x %}",
            "x" * 20_000,
        ):
            with self.subTest(text=text[:20]):
                self.assertEqual(self.stored(text)[1], text)

    def test_markup_is_shown_as_text(self):
        self.stored("<script>alert(1)</script>")
        for url in (
            self.plan.get_absolute_url(),
            reverse("reports:plan-preview", args=[self.plan.pk]),
        ):
            page = self.client.get(url)
            self.assertNotContains(page, "<script>alert")
            self.assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")

    def test_decomposed_letters_are_composed(self):
        text = "Kế hoạch của tổ"
        self.assertEqual(self.stored(unicodedata.normalize("NFD", text))[1], text)

    def test_control_characters_go_with_a_note(self):
        response, text = self.stored("a\x00b\x07c\r\nd")
        self.assertEqual(text, "abc\nd")
        page = self.client.get(response.url)
        self.assertContains(page, "Đã bỏ 2 ký tự điều khiển")

    def test_too_long_a_text_is_told_by_how_much_and_given_back(self):
        response, stored = self.stored("y" * (MAX_TEXT + 1))
        self.assertIsNone(stored)
        (message,) = response.context["form"].errors["actions"]
        self.assertIn("30001 ký tự, quá mức 30.000", message)
        self.assertContains(response, "y" * 100, status_code=422)


class Rows2026Tests(LineCase):
    year = 2026

    def test_focus_issue_needs_no_criterion_but_takes_its_standard(self):
        data = ISSUE | {"criterion": self.criterion.pk, "standard": ""}
        self.client.post(self.url("add", table="van-de"), data)
        issue = self.plan.focus_issues.get()
        self.assertEqual(issue.standard, self.criterion.standard)

    def test_criterion_of_another_standard_is_refused(self):
        other = criteria_of(self.plan)[-1].standard
        data = ISSUE | {"criterion": self.criterion.pk, "standard": other.pk}
        response = self.client.post(self.url("add", table="van-de"), data)
        (message,) = response.context["form"].errors["criterion"]
        self.assertIn(f"không thuộc tiêu chuẩn {other.number}", message)

    def test_row_for_a_focus_issue_keeps_the_link_and_its_criterion(self):
        issue = self.plan.focus_issues.create(
            position=1,
            criterion=self.criterion,
            standard=self.criterion.standard,
            **ISSUE,
        )
        self.client.post(self.url("add"), {"content": "Mới", "focus_issue": issue.pk})
        row = self.plan.rows.get()
        self.assertEqual((row.focus_issue, row.criterion), (issue, self.criterion))

    def test_review_of_progress_can_be_added(self):
        self.client.post(self.url("add", table="theo-doi"), {"time": "Tháng 3"})
        times = list(self.plan.monitoring.values_list("time", flat=True))
        self.assertEqual(times, ["Cuối học kỳ I", "Cuối năm học", "Tháng 3"])


class DeedPageTests(LineCase):
    def test_incomplete_plan_shows_its_gaps_instead_of_the_button(self):
        url = reverse("plans:deed", args=[self.plan.pk, "trinh"])
        page = self.client.get(url)
        self.assertContains(page, "Bảng kế hoạch: chưa có dòng nào")
        self.assertNotContains(page, 'type="submit">Trình duyệt')

    def test_note_longer_than_allowed_is_told(self):
        complete(self.plan)
        url = reverse("plans:deed", args=[self.plan.pk, "trinh"])
        response = self.client.post(url, {"note": "x" * 5001})
        self.assertEqual(list(response.context["form"].errors), ["note"])

    def test_second_plan_of_a_year_leads_to_the_first(self):
        data = {"school": self.cast.school.pk, "first_year": 2024}
        response = self.client.post(reverse("plans:create"), data)
        self.assertRedirects(response, self.plan.get_absolute_url())
        self.assertEqual(ImprovementPlan.objects.count(), 1)

    def test_plan_for_a_school_of_others_cannot_be_begun(self):
        data = {"school": self.cast.other_school.pk, "first_year": 2024}
        response = self.client.post(reverse("plans:create"), data)
        self.assertEqual(list(response.context["form"].errors), ["school"])

    def test_unknown_deed_answers_404(self):
        url = reverse("plans:deed", args=[self.plan.pk, "xoa-het"])
        self.assertEqual(self.client.get(url).status_code, 404)
