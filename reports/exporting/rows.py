"""Every line of every plan as one workbook: a sheet for each table of each form, for two
forms may be in use in one year."""

from dataclasses import dataclass

from plans.layouts import Column as LayoutColumn
from plans.models import ImprovementPlan
from plans.tables import FOCUS_ISSUES, MONITORING, ROWS
from reports.exporting.sheets import Book
from reports.overview.workbook import Column
from schools.models import School

_AT_ONCE = 5  # plans whose lines are in memory at the same time
_TABLES = (ROWS, FOCUS_ISSUES, MONITORING)
_PROGRESS = LayoutColumn("progress", "Mức độ thực hiện", 20)
_WIDTH_OF_MM = 1.1  # characters a millimetre, and more than a word


@dataclass
class Count:
    plans: int = 0
    rows: int = 0
    empty: int = 0
    others: int = 0  # lines of the other tables
    without: int = 0

    def add(self, table, texts):
        if table is ROWS:
            self.rows += 1
            self.empty += sum(not text.strip() for text in texts)
        else:
            self.others += 1

    @property
    def words(self):
        text = (
            f"Đã đưa vào {self.rows} dòng của {self.plans} kế hoạch; {self.empty} ô để "
            "trống."
        )
        if self.others:
            text += (
                f" Ngoài ra {self.others} dòng của các bảng khác, ở trang tính riêng."
            )
        if self.without:
            text += f" {self.without} trường chưa lập kế hoạch năm học này."
        return text


def write_rows(target, school_pks, school_year, choice, step):
    """Write the workbook into the open file `target`; the words about it. `step` is
    called after each school with how many are done."""
    book, count, done = _Rows(), Count(), 0
    for start in range(0, len(school_pks), _AT_ONCE):
        pks = school_pks[start : start + _AT_ONCE]
        plans = _plans(pks, school_year)
        lines = [_lines(table, plans.values()) for table in _TABLES]
        for pk in pks:
            if plan := plans.get(pk):
                count.plans += 1
                for table, found in zip(_TABLES, lines, strict=True):
                    book.add(table, plan, found.get(plan.pk, ()), count)
            else:
                count.without += 1
            done += 1
            step(done)
    book.close(target, school_pks, plans_year=school_year, count=count)
    return count.words


def _plans(school_pks, school_year):
    plans = ImprovementPlan.objects.filter(
        school__in=school_pks, school_year=school_year
    )
    return {plan.school_id: plan for plan in plans.select_related("school", "circular")}


def _lines(table, plans):
    """The lines of `plans` by plan, in their order."""
    lines = table.model.objects.filter(plan__in=[plan.pk for plan in plans])
    if table.has_criterion:
        lines = lines.select_related("standard", "criterion", "education_level")
    found = {}
    for line in lines.order_by("plan_id", "position", "pk"):
        found.setdefault(line.plan_id, []).append(line)
    return found


class _Rows:
    def __init__(self):
        self.book, self.sheets = Book(), {}

    def add(self, table, plan, lines, count):
        for number, line in enumerate(lines, start=1):
            columns = _columns(table, plan.layout)
            texts = [_text(line, column.field) for column in columns]
            before = [plan.school.name, plan.get_status_display(), number]
            before += _place(table, plan.layout, line)
            self._sheet(table, plan.layout).add([*before, *texts])
            count.add(table, texts)

    def _sheet(self, table, layout):
        key = (table.slug, layout.key)
        if key not in self.sheets:
            head = [
                Column("Trường", 36),
                Column("Trạng thái kế hoạch", 18),
                Column("TT", 6),
            ]
            if table.has_criterion:
                head += [Column("Cấp học", 18)]
                head += [Column("Mức", 8)] if layout.has_levels else []
                head += [Column("Tiêu chuẩn", 30), Column("Tiêu chí", 36)]
            head += [
                Column(column.label, 10 + round(column.width_mm * _WIDTH_OF_MM))
                for column in _columns(table, layout)
            ]
            title = f"{table.title} {layout.key}"
            self.sheets[key] = self.book.sheet(title, head)
        return self.sheets[key]

    def close(self, target, school_pks, *, plans_year, count):
        if not self.sheets:
            self.book.sheet("Bảng kế hoạch", [Column("Trường", 36)])
        names = School.objects.filter(pk__in=school_pks).exclude(
            plans__school_year=plans_year
        )
        facts = [("Năm học", plans_year.name), ("Tóm tắt", count.words)]
        facts += [
            ("Chưa lập kế hoạch", name)
            for name in names.order_by("search_name").values_list("name", flat=True)
        ]
        self.book.facts(facts)
        self.book.save(target)


def _columns(table, layout):
    """The form's own columns, and what is recorded on rows where the form has no place
    for it."""
    columns = table.columns(layout)
    if table is ROWS and all(column.field != "progress" for column in columns):
        columns = (*columns, _PROGRESS)
    return columns


def _text(line, field):
    shown = getattr(line, f"get_{field}_display", None)
    return shown() if shown else getattr(line, field)


def _place(table, layout, line):
    """The columns that say where the form has the line."""
    if not table.has_criterion:
        return []
    level = [getattr(line, "level", "")] if layout.has_levels else []
    title = getattr(line, "criterion_title", "")
    criterion = line.criterion
    return [
        str(line.education_level or ""),
        *level,
        f"{line.standard.number}. {line.standard.title}" if line.standard else "",
        f"{criterion.code}. {title or criterion.title}" if criterion else title,
    ]
