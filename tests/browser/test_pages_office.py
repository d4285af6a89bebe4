"""The pages of the managing office and of what it does with schools: review, inspection,
follow-up, register, deadlines, people, exports, checking a document."""

from schools.enums import Role
from tests.browser.examining import PagesTestCase
from tests.browser.pages_office import WorkOfAnOffice
from tests.factories.schools import UserFactory

REVIEW = (
    ("review", "plans:office-review", "submitted"),
    ("review-many", "plans:office-approve"),
    ("comment-cell", "plans:comment-add", "submitted"),
    ("comments", "plans:comments", "submitted"),
    ("comments-paper", "reports:plan-comments", "submitted"),
)
# What the team and the office see of an inspection, by its state.
VISITS = (
    ("inspections", "inspections:list"),
    ("inspection-planned", "inspections:detail", "planned"),
    ("inspection-open", "inspections:detail", "open"),
    ("inspection-closed", "inspections:detail", "closed"),
    ("inspection-start", "inspections:deed", "planned", "bat-dau"),
    ("inspection-end", "inspections:deed", "open", "ket-thuc"),
    ("inspection-plan", "inspections:plan", "open"),
    ("findings", "inspections:findings", "open"),
    ("people-there", "inspections:people", "open"),
    ("remarks", "inspections:remarks", "open"),
    ("recommendations", "inspections:recommendations", "open"),
    ("recommendation", "inspections:recommendation-edit", "open", "task"),
    ("record", "reports:inspection-preview", "closed"),
    ("record-issue", "reports:inspection-issue", "closed"),
    ("follow-ups", "inspections:follow-ups"),
    ("follow-up", "inspections:follow-up", "old-task"),
)
ROUNDS = (
    ("round-create", "inspections:round-create"),
    ("round", "inspections:round", "round"),
    ("round-edit", "inspections:round-edit", "round"),
    ("round-schools", "inspections:round-schools", "round"),
    ("round-delete", "inspections:round-delete", "round"),
    ("team", "inspections:team", "planned"),
    ("arrange", "inspections:arrange", "planned"),
    ("inspection-delete", "inspections:delete", "planned"),
)
OWN_OFFICE = (
    ("home", "home"),
    ("register", "reports:register", "co-quan", "office", "year"),
    ("register-add", "reports:register-add", "co-quan", "office"),
    ("exports", "reports:exports"),
    ("export", "reports:export", "export"),
    ("schools", "schools:list"),
    ("mail-choice", "mail-choice"),
    ("api-tokens", "api-tokens"),
)
LEADER = (
    ("year-settings", "schools:year-settings"),
    ("year-setting", "schools:year-setting", "office", 2024),
    ("people", "schools:people"),
    ("invite", "schools:invite"),
    ("invitations", "schools:invitations"),
    ("lists", "schools:lists"),
)
SCHOOL = (
    ("home", "home"),
    ("grid", "plans:grid", "draft"),
    ("comments", "plans:comments", "submitted"),
    ("inspections", "inspections:list"),
    ("inspection-closed", "inspections:detail", "closed"),
    ("follow-ups", "inspections:follow-ups"),
    ("follow-up", "inspections:follow-up", "old-task"),
    ("register", "reports:register", "truong", "school", "year"),
)
PRINCIPAL = (
    *SCHOOL,
    ("follow-up-take", "inspections:follow-up-take", "old-task", "draft"),
    ("register-add", "reports:register-add", "truong", "school"),
    ("register-withdraw", "reports:register-withdraw", "entry"),
    ("people", "schools:people"),
    ("documents", "reports:plan-documents", "issued"),
)
ADMIN = (
    ("home", "home"),
    ("exports", "reports:exports"),
    ("inspections", "inspections:list"),
    ("schools", "schools:list"),
)
ANYBODY = (
    ("check-start", "reports:check-start"),
    ("check", "reports:check", "code"),
    ("public", "reports:public-page", "school"),
)


class PagesOfTheOfficeTests(WorkOfAnOffice, PagesTestCase):
    def test_pages_of_review_and_inspection(self):
        self.submit_with_comments()
        self.inspect()
        self.go_through(REVIEW + VISITS + ROUNDS, "officer", self.officer)

    def test_pages_of_the_office_itself(self):
        self.export()
        self.go_through(OWN_OFFICE, "officer", self.officer)
        self.go_through(LEADER, "leader", self.leader)
        admin = UserFactory(is_superuser=True, is_staff=True)
        self.go_through(ADMIN, "admin", admin)

    def test_pages_of_a_school_and_of_everybody(self):
        self.submit_with_comments()
        self.inspect()
        self.issue()
        self.go_through(PRINCIPAL, "principal", self.principal)
        contributor = self.person(Role.CONTRIBUTOR, self.school, "Bùi Văn Tâm")
        self.go_through(SCHOOL, "contributor", contributor)
        self.go_through(ANYBODY, "anybody")
