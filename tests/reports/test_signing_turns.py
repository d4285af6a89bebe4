"""Whose turn it is to sign: what lists of papers, the home page and mails say of it."""

from django.test import TestCase
from django.urls import reverse

from reports import register
from reports.enums import SignedBy
from reports.models import IssuedDocument
from reports.signing_state import SigningState
from reports.signing_turns import waiting_for
from schools.enums import Role
from schools.models import Membership, User
from tests.factories import signing as made
from tests.factories.criteria import load_catalogues
from tests.factories.plans import make_plan
from tests.factories.reports import make_report
from tests.factories.schools import make_cast, make_user, school_year
from tests.queries import queries_of
from tests.reports.signingcase import SigningCase
from tests.reports.test_inspection_papers import RecordCase

SIGN, BRING, LOOK = "Ký văn bản", "Nộp bản đã ký", "Xem bản đã ký"
HOME = "Văn bản chờ ký"
HEAD = [{"capacity": "HIỆU TRƯỞNG", "name": made.SIGNER}]


def fresh(user):
    """As the next request knows them."""
    return User.objects.get(pk=user.pk)


class LinkTests(SigningCase):
    def shown(self, who):
        """The words about the signing in the list of the plan's papers."""
        self.client.force_login(who)
        url = reverse("reports:plan-documents", args=[self.plan.pk])
        page = self.client.get(url).content.decode()
        return page.partition('data-label="Chữ ký"')[2].partition("</td>")[0]

    def test_only_who_can_sign_now_is_offered_to(self):
        cast = self.cast
        shown = self.shown(cast.principal)
        self.assertIn("Chưa ký.", shown)
        self.assertIn(SIGN, shown)
        shown = self.shown(cast.editor)
        self.assertIn("Chờ hiệu trưởng ký.", shown)
        self.assertIn(BRING, shown)
        self.assertNotIn(SIGN, shown)
        for who in (cast.contributor, cast.viewer, cast.officer, cast.leader):
            shown = self.shown(who)
            self.assertIn("Chờ hiệu trưởng ký.", shown)
            self.assertNotIn("<a", shown)

    def test_after_the_person_it_is_the_clerk(self):
        made.store_signed(self.document)
        for who in (self.cast.principal, self.cast.editor):
            self.assertIn(SIGN, self.shown(who))
        for who in (self.cast.contributor, self.cast.officer, self.cast.admin):
            shown = self.shown(who)
            self.assertIn("Chờ văn thư đóng dấu.", shown)
            self.assertIn(LOOK, shown)
            self.assertNotIn(SIGN, shown)

    def test_signed_and_withdrawn_papers_wait_for_nobody(self):
        made.store_signed(self.document, signed_by=SignedBy.ORGANISATION)
        for who in (self.cast.principal, self.cast.viewer):
            shown = self.shown(who)
            self.assertIn("Đã ký số đủ.", shown)
            self.assertIn(LOOK, shown)

    def test_withdrawn_paper_without_signatures_offers_nothing(self):
        register.withdraw(self.document.register_entry, reason="Sai thẩm quyền")
        shown = self.shown(self.cast.principal)
        self.assertIn("Đã thu hồi.", shown)
        self.assertNotIn("<a", shown)

    def test_list_costs_the_same_for_many_also_where_one_person_has_two_roles(self):
        url = reverse("reports:plan-documents", args=[self.plan.pk])
        both = make_user(Role.OFFICE_OFFICER, self.cast.office)
        Membership.objects.create(
            user=both, role=Role.PRINCIPAL, school=self.cast.school
        )
        for who in (self.cast.principal, self.cast.officer, both):
            self.client.force_login(fresh(who))
            before = queries_of(self.client, url)
            add_document(self.plan, HEAD)
            add_document(self.plan)
            self.assertEqual(queries_of(self.client, url), before)


def add_document(of, signatures=None, owner="plan"):
    """An issue without files; without `signatures` its contents do not tell them."""
    return IssuedDocument.objects.create(
        number_and_symbol="Số: 09/KH",
        issued_on="2024-11-01",
        subject="Cải tiến",
        snapshot={} if signatures is None else {"signatures": signatures},
        **{owner: of},
    )


class WordsTests(TestCase):
    def test_who_is_waited_for_is_read_from_the_paper(self):
        load_catalogues()
        plan = make_plan(2024, school=make_cast().school)
        head = {"capacity": "HIỆU TRƯỞNG", "name": ""}
        deputy = {
            "capacity": "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG",
            "name": "Lê Văn Sáu",
        }
        for signatures, told in (
            ([head], "Chờ hiệu trưởng ký"),
            ([deputy], "Chờ Lê Văn Sáu ký"),
            ([{"capacity": "", "name": ""}], "Chờ người ký"),
            ([head, deputy], "Chờ 2 người ký"),
            ([], "Chờ người ký"),
        ):
            state = SigningState(add_document(plan, signatures))
            self.assertEqual(state.next_words, told)


class HomeTests(SigningCase):
    def home(self, who, year="2024-2025"):
        self.client.force_login(fresh(who))
        return self.client.get(reverse("home") + f"?nam={year}")

    def assert_waits_for(self, *people):
        cast = self.cast
        for who in (
            cast.principal,
            cast.editor,
            cast.contributor,
            cast.viewer,
            cast.leader,
            cast.officer,
            cast.stranger,
            cast.admin,
        ):
            with self.subTest(who.pk):
                page = self.home(who).content.decode()
                self.assertEqual(HOME in page, who in people)
                self.assertEqual(self.url in page, who in people)

    def test_line_stands_with_those_whose_turn_it_is(self):
        self.assert_waits_for(self.cast.principal)
        self.assertContains(self.home(self.cast.principal), "Chờ hiệu trưởng ký")
        made.store_signed(self.document)
        self.assert_waits_for(self.cast.principal, self.cast.editor)
        self.assertContains(self.home(self.cast.editor), "Chờ văn thư đóng dấu")
        made.store_signed(self.document, signed_by=SignedBy.ORGANISATION)
        self.assert_waits_for()

    def test_other_years_and_withdrawn_papers_are_left_out(self):
        school_year(2023)
        self.assertNotContains(self.home(self.cast.principal, "2023-2024"), HOME)
        register.withdraw(self.document.register_entry, reason="Sai thẩm quyền")
        self.assert_waits_for()

    def test_paper_issued_again_waits_once(self):
        newer = add_document(self.plan, HEAD)
        other = add_document(make_report(self.plan), HEAD, owner="report")
        found = waiting_for(fresh(self.cast.principal), self.plan.school_year)
        self.assertEqual([state.document for state in found], [newer, other])

    def test_two_questions_for_one_and_for_more_none_of_those_who_never_sign(self):
        year, principal = self.plan.school_year, fresh(self.cast.principal)
        self.assertTrue(principal.standing.memberships)
        with self.assertNumQueries(2):
            self.assertEqual(len(waiting_for(principal, year)), 1)
        for period in ("year", "semester_1"):
            add_document(make_report(self.plan, period=period), owner="report")
        with self.assertNumQueries(2):
            self.assertEqual(len(waiting_for(principal, year)), 3)
        for who in (self.cast.contributor, self.cast.office_viewer, self.cast.admin):
            person = fresh(who)
            self.assertIsNotNone(person.standing)
            with self.assertNumQueries(0):
                self.assertEqual(waiting_for(person, year), [])


class RecordsTests(RecordCase):
    """A record that three sign: no single key does it, the office's clerk brings it in."""

    def test_office_is_waited_for_and_nobody_else(self):
        document = self.issue()
        url = reverse("reports:signing", args=[document.pk])
        cast = self.cast
        for who, is_theirs in (
            (cast.leader, True),
            (cast.officer, True),
            (cast.office_viewer, False),
            (cast.other_officer, False),
            (cast.principal, False),
            (cast.stranger, False),
        ):
            with self.subTest(who.pk):
                self.client.force_login(who)
                page = self.client.get(reverse("home") + "?nam=2024-2025")
                self.assertEqual(url in page.content.decode(), is_theirs)
        self.client.force_login(cast.officer)
        page = self.client.get(self.inspection.get_absolute_url())
        self.assertContains(page, BRING)
        self.assertNotContains(page, SIGN)
        self.client.force_login(cast.principal)
        page = self.client.get(self.inspection.get_absolute_url())
        self.assertContains(page, "người ký.")
        self.assertNotContains(page, url)
