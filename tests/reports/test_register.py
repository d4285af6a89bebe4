"""Numbers of outgoing documents: each once, in order, without gaps."""

import datetime
from unittest import mock

from django.test import TestCase, TransactionTestCase

from plans.models import ImprovementPlan
from reports import register
from reports.enums import EntryState
from reports.models import IssuedDocument, RegisterEntry
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.reports import issue_here
from tests.factories.schools import make_cast
from tests.races import together
from tests.reports.reading import docx_text

DAY = datetime.date(2026, 9, 5)
NEXT_YEAR = datetime.date(2027, 1, 4)


class RegisterTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()
        cls.school = cls.cast.school

    def enter(self, document_type="KH", dated=DAY, **facts):
        return register.enter(
            self.school, document_type=document_type, dated=dated, **facts
        )

    def test_numbers_run_from_one_each_calendar_year_and_type(self):
        found = [
            self.enter(),
            self.enter(),
            self.enter("BC"),
            self.enter(dated=NEXT_YEAR),
        ]
        self.assertEqual([entry.number for entry in found], [1, 2, 1, 1])
        self.assertEqual(str(found[1]), "02/KH")

    def test_one_series_serves_all_types_where_the_head_decided_so(self):
        self.school.number_series = "one"
        self.assertEqual([self.enter().number, self.enter("BC").number], [1, 2])

    def test_change_of_counting_in_the_year_repeats_no_number(self):
        self.enter()
        self.enter("BC")
        self.school.number_series = "one"
        self.assertEqual(self.enter("BC").number, 2)
        self.school.number_series = "per_type"
        self.assertEqual(self.enter("KH").number, 2)
        self.assertEqual(self.enter("BC").number, 3)

    def test_schools_count_for_themselves(self):
        self.enter()
        entry = register.enter(self.cast.other_school, document_type="KH", dated=DAY)
        self.assertEqual(entry.number, 1)
        office = register.enter(self.cast.office, document_type="BB", dated=DAY)
        self.assertEqual((office.number, office.body), (1, self.cast.office))

    def test_number_given_on_paper_moves_the_series_on(self):
        self.enter(number=47, is_paper=True)
        self.assertEqual(register.next_number(self.school, "KH", 2026), 48)
        self.assertEqual(self.enter().number, 48)
        self.assertEqual(self.enter(number=12, is_paper=True).number, 12)
        self.assertEqual(self.enter().number, 49)

    def test_number_is_not_given_twice(self):
        self.enter(subject="Kế hoạch năm học")
        with self.assertRaisesMessage(register.NumberTakenError, "Kế hoạch năm học"):
            self.enter(number=1)

    def test_reserved_number_is_used_by_its_document(self):
        kept = register.reserve(
            self.school, document_type="KH", dated=DAY, subject="Giữ", by=None
        )
        self.assertEqual(self.enter().number, 2)
        used = self.enter(number=1, subject="Kế hoạch")
        self.assertEqual((used.pk, used.state), (kept.pk, EntryState.USED))
        with self.assertRaises(register.NumberTakenError):
            self.enter(number=1)

    def test_withdrawn_document_keeps_its_line_and_number(self):
        entry = self.enter(subject="Kế hoạch")
        with self.assertRaisesMessage(register.NumberError, "lý do"):
            register.withdraw(entry, reason=" ")
        withdrawn = register.withdraw(entry, reason="Sai thẩm quyền")
        self.assertEqual(withdrawn.get_state_display(), "Đã thu hồi")
        self.assertEqual(self.enter().number, 2)
        with self.assertRaises(register.NumberTakenError):
            self.enter(number=1)
        with self.assertRaisesMessage(register.NumberError, "từ trước"):
            register.withdraw(entry, reason="Lần nữa")

    def test_number_that_moved_on_meanwhile_is_told(self):
        self.enter()
        with self.assertRaises(register.NumberMovedError):
            self.enter(expected=1)


class IssueTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = complete(make_plan(2024, school=cls.cast.school))
        ImprovementPlan.objects.update(status="approved")

    def test_issue_takes_the_next_number_and_writes_its_line(self):
        register.enter(
            self.cast.school, document_type="KH", dated=DAY.replace(year=2024)
        )
        document = issue_here(self.plan, by=self.cast.principal)
        self.assertEqual(document.number_and_symbol, "Số: 02/KH-NSH")
        entry = document.register_entry
        self.assertEqual((entry.number, entry.signer), (2, "Nguyễn Thị Hoa"))
        self.assertIn("Kế hoạch".upper(), entry.subject.upper())
        self.assertFalse(entry.is_paper)

    def test_paper_is_drawn_again_when_the_number_went_meanwhile(self):
        real, taken = register.next_number, []

        def overtaken(body, document_type, year):
            number = real(body, document_type, year)
            if not taken:
                taken.append(number)
                day = DAY.replace(year=year)
                register.enter(body, document_type=document_type, dated=day)
            return number

        with mock.patch.object(register, "next_number", overtaken):
            document = issue_here(self.plan, by=self.cast.principal)
        self.assertEqual(taken, [1])
        self.assertEqual(document.number_and_symbol, "Số: 02/KH-NSH")
        word = document.files.get(format="docx")
        self.assertIn("Số: 02/KH-NSH", docx_text(bytes(word.content)))

    def test_number_that_is_taken_leaves_the_plan_approved(self):
        register.enter(
            self.cast.school,
            document_type="KH",
            dated=DAY.replace(year=2024),
            number=5,
        )
        with self.assertRaises(register.NumberTakenError):
            issue_here(self.plan, by=self.cast.principal, number=5)
        self.plan.refresh_from_db()
        self.assertEqual((self.plan.status, self.plan.number), ("approved", None))
        self.assertEqual(IssuedDocument.objects.count(), 0)


class RaceTests(TransactionTestCase):
    """Real connections, on both databases."""

    def setUp(self):
        load_catalogues()
        self.cast = make_cast()

    def test_many_at_once_get_numbers_without_gaps_or_doubles(self):
        def enter():
            register.enter(self.cast.school, document_type="KH", dated=DAY)

        self.assertEqual(together([enter] * 8), [None] * 8)
        numbers = RegisterEntry.objects.values_list("number", flat=True)
        self.assertEqual(sorted(numbers), list(range(1, 9)))

    def test_two_issues_at_once_get_n_and_n_plus_one_on_their_own_paper(self):
        plans = [
            complete(make_plan(year, school=self.cast.school)) for year in (2023, 2024)
        ]
        ImprovementPlan.objects.update(status="approved")
        days = ("2024-02-05", "2024-10-05")
        issued = together(
            [
                lambda p=plan, d=day: issue_here(p, by=self.cast.principal, day=d)
                for plan, day in zip(plans, days, strict=True)
            ]
        )
        found = IssuedDocument.objects.all()
        self.assertEqual(len(found), 2, issued)
        self.assertEqual(
            {document.number_and_symbol for document in found},
            {"Số: 01/KH-NSH", "Số: 02/KH-NSH"},
        )
        for document in found:
            word = document.files.get(format="docx")
            text = docx_text(bytes(word.content))
            self.assertIn(document.number_and_symbol, text)
            self.assertIn(document.plan.school_year.name, text)
