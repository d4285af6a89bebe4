"""A record of inspection between file and database, as `plans.yearfile.data` has plans.
Two records with equal data are the same document; school and plan, which are stored by
themselves, do not count."""

from dataclasses import dataclass, field
from datetime import date, datetime

from plans.yearfile.data import DocumentData, PlanData, SchoolData


@dataclass(frozen=True)
class OfficeData:
    """The office that inspects, as its letterhead has it."""

    superior: str = ""
    name: str = ""
    place: str = ""
    symbol: str = ""


@dataclass(frozen=True)
class RoundData:
    title: str
    legal_bases: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class PersonData:
    name: str
    job: str
    duty: str = ""
    is_present: bool = True


@dataclass(frozen=True)
class FindingData:
    """`row` is the place of the plan's row, from 1; None for one that has gone."""

    row: int | None
    place: str = ""
    content: str = ""
    result: str = ""
    remark: str = ""


@dataclass(frozen=True)
class AnswerData:
    """`by` is a name, and no account; `evidence` are keys of pieces, each
    with its year: "2026-2027/MC.1.1.01"."""

    text: str
    by: str
    at: datetime
    is_from_office: bool = False
    evidence: tuple[str, ...] = ()
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class RecommendationData:
    """`carried_from` names the one it goes on with: "2025-2026/1/2" is the second of the
    school's first inspection of that year."""

    text: str
    owner: str
    due_on: date
    state: str
    closing_note: str = ""
    closed_at: datetime | None = None
    carried_from: str = ""
    answers: tuple[AnswerData, ...] = ()


@dataclass(frozen=True)
class EventData:
    deed: str
    label: str
    at: datetime
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class InspectionData:
    """`status` and `events` are None where the file does not say."""

    circular: str = field(compare=False)
    first_year: int
    school: SchoolData = field(compare=False)
    document: DocumentData
    office: OfficeData
    form: str
    plan: PlanData | None = field(default=None, compare=False)
    round: RoundData | None = None
    status: str | None = None
    planned_on: date | None = None
    starts_at: datetime | None = None  # to the minute, as paper has it
    ends_at: datetime | None = None
    held_at: str = ""
    team: tuple[PersonData, ...] = ()
    school_side: tuple[PersonData, ...] = ()
    legal_bases: str = ""
    introduction: str = ""
    findings: tuple[FindingData, ...] = ()
    strengths: str = ""
    limitations: str = ""
    remarks: str = ""
    recommendations: tuple[RecommendationData, ...] = ()
    school_opinion: str = ""
    events: tuple[EventData, ...] | None = None
    standard_titles: dict[str, str] = field(default_factory=dict)
    closing_rows: str = ""
    recipients: str = ""
    signatures: tuple[dict, ...] = ()  # as OfficialText.signatures holds them
    path: str = field(default="", compare=False)
    school_path: str = field(default="school", compare=False)

    noun = "biên bản kiểm tra"

    @property
    def period(self):
        """What tells two inspections of one school and year apart."""
        title = self.round.title if self.round else ""
        return title, self.planned_on, self.starts_at

    def at(self, key):
        """The path of the member `key` of this record."""
        return f"{self.path}.{key}" if self.path else key
