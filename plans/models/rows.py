from django.db import models

from criteria.models import Criterion, Standard
from plans.enums import Progress
from plans.models.plan import ImprovementPlan
from schools.models import EducationLevel


class PlanLine(models.Model):
    """What the three tables of a plan share: a place in the plan's own order. Each
    names its own `plan`, under the name of its table."""

    position = models.PositiveIntegerField("thứ tự")

    class Meta:
        abstract = True
        ordering = ["plan_id", "position", "pk"]


class CriterionLine(PlanLine):
    """A line that belongs to a standard and, where the form asks for it, a criterion;
    in a school of several levels, to one level of schooling (57/2026 Điều 10.5)."""

    standard = models.ForeignKey(
        Standard, models.PROTECT, null=True, blank=True, verbose_name="tiêu chuẩn"
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, verbose_name="tiêu chí"
    )
    education_level = models.ForeignKey(
        EducationLevel, models.PROTECT, null=True, blank=True, verbose_name="cấp học"
    )

    class Meta(PlanLine.Meta):
        abstract = True


class FocusIssue(CriterionLine):
    """Vấn đề trọng tâm: a line of table IV of Mẫu số 2."""

    plan = models.ForeignKey(
        ImprovementPlan, models.CASCADE, related_name="focus_issues"
    )
    source_review = models.ForeignKey(
        "plans.CriterionReview",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="focus_issues",
        verbose_name="hạn chế đã nêu khi tự đánh giá",
    )
    current_state = models.TextField("đánh giá hiện trạng", blank=True)
    limitation = models.TextField("điểm hạn chế", blank=True)
    cause = models.TextField("nguyên nhân của hạn chế", blank=True)

    class Meta(CriterionLine.Meta):
        verbose_name = verbose_name_plural = "vấn đề trọng tâm"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "source_review"], name="one_issue_per_limitation"
            )
        ]

    def __str__(self):
        return self.limitation[:60] or f"Vấn đề {self.pk}"


class ActionRow(CriterionLine):
    """Dòng kế hoạch: the union of both generations' columns; the layout says which of
    them are shown and how they are called."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="rows")
    focus_issue = models.ForeignKey(
        FocusIssue,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="rows",
        verbose_name="vấn đề trọng tâm",
    )
    # What the row came from: the limitation a self-assessment found, last year's row.
    source_review = models.ForeignKey(
        "plans.CriterionReview",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="rows",
        verbose_name="hạn chế đã nêu khi tự đánh giá",
    )
    carried_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name="chuyển từ năm trước",
    )
    level = models.CharField("mức", max_length=10, blank=True)
    criterion_title = models.CharField("tên tiêu chí", max_length=300, blank=True)

    content = models.TextField("nội dung cải tiến", blank=True)
    goal = models.TextField("kết quả, mục tiêu", blank=True)
    actions = models.TextField("công việc, giải pháp", blank=True)
    indicator = models.TextField("chỉ số đánh giá kết quả", blank=True)
    responsible = models.TextField("người phụ trách", blank=True)
    schedule = models.TextField("thời gian", blank=True)
    budget = models.TextField("dự kiến kinh phí", blank=True)
    support = models.TextField("điều kiện hỗ trợ khác", blank=True)
    resources = models.TextField("nguồn lực bảo đảm", blank=True)
    expected_evidence = models.TextField("minh chứng dự kiến", blank=True)
    progress = models.CharField(
        "mức độ thực hiện", max_length=12, choices=Progress, blank=True
    )
    note = models.TextField("ghi chú", blank=True)

    class Meta(CriterionLine.Meta):
        verbose_name = verbose_name_plural = "dòng kế hoạch"
        # Progress counted over all schools of an office reads nothing but this.
        indexes = [
            models.Index(
                fields=["plan", "progress", "standard"], name="row_progress_of_plan"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "source_review"], name="one_row_per_limitation"
            ),
            models.UniqueConstraint(
                fields=["plan", "carried_from"], name="one_row_per_carried_row"
            ),
        ]

    def __str__(self):
        code = self.criterion.code if self.criterion else ""
        return f"{code} {self.content or self.goal}".strip()[:60] or f"Dòng {self.pk}"


class Monitoring(PlanLine):
    """A review of the plan's progress: a line of table VI of Mẫu số 2."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="monitoring")
    time = models.CharField("thời điểm", max_length=200, blank=True)
    content = models.TextField("nội dung theo dõi", blank=True)
    result = models.TextField("kết quả thực hiện", blank=True)
    adjustment = models.TextField("điều chỉnh (nếu có)", blank=True)
    assessor = models.CharField("người đánh giá", max_length=300, blank=True)

    class Meta(PlanLine.Meta):
        verbose_name = verbose_name_plural = "lần theo dõi"

    def __str__(self):
        return self.time or f"Lần theo dõi {self.pk}"
