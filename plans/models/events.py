from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from plans.enums import VersionOccasion
from plans.models.plan import ImprovementPlan
from schools.scoping import SchoolScopedQuerySet


class PlanEventQuerySet(SchoolScopedQuerySet):
    school_path = "plan__school"

    def remarks(self):
        """What people wrote with a deed: reasons, comments."""
        return self.filter(actor__isnull=False).exclude(note="").select_related("actor")


class Milestone(models.Model):
    """Who did what to a plan, a report or an inspection, when, and why. Only ever added."""

    at = models.DateTimeField("lúc", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Who it was by a year file: a name, and nobody's account.
    actor_name = models.CharField("người làm", max_length=100, blank=True)
    deed = models.CharField("việc", max_length=20)  # the key of a transition
    label = models.CharField("việc đã làm", max_length=100)
    note = models.TextField("lý do, ghi chú", blank=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.label} {self.at:%d/%m/%Y %H:%M}"

    @property
    def who(self):
        """The person, or the name that a year file told; empty for a command."""
        return self.actor or self.actor_name


class PlanEvent(Milestone):
    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="events")
    # What the deed was about: the digest of the contents on that day (`plans.sign_off`).
    content_digest = models.CharField(max_length=64, blank=True)

    objects = PlanEventQuerySet.as_manager()

    class Meta(Milestone.Meta):
        verbose_name = verbose_name_plural = "mốc của kế hoạch"


class PlanVersion(models.Model):
    """A plan as it stood when it was opened for adjustment, or when it was submitted: what
    the later one is compared with. `lines` maps a table's name to its lines, each with its
    pk."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="versions")
    occasion = models.CharField(
        "dịp", max_length=9, choices=VersionOccasion, default=VersionOccasion.ADJUSTED
    )
    document = models.CharField("văn bản", max_length=200)  # as cited: "Kế hoạch số …"
    lines = models.JSONField("nội dung", encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "bản đã ban hành"
        ordering = ["plan_id", "created_at", "pk"]

    def __str__(self):
        return self.document


class LineChange(models.Model):
    """What somebody changed in one line of a table. `changes` maps a field to its text
    before and after. It outlives the line, and only typing in one sitting still changes
    it (`plans.cell_changes`)."""

    plan = models.ForeignKey(
        ImprovementPlan, models.CASCADE, related_name="line_changes"
    )
    table = models.CharField("bảng", max_length=20)  # the table's slug
    line_id = models.PositiveBigIntegerField("dòng")
    line_name = models.CharField("tên dòng", max_length=200)
    deed = models.CharField("việc đã làm", max_length=100)
    changes = models.JSONField("thay đổi", default=dict)
    at = models.DateTimeField("lúc", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "thay đổi của dòng"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plan", "table", "line_id"])]

    def __str__(self):
        return f"{self.line_name}: {self.deed}"
