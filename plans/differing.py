"""What changed in a plan: it is written down when it is submitted and when it is opened
for adjustment, and compared line by line with what it was. What is recorded in the course
of the year (progress, results of reviews) is left out of the comparison."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from plans.enums import Grouping, SectionContent
from plans.letterhead import school_lines
from plans.models import PlanSection
from plans.tables import TABLES
from schools.enums import LevelOfSchooling

SECTIONS, HEADER = "sections", "header"
RECORDED = {"progress", "result", "adjustment", "assessor"}
_PLACE_LABELS = {
    "education_level": "Cấp học",
    "level": "Mức",
    "standard": "Tiêu chuẩn",
    "criterion": "Tiêu chí",
    "criterion_title": "Tên tiêu chí",
}
_SECTION_LABELS = {"title": "Đề mục", "text": "Nội dung"}
HEADER_LABELS = {
    "subject": "Trích yếu",
    "legal_bases": "Căn cứ",
    "introduction": "Lời dẫn",
    "grouping": "Cách xếp bảng kế hoạch",
    "closing_rows": "Dòng cuối bảng",
    "recipients": "Nơi nhận",
}


@dataclass(frozen=True)
class CellChange:
    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class LineChanges:
    """`before` is None for an added line, `after` for a removed one; `cells` are those
    that differ, in the order of the form."""

    pk: int
    name: str
    before: dict | None
    after: dict | None
    cells: tuple[CellChange, ...]

    @property
    def deed(self):
        if self.before is None:
            return "Thêm"
        return "Bỏ" if self.after is None else "Sửa"


@dataclass(frozen=True)
class PartChanges:
    """One table of the plan, its sections, or its head and foot."""

    name: str
    title: str
    lines: tuple[LineChanges, ...]
    is_reordered: bool = False

    def __bool__(self):
        return bool(self.lines) or self.is_reordered


# --- writing down ---------------------------------------------------------------------


def load_contents(plans):
    """Read what `written_down` needs of many plans in four queries, however many."""
    wanted = [(table.related, _with_criterion(table)) for table in TABLES.values()]
    wanted.append((SECTIONS, PlanSection.objects.all()))
    prefetches = (Prefetch(name, lines, f"read_{name}") for name, lines in wanted)
    prefetch_related_objects(list(plans), *prefetches)


def _with_criterion(table):
    lines = table.model.objects.all()
    return (
        lines.select_related("standard", "criterion") if table.has_criterion else lines
    )


def written_down(plan):
    """The contents of `plan` as JSON: what `PlanVersion.lines` holds. Reads the database,
    but for what `load_contents` has read already."""
    found = {
        table.related: [_table_line(table, line) for line in _lines(table, plan)]
        for table in TABLES.values()
    }
    sections = getattr(plan, f"read_{SECTIONS}", None)
    found[SECTIONS] = [
        {"pk": section.pk, "title": section.title, "text": _text(plan, section)}
        for section in (plan.sections.all() if sections is None else sections)
    ]
    header = {name: getattr(plan, name) for name in HEADER_LABELS}
    found[HEADER] = [{"pk": plan.pk, **header}]
    return found


def _lines(table, plan):
    read = getattr(plan, f"read_{table.related}", None)
    return table.lines(plan) if read is None else read


def _text(plan, section):
    """Section I prints the school's record until issuing writes it down: the same text
    before and after is no difference."""
    if section.content == SectionContent.SCHOOL and not section.text:
        return "\n".join(school_lines(plan))
    return section.text


def _table_line(table, line):
    """Every field of `line`, and standard and criterion by number and code."""
    fields = {
        field.attname: getattr(line, field.attname)
        for field in line._meta.concrete_fields
        if field.attname not in ("id", "plan_id")
    }
    if table.has_criterion:
        fields |= {
            "education_level": line.education_level_id or "",
            "standard": str(line.standard.number) if line.standard else "",
            "criterion": line.criterion.code if line.criterion else "",
        }
    return {"pk": line.pk, **fields}


# --- comparing ------------------------------------------------------------------------


def compare(before, after, labels):
    """What differs between two lists of lines (dictionaries with a `pk`), in the order
    of `after`, what was removed at the end. Pure: knows no database."""
    old = {line["pk"]: line for line in before}
    new = {line["pk"]: line for line in after}
    pairs = [(pk, old.get(pk), line) for pk, line in new.items()]
    pairs += [(pk, line, None) for pk, line in old.items() if pk not in new]
    found = []
    for pk, was, now in pairs:
        cells = _cells(was or {}, now or {}, labels)
        if cells or was is None or now is None:
            found.append(LineChanges(pk, "", was, now, cells))
    return tuple(found)


def _cells(was, now, labels):
    pairs = (
        (field, label, was.get(field) or "", now.get(field) or "")
        for field, label in labels.items()
    )
    return tuple(CellChange(*pair) for pair in pairs if pair[2] != pair[3])


def is_reordered(before, after):
    """Whether the lines that both lists have stand in another order."""
    old, new = [x["pk"] for x in before], [x["pk"] for x in after]
    kept = set(old) & set(new)
    return [pk for pk in old if pk in kept] != [pk for pk in new if pk in kept]


def difference(plan, before, after=None):
    """The `PartChanges` of `plan` between what was written down as `before` and `after`
    (None: as it is now); only the parts in which something changed."""
    after = written_down(plan) if after is None else after
    parts = [(HEADER, "Phần đầu và nơi nhận", HEADER_LABELS)]
    parts.append((SECTIONS, "Các mục", _SECTION_LABELS))
    parts += [
        (table.related, table.title, _table_labels(table, plan.layout))
        for table in TABLES.values()
        if table.columns(plan.layout)
    ]
    found = []
    for name, title, labels in parts:
        was, now = before.get(name, []), after.get(name, [])
        lines = tuple(_named(name, line) for line in compare(was, now, labels))
        found.append(PartChanges(name, title, lines, is_reordered(was, now)))
    return [part for part in found if part]


def _table_labels(table, layout):
    labels = dict(_PLACE_LABELS) if table.has_criterion else {}
    labels |= {column.field: column.label for column in table.columns(layout)}
    return {field: label for field, label in labels.items() if field not in RECORDED}


def _named(part, change):
    """`change` with the words a reader knows the line by, and codes as words."""
    line = change.after or change.before
    if part == SECTIONS:
        name = line["title"]
    elif part == HEADER:
        name = "Phần đầu và nơi nhận"
    else:
        name = _line_name(line)
    return named(change, name)


def named(change, name):
    """`change` under `name`, and what is stored as a code in words."""
    cells = tuple(
        CellChange(
            cell.field,
            cell.label,
            _in_words(cell.field, cell.before),
            _in_words(cell.field, cell.after),
        )
        for cell in change.cells
    )
    return LineChanges(change.pk, name, change.before, change.after, cells)


def _line_name(line):
    if line.get("criterion"):
        return f"Tiêu chí {line['criterion']}"
    if line.get("standard"):
        return f"Tiêu chuẩn {line['standard']}"
    text = line.get("content") or line.get("limitation") or line.get("time") or ""
    return text[:80] or f"Dòng {line['position']}"


def _in_words(field, text):
    if field == "grouping" and text:
        return Grouping(text).label
    if field == "education_level" and text:
        return LevelOfSchooling(text).label
    return "Có" if text is True else text
