"""What can be typed in as a cell: every column of the three tables, and the texts of the
sections as a table of one column."""

from plans.drafting import added_text, section_texts
from plans.enums import SectionEditing
from plans.grid_rows import READ_ONLY
from plans.models import PlanSection
from plans.tables import BY_SLUG, SECTIONS
from qualityplan.text import MAX_TEXT

CELL_TABLES = {**BY_SLUG, SECTIONS.slug: SECTIONS}


def column_of(table, plan, field):
    """The column that `field` names in the plan's form, or None."""
    columns = table.columns(plan.layout)
    return next((column for column in columns if column.field == field), None)


def cell_name(table, line, column):
    """How a message names a cell."""
    if table is SECTIONS:
        return table.line_name(line, line.position)
    return f"{table.line_name(line, line.position)}, ô “{column.label}”"


def typed_text(line, field):
    """What the cell holds. Of a section, what the school itself wrote in it."""
    if isinstance(line, PlanSection):
        return added_text(line)
    return getattr(line, field)


def put_text(line, field, text):
    """Let the cell hold `text`; the form's own wording of a section stays above it."""
    if isinstance(line, PlanSection):
        fixed, _ = section_texts(line.plan, line)
        text = "\n".join(filter(None, [fixed, text]))
    setattr(line, field, text)


def why_fixed(line, field):
    """Why nobody types in this cell, or an empty string."""
    if field in READ_ONLY:
        return "được ghi ở trang “Thực hiện và theo dõi”, kèm ngày và lý do."
    if isinstance(line, PlanSection):
        spec = line.spec
        if spec is not None and spec.editing is SectionEditing.LOCKED:
            return "là phần chữ của mẫu, không sửa được."
    return ""


def limit_of(table, field):
    """The most characters that the cell takes."""
    return table.model._meta.get_field(field).max_length or MAX_TEXT
