"""What was issued: the bytes that were signed and filed, kept as they were."""

import hashlib

from django.conf import settings
from django.db import models

from plans.models import ImprovementPlan
from schools.scoping import SchoolScopedQuerySet


class IssuedDocumentQuerySet(SchoolScopedQuerySet):
    school_path = "plan__school"


class IssuedDocument(models.Model):
    """One issue of a plan, with the contents as they were. Never changed: a correction
    is a new document."""

    plan = models.ForeignKey(
        ImprovementPlan, models.PROTECT, related_name="issued_documents"
    )
    number_and_symbol = models.CharField("số, ký hiệu", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    subject = models.TextField("trích yếu")
    snapshot = models.JSONField("nội dung")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "văn bản đã ban hành"
        ordering = ["-issued_on", "-pk"]

    def __str__(self):
        return f"{self.number_and_symbol} – {self.plan}"


class IssuedFile(models.Model):
    """The document in one format. Bytes apart from the document, so that lists of
    documents do not read them."""

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="files")
    format = models.CharField("dạng", max_length=4)
    content = models.BinaryField("nội dung")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "tệp đã ban hành"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "format"], name="one_issued_file_per_format"
            )
        ]

    def __str__(self):
        return f"{self.document} ({self.format})"

    @property
    def is_intact(self):
        return hashlib.sha256(self.content).hexdigest() == self.sha256
