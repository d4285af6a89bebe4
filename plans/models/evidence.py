from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse

from criteria.models import Criterion
from plans.models.assessment import CriterionReview
from plans.models.rows import ActionRow
from schools.models import School, SchoolYear
from schools.scoping import SchoolScopedQuerySet


class EvidenceSeries(models.Model):
    """The last number given to evidence of a criterion at a school in a year: locked
    while a number is given, so that codes have neither gaps nor doubles."""

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    last_number = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year", "criterion"],
                name="one_evidence_series_per_criterion",
            )
        ]

    def __str__(self):
        return f"{self.criterion.code}: {self.last_number}"


class EvidenceQuerySet(SchoolScopedQuerySet):
    pass


def default_storage():
    return storages["default"]


class Evidence(models.Model):
    """Minh chứng: one piece has one code, given by its home criterion, and may serve
    others (57/2026 Phụ lục IV). A file, a link or a shelf: one of them at least."""

    school = models.ForeignKey(School, models.PROTECT, related_name="evidence")
    school_year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="evidence")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="proofs")
    code = models.CharField("mã minh chứng", max_length=20)
    name = models.CharField("tên minh chứng", max_length=300)
    file = models.FileField(
        "tệp", upload_to="evidence/%Y/", storage=default_storage, blank=True
    )
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    link = models.URLField("đường dẫn", max_length=500, blank=True)
    location = models.CharField("nơi lưu bản giấy", max_length=300, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reviews = models.ManyToManyField(
        CriterionReview, related_name="evidence", blank=True
    )
    rows = models.ManyToManyField(ActionRow, related_name="evidence", blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "minh chứng"
        ordering = ["school_id", "school_year_id", "criterion_id", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year", "code"], name="one_evidence_per_code"
            ),
            models.CheckConstraint(
                condition=~Q(file="", link="", location=""),
                name="evidence_is_somewhere",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def get_absolute_url(self):
        return reverse("plans:evidence", args=[self.pk])
