from django.urls import reverse

from plans.assessed import found_of
from plans.models import Assessment, CriterionReview
from tests.factories.assessments import (
    make_assessment,
    requirement_pks,
    review_of,
    write_weakness,
)
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory
from tests.plans.assessment_pages import PageCase


class ReviewPageTests(PageCase):
    def setUp(self):
        super().setUp()
        self.review = review_of(self.assessment, "1.3")
        self.pks = requirement_pks(self.review)

    def post(self, level1="dat", level2="chua-dat", **data):
        data = {
            f"yeu-cau-{self.pks[1, '']}": level1,
            f"yeu-cau-{self.pks[2, '']}": level2,
            "seen_at": self.review.updated_at.isoformat(),
        } | data
        return self.client.post(self.review.get_absolute_url(), data)

    def test_saved_and_shown_again(self):
        response = self.post(limitations="Ít sách.", is_finished="on")
        self.assertRedirects(response, self.review.get_absolute_url())
        stored = review_of(self.assessment, "1.3")
        self.assertEqual(stored.limitations, "Ít sách.")
        self.assertTrue(stored.is_finished)
        self.assertEqual(set(found_of(stored).values()), {True, False})

    def test_save_and_next_leads_to_the_next_criterion(self):
        response = self.post(next="1")
        following = review_of(self.assessment, "1.4")
        self.assertRedirects(response, following.get_absolute_url())

    def test_level_two_without_level_one_is_refused_at_its_field(self):
        response = self.post("chua-dat", "dat", limitations="Giữ lại.")
        self.assertEqual(response.status_code, 422)
        name = f"yeu-cau-{self.pks[2, '']}"
        self.assertEqual(list(response.context["form"].errors), [name])
        self.assertContains(response, "Giữ lại.", status_code=422)
        self.assertEqual(found_of(self.review), {})

    def test_finished_without_a_certain_level_is_refused(self):
        response = self.post("", "", is_finished="on")
        self.assertEqual(list(response.context["form"].errors), ["is_finished"])

    def test_newer_text_of_somebody_else_is_told_and_can_then_be_replaced(self):
        CriterionReview.objects.get(pk=self.review.pk).save()
        response = self.post(limitations="Bản của tôi.")
        self.assertEqual(response.status_code, 422)
        self.assertContains(response, "Bản của tôi.", status_code=422)
        again = response.context["form"]["seen_at"].value()
        self.post(limitations="Bản của tôi.", seen_at=again)
        self.assertEqual(review_of(self.assessment, "1.3").limitations, "Bản của tôi.")

    def test_labels_belong_to_the_generation(self):
        older = make_assessment(2024, school=self.cast.school)
        for assessment, word, other in (
            (self.assessment, "Hạn chế", "Điểm yếu"),
            (older, "Điểm yếu", "Hạn chế"),
        ):
            url = review_of(assessment, "1.3").get_absolute_url()
            response = self.client.get(url)
            labels = [str(f.label) for f in response.context["form"].text_fields()]
            with self.subTest(word):
                self.assertIn(word, labels)
                self.assertNotIn(other, labels)

    def test_repealed_points_cannot_be_judged(self):
        older = make_assessment(2025, school=SchoolFactory(levels=["primary"]))
        self.cast.editor.memberships.create(school=older.school, role="editor")
        self.sign_in("editor")
        response = self.client.get(review_of(older, "1.5").get_absolute_url())
        levels = [level for level, _ in response.context["form"].by_level()]
        self.assertNotIn(2, levels)
        self.assertContains(response, "Đã bãi bỏ từ 25/01/2025")

    def test_office_reads_without_a_form(self):
        self.sign_in("officer")
        response = self.client.get(self.review.get_absolute_url())
        self.assertNotContains(response, "<textarea")
        self.assertNotContains(response, 'type="radio"')

    def test_finished_assessment_keeps_its_texts(self):
        Assessment.objects.update(status="finished")
        response = self.post(limitations="Muộn.")
        self.assertRedirects(response, self.assessment.get_absolute_url())
        self.assertEqual(review_of(self.assessment, "1.3").limitations, "")

    def test_review_of_another_assessment_is_not_found_here(self):
        foreign = make_assessment(2026, school=self.cast.other_school).reviews.first()
        url = reverse("plans:review", args=[self.assessment.pk, foreign.pk])
        self.assertEqual(self.client.get(url).status_code, 404)


class TakePageTests(PageCase):
    def setUp(self):
        super().setUp()
        self.review = write_weakness(self.assessment)
        args = [self.assessment.pk, self.review.pk]
        self.url = reverse("plans:review-take", args=args)
        self.back = reverse("plans:limitations", args=[self.assessment.pk])

    def test_one_open_plan_is_taken_without_a_question(self):
        plan = make_plan(2026, school=self.cast.school)
        response = self.client.post(self.url)
        row = plan.rows.get()
        expected = f"{plan.get_absolute_url()}#dong-{row.pk}"
        self.assertRedirects(response, expected, fetch_redirect_response=False)

    def test_several_open_plans_are_asked_for(self):
        make_plan(2026, school=self.cast.school)
        plan = make_plan(2027, school=self.cast.school)
        response = self.client.post(self.url)
        self.assertTemplateUsed(response, "plans/review_take.html")
        self.assertEqual(response.context["form"].errors, {})
        self.client.post(self.url, {"plan": plan.pk})
        self.assertEqual(plan.rows.get().source_review, self.review)

    def test_second_time_is_answered_kindly(self):
        plan = make_plan(2026, school=self.cast.school)
        self.client.post(self.url)
        response = self.client.post(self.url)
        self.assertRedirects(response, self.back)
        self.assertIn("đã được đưa vào kế hoạch", self.told(response)[-1])
        self.assertEqual(plan.rows.count(), 1)

    def test_without_an_open_plan_the_way_is_told(self):
        response = self.client.post(self.url)
        self.assertRedirects(response, self.back)
        self.assertIn("Hãy lập kế hoạch", self.told(response)[0])

    def test_list_marks_what_is_taken(self):
        write_weakness(self.assessment, "2.1")
        make_plan(2026, school=self.cast.school)
        self.client.post(self.url)
        response = self.client.get(self.back)
        taken = {
            review.criterion.code: (len(rows), is_left)
            for review, rows, is_left in response.context["lines"]
        }
        self.assertEqual(taken, {"1.3": (1, False), "2.1": (0, True)})
        self.assertEqual(response.context["taken_count"], 1)

    def test_row_of_the_plan_leads_back_to_the_review(self):
        plan = make_plan(2026, school=self.cast.school)
        self.client.post(self.url)
        response = self.client.get(plan.get_absolute_url())
        link = f'<a class="carried" href="{self.review.get_absolute_url()}">'
        self.assertContains(response, link, count=2)  # the issue and its row
