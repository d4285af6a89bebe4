from django.db import models
from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from criteria.models import Circular
from plans.enums import (
    ISSUED_STATUSES,
    OPEN_STATUSES,
    DocumentType,
    Grouping,
    PlanStatus,
    SectionContent,
)
from plans.layouts import layout_for
from plans.models.official import OfficialText
from schools.models import School, SchoolYear, Supervision
from schools.scoping import SchoolScopedQuerySet


class ImprovementPlanQuerySet(SchoolScopedQuerySet):
    def open(self):
        return self.filter(status__in=OPEN_STATUSES)

    def with_row_count(self):
        return self.annotate(row_count=Count("rows"))

    def with_header(self):
        """With all that a permission check and a letterhead read, in two queries."""
        supervisions = Supervision.objects.select_related("authority")
        return self.select_related(
            "school", "school_year", "circular"
        ).prefetch_related(Prefetch("school__supervisions", supervisions))


class ImprovementPlan(OfficialText):
    """Kế hoạch cải tiến chất lượng giáo dục of one school for one school year."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="plans", verbose_name="trường"
    )
    school_year = models.ForeignKey(
        SchoolYear, models.PROTECT, related_name="plans", verbose_name="năm học"
    )
    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="plans", verbose_name="thông tư"
    )
    status = models.CharField(
        "trạng thái", max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT
    )
    grouping = models.CharField(
        "cách xếp nội dung",
        max_length=14,
        choices=Grouping,
        default=Grouping.LEVEL_FIRST,
    )

    document_type = models.CharField(
        "loại văn bản", max_length=2, choices=DocumentType, default=DocumentType.PLAN
    )
    # The document that an adjusted plan takes the place of, as it is cited on paper.
    previous_issue = models.CharField("điều chỉnh", max_length=200, blank=True)

    objects = ImprovementPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "kế hoạch cải tiến chất lượng"
        ordering = ["-school_year__first_year", "school__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year"],
                name="one_plan_per_school_year",
                violation_error_message="Trường đã có kế hoạch của năm học này.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(ISSUED_STATUSES))
                | Q(number__isnull=False, issued_on__isnull=False),
                name="issued_plan_has_number_and_date",
            ),
        ]

    def __str__(self):
        return f"{self.school} {self.school_year}"

    def get_absolute_url(self):
        return reverse("plans:detail", args=[self.pk])

    @property
    def layout(self):
        return layout_for(self.circular)

    @property
    def groups_by_standard(self):
        """Whether its table has rows for levels and standards."""
        return self.layout.needs_criterion

    @property
    def is_open(self):
        """Whether its texts may still change."""
        return self.status in OPEN_STATUSES

    @property
    def is_issued(self):
        return self.status in ISSUED_STATUSES


class PlanSection(models.Model):
    """One numbered section; its number is its place. `text` holds one paragraph a line;
    a section that holds a table has none. `key` names the layout's section, and is
    empty for one that only a loaded file has."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField("thứ tự")
    key = models.CharField(max_length=20, blank=True)
    title = models.CharField("đề mục", max_length=300)
    content = models.CharField(
        max_length=12, choices=SectionContent, default=SectionContent.TEXT
    )
    text = models.TextField("nội dung", blank=True)
    number_in_source = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "mục của kế hoạch"
        ordering = ["plan_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"], name="one_section_per_position"
            )
        ]

    def __str__(self):
        return self.title

    @property
    def spec(self):
        return self.plan.layout.section(self.key)
