"""What a result report still lacks before it can be issued."""

import re

from django.urls import reverse

from plans.completeness import Gap
from reports.layout import IN_PROGRESS, NOT_DONE, RESULT_COLUMNS
from reports.official.result import row_place
from reports.prefilling import source_lines
from reports.resulting import AS_ABOVE

# How a reason reads in Vietnamese; "Lý do: …" always will do.
_REASON = re.compile(
    r"\b(lý do|lí do|nguyên nhân|do|vì|bởi|nhờ|chờ|đợi|thiếu|vướng)\b", re.IGNORECASE
)
_NOTHING = {"", "không", "không có", "không."}


def gaps(report):
    """All gaps of `report`, in the order of the paper."""
    found = _header_gaps(report)
    rows = list(report.rows.select_related("standard", "criterion"))
    if not rows:
        found.append(Gap("Bảng kết quả: chưa có dòng nào", report.get_absolute_url()))
    for number, row in enumerate(rows, start=1):
        found += _row_gaps(report, number, row)
    return found + _plan_gaps(report, rows)


def _header_gaps(report):
    """R02: what is sent to a higher body says to whom."""
    if report.is_annex:
        return []
    url = reverse("reports:result-header", args=[report.pk])
    if not report.addressees.strip():
        return [Gap("Chưa ghi “Kính gửi”", f"{url}#id_addressees")]
    first = report.recipients.split("\n")[0].strip("-–;. ").casefold()
    if first != AS_ABOVE.casefold():
        message = "Nơi nhận: dòng đầu phải là “Như trên”"
        return [Gap(message, f"{url}#id_recipients")]
    return []


def _row_gaps(report, number, row):
    url = reverse("reports:result-row", args=[report.pk, row.pk])
    name = f"Dòng {number} ({row_place(row)})" if row_place(row) else f"Dòng {number}"
    if not any(getattr(row, column.field).strip() for column in RESULT_COLUMNS):
        return [Gap(f"{name}: chưa ghi kết quả thực hiện", f"{url}#id_done")]
    found = []
    if row.is_late and not _REASON.search(row.in_progress + row.done + row.not_done):
        message = f"{name}: chậm so với kế hoạch mà chưa nêu lý do"
        found.append(Gap(message, f"{url}#id_{IN_PROGRESS.field}"))
    text = row.not_done.strip()
    if text.casefold() not in _NOTHING and not _REASON.search(text):
        message = f"{name}: việc chưa triển khai chưa nêu rõ lý do (“Lý do: …”)"
        found.append(Gap(message, f"{url}#id_{NOT_DONE.field}"))
    return found


def _plan_gaps(report, rows):
    if report.plan is None:
        return []
    held = {row.source_key for row in rows}
    lines = source_lines(report.plan, report.period)
    missing = sum(1 for line in lines if line.key not in held)
    if not missing:
        return []
    return [
        Gap(
            f"Kế hoạch có {missing} nội dung chưa có trong báo cáo",
            f"{report.get_absolute_url()}#cap-nhat",
        )
    ]
