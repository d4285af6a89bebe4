from django.urls import reverse

from plans.models import Assessment, RequirementCheck
from tests.factories.assessments import (
    make_assessment,
    meet,
    review_of,
    write_weakness,
)
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory
from tests.plans.assessment_pages import PageCase
from tests.queries import queries_of

MOST = 12


class BeginPageTests(PageCase):
    url = "/ke-hoach/tu-danh-gia/bat-dau/"

    def begin(self, year):
        data = {"school": self.cast.school.pk, "first_year": year}
        return self.client.post(self.url, data)

    def test_begins_and_leads_to_the_assessment(self):
        response = self.begin(2025)
        begun = Assessment.objects.get(school_year__first_year=2025)
        self.assertRedirects(response, begun.get_absolute_url())
        self.assertEqual(begun.circular.number, "17/2018/TT-BGDĐT")

    def test_second_time_leads_to_the_one_there_is(self):
        response = self.begin(2026)
        self.assertRedirects(response, self.assessment.get_absolute_url())
        self.assertEqual(Assessment.objects.count(), 1)

    def test_school_of_somebody_else_cannot_be_chosen(self):
        data = {"school": self.cast.other_school.pk, "first_year": 2025}
        response = self.client.post(self.url, data)
        self.assertEqual(list(response.context["form"].errors), ["school"])


class AssessmentPageTests(PageCase):
    def get(self, query=""):
        return self.client.get(self.assessment.get_absolute_url() + query)

    def test_button_names_limitations_as_their_page_does(self):
        of_2018 = make_assessment(2024, school=self.cast.school)
        for assessment, words in (
            (self.assessment, "Hạn chế và kế hoạch cải tiến"),
            (of_2018, "Điểm yếu và kế hoạch cải tiến"),
        ):
            url = assessment.get_absolute_url()
            with self.subTest(words=words):
                self.assertContains(self.client.get(url), words)
                self.assertContains(self.client.get(f"{url}han-che/"), words)

    def test_result_is_explained(self):
        meet(self.assessment, 1, without=("1.3",))
        response = self.get()
        self.assertContains(response, "Tiêu chí bắt buộc chưa xem xét xong Mức 1: 1.3.")
        self.assertEqual(response.context["sheet"].attainment.level, 0)

    def test_two_level_circular_never_speaks_of_level_3_or_4(self):
        meet(self.assessment, 2)
        for query in ("", "?mong-muon=2", "?mong-muon=4"):
            response = self.get(query)
            self.assertNotContains(response, "Mức 3")
            self.assertNotContains(response, "Mức 4")

    def test_wish_shows_what_is_missing_and_saves_nothing(self):
        meet(self.assessment, 1)
        before = RequirementCheck.objects.filter(is_met=True).count()
        response = self.get("?mong-muon=2")
        self.assertEqual(response.context["wish"], 2)
        self.assertContains(response, "Tiêu chí 1.3: chưa đạt Mức 2")
        self.assertEqual(RequirementCheck.objects.filter(is_met=True).count(), before)

    def test_wish_that_is_no_level_is_ignored(self):
        for query in ("?mong-muon=3", "?mong-muon=x", "?mong-muon="):
            self.assertIsNone(self.get(query).context["wish"])

    def test_own_criteria_can_be_seen_alone(self):
        self.assessment.reviews.filter(criterion__code="2.1").update(
            assigned_to=self.cast.editor
        )
        (view,) = self.get("?cua-toi=1").context["parts"]
        shown = [
            line.review.criterion.code
            for _, lines in view["standards"]
            for line in lines
        ]
        self.assertEqual(shown, ["2.1"])

    def test_buttons_follow_the_role(self):
        for actor, labels in (
            ("editor", (True, True)),
            ("contributor", (False, False)),
            ("officer", (False, False)),
        ):
            self.sign_in(actor)
            text = self.get().text
            with self.subTest(actor):
                self.assertEqual(
                    ("Hoàn thành tự đánh giá" in text, "Phân công tiêu chí" in text),
                    labels,
                )

    def test_unfinished_assessment_says_what_is_left(self):
        url = reverse("plans:assessment-finish", args=[self.assessment.pk])
        response = self.client.post(url)
        self.assertRedirects(response, self.assessment.get_absolute_url())
        self.assertIn("còn 15 tiêu chí", self.told(response)[0])

    def test_list_counts_what_is_finished_and_what_waits_for_oneself(self):
        reviews = self.assessment.reviews.filter(criterion__standard__number=1)
        reviews.update(assigned_to=self.cast.editor)
        reviews.filter(criterion__code="1.1").update(is_finished=True)
        url = reverse("plans:assessments") + "?nam=2026-2027"
        (shown,) = self.client.get(url).context["object_list"]
        counts = (shown.review_count, shown.finished_count, shown.mine_count)
        self.assertEqual(counts, (15, 1, 3))

    def test_list_shows_no_levels(self):
        meet(self.assessment, 2)
        url = reverse("plans:assessments") + "?nam=2026-2027"
        self.assertNotContains(self.client.get(url), "Mức")


class AssignPageTests(PageCase):
    def assign(self, **data):
        url = reverse("plans:assessment-assign", args=[self.assessment.pk])
        return self.client.post(url, data)

    def test_chosen_criteria_go_to_the_person(self):
        pks = list(self.assessment.reviews.values_list("pk", flat=True)[:3])
        self.assign(person=self.cast.contributor.pk, reviews=pks)
        assigned = self.cast.contributor.assigned_reviews.values_list("pk", flat=True)
        self.assertEqual(set(assigned), set(pks))

    def test_only_the_button_of_its_own_takes_criteria_away_again(self):
        review = self.assessment.reviews.first()
        self.assign(person=self.cast.contributor.pk, reviews=[review.pk])
        response = self.assign(person="", reviews=[review.pk])
        self.assertContains(response, "Hãy chọn người nhận", status_code=422)
        review.refresh_from_db()
        self.assertEqual(review.assigned_to, self.cast.contributor)
        self.assign(person=self.cast.contributor.pk, reviews=[review.pk], clear="1")
        review.refresh_from_db()
        self.assertIsNone(review.assigned_to)

    def test_nothing_chosen_is_told_at_the_list(self):
        response = self.assign(person=self.cast.contributor.pk)
        self.assertEqual(response.status_code, 422)
        self.assertEqual(list(response.context["form"].errors), ["reviews"])

    def test_review_of_another_assessment_is_refused(self):
        foreign = make_assessment(2026, school=self.cast.other_school).reviews.first()
        response = self.assign(person=self.cast.editor.pk, reviews=[foreign.pk])
        self.assertEqual(response.status_code, 422)


class LevelFourPageTests(PageCase):
    year = 2024

    def test_clauses_are_saved(self):
        clauses = list(self.assessment.circular.level_four_clauses.all())
        data = {f"khoan-{clause.pk}": "dat" for clause in clauses[:2]}
        url = reverse("plans:level-four", args=[self.assessment.pk])
        self.assertRedirects(
            self.client.post(url, data), self.assessment.get_absolute_url()
        )
        self.assertEqual(self.assessment.level_four_checks.count(), 2)

    def test_two_level_circulars_have_no_such_page(self):
        newer = make_assessment(2026, school=self.cast.school)
        url = reverse("plans:level-four", args=[newer.pk])
        self.assertEqual(self.client.get(url).status_code, 404)


class AssessmentQueryTests(PageCase):
    def count(self, url, actor):
        self.sign_in(actor)
        return queries_of(self.client, url)

    def test_pages_are_constant_whatever_was_found(self):
        make_plan(2026, school=self.cast.school)
        older = make_assessment(2024, school=self.cast.school)
        for assessment in (self.assessment, older):
            urls = [
                assessment.get_absolute_url(),
                review_of(assessment, "1.3").get_absolute_url(),
                reverse("plans:limitations", args=[assessment.pk]),
                reverse("plans:assessment-assign", args=[assessment.pk]),
            ]
            write_weakness(assessment, "1.3")
            before = [self.count(url, "editor") for url in urls]
            meet(assessment, 1)
            for code in ("1.4", "2.1"):
                write_weakness(assessment, code)
            after = [self.count(url, "editor") for url in urls]
            with self.subTest(assessment=assessment):
                self.assertEqual(before, after)
                self.assertLessEqual(max(after), MOST, after)
                looked_at = [self.count(url, "officer") for url in urls[:3]]
                self.assertLessEqual(max(looked_at), MOST, looked_at)

    def test_list_is_constant_for_1_and_3_assessments(self):
        url = reverse("plans:assessments") + "?nam=2026-2027"
        counts = [self.count(url, "officer")]
        for _ in range(2):
            make_assessment(2026, school=SchoolFactory(authority=self.cast.office))
        counts.append(self.count(url, "officer"))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], MOST)
