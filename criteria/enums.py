"""How sure we are of a requirement's wording, how a criterion lives on, and whether a
circular is in force."""

from django.db.models import TextChoices


class Confidence(TextChoices):
    TWO_SOURCES = "two_sources", "Hai nguồn độc lập thống nhất"
    ONE_SOURCE = "one_source", "Một nguồn; nên đối chiếu với văn bản gốc"


class CrosswalkStrength(TextChoices):
    CLOSE = "close", "Cùng nội dung"
    PARTIAL = "partial", "Tiếp nối một phần"
    NONE = "none", "Không có tiêu chí tương ứng"


class Validity(TextChoices):
    IN_FORCE = "in_force", "Đang có hiệu lực"
    COMING = "coming", "Chưa có hiệu lực"
    ENDED = "ended", "Đã hết hiệu lực"
