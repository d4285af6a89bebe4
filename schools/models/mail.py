"""Mails that went out, or are to: each once."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Mail(models.Model):
    """One mail to one person. `key` says what it is about ("deed-12-7", "deadline-3-7d-5"):
    writing it twice is impossible, also for two workers at once. `sent_at` is empty while
    it waits; `trouble` holds what the mail server said last. `next_try_at` is when a worker
    may take it, and empty when nobody is to try (again)."""

    key = models.CharField(max_length=120, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mails"
    )
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    next_try_at = models.DateTimeField(
        "thử gửi từ", null=True, blank=True, default=timezone.now
    )
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    trouble = models.CharField("lỗi lần gần nhất", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "thư"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(sent_at__isnull=True),
                name="mails_that_wait",
            )
        ]

    def __str__(self):
        return f"{self.recipient}: {self.subject}"

    @property
    def state(self):
        """ "sent", "waiting" for a (further) try, or "failed" for good."""
        if self.sent_at is not None:
            return "sent"
        return "waiting" if self.next_try_at is not None else "failed"
