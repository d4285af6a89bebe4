"""What a workbook holds, free of Excel: sheets of lines, some cells of which may change."""

from dataclasses import dataclass

# A line's own columns stand behind these: its number here, and what groups it.
KEY_COLUMNS = ("Mã dòng", "Cấp học", "Mức", "Tiêu chuẩn, tiêu chí")


@dataclass(frozen=True)
class Column:
    """`is_open` columns may be filled in; `limit` is the most characters of a cell."""

    field: str
    label: str
    width: int
    is_open: bool
    limit: int


@dataclass(frozen=True)
class Line:
    """One stored line. `keys` are the texts that say which it is (level of schooling,
    Mức, criterion), `texts` its cells by field; `fixed` fields are closed on this line."""

    pk: int
    keys: tuple[str, str, str]
    texts: dict[str, str]
    fixed: frozenset = frozenset()


@dataclass(frozen=True)
class Sheet:
    """`slug` names the table inside the program, `title` the sheet. `takes_new`: lines
    may be added at its bottom; `takes_criterion`: with a criterion, which they need where
    it says so. A key column without a label is hidden."""

    slug: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    takes_new: bool = False
    takes_criterion: bool = False
    needs_criterion: bool = False
    key_labels: tuple[str, str, str, str] = KEY_COLUMNS

    @property
    def header(self):
        return [*self.key_labels, *(column.label for column in self.columns)]

    def line(self, pk):
        return next((line for line in self.lines if line.pk == pk), None)

    def name_of(self, line):
        """How a message names a line: where it stands, and its criterion."""
        number = next(n for n, other in enumerate(self.lines, 1) if other is line)
        code = line.keys[2]
        return f"{self.title}, dòng {number}" + (f" ({code})" if code else "")


@dataclass(frozen=True)
class Subject:
    """What the workbook is of: `kind` "plan" or "result", and whose."""

    kind: str
    pk: int
    school: int
    school_name: str
    year: int
    name: str  # "Kế hoạch năm học 2026-2027"


@dataclass(frozen=True)
class Book:
    """`criteria` are (code, title), `levels` and `schoolings` what may be chosen."""

    subject: Subject
    sheets: tuple[Sheet, ...]
    criteria: tuple[tuple[str, str], ...] = ()
    levels: tuple[str, ...] = ()
    schoolings: tuple[str, ...] = ()
