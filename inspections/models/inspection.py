from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse

from inspections.enums import (
    OPEN_STATUSES,
    InspectionStatus,
    RecordForm,
    RecordKind,
)
from inspections.models.round import InspectionRound
from plans.models import ImprovementPlan, Milestone
from plans.models.official import OfficialText
from schools.models import Authority, School, SchoolYear, Supervision


class InspectionQuerySet(models.QuerySet):
    def for_user(self, user):
        """Inspections of schools that `user` may see, and those `user` takes part in as a
        member of the team while they are open: an inspector from another school sees
        nothing before that and nothing after it."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        visible = School.objects.for_user(user).values("pk")
        if not user.standing.memberships:  # who left the house is in no team either
            return self.filter(school__in=visible)
        own = self.model.objects.filter(
            attendees__user=user, attendees__side="team", status__in=OPEN_STATUSES
        )
        return self.filter(Q(school__in=visible) | Q(pk__in=own.values("pk")))

    def with_header(self):
        """With all that a permission check and a letterhead read, in few queries."""
        supervisions = Supervision.objects.select_related("authority")
        return self.select_related(
            "school", "school_year", "authority", "round", "plan__circular"
        ).prefetch_related(Prefetch("school__supervisions", supervisions))


class Inspection(OfficialText):
    """One visit to one school about its plan, and the record that comes of it. The
    `OfficialText` fields are those of the record: `superior_line` and `issuer_line` name
    the office. The plan may be unknown where a file was loaded without one."""

    round = models.ForeignKey(
        InspectionRound,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name="đợt kiểm tra",
    )
    authority = models.ForeignKey(
        Authority,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name="cơ quan kiểm tra",
    )
    school = models.ForeignKey(
        School, models.PROTECT, related_name="inspections", verbose_name="trường"
    )
    school_year = models.ForeignKey(
        SchoolYear, models.PROTECT, related_name="inspections", verbose_name="năm học"
    )
    plan = models.ForeignKey(
        ImprovementPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name="kế hoạch",
    )
    status = models.CharField(
        "trạng thái",
        max_length=7,
        choices=InspectionStatus,
        default=InspectionStatus.PLANNED,
    )
    form = models.CharField(
        "cách trình bày", max_length=9, choices=RecordForm, default=RecordForm.CURRENT
    )
    document_type = models.CharField(
        "loại văn bản", max_length=2, choices=RecordKind, default=RecordKind.RECORD
    )

    planned_on = models.DateField("ngày dự kiến", null=True, blank=True)
    starts_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    ends_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    held_at = models.CharField("địa điểm", max_length=300, blank=True)
    strengths = models.TextField("ưu điểm", blank=True)
    limitations = models.TextField("hạn chế", blank=True)
    remarks = models.TextField("nhận xét khác", blank=True)
    school_opinion = models.TextField("ý kiến của nhà trường", blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "kiểm tra"
        ordering = ["-school_year__first_year", "school__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gte=F("starts_at")),
                name="inspection_ends_after_start",
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["round", "school"],
                name="one_inspection_per_round_and_school",
                violation_error_message="Trường đã có trong đợt kiểm tra này.",
            ),
        ]

    def __str__(self):
        return f"{self.school} {self.school_year}"

    def get_absolute_url(self):
        return reverse("inspections:detail", args=[self.pk])

    @property
    def is_open(self):
        """Whether what the team writes may still change."""
        return self.status in OPEN_STATUSES


class InspectionEvent(Milestone):
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="events")

    class Meta(Milestone.Meta):
        verbose_name = verbose_name_plural = "mốc của cuộc kiểm tra"
