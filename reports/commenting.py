"""Comments of the office on a result report: its places, and who may write when. Threads
and answers are those of `plans.commenting`."""

from django.db import transaction

from plans.commenting import HEADER, CommentError, Line, Places, add, reply
from plans.tables import ROWS
from reports import mailing
from reports.enums import ReportStatus
from reports.layout import COLUMNS, default_subject
from reports.official.result import grouped_rows, row_place
from reports.resulting import lock_report
from schools.permissions import Ability, require

_COMMENTED = frozenset(ReportStatus) - {ReportStatus.DRAFT}
_HEADER_LABELS = {
    "subject": "Trích yếu",
    "addressees": "Kính gửi",
    "introduction": "Lời dẫn",
    "remarks": "Nhận xét chung",
    "recipients": "Nơi nhận",
}


def report_places(report):
    """The `Places` of `report`, its lines under the name that plans' rows have."""
    texts = {name: getattr(report, name) for name in _HEADER_LABELS}
    texts["subject"] = texts["subject"] or default_subject(report)
    header = {name: (label, texts[name]) for name, label in _HEADER_LABELS.items()}
    lines = [
        Line("", None, "Toàn bộ báo cáo", {}),
        Line(HEADER, None, "Phần đầu, nhận xét chung và nơi nhận", header),
    ]
    rows = [item for item in grouped_rows(report) if hasattr(item, "source_key")]
    for number, row in enumerate(rows, start=1):
        place = row_place(row)
        name = f"Dòng {number} ({place})" if place else f"Dòng {number}"
        cells = {c.field: (c.label, getattr(row, c.field)) for c in COLUMNS}
        lines.append(Line(ROWS.slug, row.pk, name, cells))
    return Places({(line.table, line.pk): line for line in lines})


def obstacle(report):
    """Why `report` takes no comment now, or nothing."""
    if report.status in _COMMENTED:
        return ""
    return (
        "Chưa góp ý được: báo cáo đang soạn. Cơ quan quản lý góp ý từ khi trường trình "
        "hoặc ban hành báo cáo."
    )


@transaction.atomic
def comment_on_report(report, *, table, line_id, field, text, by):
    """Raises PermissionDenied, and CommentError where the report takes no comment now or
    the place is not there."""
    report = lock_report(report)
    require(by, Ability.COMMENT_PLAN, report.school)
    if obstacle(report):
        raise CommentError(obstacle(report))
    places = report_places(report)
    comment = add(report, places, table, line_id, field, text=text, by=by)
    mailing.tell_comment(report, comment)
    return comment


@transaction.atomic
def reply_on_report(report, comment, *, text, by):
    """As `reply`, and those concerned are told."""
    answer = reply(report, comment, text=text, by=by)
    mailing.tell_comment(report, answer)
    return answer
