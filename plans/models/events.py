from django.conf import settings
from django.db import models

from plans.models.plan import ImprovementPlan
from schools.scoping import SchoolScopedQuerySet


class PlanEventQuerySet(SchoolScopedQuerySet):
    school_path = "plan__school"

    def remarks(self):
        """What people wrote with a deed: reasons, comments."""
        return self.filter(actor__isnull=False).exclude(note="").select_related("actor")


class PlanEvent(models.Model):
    """A milestone: who did what to the plan, when, and why. Only ever added."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="events")
    at = models.DateTimeField("lúc", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    deed = models.CharField("việc", max_length=20)  # the key of a transition
    label = models.CharField("việc đã làm", max_length=100)
    note = models.TextField("lý do, ghi chú", blank=True)

    objects = PlanEventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "mốc của kế hoạch"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.label} {self.at:%d/%m/%Y %H:%M}"
