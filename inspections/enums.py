"""States and kinds of an inspection, in the words used on every page and paper."""

from django.db.models import TextChoices


class InspectionStatus(TextChoices):
    PLANNED = "planned", "Chưa kiểm tra"
    OPEN = "open", "Đang kiểm tra"
    CLOSED = "closed", "Đã kết thúc"
    ISSUED = "issued", "Đã ban hành biên bản"


# What the team writes may change.
OPEN_STATUSES = frozenset({InspectionStatus.PLANNED, InspectionStatus.OPEN})
# The team is gone; the school has been told.
DONE_STATUSES = frozenset({InspectionStatus.CLOSED, InspectionStatus.ISSUED})


class RecordForm(TextChoices):
    """The two layouts of the record (format reference D4)."""

    CURRENT = "current", "Biên bản (Nghị định 30/2020, Mẫu 1.9)"
    FORM_2018 = "form_2018", "Mẫu cũ, chép cả bảng kế hoạch"


class Side(TextChoices):
    TEAM = "team", "Đoàn kiểm tra"
    SCHOOL = "school", "Phía nhà trường"


class Duty(TextChoices):
    LEADER = "leader", "Trưởng đoàn"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Thành viên"


class Result(TextChoices):
    """What the team found for a row of the plan."""

    MET = "met", "Đạt"
    PARTLY = "partly", "Đạt một phần"
    UNMET = "unmet", "Chưa đạt"
    UNCHECKED = "unchecked", "Không kiểm tra"


class FollowUp(TextChoices):
    """Where a recommendation stands."""

    OPEN = "open", "Chờ nhà trường trả lời"
    ANSWERED = "answered", "Nhà trường đã trả lời"
    CLOSED = "closed", "Đã khắc phục"


class RecordKind(TextChoices):
    """Type abbreviation of Decree 30/2020, Phụ lục III mục I."""

    RECORD = "BB", "Biên bản"
