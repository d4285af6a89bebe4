"""A plan as the editing grid shows it: sections in order, each a text to type in or a table
whose cells can be typed in. Also the markup of one row, for answers to row deeds."""

from collections import Counter
from dataclasses import dataclass

from django.template.loader import render_to_string

from criteria.models import Criterion
from plans import completeness
from plans.drafting import section_texts, token
from plans.grouping import GroupTitle, StandardTitle, grouped
from plans.presenting import cell_text, place_text
from plans.tables import TABLES, group_key
from qualityplan.text import lines, roman

# In a JSON answer a section is a table of one cell.
SECTION_SLUG = "muc"
# What recording progress fills, with its date and reason.
READ_ONLY = frozenset({"progress"})
# Of the head of a row: its number, its place, its gaps and its menu.
_HEAD_MM = 30


@dataclass(frozen=True)
class GridColumn:
    """`width` is the share of the table's width, in percent."""

    column: object
    width: float
    is_editable: bool


@dataclass(frozen=True)
class GridCell:
    column: object
    text: str
    token: str
    is_editable: bool


@dataclass(frozen=True)
class GridRow:
    """`gap_count` counts what must be filled before submitting; `group` is what its
    neighbours share that it may change places with."""

    line: object
    number: int
    place: str
    cells: tuple
    gap_count: int = 0
    comment_count: int = 0
    group: str = ""


@dataclass(frozen=True)
class GridTable:
    table: object
    columns: tuple
    head_width: float
    items: tuple
    line_count: int
    hidden_count: int
    gap_count: int


@dataclass(frozen=True)
class GridSection:
    """`fixed` is the form's own wording, which nobody edits; `text` what the school writes,
    None where it may not."""

    section: object
    number: str
    title: str
    fixed: tuple = ()
    text: str | None = None
    token: str = ""
    guide: str = ""
    note: str = ""
    gap_count: int = 0
    table: GridTable | None = None

    @property
    def key(self):
        """The name under which answers count its gaps."""
        table = self.table
        return table.table.slug if table else f"{SECTION_SLUG}-{self.section.pk}"


@dataclass(frozen=True)
class Filter:
    """Which rows are shown: by standard (its number), with gaps, with open comments, or
    touched by one person. `mine` and `comments` hold (table slug, line id)."""

    standard: int | None = None
    only_gaps: bool = False
    only_commented: bool = False
    mine: frozenset | None = None

    def shows(self, table, row):
        standard = getattr(row.line, "standard", None)
        if self.standard and (standard is None or standard.number != self.standard):
            return False
        if self.only_gaps and not row.gap_count:
            return False
        if self.only_commented and not row.comment_count:
            return False
        return self.mine is None or (table.slug, row.line.pk) in self.mine


def open_comments(plan):
    """How many unresolved remarks stand at each (table slug, line id)."""
    found = plan.comments.filter(parent=None, resolved_at=None, line_id__isnull=False)
    return Counter(found.values_list("table", "line_id"))


def lines_changed_by(plan, user):
    """The (table slug, line id) of all that `user` ever changed in `plan`."""
    found = plan.line_changes.filter(actor=user).order_by()
    return frozenset(found.values_list("table", "line_id").distinct())


def criteria_to_choose(plan):
    """The criteria of the plan's circular in order, for a new row."""
    found = Criterion.objects.filter(standard__circular=plan.circular_id)
    return found.select_related("standard").order_by("standard__number", "position")


def grid_sections(plan, shown, comments):
    """Every section of `plan`; of its rows those that `shown` (a `Filter`) lets through,
    with `comments` as `open_comments` counts them."""
    return [_section(plan, section, shown, comments) for section in plan.sections.all()]


def _section(plan, section, shown, comments):
    number = roman(section.position)
    spec = section.spec
    if section.content in TABLES:
        table = TABLES[section.content]
        grid = _table(plan, table, shown, comments)
        note = spec.note if spec else ""
        gaps = grid.gap_count
        return GridSection(
            section, number, section.title, note=note, table=grid, gap_count=gaps
        )
    fixed, text = section_texts(plan, section)
    return GridSection(
        section,
        number,
        section.title,
        fixed=tuple(lines(fixed)),
        text=text,
        token=token(text or ""),
        guide=spec.guide if spec else "",
        gap_count=len(completeness.text_gaps(plan, section)) if text is not None else 0,
    )


def _table(plan, table, shown, comments):
    columns = table.columns(plan.layout)
    stored = list(table.lines(plan))
    numbers = {line.pk: number for number, line in enumerate(stored, start=1)}
    items, gap_count, hidden = [], 0 if stored else 1, 0
    for item in grouped(plan, stored) if table.has_criterion else stored:
        if isinstance(item, GroupTitle | StandardTitle):
            items.append(item)
            continue
        row = grid_row(table, plan, item, numbers[item.pk], comments)
        gap_count += row.gap_count
        if shown.shows(table, row):
            items.append(row)
        else:
            hidden += 1
    head = _HEAD_MM if table.has_criterion else 0.8 * _HEAD_MM
    total = sum(column.width_mm for column in columns) + head
    return GridTable(
        table,
        tuple(
            GridColumn(c, round(100 * c.width_mm / total, 2), _is_editable(c))
            for c in columns
        ),
        round(100 * head / total, 2),
        tuple(_without_empty_groups(items) if hidden else items),
        len(stored),
        hidden,
        gap_count,
    )


def _without_empty_groups(items):
    """`items` without titles that no row follows any more."""
    kept, wanted = [], set()
    for item in reversed(items):
        if isinstance(item, GridRow):
            wanted = {GroupTitle, StandardTitle}
        elif type(item) in wanted or (kept and _is_kept_title(kept[-1], item)):
            wanted = wanted - {type(item)}
        else:
            continue
        kept.append(item)
    return kept[::-1]


def _is_kept_title(after, item):
    """A level of schooling stands right above the first Mức of it."""
    return isinstance(item, GroupTitle) and isinstance(after, GroupTitle)


def grid_row(table, plan, line, number, comments=None):
    """One line of `table` as the grid shows it."""
    columns = table.columns(plan.layout)
    gaps = completeness.line_gaps(plan, table, number, line)
    return GridRow(
        line,
        number,
        place_text(line),
        tuple(_cell(line, column) for column in columns),
        gap_count=sum(gap.blocks for gap in gaps),
        comment_count=(comments or {}).get((table.slug, line.pk), 0),
        group="/".join(str(part) for part in group_key(line, plan)),
    )


def _cell(line, column):
    text = cell_text(line, column)
    return GridCell(column, text, token(text), _is_editable(column))


def _is_editable(column):
    return column.field not in READ_ONLY


def row_html(table, line, plan):
    """The markup of `line`, as the page itself has it; every text escaped."""
    row = grid_row(table, plan, line, line.position, open_comments(plan))
    return render_to_string("plans/grid/_row.html", {"table": table, "row": row})
