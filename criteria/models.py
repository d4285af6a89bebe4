"""Against what: the circulars with their standards, criteria and requirements. Rows come
from the catalogue files by `load_catalogue` and are never edited by users; saved plans
point to them, so nothing here is deleted."""

import datetime

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from criteria.enums import Confidence, CrosswalkStrength
from schools.models import EducationLevel


class CircularQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(effective_from__lte=day).filter(
            Q(effective_to__isnull=True) | Q(effective_to__gte=day)
        )

    def for_school_year(self, school_year):
        """The circulars a school year is pinned to (design section 2)."""
        return self.in_force(school_year.pinned_on)

    def for_level(self, level):
        return self.filter(education_levels=level)

    def with_counts(self):
        return self.annotate(
            standard_count=Count("standards", distinct=True),
            criterion_count=Count("standards__criteria", distinct=True),
            requirement_count=Count("standards__criteria__requirements", distinct=True),
        )

    def with_number(self, number, level):
        """57/2026 is one number for three annexes: the level of schooling decides."""
        return self.filter(number=number, education_levels=level).first()


class Circular(models.Model):
    """One catalogue: a circular, or one annex of it, for certain levels of schooling."""

    slug = models.SlugField("mã", unique=True)  # the name of its catalogue file
    number = models.CharField("số, ký hiệu", max_length=40)
    short = models.CharField("tên gọn", max_length=40)
    title = models.TextField("tên gọi")
    annex = models.CharField("phụ lục", max_length=5, blank=True)
    issued_on = models.DateField("ngày ban hành")
    effective_from = models.DateField("hiệu lực từ")
    effective_to = models.DateField("hiệu lực đến", null=True, blank=True)
    replaced_by = models.CharField("được thay bằng", max_length=40, blank=True)
    max_level = models.PositiveSmallIntegerField("mức cao nhất")
    guidance = models.CharField("công văn hướng dẫn", max_length=60, blank=True)
    attainment_rule = models.TextField("cách xác định mức đạt")
    education_levels = models.ManyToManyField(
        EducationLevel, related_name="circulars", verbose_name="cấp học"
    )

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "thông tư"
        ordering = ["-issued_on", "annex", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "annex"], name="one_circular_per_annex"
            )
        ]

    def __str__(self):
        annex = f", Phụ lục {self.annex}" if self.annex else ""
        return f"Thông tư {self.number}{annex}"

    def get_absolute_url(self):
        return reverse("criteria:circular", args=[self.slug])

    def is_in_force(self, day):
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )


class Standard(models.Model):
    """Tiêu chuẩn."""

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="standards")
    number = models.PositiveSmallIntegerField("số")
    title = models.CharField("tên tiêu chuẩn", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "tiêu chuẩn"
        ordering = ["circular_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["circular", "number"], name="one_standard_per_number"
            )
        ]

    def __str__(self):
        return f"Tiêu chuẩn {self.number}: {self.title}"


class Criterion(models.Model):
    """Tiêu chí, "1.10": the tenth of standard 1."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="criteria")
    code = models.CharField("mã", max_length=6)
    position = models.PositiveSmallIntegerField("thứ tự")  # 10 in "1.10": codes sort
    title = models.CharField("tên tiêu chí", max_length=300)
    is_mandatory = models.BooleanField("bắt buộc", default=False)
    evidence = models.JSONField("minh chứng gợi ý", default=list, blank=True)
    indicators = models.JSONField("dữ liệu định lượng chính", default=list, blank=True)
    search_text = models.TextField("để tìm kiếm", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "tiêu chí"
        ordering = ["standard__circular_id", "standard__number", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "code"], name="one_criterion_per_code"
            )
        ]

    def __str__(self):
        return f"Tiêu chí {self.code}: {self.title}"

    def get_absolute_url(self):
        url = reverse("criteria:circular", args=[self.standard.circular.slug])
        return f"{url}#tc-{self.code}"


class Requirement(models.Model):
    """What a criterion asks for at one level: point a, b, c of the 2018 circulars, or
    the whole level in 2026. `summary` is our restatement, `reference` the law."""

    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="requirements"
    )
    level = models.PositiveSmallIntegerField("mức")
    point = models.CharField("chỉ báo", max_length=2, blank=True)
    summary = models.TextField("tóm tắt yêu cầu")
    reference = models.CharField("căn cứ", max_length=120)
    confidence = models.CharField("độ tin cậy", max_length=12, choices=Confidence)
    repealed_on = models.DateField("bãi bỏ từ", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "yêu cầu"
        ordering = ["criterion_id", "level", "point"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "level", "point"], name="one_requirement_per_point"
            )
        ]

    def __str__(self):
        return f"{self.criterion.code} mức {self.level} {self.point}".strip()

    def is_repealed(self, day: datetime.date):
        return self.repealed_on is not None and self.repealed_on <= day


class LevelFourClause(models.Model):
    """The extra clauses for Mức 4 of a 2018 circular (Điều 22)."""

    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="level_four_clauses"
    )
    number = models.PositiveSmallIntegerField("khoản")
    summary = models.TextField("tóm tắt yêu cầu")
    reference = models.CharField("căn cứ", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "yêu cầu Mức 4"
        ordering = ["circular_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["circular", "number"], name="one_level_four_clause_per_number"
            )
        ]

    def __str__(self):
        return self.reference


class Crosswalk(models.Model):
    """Where a criterion of 2018 most nearly continues in 2026. A suggestion for reusing
    texts, never a conversion of results."""

    criterion = models.OneToOneField(
        Criterion, models.PROTECT, related_name="crosswalk", primary_key=True
    )
    to = models.ManyToManyField(Criterion, related_name="continues", blank=True)
    strength = models.CharField("mức độ", max_length=10, choices=CrosswalkStrength)
    note = models.TextField("lý do")

    class Meta:
        verbose_name = verbose_name_plural = "đối chiếu 2018 – 2026"

    def __str__(self):
        return self.criterion.code
