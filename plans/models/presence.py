from django.conf import settings
from django.db import models

from plans.models.plan import ImprovementPlan


class Presence(models.Model):
    """Who has a plan open. It fades with time and locks nobody out: `seen_at` is the last
    sign of the page, `active_at` the last key pressed in it."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField("thấy gần nhất")
    active_at = models.DateTimeField("gõ gần nhất")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "user"], name="one_presence_per_plan_and_person"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.plan}"
