"""Signed copies of issued documents, whom they are trusted from, and which are public."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.enums import SignedBy, SigningWay
from reports.models.issued import IssuedDocument
from schools.models import Authority, School


class DocumentScopedQuerySet(models.QuerySet):
    def for_user(self, user):
        """Of documents that `user` may see."""
        visible = School.objects.for_user(user).values("pk")
        return self.filter(
            Q(document__plan__school__in=visible)
            | Q(document__report__school__in=visible)
            | Q(document__inspection__school__in=visible)
        )


class SignedFile(models.Model):
    """An issued document as it was signed, or the scan of its hand-signed copy. Only
    ever added; each next signature is a new file. `verdict` is what the check said when it
    was taken in: signers, times, findings."""

    document = models.ForeignKey(
        IssuedDocument, models.PROTECT, related_name="signed_files"
    )
    format = models.CharField("dạng", max_length=4)
    signed_by = models.CharField("ký với tư cách", max_length=12, choices=SignedBy)
    way = models.CharField("cách ký", max_length=8, choices=SigningWay)
    content = models.BinaryField("nội dung")
    sha256 = models.CharField(max_length=64)
    verdict = models.JSONField("kết quả kiểm tra", default=dict)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = DocumentScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "bản đã ký"
        ordering = ["document_id", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "format", "signed_by"],
                name="one_signature_per_document_format_and_name",
            )
        ]

    def __str__(self):
        return f"{self.document} ({self.get_signed_by_display()}, {self.format})"

    @property
    def is_intact(self):
        return hashlib.sha256(self.content).hexdigest() == self.sha256


class TrustedCertificate(models.Model):
    """A root whose signatures are accepted; kept by the administrator."""

    name = models.CharField("tên", max_length=200)
    pem = models.TextField("chứng thư (PEM)")
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "chứng thư gốc được tin cậy"
        ordering = ["name"]

    def __str__(self):
        return self.name


class SignatureImage(models.Model):
    """The picture of a person's signature (blue), or of a school's or an office's seal
    (red), that goes onto the page with a digital signature. A PNG, checked on upload."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="signature_image",
    )
    school = models.OneToOneField(
        School, models.CASCADE, null=True, blank=True, related_name="seal_image"
    )
    authority = models.OneToOneField(
        Authority, models.CASCADE, null=True, blank=True, related_name="seal_image"
    )
    content = models.BinaryField("nội dung")
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "hình chữ ký, con dấu"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    user__isnull=False, school__isnull=True, authority__isnull=True
                )
                | Q(user__isnull=True, school__isnull=False, authority__isnull=True)
                | Q(user__isnull=True, school__isnull=True, authority__isnull=False),
                name="signature_image_has_one_owner",
            )
        ]

    def __str__(self):
        return f"{self.user or self.school or self.authority}"


class Publication(models.Model):
    """That a school shows a document to everybody (công khai, 57/2026 Điều 10.7)."""

    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, related_name="publication"
    )
    published_at = models.DateTimeField("công khai lúc", auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = DocumentScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "văn bản công khai"
        ordering = ["-published_at"]

    def __str__(self):
        return str(self.document)
