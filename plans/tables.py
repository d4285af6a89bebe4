"""The three tables of a plan, described once, so that one set of pages serves all."""

from dataclasses import dataclass

from plans.enums import SectionContent
from plans.layouts import Column
from plans.models import ActionRow, FocusIssue, Monitoring, PlanSection
from schools.enums import LevelOfSchooling

_LEVEL_ORDER = {code: index for index, code in enumerate(LevelOfSchooling.values)}


@dataclass(frozen=True)
class LineTable:
    """`slug` names the table in URLs and anchors, `related` on the plan and in the
    layout and in year files."""

    slug: str
    related: str
    model: type
    title: str
    line: str  # what one line is called, in the middle of a sentence
    has_criterion: bool = True

    def columns(self, layout):
        return getattr(layout, self.related)

    def lines(self, plan):
        """The lines of `plan` in their order, with standard and criterion."""
        lines = getattr(plan, self.related).all()
        if self.has_criterion:
            lines = lines.select_related("standard", "criterion", "source_review")
        return lines

    def needs_standard(self, layout):
        return self.model is FocusIssue or (
            self.model is ActionRow and layout.needs_criterion
        )

    def needs_criterion(self, layout):
        return self.model is ActionRow and layout.needs_criterion

    def line_name(self, line, number):
        """How a message names the line: by its criterion, else by its number."""
        criterion = getattr(line, "criterion", None)
        named = self.line.capitalize()
        return (
            f"{named} {number} (tiêu chí {criterion.code})"
            if criterion
            else (f"{named} {number}")
        )


ROWS = LineTable("dong", "rows", ActionRow, "Bảng kế hoạch", "nội dung")
FOCUS_ISSUES = LineTable(
    "van-de", "focus_issues", FocusIssue, "Các vấn đề trọng tâm", "vấn đề"
)
MONITORING = LineTable(
    "theo-doi",
    "monitoring",
    Monitoring,
    "Theo dõi và đánh giá",
    "lần theo dõi",
    has_criterion=False,
)
TABLES = {
    SectionContent.ROWS: ROWS,
    SectionContent.FOCUS_ISSUES: FOCUS_ISSUES,
    SectionContent.MONITORING: MONITORING,
}
BY_SLUG = {table.slug: table for table in TABLES.values()}


class SectionTable(LineTable):
    """The texts of the sections, seen as a table of one column: they are typed in and
    have a history as the cells of the others do."""

    def columns(self, layout):
        return (Column("text", "Nội dung", 252),)

    def lines(self, plan):
        return plan.sections.filter(content=SectionContent.TEXT)

    def line_name(self, line, number):
        return f"Mục “{line.title}”"


SECTIONS = SectionTable(
    "muc", "sections", PlanSection, "Các mục", "mục", has_criterion=False
)


def group_key(line, plan):
    """What the paper groups `line` by. Lines move within their group only: moving one
    out of it is changing its level or its standard."""
    if not hasattr(line, "education_level_id"):
        return ()
    schooling = _LEVEL_ORDER.get(line.education_level_id, -1)
    if not plan.layout.needs_criterion or isinstance(line, FocusIssue):
        return (schooling,)
    standard = line.standard.number if line.standard else 0
    if plan.grouping == "level_first":
        return (schooling, line.level, standard)
    return (schooling, standard, line.level)


def sort_key(line, plan):
    """Where a new line belongs: its group, then its criterion."""
    key = group_key(line, plan)
    if plan.layout.needs_criterion and getattr(line, "criterion", None):
        key += (line.criterion.position,)
    return key
