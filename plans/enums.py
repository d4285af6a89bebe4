"""States and kinds of a plan, in the words used on every page, mail and paper."""

from enum import StrEnum

from django.db.models import TextChoices


class PlanStatus(TextChoices):
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã trình"
    RETURNED = "returned", "Bị trả lại"
    APPROVED = "approved", "Đã duyệt"
    ISSUED = "issued", "Đã ban hành"
    ADJUSTING = "adjusting", "Đang điều chỉnh"
    REPORTED = "reported", "Đã báo cáo"
    CLOSED = "closed", "Đã kết thúc"


DRAFT_STATUSES = frozenset({PlanStatus.DRAFT, PlanStatus.RETURNED})
# The texts may change.
OPEN_STATUSES = DRAFT_STATUSES | {PlanStatus.ADJUSTING}
# There is a numbered document.
ISSUED_STATUSES = frozenset(
    {
        PlanStatus.ISSUED,
        PlanStatus.ADJUSTING,
        PlanStatus.REPORTED,
        PlanStatus.CLOSED,
    }
)
# Work goes on: progress, evidence and reviews are recorded.
CARRIED_OUT_STATUSES = frozenset({PlanStatus.ISSUED, PlanStatus.ADJUSTING})


class VersionOccasion(TextChoices):
    """Why the contents of a plan were written down."""

    ADJUSTED = "adjusted", "Mở để điều chỉnh"
    SUBMITTED = "submitted", "Trình duyệt"


class AssessmentStatus(TextChoices):
    OPEN = "open", "Đang tự đánh giá"
    FINISHED = "finished", "Đã hoàn thành"


class Grouping(TextChoices):
    """How the rows of the nine-column form are grouped on paper."""

    LEVEL_FIRST = "level_first", "Theo mức, rồi theo tiêu chuẩn"
    STANDARD_FIRST = "standard_first", "Theo tiêu chuẩn, rồi theo mức"


class Progress(TextChoices):
    """Column (10) of Mẫu số 2: exactly these three, empty at approval."""

    DONE = "done", "Hoàn thành"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    NOT_DONE = "not_done", "Chưa hoàn thành"


class SectionContent(TextChoices):
    """What stands under a section's title."""

    TEXT = "text", "Nội dung"
    SCHOOL = "school", "Thông tin của trường"
    FOCUS_ISSUES = "focus_issues", "Bảng vấn đề trọng tâm"
    ROWS = "rows", "Bảng kế hoạch"
    MONITORING = "monitoring", "Bảng theo dõi"


class SectionEditing(StrEnum):
    """What a school may change in a section that the form words itself."""

    FREE = "free"
    ADD = "add"  # the form's text stays, the school adds to its end
    LOCKED = "locked"


class DocumentType(TextChoices):
    """Type abbreviations of Decree 30/2020, Phụ lục III mục I, that plans carry."""

    PLAN = "KH", "Kế hoạch"
    REPORT = "BC", "Báo cáo"


# The levels that a row of the 2018 form is grouped by.
LEVEL_CHOICES = [
    ("", "—"),
    ("1", "Mức 1"),
    ("2", "Mức 2"),
    ("3", "Mức 3"),
    ("1, 2", "Mức 1, 2"),
    ("1, 2, 3", "Mức 1, 2, 3"),
]
