"""Every URL by every role, plus those who must see nothing. A URL that is not in the table
fails the test, so nobody can forget to think about it."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import TestCase
from django.urls import URLPattern, get_resolver, reverse

from plans.models import FocusIssue
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.schools import make_cast

INSIDE = (
    "principal",
    "editor",
    "contributor",
    "viewer",
    "leader",
    "officer",
    "office_viewer",
    "admin",
)
STRANGERS = ("stranger", "other_officer", "former_principal")
SIGNED_OUT = ("anonymous", "suspended")
EVERYBODY = INSIDE + STRANGERS

ARRANGERS = ("principal", "editor")
WRITERS = (*ARRANGERS, "contributor")
REVIEWERS = ("leader", "officer")


@dataclass(frozen=True)
class Row:
    """One request and who may make it. `state` is that of the plan asked for; `ok` the
    status for those who may; others of the house get 403, strangers 404. `open_to_all`
    pages belong to no school."""

    name: str
    who: tuple
    args: tuple = ()
    method: str = "get"
    state: str = "draft"
    ok: int = 200
    open_to_all: bool = False
    data: dict | None = None


def page(name, who=INSIDE, *args, **kwargs):
    return Row(name, who, args, **kwargs)


def post(name, who, *args, ok=302, **kwargs):
    return Row(name, who, args, "post", ok=ok, **kwargs)


TABLE = [
    page("home", EVERYBODY, open_to_all=True),
    page("criteria:list", EVERYBODY, open_to_all=True),
    page("criteria:circular", EVERYBODY, "circular", open_to_all=True),
    page("criteria:search", EVERYBODY, open_to_all=True),
    page("schools:list", EVERYBODY, open_to_all=True),
    page("schools:detail", INSIDE, "school"),
    page("schools:edit", ("principal",), "school"),
    post("schools:edit", ("principal",), "school", data={"school_type": "public"}),
    page("plans:list", EVERYBODY, open_to_all=True),
    # Strangers begin plans too, at their own schools.
    page("plans:create", (*ARRANGERS, "stranger"), open_to_all=True),
    page("plans:detail", INSIDE, "plan"),
    page("plans:gaps", INSIDE, "plan"),
    page("plans:history", INSIDE, "plan"),
    page("plans:header", ARRANGERS, "plan"),
    post(
        "plans:header",
        ARRANGERS,
        "plan",
        data={"subject": "Cải tiến", "grouping": "level_first"},
    ),
    page("plans:section", WRITERS, "plan", "section"),
    post("plans:section", WRITERS, "plan", "section", data={"text": "Mới"}),
    page("plans:line-add", WRITERS, "plan", "table"),
    post("plans:line-add", WRITERS, "plan", "table"),
    page("plans:line-edit", WRITERS, "plan", "table", "line"),
    post("plans:line-edit", WRITERS, "plan", "table", "line", data={"goal": "Mới"}),
    post("plans:line-duplicate", WRITERS, "plan", "table", "line"),
    post("plans:line-move", ARRANGERS, "plan", "table", "line"),
    page("plans:line-delete", ARRANGERS, "plan", "table", "line"),
    post("plans:line-delete", ARRANGERS, "plan", "table", "line"),
    page("plans:requirements", INSIDE, "plan"),
    page("plans:deed", ARRANGERS, "plan", "trinh"),
    post("plans:deed", ARRANGERS, "plan", "trinh"),
    post("plans:deed", ARRANGERS, "plan", "rut-lai", state="submitted"),
    post("plans:deed", REVIEWERS, "plan", "duyet", state="submitted"),
    post(
        "plans:deed",
        REVIEWERS,
        "plan",
        "tra-lai",
        state="submitted",
        data={"note": "Bổ sung chỉ số."},
    ),
    post(
        "plans:deed",
        REVIEWERS,
        "plan",
        "gop-y",
        state="submitted",
        data={"note": "Nên nêu rõ hơn."},
    ),
    post(
        "plans:deed",
        REVIEWERS,
        "plan",
        "mo-lai",
        state="approved",
        data={"note": "Còn sai."},
    ),
    page("plans:deed", ("principal",), "plan", "ket-thuc", state="issued"),
    page("reports:plan-preview", INSIDE, "plan"),
    page("reports:plan-download", INSIDE, "plan", "docx"),
    page("reports:plan-download", INSIDE, "plan", "pdf"),
    page("reports:plan-issue", ("principal",), "plan", state="approved"),
    page("reports:paper-css", EVERYBODY, open_to_all=True),
]
# Pages of people who have not signed in, of allauth, of the administration: each has a
# test of its own below.
ELSEWHERE = {
    "alive",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}


def url_names(patterns=None, namespace=""):
    """Every named URL of the site, but those of the administration."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern.url_patterns, inner)


class AccessTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        # 2024-2025: the office approves by default; four states need four years.
        cls.plans = {
            "draft": complete(make_plan(2024, school=cls.cast.school)),
            "submitted": make_plan(2023, school=cls.cast.school, status="submitted"),
            "approved": make_plan(2022, school=cls.cast.school, status="approved"),
            "issued": make_plan(
                2021,
                school=cls.cast.school,
                status="issued",
                number=5,
                issued_on="2021-10-01",
            ),
        }

    def arguments(self, row):
        plan = self.plans[row.state]
        known = {
            "plan": plan.pk,
            "school": self.cast.school.pk,
            "circular": plan.circular.slug,
            "section": plan.sections.filter(content="text").first().pk,
            "table": "dong",
            "line": plan.rows.first().pk if plan.rows.exists() else None,
        }
        return [known.get(arg, arg) for arg in row.args]

    def ask(self, row, actor):
        """The status `actor` gets; whatever the request changes is undone."""
        self.client.logout()
        if actor != "anonymous":
            self.client.force_login(self.fresh(actor))
        url = reverse(row.name, args=self.arguments(row))
        with transaction.atomic():
            data = dict(row.data or {})
            if row.name.startswith("plans:line-") and row.method == "post":
                data |= {"criterion": self.plans["draft"].rows.first().criterion_id}
            response = getattr(self.client, row.method)(url, data)
            transaction.set_rollback(True)
        return response.status_code

    def fresh(self, actor):
        """The person anew: what they hold is remembered for one request only."""
        return get_user_model().objects.get(pk=getattr(self.cast, actor).pk)

    def expected(self, row, actor):
        if actor in SIGNED_OUT:
            return 302
        if actor in row.who:
            return row.ok
        return 404 if actor in STRANGERS and not row.open_to_all else 403

    def test_every_url_for_every_role(self):
        for row in TABLE:
            for actor in EVERYBODY + SIGNED_OUT:
                with self.subTest(
                    url=row.name, args=row.args, how=row.method, by=actor
                ):
                    self.assertEqual(self.ask(row, actor), self.expected(row, actor))

    def test_no_url_is_missing_from_the_table(self):
        self.assertEqual(set(url_names()), {row.name for row in TABLE} | ELSEWHERE)

    def test_verbs_refuse_to_be_visited(self):
        self.client.force_login(self.cast.principal)
        plan = self.plans["draft"]
        args = [plan.pk, "dong", plan.rows.first().pk]
        for name in ("plans:line-duplicate", "plans:line-move"):
            self.assertEqual(self.client.get(reverse(name, args=args)).status_code, 405)

    def test_lines_of_another_plan_cannot_be_reached_through_ones_own(self):
        self.client.force_login(self.cast.principal)
        other = complete(make_plan(2020, school=self.cast.other_school))
        url = reverse(
            "plans:line-edit",
            args=[self.plans["draft"].pk, "dong", other.rows.first().pk],
        )
        self.assertEqual(self.client.get(url).status_code, 404)

    def test_focus_issue_of_another_plan_cannot_be_linked(self):
        plan = make_plan(2026, school=self.cast.school)
        other = complete(make_plan(2026, school=self.cast.other_school))
        foreign = FocusIssue.objects.get(plan=other)
        self.client.force_login(self.cast.principal)
        url = reverse("plans:line-add", args=[plan.pk, "dong"])
        response = self.client.post(url, {"focus_issue": foreign.pk})
        self.assertEqual(response.status_code, 422)
        self.assertEqual(plan.rows.count(), 0)


class SignInPagesTests(TestCase):
    def test_pages_before_sign_in_open_to_anybody(self):
        for name in ("alive", "account_login", "account_reset_password"):
            self.assertEqual(self.client.get(reverse(name)).status_code, 200)

    def test_nobody_can_register(self):
        self.client.post(
            reverse("account_signup"),
            {
                "email": "la@example.edu.vn",
                "password1": "x" * 12,
                "password2": "x" * 12,
            },
        )
        self.assertEqual(get_user_model().objects.count(), 0)

    def test_administration_is_closed_to_people_of_schools_and_offices(self):
        cast = make_cast()
        for actor in ("principal", "leader", "stranger"):
            self.client.force_login(getattr(cast, actor))
            response = self.client.get(reverse("admin:schools_user_changelist"))
            self.assertEqual(response.status_code, 302)
        self.client.force_login(cast.admin)
        response = self.client.get(reverse("admin:schools_user_changelist"))
        self.assertEqual(response.status_code, 200)
