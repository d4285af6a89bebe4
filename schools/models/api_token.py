"""How a program reads on a person's behalf."""

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """A secret that lets a program read what its owner may see. Only the digest (SHA-256)
    is stored; the secret is shown once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField("dùng cho", max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    expires_on = models.DateField("dùng được đến hết ngày")
    last_used_at = models.DateTimeField("dùng gần nhất", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "mã truy cập của chương trình"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.name
