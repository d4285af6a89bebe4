"""Every URL by every role, plus those who must see nothing. A URL that is not in the table
fails the test, so nobody can forget to think about it."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import TestCase
from django.urls import URLPattern, get_resolver, reverse

from plans.models import FocusIssue
from tests.factories.assessments import make_assessment, write_weakness
from tests.factories.criteria import load_catalogues
from tests.factories.evidence import carried_out, make_evidence, pdf_upload
from tests.factories.plans import complete, make_plan
from tests.factories.reports import begin_report, issue_outside, issued_document
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
    page("plans:year", INSIDE, "plan"),
    page("plans:three-years", INSIDE, "school"),
    page("plans:carry-over", ARRANGERS, "plan"),
    post("plans:carry-over", ARRANGERS, "plan", data={"texts": "recipients"}),
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
    page("plans:deed", ("principal",), "plan", "dieu-chinh", state="issued"),
    post(
        "plans:deed",
        ("principal",),
        "plan",
        "dieu-chinh",
        state="issued",
        data={"note": "Kinh phí đổi."},
    ),
    page("plans:difference", INSIDE, "plan"),
    page("plans:progress", INSIDE, "plan"),
    page("plans:progress", INSIDE, "plan", state="carried_out"),
    page("plans:progress-row", INSIDE, "plan", "line", state="carried_out"),
    post(
        "plans:progress-row",
        WRITERS,
        "plan",
        "line",
        state="carried_out",
        data={"status": "in_progress", "recorded_on": "2026-08-20"},
    ),
    post(
        "plans:progress-evidence",
        WRITERS,
        "plan",
        "line",
        state="carried_out",
        data={"evidence": "evidence"},
    ),
    page("plans:monitoring-add", WRITERS, "plan", state="carried_out"),
    post(
        "plans:monitoring-add",
        WRITERS,
        "plan",
        state="carried_out",
        data={"time": "Tháng 3/2027"},
    ),
    page("plans:monitoring-edit", WRITERS, "plan", "monitoring", state="carried_out"),
    post("plans:monitoring-edit", WRITERS, "plan", "monitoring", state="carried_out"),
    page("plans:line-history", INSIDE, "plan", "table", "line"),
    page("plans:evidence-list", INSIDE, "school", 2026),
    page("plans:evidence-add", WRITERS, "school", 2026),
    post(
        "plans:evidence-add",
        WRITERS,
        "school",
        2026,
        state="carried_out",
        data={"criterion": "criterion", "name": "Sổ", "location": "Tủ"},
    ),
    page("plans:evidence", INSIDE, "evidence"),
    post("plans:evidence", WRITERS, "evidence", data={"name": "Sổ", "location": "Tủ"}),
    page("plans:evidence-file", INSIDE, "evidence"),
    page("plans:assessments", EVERYBODY, open_to_all=True),
    page("plans:assessment-begin", (*ARRANGERS, "stranger"), open_to_all=True),
    page("plans:assessment", INSIDE, "assessment"),
    page("plans:level-four", INSIDE, "assessment"),
    post("plans:level-four", WRITERS, "assessment"),
    page("plans:assessment-assign", ARRANGERS, "assessment"),
    post(
        "plans:assessment-assign", ARRANGERS, "assessment", data={"reviews": "review"}
    ),
    post("plans:assessment-finish", ARRANGERS, "assessment"),
    post("plans:assessment-reopen", ARRANGERS, "assessment"),
    page("plans:limitations", INSIDE, "assessment"),
    page("plans:review", INSIDE, "assessment", "review"),
    post("plans:review", WRITERS, "assessment", "review"),
    page("plans:review-take", WRITERS, "assessment", "review"),
    post("plans:review-take", WRITERS, "assessment", "review"),
    page("reports:plan-preview", INSIDE, "plan"),
    page("reports:plan-download", INSIDE, "plan", "docx"),
    page("reports:plan-download", INSIDE, "plan", "pdf"),
    page("reports:plan-issue", ("principal",), "plan", state="approved"),
    page("reports:plan-documents", INSIDE, "plan", state="issued"),
    page("reports:document-download", INSIDE, "document", "pdf"),
    page("reports:plan-results", INSIDE, "plan", state="issued"),
    post(
        "reports:plan-results",
        ARRANGERS,
        "plan",
        state="issued",
        data={"period": "semester_1", "form": "annex"},
    ),
    page("reports:results", EVERYBODY, open_to_all=True),
    page("reports:result", INSIDE, "report"),
    page("reports:result-gaps", INSIDE, "report"),
    page("reports:result-preview", INSIDE, "report"),
    page("reports:result-download", INSIDE, "report", "docx"),
    page("reports:result-header", ARRANGERS, "report"),
    post(
        "reports:result-header",
        ARRANGERS,
        "report",
        data={"subject": "Kết quả", "grouping": "level_first"},
    ),
    post("reports:result-remarks", ARRANGERS, "report"),
    post("reports:result-update", ARRANGERS, "report"),
    page("reports:result-row", ARRANGERS, "report", "result_row"),
    post("reports:result-row", ARRANGERS, "report", "result_row"),
    post("reports:result-source", ARRANGERS, "report", "result_row", "done"),
    page("reports:result-issue", ("principal",), "report"),
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
            "carried_out": carried_out(2026, school=cls.cast.school),
        }
        cls.report = begin_report(cls.plans["issued"], by=cls.cast.editor)
        cls.report.rows.create(position=1, planned="Nội dung")
        cls.document = issued_document(cls.plans["issued"])
        cls.assessment = make_assessment(2024, school=cls.cast.school)
        cls.review = write_weakness(cls.assessment)
        cls.evidence = make_evidence(
            cls.plans["carried_out"], by=cls.cast.editor, file=pdf_upload()
        )

    def known(self, row):
        """The objects that a row of the table names."""
        plan = self.plans[row.state]
        return {
            "plan": plan.pk,
            "school": self.cast.school.pk,
            "circular": plan.circular.slug,
            "section": plan.sections.filter(content="text").first().pk,
            "table": "dong",
            "line": plan.rows.first().pk if plan.rows.exists() else None,
            "monitoring": getattr(plan.monitoring.first(), "pk", None),
            "assessment": self.assessment.pk,
            "review": self.review.pk,
            "evidence": self.evidence.pk,
            "report": self.report.pk,
            "result_row": self.report.rows.first().pk,
            "document": self.document.pk,
            "criterion": self.evidence.criterion_id,
        }

    def arguments(self, row):
        known = self.known(row)
        return [known.get(arg, arg) for arg in row.args]

    def ask(self, row, actor):
        """The status `actor` gets; whatever the request changes is undone."""
        self.client.logout()
        if actor != "anonymous":
            self.client.force_login(self.fresh(actor))
        url = reverse(row.name, args=self.arguments(row))
        with transaction.atomic():
            known = self.known(row)
            data = {k: known.get(v, v) for k, v in (row.data or {}).items()}
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
        for name in ("reports:result-remarks", "reports:result-update"):
            url = reverse(name, args=[self.report.pk])
            self.assertEqual(self.client.get(url).status_code, 405)

    def test_rows_of_another_report_cannot_be_reached_through_ones_own(self):
        self.client.force_login(self.cast.principal)
        plan = issue_outside(make_plan(2020, school=self.cast.other_school))
        other = begin_report(plan, by=self.cast.stranger)
        row = other.rows.create(position=1, planned="Nội dung")
        args = [self.report.pk, row.pk]
        for name, more in (("result-row", []), ("result-source", ["done"])):
            url = reverse(f"reports:{name}", args=[*args, *more])
            self.assertEqual(self.client.post(url).status_code, 404)

    def test_lines_of_another_plan_cannot_be_reached_through_ones_own(self):
        self.client.force_login(self.cast.principal)
        other = complete(make_plan(2020, school=self.cast.other_school))
        url = reverse(
            "plans:line-edit",
            args=[self.plans["draft"].pk, "dong", other.rows.first().pk],
        )
        self.assertEqual(self.client.get(url).status_code, 404)

    def test_focus_issue_of_another_plan_cannot_be_linked(self):
        plan = make_plan(2027, school=self.cast.school)
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
