"""A plan between file and database: what the interchange format says of it, and nothing
else. Two plans with equal data are the same document. `path` is the place in the file,
for messages."""

from dataclasses import dataclass, field
from datetime import date

from plans.enums import SectionContent
from plans.layouts import LAYOUTS
from plans.yearfile.year_data import LineYear, YearData


@dataclass(frozen=True)
class SchoolData:
    name: str
    education_level: str
    superior: str = ""
    place: str = ""
    symbol: str = ""


@dataclass(frozen=True)
class DocumentData:
    document_type: str
    title: str = ""
    subject: str = ""
    number: int | None = None
    issued_on: date | None = None
    annex_note: str = ""


@dataclass(frozen=True)
class SectionData:
    """`text` holds one paragraph a line; `key` is the layout's name for the section."""

    title: str
    content: SectionContent = SectionContent.TEXT
    text: str = ""
    number_in_source: str = ""
    key: str = ""
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class LineData:
    """A line of any of the three tables. `issue` is the place of its focus issue."""

    cells: dict[str, str]  # by model field
    standard: int | None = None
    criterion: str = ""
    education_level: str = ""
    level: str = ""
    criterion_title: str = ""
    issue: int | None = None
    year: LineYear = field(default=LineYear(), compare=False)
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class PlanData:
    circular: str
    first_year: int
    school: SchoolData
    document: DocumentData
    sections: tuple[SectionData, ...]
    grouping: str
    legal_bases: str = ""
    introduction: str = ""
    previous_issue: str = ""  # what an adjusted plan takes the place of, as cited
    focus_issues: tuple[LineData, ...] = ()
    rows: tuple[LineData, ...] = ()
    monitoring: tuple[LineData, ...] = ()
    standard_titles: dict[str, str] = field(default_factory=dict)
    closing_rows: str = ""
    recipients: str = ""
    signatures: tuple[dict, ...] = ()  # as OfficialText.signatures holds them
    # What happened to it; the paper is the same without.
    year: YearData | None = field(default=None, compare=False)
    path: str = field(default="", compare=False)
    school_path: str = field(default="school", compare=False)

    noun = "kế hoạch"
    period = ""  # a plan is for the whole year

    @property
    def layout(self):
        return layout_named(self.circular)

    def at(self, key):
        """The path of the member `key` of this plan."""
        return f"{self.path}.{key}" if self.path else key


def layout_named(number):
    """The layout that the circular with this number prescribes, or None."""
    return next((layout for layout in LAYOUTS if number in layout.circulars), None)
