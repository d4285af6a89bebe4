"""A result report between file and database, as `plans.yearfile.data` has plans."""

from dataclasses import dataclass, field

from plans.yearfile.data import DocumentData, LineData, SchoolData, layout_named
from reports.yearfile.year import ResultYear


@dataclass(frozen=True)
class ResultSectionData:
    """`text` holds one paragraph a line; the section that `holds_table` has none."""

    title: str
    text: str = ""
    number_in_source: str = ""
    holds_table: bool = False


@dataclass(frozen=True)
class ResultData:
    """`addressees`, `remarks` and `period` are additions of ours to the format: they
    stand in a file only where they say something."""

    circular: str
    first_year: int
    school: SchoolData
    document: DocumentData
    grouping: str
    rows: tuple[LineData, ...]
    sections: tuple[ResultSectionData, ...] = ()
    legal_bases: str = ""
    addressees: str = ""
    introduction: str = ""
    remarks: str = ""
    standard_titles: dict[str, str] = field(default_factory=dict)
    closing_rows: str = ""
    recipients: str = ""
    signatures: tuple[dict, ...] = ()  # as OfficialText.signatures holds them
    period: str = "year"
    year: ResultYear | None = field(default=None, compare=False)
    path: str = field(default="", compare=False)
    school_path: str = field(default="school", compare=False)

    noun = "báo cáo kết quả"
    focus_issues = ()

    @property
    def layout(self):
        return layout_named(self.circular)

    @property
    def is_annex(self):
        return bool(self.document.annex_note)

    @property
    def is_issued(self):
        """Issued elsewhere: it has number and date; an annex, which goes under the number
        of its plan, a date."""
        document = self.document
        return document.issued_on is not None and (
            document.number is not None or self.is_annex
        )

    def at(self, key):
        """The path of the member `key` of this report."""
        return f"{self.path}.{key}" if self.path else key
