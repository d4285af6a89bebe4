from django.conf import settings
from django.db import models

from plans.enums import Progress
from plans.models.rows import ActionRow


class ProgressEntry(models.Model):
    """What was recorded on a row at some day of the year; the newest entry is the row's
    state. A reason is asked for when the work is late or not done."""

    row = models.ForeignKey(ActionRow, models.CASCADE, related_name="progress_entries")
    status = models.CharField("mức độ thực hiện", max_length=12, choices=Progress)
    is_late = models.BooleanField("chậm so với kế hoạch", default=False)
    done = models.TextField("việc đã làm, kết quả", blank=True)
    reason = models.TextField("lý do chậm hoặc chưa làm", blank=True)
    recorded_on = models.DateField("ngày ghi nhận")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Who it was by a year file: a name, and nobody's account.
    author_name = models.CharField("người ghi", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "tiến độ"
        ordering = ["row_id", "-recorded_on", "-pk"]

    def __str__(self):
        return f"{self.get_status_display()} {self.recorded_on:%d/%m/%Y}"
