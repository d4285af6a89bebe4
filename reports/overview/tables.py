"""What stands in the workbooks of the overview: the columns and rows of each table."""

from plans.tallies import Tally, total
from reports.overview import heat
from reports.overview.scope import STATES
from reports.overview.workbook import Column

_AT_ONCE = 200  # schools of the grid that are read at a time

SCHOOL_COLUMNS = (
    Column("Trường", 44),
    Column("Cơ quan quản lý", 32),
    Column("Cấp học", 24),
    Column("Tự đánh giá", 18),
    Column("Kế hoạch", 18),
    Column("Báo cáo kết quả", 18),
    Column("Số ngày quá hạn", 10),
    Column("Hạn", 60),
    Column("Sửa gần nhất", 18),
)


def school_rows(rows):
    """Of `SchoolRow`s."""
    for row in rows:
        waits = (f"{wait.name}: {wait.countdown.words.lower()}" for wait in row.waits)
        yield (
            row.school.name,
            row.office,
            row.levels,
            row.assessment_label,
            row.label,
            row.report_label,
            row.days_overdue or None,
            "\n".join(waits),
            row.changed_at,
        )


def heat_columns(criteria):
    titles = (f"{criterion.code} {criterion.title}" for criterion in criteria)
    return (Column("Trường", 44), *(Column(title, 16) for title in titles))


def heat_rows(kind, schools, criteria, circular, school_year):
    """The grid of all `schools` (of `with_circular`), read some at a time."""
    listed = heat.grid_schools(schools)
    for first in range(0, len(listed), _AT_ONCE):
        some = listed[first : first + _AT_ONCE]
        for row in heat.grid_rows(kind, some, criteria, circular, school_year):
            yield (row.school.name, *(_value(column.cell) for column in row.columns))


def _value(cell):
    """A number as a number, so that it can be added up; a level by its whole name."""
    return int(cell.text) if cell.text.isdecimal() else cell.words


def standard_columns(tally):
    labels = (label for _, label, _ in tally.parts)
    return (
        Column("Tiêu chuẩn", 60),
        Column("Nội dung"),
        *(Column(label, 18) for label in labels),
    )


def standard_rows(standards):
    for standard in standards:
        yield (standard_name(standard), *_numbers(standard.tally))
    yield ("Tất cả các trường", *_numbers(total(standards)))


def standard_name(standard):
    if standard.number is None:
        return "Không gắn tiêu chuẩn"
    return f"{standard.number}. {standard.title}"


def _numbers(tally):
    return (tally.planned, *(count for _, _, count in tally.parts))


_ROWS = "Nội dung của kế hoạch đã ban hành"
YEAR_COLUMNS = (
    Column("Năm học", 14),
    *(Column(f"Số trường: {label.lower()}", 16) for label in STATES.values()),
    Column(_ROWS, 18),
    *(Column(f"{_ROWS}: {label.lower()}", 18) for _, label, _ in Tally().parts),
)


def year_rows(columns):
    for column in columns:
        counts = (count for _, _, count in column.states)
        yield (column.year.name, *counts, *_numbers(column.tally))
