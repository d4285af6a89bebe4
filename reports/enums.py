"""States and kinds of a result report, in the words used on every page and paper."""

from django.db.models import TextChoices


class ReportStatus(TextChoices):
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã trình"
    RETURNED = "returned", "Bị trả lại"
    APPROVED = "approved", "Đã duyệt"
    ISSUED = "issued", "Đã ban hành"


# The texts may change.
OPEN_STATUSES = frozenset({ReportStatus.DRAFT, ReportStatus.RETURNED})


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


class EntryState(TextChoices):
    """What became of a number in the register of outgoing documents."""

    RESERVED = "reserved", "Giữ số"
    USED = "used", "Đã ban hành"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


class SignedBy(TextChoices):
    """In whose name a file was signed; the person signs before the organisation."""

    PERSON = "person", "Người ký"
    ORGANISATION = "organisation", "Cơ quan"


class SigningWay(TextChoices):
    KEY_FILE = "key_file", "Tệp khóa PKCS#12"
    TOKEN = "token", "Thiết bị ký của trường, tải lên lại"
    SERVER = "server", "Thiết bị ký trên máy chủ"
    SCAN = "scan", "Bản giấy ký tay, quét lại"


class JobState(TextChoices):
    """Work in the background."""

    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang làm"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không làm được"
    CANCELLED = "cancelled", "Đã hủy"


class ExportKind(TextChoices):
    DOCUMENTS = "documents", "Văn bản đã ban hành (ZIP)"
    ROWS = "rows", "Mọi dòng kế hoạch (XLSX)"
