"""What the office says to a school about a text, and what it has read."""

from django.conf import settings
from django.db import models

from plans.models.plan import ImprovementPlan
from schools.scoping import SchoolScopedQuerySet


class Comment(models.Model):
    """A remark on a whole text, on one of its lines, or on one cell of a line; a reply
    belongs to the remark it answers. The place outlives its line: `line_name` and `quote`
    say in words where it stood and what stood there. `table` is the table's slug, `field`
    the name of the cell's field; both empty for a remark on the whole."""

    table = models.CharField("bảng", max_length=20, blank=True)
    line_id = models.PositiveBigIntegerField("dòng", null=True, blank=True)
    line_name = models.CharField("tên dòng", max_length=200, blank=True)
    field = models.CharField("ô", max_length=30, blank=True)
    quote = models.TextField("nội dung lúc góp ý", blank=True)
    text = models.TextField("góp ý")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Who it was by a year file: a name, and nobody's account.
    author_name = models.CharField("người góp ý", max_length=100, blank=True)
    is_from_office = models.BooleanField("của cơ quan quản lý")
    at = models.DateTimeField("lúc", auto_now_add=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies"
    )
    resolved_at = models.DateTimeField("đã xong lúc", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    resolved_by_name = models.CharField("người xác nhận", max_length=100, blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text[:60]

    @property
    def who(self):
        """The person, or the name that a year file told."""
        return self.author or self.author_name

    @property
    def is_resolved(self):
        return self.resolved_at is not None


class PlanCommentQuerySet(SchoolScopedQuerySet):
    school_path = "plan__school"


class PlanComment(Comment):
    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="comments")

    objects = PlanCommentQuerySet.as_manager()

    class Meta(Comment.Meta):
        verbose_name = verbose_name_plural = "góp ý cho kế hoạch"
        indexes = [models.Index(fields=["plan", "table", "line_id"])]


class PlanReading(models.Model):
    """That a person opened a plan with these contents: nobody approves in bulk what they
    have not seen. `content_digest` is what `plans.sign_off` computes."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content_digest = models.CharField(max_length=64)
    at = models.DateTimeField("lúc", auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "user"], name="one_reading_per_plan_and_person"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.plan}"
