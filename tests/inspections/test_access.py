"""An inspector from another school sees the inspection and the school's documents while
it goes on, and nothing else, and nothing afterwards."""

from django.test import TestCase
from django.urls import reverse

from inspections.models import Inspection, Recommendation
from inspections.workflow import CLOSE, OPEN, REOPEN, perform
from plans.models import Evidence, ImprovementPlan
from schools.models import School
from tests.factories.criteria import load_catalogues
from tests.factories.evidence import carried_out, make_evidence, pdf_upload
from tests.factories.inspections import make_inspection, make_round
from tests.factories.plans import make_plan
from tests.factories.schools import make_cast
from tests.inspections.cases import DAY, InspectionCase

RECORD = ("findings", "people", "remarks", "recommendations")


class VisitorTests(InspectionCase):
    def setUp(self):
        self.piece = make_evidence(
            self.plan, by=self.cast.editor, file=pdf_upload("Sổ mượn sách")
        )
        self.planned = self.inspection()
        self.client.force_login(self.visitor)

    def status(self, name, *args):
        return self.client.get(reverse(name, args=args)).status_code

    def statuses(self, *names):
        return {self.status(f"inspections:{n}", self.planned.pk) for n in names}

    def file(self):
        return self.status("inspections:evidence-file", self.planned.pk, self.piece.pk)

    def open(self):
        changes = {"starts_at": DAY}
        perform(OPEN, self.planned, by=self.cast.leader, changes=changes)

    def close(self):
        inspection = Inspection.objects.get(pk=self.planned.pk)
        inspection.findings.update(result="met")
        inspection.attendees.create(side="school", position=1, name="A", duty="")
        perform(CLOSE, inspection, by=self.cast.leader, changes={"ends_at": DAY})

    def test_before_the_start_the_visit_is_known_but_no_document(self):
        self.assertEqual(self.statuses("detail", *RECORD), {200})
        self.assertEqual(self.statuses("plan"), {404})
        self.assertEqual(self.file(), 404)

    def test_while_it_goes_on_the_documents_are_open(self):
        self.open()
        self.assertEqual(self.statuses("detail", "plan", *RECORD), {200})
        self.assertEqual(self.file(), 200)
        page = self.client.get(reverse("inspections:plan", args=[self.planned.pk]))
        self.assertContains(page, self.plan.rows.first().goal)
        self.assertContains(page, self.piece.name)

    def test_nothing_after_it_closes_and_again_while_it_is_reopened(self):
        self.open()
        self.close()
        self.assertEqual(self.statuses("detail", "plan", *RECORD), {404})
        self.assertEqual(self.file(), 404)
        self.assertFalse(Inspection.objects.for_user(self.visitor).exists())
        perform(REOPEN, self.planned, by=self.cast.officer, note="Ghi sai giờ.")
        self.assertEqual(self.statuses("detail", "plan"), {200})

    def test_nothing_else_of_the_school_at_any_time(self):
        self.open()
        for queryset in (School, ImprovementPlan, Evidence, Recommendation):
            found = queryset.objects.for_user(self.visitor)
            field = "pk" if queryset is School else None
            path = "inspection__school" if queryset is Recommendation else "school"
            found = found.filter(**{field or path: self.cast.school.pk})
            self.assertFalse(found.exists(), queryset)
        for name, args in (
            ("schools:detail", [self.cast.school.pk]),
            ("plans:detail", [self.plan.pk]),
            ("plans:evidence", [self.piece.pk]),
            ("plans:evidence-file", [self.piece.pk]),
            ("plans:evidence-list", [self.cast.school.pk, 2024]),
            ("reports:plan-preview", [self.plan.pk]),
        ):
            self.assertEqual(self.status(name, *args), 404, name)

    def test_evidence_of_another_year_or_school_is_not_reached_through_the_visit(self):
        self.open()
        other = carried_out(2025, school=self.cast.school)
        later = make_evidence(other, by=self.cast.editor, file=pdf_upload("Năm sau"))
        url = reverse("inspections:evidence-file", args=[self.planned.pk, later.pk])
        self.assertEqual(self.client.get(url).status_code, 404)

    def test_pages_for_the_team_lead_nowhere_else_in_the_school(self):
        self.open()
        held = self.plan.rows.first()
        held.evidence.add(self.piece)
        for name in ("plan", "findings", "detail"):
            page = self.client.get(
                reverse(f"inspections:{name}", args=[self.planned.pk])
            ).content.decode()
            for address in ("/ke-hoach/minh-chung/", f"/ke-hoach/{self.plan.pk}/"):
                self.assertNotIn(address, page, name)

    def test_the_visitor_writes_the_record_and_arranges_nothing(self):
        self.open()
        finding = self.planned.findings.first()
        url = reverse("inspections:finding", args=[self.planned.pk, finding.pk])
        self.client.post(url, {"result": "unmet", "remark": "Thiếu."})
        finding.refresh_from_db()
        self.assertEqual(finding.result, "unmet")
        for name in ("team", "arrange", "delete"):
            self.assertEqual(self.statuses(name), {403}, name)

    def test_a_member_taken_off_the_team_sees_nothing_more(self):
        self.open()
        self.planned.attendees.filter(user=self.visitor).delete()
        self.assertEqual(self.statuses("detail", "plan", *RECORD), {404})

    def test_the_visit_stands_on_the_visitors_own_page(self):
        page = self.client.get(reverse("inspections:list"))
        self.assertContains(page, self.cast.school.name)
        self.open()
        self.close()
        page = self.client.get(reverse("inspections:list"))
        self.assertNotContains(page, self.cast.school.name)


class CrossOfficeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = make_plan(2024, school=cls.cast.school, rows=2)
        cls.visit = make_inspection(cls.plan, "closed", leader=cls.cast.leader)
        cls.round = make_round(cls.cast.office, cls.plan.school_year)

    def test_another_office_gets_404_everywhere(self):
        held = self.visit.recommendations.first()
        self.client.force_login(self.cast.other_officer)
        for name, pk in (
            ("detail", self.visit.pk),
            ("findings", self.visit.pk),
            ("team", self.visit.pk),
            ("plan", self.visit.pk),
            ("round", self.round.pk),
            ("round-schools", self.round.pk),
            ("follow-up", held.pk),
        ):
            url = reverse(f"inspections:{name}", args=[pk])
            self.assertEqual(self.client.get(url).status_code, 404, name)

    def test_parts_of_another_inspection_are_not_reached_through_ones_own(self):
        own = make_inspection(self.plan, "open", leader=self.cast.leader)
        other_plan = make_plan(2024, school=self.cast.other_school, rows=1)
        other = make_inspection(other_plan, "open", leader=self.cast.other_officer)
        self.client.force_login(self.cast.leader)
        for name, part in (
            ("finding", other.findings.first()),
            ("recommendation-edit", other.recommendations.first()),
            ("recommendation-delete", other.recommendations.first()),
            ("recommendation-settled", other.recommendations.first()),
            ("people-remove", other.attendees.filter(side="school").first()),
        ):
            url = reverse(f"inspections:{name}", args=[own.pk, part.pk])
            self.assertEqual(self.client.post(url).status_code, 404, name)

    def test_verbs_refuse_to_be_visited(self):
        self.client.force_login(self.cast.leader)
        for name in ("team-member", "team-guest", "team-copy", "findings-fetch"):
            url = reverse(f"inspections:{name}", args=[self.visit.pk])
            self.assertEqual(self.client.get(url).status_code, 405, name)
