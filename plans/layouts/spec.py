"""The vocabulary in which a generation's form is described. The editor, the checks, the
documents and the year files all read the same description."""

from dataclasses import dataclass

from plans.enums import Grouping, SectionContent, SectionEditing


@dataclass(frozen=True)
class Column:
    """One column of a table: `field` on the model, `label` and `width_mm` on paper
    (width in millimetres of the landscape text width, 252)."""

    field: str
    label: str
    width_mm: float
    is_required: bool = False  # refused at submit when empty
    is_expected: bool = False  # warned about when empty
    is_short: bool = False  # a word or a date: one line in the editor
    guide: str = ""  # what the form asks for here
    example: str = ""  # shown on request, never inserted
    key: str = ""  # the name in a year file, where it differs from `field`

    @property
    def json_key(self):
        return self.key or self.field


@dataclass(frozen=True)
class Section:
    """One numbered part of the form. `text` is prefilled; what `editing` keeps of it is
    the form's own wording. `{year}` and `{previous_year}` stand for school years."""

    key: str
    title: str
    content: SectionContent = SectionContent.TEXT
    text: tuple[str, ...] = ()
    editing: SectionEditing = SectionEditing.FREE
    note: str = ""  # the form's remark under a table
    guide: str = ""
    is_required: bool = True

    def prefilled(self, school_year):
        """The form's text for `school_year`, one paragraph a line."""
        year = school_year.first_year
        return "\n".join(self.text).format(
            year=f"{year}-{year + 1}", previous_year=f"{year - 1}-{year}"
        )


@dataclass(frozen=True)
class Layout:
    """One generation of rules as the plan's form. Columns TT and Tiêu chuẩn, tiêu chí,
    which every form has in its own way, are not among `rows`."""

    key: str
    name: str
    circulars: tuple[str, ...]  # numbers of the circulars that prescribe it
    sections: tuple[Section, ...]
    rows: tuple[Column, ...]
    focus_issues: tuple[Column, ...] = ()
    monitoring: tuple[Column, ...] = ()
    has_levels: bool = False  # rows stand under Mức 1, 2, 3
    needs_criterion: bool = False
    grouping: Grouping = Grouping.LEVEL_FIRST
    subject: str = "Cải tiến chất lượng giáo dục năm học {year}"
    introduction: str = ""
    recipients: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    monitoring_times: tuple[str, ...] = ()
    evidence_code: str = ""  # of `standard`, `criterion` ("1.1") and `number`
    width_sets: tuple[tuple[int, ...], ...] = ()  # of all columns, TT first, to choose

    def section(self, key):
        """The section named `key`, or None for one that only a loaded file has."""
        return next((s for s in self.sections if s.key == key), None)
