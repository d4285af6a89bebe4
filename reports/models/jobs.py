"""Work that takes longer than a page: exports of many schools, reading of old files."""

from django.conf import settings
from django.db import models

from reports.enums import ExportKind, JobState
from schools.models import School, SchoolYear


class OwnQuerySet(models.QuerySet):
    def for_user(self, user):
        """What a person started is theirs alone."""
        return self.filter(user=user.pk)


class Job(models.Model):
    """`done` of `total` steps; `cancel_requested` is looked at between two steps.
    `message` says in words what went wrong."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(
        "tình trạng", max_length=9, choices=JobState, default=JobState.WAITING
    )
    done = models.PositiveIntegerField("đã làm", default=0)
    total = models.PositiveIntegerField("tất cả", default=0)
    message = models.TextField("ghi chú", blank=True)
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    @property
    def is_running(self):
        return self.state in (JobState.WAITING, JobState.RUNNING)


class Export(Job):
    """A file for one person, made in the background; it is deleted at `expires_at`.
    `choice` holds what was chosen: school ids, kinds of documents."""

    kind = models.CharField("nội dung", max_length=9, choices=ExportKind)
    school_year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    choice = models.JSONField("lựa chọn", default=dict)
    file = models.FileField(upload_to="exports/%Y/", blank=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    expires_at = models.DateTimeField("hết hạn lúc", null=True, blank=True)

    class Meta(Job.Meta):
        verbose_name = verbose_name_plural = "gói tải về"

    def __str__(self):
        return f"{self.get_kind_display()} {self.school_year}"


class IncomingFile(Job):
    """An old Word or Excel file that somebody uploaded: read into `result` (a
    `qualityplan/1` object with its `report`), looked over, and only then taken in. Kept
    with its bytes until it is taken in or discarded."""

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    school_year = models.ForeignKey(
        SchoolYear, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("tên tệp", max_length=200)
    content = models.BinaryField("nội dung")
    result = models.JSONField("đọc được", null=True, blank=True)
    taken_at = models.DateTimeField("nhận vào lúc", null=True, blank=True)

    class Meta(Job.Meta):
        verbose_name = verbose_name_plural = "tệp cũ đưa vào"

    def __str__(self):
        return self.name
