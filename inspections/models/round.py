from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from inspections.enums import DONE_STATUSES
from schools.models import Authority, SchoolYear
from schools.models.authority import ends_after_start


class InspectionRoundQuerySet(models.QuerySet):
    def for_user(self, user):
        """Rounds are the office's own: its people and those of the office above it."""
        return self.filter(authority__in=Authority.objects.for_user(user).values("pk"))

    def with_tallies(self):
        """With how many schools it has, and how many of them are done."""
        done = Q(inspections__status__in=DONE_STATUSES)
        return self.annotate(
            school_count=Count("inspections"),
            done_count=Count("inspections", filter=done),
        )


class InspectionRound(models.Model):
    """Đợt kiểm tra: several schools inspected on one decision."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="inspection_rounds"
    )
    school_year = models.ForeignKey(SchoolYear, models.PROTECT, verbose_name="năm học")
    title = models.CharField("tên đợt kiểm tra", max_length=200)
    legal_bases = models.TextField(
        "căn cứ",
        blank=True,
        help_text="Mỗi dòng một căn cứ: quyết định thành lập đoàn, kế hoạch kiểm tra …",
    )
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = InspectionRoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "đợt kiểm tra"
        ordering = ["-school_year__first_year", "-starts_on", "-pk"]
        constraints = [ends_after_start("round_ends_after_start")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("inspections:round", args=[self.pk])
