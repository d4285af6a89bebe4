"""States and kinds of a result report, in the words used on every page and paper."""

from django.db.models import TextChoices


class ReportStatus(TextChoices):
    DRAFT = "draft", "Đang soạn"
    ISSUED = "issued", "Đã ban hành"


class Period(TextChoices):
    YEAR = "year", "Năm học"
    FIRST_SEMESTER = "semester_1", "Học kỳ I"


class ReportForm(TextChoices):
    """The two renderings of the form (format reference D3)."""

    STAND_ALONE = "stand_alone", "Báo cáo riêng, có Kính gửi và Nơi nhận"
    ANNEX = "annex", "Phụ lục kèm theo kế hoạch"


class DocumentKind(TextChoices):
    """Type abbreviation of Decree 30/2020, Phụ lục III mục I."""

    REPORT = "BC", "Báo cáo"
