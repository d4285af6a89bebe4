"""What a plan still lacks before it can be submitted or closed."""

from dataclasses import dataclass

from django.urls import reverse

from plans import schedules
from plans.enums import SectionContent, SectionEditing
from plans.tables import TABLES
from schools.year_rules import rules_at


@dataclass(frozen=True)
class Gap:
    """One thing missing. `blocks` False is a piece of advice. `url` leads to the field."""

    message: str
    url: str
    blocks: bool = True


def gaps(plan):
    """All gaps of `plan`, in the order of the paper."""
    found = []
    for section in plan.sections.all():
        found += _section_gaps(plan, section)
    return found


def _section_gaps(plan, section):
    if section.content == SectionContent.TEXT:
        return text_gaps(plan, section)
    table = TABLES.get(section.content)
    return _table_gaps(plan, table) if table else []


def text_gaps(plan, section):
    """The gap of one section's text, as a list of none or one."""
    spec = section.spec
    if spec is None or not spec.is_required:
        return []
    prefilled = spec.prefilled(plan.school_year)
    is_form_text = spec.editing is not SectionEditing.FREE
    if section.text.strip() and (is_form_text or section.text != prefilled):
        return []
    url = reverse("plans:section", args=[plan.pk, section.pk])
    return [Gap(f"Mục “{section.title}”: chưa có nội dung của trường", url)]


def _table_gaps(plan, table):
    lines = list(table.lines(plan))
    if not lines:
        url = reverse("plans:line-add", args=[plan.pk, table.slug])
        return [Gap(f"{table.title}: chưa có dòng nào", url)]
    found = []
    for number, line in enumerate(lines, start=1):
        found += line_gaps(plan, table, number, line)
    if table.slug == "dong":
        found += _too_many(plan, lines)
    return found


def line_gaps(plan, table, number, line):
    """The gaps of one line, the `number`-th of `table`."""
    url = reverse("plans:line-edit", args=[plan.pk, table.slug, line.pk])
    name = table.line_name(line, number)
    found = []
    if table.needs_standard(plan.layout) and line.standard_id is None:
        found.append(Gap(f"{name}: chưa chọn tiêu chuẩn", f"{url}#id_standard"))
    for column in table.columns(plan.layout):
        if not (column.is_required or column.is_expected):
            continue
        if not getattr(line, column.field).strip():
            message = f"{name}: chưa có “{column.label}”"
            found.append(Gap(message, f"{url}#id_{column.field}", column.is_required))
    if table.slug == "dong":
        found += _past_schedule(plan, name, line, url)
    return found


def _past_schedule(plan, name, line, url):
    """A row carried over keeps last year's time as it was typed, to be looked at."""
    span = schedules.parse(line.schedule, plan.school_year.first_year)
    if span is None or span[1] >= plan.school_year.starts_on:
        return []
    message = f"{name}: thời gian “{line.schedule}” thuộc năm học trước"
    return [Gap(message, f"{url}#id_schedule", blocks=False)]


def _too_many(plan, lines):
    """57/2026 Mẫu số 2, III.2.b: the plan is for priority issues, not for everything."""
    if plan.layout.needs_criterion:
        return []
    covered = {line.criterion_id for line in lines if line.criterion_id}
    if len(covered) * 2 <= 15:
        return []
    return [
        Gap(
            f"Kế hoạch đang nêu {len(covered)} trong 15 tiêu chí; Mẫu số 2 yêu cầu chỉ "
            "chọn các vấn đề ưu tiên.",
            f"{plan.get_absolute_url()}#dong",
            blocks=False,
        )
    ]


def closing_obstacle(plan, today):
    """Why the plan cannot be closed on `today`, or an empty string. When the year is over
    is `YearRules.may_close_after`; 57/2026 asks for two reviews with results (Mẫu số 2,
    VIII.a)."""
    end = rules_at(plan.school, plan.school_year).may_close_after
    if today <= end:
        return (
            f"Chưa kết thúc được: năm học {plan.school_year} chưa kết thúc ({end.day}/"
            f"{end.month}/{end.year})."
        )
    if plan.layout.monitoring:
        done = sum(1 for review in plan.monitoring.all() if review.result.strip())
        if done < 2:
            return (
                "Chưa kết thúc được: phải có ít nhất 02 lần theo dõi, đánh giá có ghi "
                f"kết quả (hiện có {done})."
            )
    return ""
