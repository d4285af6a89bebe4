from django.conf import settings
from django.db import models
from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from criteria.models import Circular, Criterion, LevelFourClause, Requirement
from plans.enums import AssessmentStatus
from schools.enums import LevelOfSchooling
from schools.models import School, SchoolYear, Supervision
from schools.scoping import SchoolScopedQuerySet


class AssessmentQuerySet(SchoolScopedQuerySet):
    def with_header(self):
        """With all that a permission check and the head of a page read."""
        supervisions = Supervision.objects.select_related("authority")
        return self.select_related(
            "school", "school_year", "circular"
        ).prefetch_related(Prefetch("school__supervisions", supervisions))

    def with_review_counts(self, user):
        """How many criteria, how many are finished, how many still wait for `user`."""
        is_open = Q(reviews__is_finished=False)
        return self.annotate(
            review_count=Count("reviews"),
            finished_count=Count("reviews", filter=~is_open),
            mine_count=Count("reviews", filter=is_open & Q(reviews__assigned_to=user)),
        )


class Assessment(models.Model):
    """Tự đánh giá of one school for one school year, against one circular."""

    school = models.ForeignKey(School, models.PROTECT, related_name="assessments")
    school_year = models.ForeignKey(
        SchoolYear, models.PROTECT, related_name="assessments"
    )
    circular = models.ForeignKey(Circular, models.PROTECT, related_name="assessments")
    status = models.CharField(
        "trạng thái",
        max_length=10,
        choices=AssessmentStatus,
        default=AssessmentStatus.OPEN,
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "tự đánh giá"
        ordering = ["-school_year__first_year", "school__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year"], name="one_assessment_per_school_year"
            )
        ]

    def __str__(self):
        return f"Tự đánh giá {self.school} {self.school_year}"

    def get_absolute_url(self):
        return reverse("plans:assessment", args=[self.pk])

    @property
    def is_open(self):
        return self.status == AssessmentStatus.OPEN

    @property
    def has_two_levels(self):
        """Whether the rule of 57/2026 applies: Mức 1, Mức 2, and no others."""
        return self.circular.max_level == 2


class CriterionReviewQuerySet(SchoolScopedQuerySet):
    school_path = "assessment__school"


class CriterionReview(models.Model):
    """What was found for one criterion. In a school of several levels there is one for
    each level of schooling (57/2026 Điều 15.2); else `level_of_schooling` is empty."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="reviews")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="reviews")
    level_of_schooling = models.CharField(
        "cấp học", max_length=20, choices=LevelOfSchooling, blank=True
    )
    current_state = models.TextField("mô tả hiện trạng", blank=True)
    strengths = models.TextField("điểm mạnh", blank=True)
    limitations = models.TextField("điểm hạn chế", blank=True)
    cause = models.TextField("nguyên nhân", blank=True)
    is_finished = models.BooleanField("đã xong", default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_reviews",
        verbose_name="người được phân công",
    )
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    objects = CriterionReviewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "đánh giá tiêu chí"
        ordering = ["assessment_id", "level_of_schooling", "criterion_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion", "level_of_schooling"],
                name="one_review_per_criterion",
            )
        ]

    def __str__(self):
        return f"{self.criterion.code} {self.get_level_of_schooling_display()}".strip()

    def get_absolute_url(self):
        return reverse("plans:review", args=[self.assessment_id, self.pk])


class RequirementCheck(models.Model):
    """Whether a requirement is met. No row: nobody has looked yet, which is not the same
    as not met."""

    review = models.ForeignKey(CriterionReview, models.CASCADE, related_name="checks")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    is_met = models.BooleanField("đạt")

    class Meta:
        verbose_name = verbose_name_plural = "kết quả theo yêu cầu"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "requirement"], name="one_check_per_requirement"
            )
        ]

    def __str__(self):
        return f"{self.requirement}: {'đạt' if self.is_met else 'chưa đạt'}"


class LevelFourCheck(models.Model):
    """Whether an extra clause of Mức 4 (2018, Điều 22) is met."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="level_four_checks"
    )
    clause = models.ForeignKey(LevelFourClause, models.PROTECT, related_name="+")
    is_met = models.BooleanField("đạt")

    class Meta:
        verbose_name = verbose_name_plural = "kết quả theo khoản Mức 4"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "clause"], name="one_check_per_clause"
            )
        ]

    def __str__(self):
        return f"{self.clause}: {'đạt' if self.is_met else 'chưa đạt'}"
