"""What the office says about a result report, the report's way through the review, and
the texts it had on that way."""

from django.db import models

from plans.models import Comment, Milestone
from reports.models.result import ResultReport
from schools.scoping import SchoolScopedQuerySet


class ReportScopedQuerySet(SchoolScopedQuerySet):
    school_path = "report__school"


class ResultComment(Comment):
    report = models.ForeignKey(
        ResultReport, models.CASCADE, related_name="comments", verbose_name="báo cáo"
    )

    objects = ReportScopedQuerySet.as_manager()

    class Meta(Comment.Meta):
        verbose_name = verbose_name_plural = "góp ý cho báo cáo"
        indexes = [models.Index(fields=["report", "line_id"])]


class ReportEvent(Milestone):
    report = models.ForeignKey(ResultReport, models.CASCADE, related_name="events")
    content_digest = models.CharField(max_length=64, blank=True)

    objects = ReportScopedQuerySet.as_manager()

    class Meta(Milestone.Meta):
        verbose_name = verbose_name_plural = "mốc của báo cáo"


class ReportVersion(models.Model):
    """A report as it stood when it was submitted, or issued where the head of school
    approves: what a later one is compared with. `lines` has the "header" and the "rows",
    each line with its pk (`reports.differing`)."""

    report = models.ForeignKey(ResultReport, models.CASCADE, related_name="versions")
    document = models.CharField("văn bản", max_length=200)  # "Bản trình ngày …"
    lines = models.JSONField("nội dung")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)

    objects = ReportScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "bản báo cáo đã trình"
        ordering = ["report_id", "created_at", "pk"]

    def __str__(self):
        return self.document
