"""What the school is to do, what it did, and whether that was enough."""

from django.conf import settings
from django.db import models

from inspections.enums import DONE_STATUSES, FollowUp
from inspections.models.inspection import Inspection
from plans.models import Evidence
from schools.scoping import SchoolScopedQuerySet


class RecommendationQuerySet(SchoolScopedQuerySet):
    school_path = "inspection__school"

    def unsettled(self):
        return self.exclude(state=FollowUp.CLOSED)

    def in_force(self):
        """Those that schools are told of: of inspections that are over, unless a later
        one that is over goes on with them."""
        told = self.filter(inspection__status__in=DONE_STATUSES)
        return told.exclude(carried_to__inspection__status__in=DONE_STATUSES)


class Recommendation(models.Model):
    """Kiến nghị: one thing for the school to put right, by a day, with an owner there.
    `carried_from` is the open one of an earlier inspection that it goes on with."""

    inspection = models.ForeignKey(
        Inspection, models.CASCADE, related_name="recommendations"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.TextField("kiến nghị")
    owner = models.CharField("người thực hiện", max_length=200)
    due_on = models.DateField("hạn khắc phục")
    state = models.CharField(
        "tình trạng", max_length=8, choices=FollowUp, default=FollowUp.OPEN
    )
    carried_from = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name="tiếp theo kiến nghị",
    )
    closing_note = models.TextField("kết luận của cơ quan", blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "kiến nghị"
        ordering = ["inspection_id", "position", "pk"]

    def __str__(self):
        return self.text[:60]


class Answer(models.Model):
    """What the school reports about a recommendation, with evidence; or what the office
    says to it. Only ever added."""

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="answers"
    )
    text = models.TextField("trả lời")
    evidence = models.ManyToManyField(
        Evidence, related_name="answers", blank=True, verbose_name="minh chứng"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Who it was by a year file: a name, and nobody's account.
    author_name = models.CharField("người viết", max_length=100, blank=True)
    is_from_office = models.BooleanField("của cơ quan kiểm tra", default=False)
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "trả lời kiến nghị"
        ordering = ["recommendation_id", "at", "pk"]

    def __str__(self):
        return self.text[:60]

    @property
    def who(self):
        """The person, or the name that a year file told; empty for a command."""
        return self.author or self.author_name
