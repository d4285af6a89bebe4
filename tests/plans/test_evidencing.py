from pathlib import Path
from unittest import mock

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.test import TestCase

from plans import evidencing
from plans.assessing import AssessmentLockedError, begin_assessment
from plans.enums import AssessmentStatus
from plans.models import Assessment, Evidence, EvidenceSeries
from plans.recording import NotCarriedOutError
from tests.factories.criteria import load_catalogues
from tests.factories.evidence import carried_out, make_evidence, pdf_upload
from tests.factories.plans import criteria_of, make_plan
from tests.factories.schools import make_cast
from tests.factories.uploads import upload


def stored_files():
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


class EvidenceTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = carried_out(school=cls.cast.school)
        cls.newer = carried_out(2026, school=cls.cast.school)

    def add(self, plan=None, **told):
        return make_evidence(plan or self.plan, by=self.cast.contributor, **told)

    def refused(self, **told):
        """The messages; nothing may be left behind."""
        before = (stored_files(), Evidence.objects.count())
        with self.assertRaises(ValidationError) as caught:
            self.add(**told)
        self.assertEqual((stored_files(), Evidence.objects.count()), before)
        return " ".join(caught.exception.messages)


class CodeTests(EvidenceTestCase):
    def codes(self, plan, places):
        criteria = criteria_of(plan)
        return [self.add(plan, criterion=criteria[place]).code for place in places]

    def test_codes_follow_the_circular_and_count_within_a_criterion(self):
        self.assertEqual(
            self.codes(self.plan, (0, 0, 9, 10)),
            ["[H1-1.1-01]", "[H1-1.1-02]", "[H1-1.10-01]", "[H2-2.1-01]"],
        )
        self.assertEqual(
            self.codes(self.newer, (0, 0, 1)), ["MC.1.1.01", "MC.1.1.02", "MC.1.2.01"]
        )

    def test_hundredth_piece_has_three_digits(self):
        self.add()
        EvidenceSeries.objects.update(last_number=99)
        self.assertEqual(self.add().code, "[H1-1.1-100]")

    def test_refused_piece_uses_up_no_number(self):
        self.add()
        self.refused(name="")
        self.refused(file=upload("a.pdf", b"MZ\x90\x00"))
        self.assertEqual(self.add().code, "[H1-1.1-02]")

    def test_pieces_added_together_are_all_or_none(self):
        good = evidencing.Piece("Một", file=pdf_upload("một"))
        bad = evidencing.Piece("Hai", file=upload("b.pdf", b"%PDF-1.7 cut"))
        before = stored_files()
        with self.assertRaises(ValidationError):
            evidencing.add_pieces(
                self.plan.school,
                self.plan.school_year,
                criteria_of(self.plan)[0],
                [good, bad],
                by=self.cast.principal,
            )
        self.assertEqual((stored_files(), Evidence.objects.count()), (before, 0))
        self.assertEqual(self.add().code, "[H1-1.1-01]")

    def test_criterion_of_another_circular_is_refused(self):
        message = self.refused(criterion=criteria_of(self.newer)[0])
        self.assertIn("không thuộc Thông tư 17/2018/TT-BGDĐT", message)

    def test_year_without_any_paper_follows_the_circular_in_force(self):
        plan = make_plan(2022, school=self.cast.school)
        criterion, school, year = criteria_of(plan)[0], plan.school, plan.school_year
        plan.delete()
        piece = evidencing.add_evidence(
            school, year, criterion, by=self.cast.principal, name="Sổ", location="Tủ"
        )
        self.assertEqual(piece.code, "[H1-1.1-01]")


class PlaceTests(EvidenceTestCase):
    def test_file_link_or_shelf_one_is_needed(self):
        self.assertIn("ít nhất một trong ba", self.refused(location=" "))
        self.assertEqual(self.add(link="https://example.edu.vn/a").location, "")

    def test_file_is_stored_under_a_name_of_our_own(self):
        piece = self.add(file=pdf_upload(name="../Sổ\u202e mượn.pdf"))
        self.assertRegex(piece.file.name, r"^evidence/20\d\d/[0-9a-f]{32}\.pdf$")
        self.assertEqual(
            (piece.file_name, piece.content_type), ("Sổ mượn.pdf", "application/pdf")
        )
        self.assertEqual(len(piece.sha256), 64)
        self.assertEqual(piece.file.read()[:5], b"%PDF-")
        piece.file.close()

    def test_hostile_file_is_refused_at_the_domain_too(self):
        message = self.refused(file=upload("a.pdf", b"\x89PNG\r\n\x1a\n0000"))
        self.assertIn("nội dung là ảnh PNG", message)

    def test_same_file_gets_no_second_code(self):
        self.add(file=pdf_upload())
        message = self.refused(file=pdf_upload(name="ten khac.pdf"))
        self.assertIn("đã có trong danh mục với mã [H1-1.1-01]", message)

    def test_file_goes_again_when_the_row_cannot_be_stored(self):
        before = stored_files()
        with (
            mock.patch.object(Evidence, "save", side_effect=IntegrityError),
            self.assertRaises(IntegrityError),
        ):
            self.add(file=pdf_upload())
        self.assertEqual(stored_files(), before)


class UseTests(EvidenceTestCase):
    def test_piece_keeps_its_code_when_used_elsewhere(self):
        piece = self.add()
        rows = list(self.plan.rows.all())
        evidencing.attach_evidence(piece, by=self.cast.contributor, rows=rows)
        piece.refresh_from_db()
        self.assertEqual(piece.code, "[H1-1.1-01]")
        self.assertEqual(set(piece.rows.all()), set(rows))

    def test_attaching_twice_changes_nothing(self):
        row = self.plan.rows.first()
        piece = self.add(rows=[row])
        evidencing.attach_evidence(piece, by=self.cast.contributor, rows=[row])
        self.assertEqual(piece.rows.count(), 1)
        self.assertEqual(self.plan.line_changes.count(), 1)

    def test_piece_can_be_taken_off_a_row_and_stays_in_the_list(self):
        row = self.plan.rows.first()
        piece = self.add(rows=[row])
        evidencing.detach_evidence(piece, by=self.cast.contributor, rows=[row])
        self.assertEqual(list(row.evidence.all()), [])
        self.assertTrue(Evidence.objects.filter(pk=piece.pk).exists())

    def test_evidence_of_another_school_or_year_cannot_be_attached(self):
        self.cast.stranger.memberships.create(school=self.cast.school, role="principal")
        elsewhere = carried_out(school=self.cast.other_school)
        foreign = make_evidence(elsewhere, by=self.cast.stranger)
        for piece, row in (
            (foreign, self.plan.rows.first()),
            (self.add(), elsewhere.rows.first()),
            (self.add(), self.newer.rows.first()),
        ):
            with self.subTest(piece=piece), self.assertRaises(PermissionDenied):
                evidencing.attach_evidence(piece, by=self.cast.stranger, rows=[row])
            self.assertEqual(piece.rows.count(), 0)

    def test_rows_of_a_draft_take_no_evidence(self):
        draft = make_plan(2023, school=self.cast.school, rows=1)
        with self.assertRaises(NotCarriedOutError):
            self.add(draft, rows=[draft.rows.first()])
        self.assertEqual(Evidence.objects.count(), 0)
        self.assertEqual(self.add(draft).code, "[H1-1.1-01]")

    def test_review_takes_evidence_of_its_own_school_while_it_is_open(self):
        assessment = begin_assessment(
            self.plan.school, self.plan.school_year, by=self.cast.principal
        )
        review = assessment.reviews.first()
        piece = self.add(reviews=[review])
        self.assertEqual(list(review.evidence.all()), [piece])
        elsewhere = begin_assessment(
            self.cast.other_school, self.plan.school_year, by=self.cast.stranger
        )
        with self.assertRaises(PermissionDenied):
            evidencing.attach_evidence(
                piece, by=self.cast.principal, reviews=[elsewhere.reviews.first()]
            )
        Assessment.objects.update(status=AssessmentStatus.FINISHED)
        for change in (evidencing.attach_evidence, evidencing.detach_evidence):
            with self.assertRaises(AssessmentLockedError):
                change(piece, by=self.cast.principal, reviews=[review])
        self.assertEqual(list(review.evidence.all()), [piece])

    def test_only_those_who_record_at_this_school_may(self):
        piece = self.add()
        for name in ("viewer", "officer", "admin", "stranger"):
            by = getattr(self.cast, name)
            with self.subTest(name):
                with self.assertRaises(PermissionDenied):
                    make_evidence(self.plan, by=by)
                with self.assertRaises(PermissionDenied):
                    evidencing.attach_evidence(piece, by=by)
                with self.assertRaises(PermissionDenied):
                    evidencing.update_evidence(
                        piece, by=by, name="x", link="", location="y", note=""
                    )

    def test_change_of_what_is_told_keeps_code_and_needs_a_place(self):
        piece = self.add()
        told = {"name": "Sổ mới", "link": "", "note": "", "by": self.cast.editor}
        evidencing.update_evidence(piece, location="Kho", **told)
        piece.refresh_from_db()
        self.assertEqual(
            (piece.code, piece.name, piece.location), ("[H1-1.1-01]", "Sổ mới", "Kho")
        )
        with self.assertRaises(ValidationError):
            evidencing.update_evidence(piece, location="", **told)
