"""WCAG 2.2 AA on the pages of the managing office, and on those that need no sign-in."""

from tests.browser.axe import AxeCase
from tests.browser.pages_office import WorkOfAnOffice

OFFICE = (
    ("overview", "reports:overview"),
    ("review", "plans:office-review", "submitted"),
    ("comment", "plans:comment-add", "submitted"),
    ("comments", "plans:comments", "submitted"),
    ("round", "inspections:round", "round"),
    ("round-schools", "inspections:round-schools", "round"),
    ("team", "inspections:team", "planned"),
    ("inspection", "inspections:detail", "open"),
    ("findings", "inspections:findings", "open"),
    ("people-there", "inspections:people", "open"),
    ("recommendations", "inspections:recommendations", "open"),
    ("record-issue", "reports:inspection-issue", "closed"),
    ("follow-up", "inspections:follow-up", "old-task"),
    ("exports", "reports:exports"),
    ("export", "reports:export", "export"),
)
LEADER = (
    ("year-setting", "schools:year-setting", "office", 2024),
    ("people", "schools:people"),
    ("invite", "schools:invite"),
)
ANYBODY = (
    ("check", "reports:check", "code"),
    ("public", "reports:public-page", "school"),
)


class AxeOfTheOfficeTests(WorkOfAnOffice, AxeCase):
    def test_pages_of_the_office(self):
        self.submit_with_comments()
        self.inspect()
        self.export()
        self.look_at(OFFICE, self.officer)
        self.look_at(LEADER, self.leader)

    def test_pages_for_everybody(self):
        self.issue()
        self.look_at(
            (("register", "reports:register", "truong", "school", 2023),),
            self.principal,
        )
        self.look_at(ANYBODY)
