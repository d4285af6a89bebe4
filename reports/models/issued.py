"""What was issued: the bytes that were signed and filed, kept as they were."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models import Inspection
from plans.models import ImprovementPlan
from reports.models.result import ResultReport
from schools.models import School


class IssuedDocumentQuerySet(models.QuerySet):
    def for_user(self, user):
        """A document belongs to the school of its plan, report or inspection."""
        visible = School.objects.for_user(user).values("pk")
        return self.filter(
            Q(plan__school__in=visible)
            | Q(report__school__in=visible)
            | Q(inspection__school__in=visible)
        )

    def about(self, plan):
        """The issues of `plan` and of the reports of its school and year."""
        return self.filter(
            Q(plan=plan)
            | Q(report__school=plan.school_id, report__school_year=plan.school_year_id)
        )

    def with_owner(self):
        return self.select_related(
            "plan__school",
            "plan__school_year",
            "report__school",
            "report__school_year",
            "inspection__school",
            "inspection__school_year",
        )

    def of_school(self, school_id):
        """What the school itself issued: a record of inspection is the office's."""
        return self.filter(Q(plan__school=school_id) | Q(report__school=school_id))


class IssuedDocument(models.Model):
    """One issue of a plan, a result report or a record of inspection, with the contents as
    they were. Never changed: a correction is a new document. `code` is what anybody types
    at /tra-cuu/ to check a copy; None where the office has it switched off."""

    plan = models.ForeignKey(
        ImprovementPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_documents",
    )
    report = models.ForeignKey(
        ResultReport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_documents",
    )
    inspection = models.ForeignKey(
        Inspection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_documents",
    )
    code = models.CharField(  # noqa: DJ001 -- unique, and not every document has one
        "mã tra cứu", max_length=20, unique=True, null=True
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
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    plan__isnull=False, report__isnull=True, inspection__isnull=True
                )
                | Q(plan__isnull=True, report__isnull=False, inspection__isnull=True)
                | Q(plan__isnull=True, report__isnull=True, inspection__isnull=False),
                name="issued_document_has_one_owner",
            )
        ]

    def __str__(self):
        return f"{self.number_and_symbol} – {self.owner}"

    @property
    def owner(self):
        """The plan, report or inspection it is an issue of."""
        return self.plan or self.report or self.inspection


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
