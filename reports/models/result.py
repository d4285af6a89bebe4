"""Báo cáo kết quả thực hiện kế hoạch cải tiến chất lượng giáo dục."""

from django.db import models
from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from criteria.models import Circular, Criterion, Standard
from plans.enums import Grouping
from plans.layouts import layout_for
from plans.models import ActionRow, ImprovementPlan
from plans.models.official import OfficialText
from reports.enums import (
    OPEN_STATUSES,
    DocumentKind,
    Period,
    ReportForm,
    ReportStatus,
)
from schools.models import EducationLevel, School, SchoolYear, Supervision
from schools.scoping import SchoolScopedQuerySet


class ResultReportQuerySet(SchoolScopedQuerySet):
    def with_row_count(self):
        return self.annotate(row_count=Count("rows"))

    def with_header(self):
        """With all that a permission check and a letterhead read, in few queries."""
        supervisions = Supervision.objects.select_related("authority")
        return self.select_related(
            "school", "school_year", "circular", "plan__school_year", "plan__circular"
        ).prefetch_related(
            Prefetch("school__supervisions", supervisions), "school__education_levels"
        )


class ResultReport(OfficialText):
    """What came of a school's plan in a period. The plan may be unknown here: a report
    loaded from a file stands for itself.

    The header fields (`superior_line` … `symbol`) are empty while the report is a draft,
    as those of a plan are. `remarks` are paragraphs below the table; `remarks_source` is
    the text they were prefilled with."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="result_reports", verbose_name="trường"
    )
    school_year = models.ForeignKey(
        SchoolYear,
        models.PROTECT,
        related_name="result_reports",
        verbose_name="năm học",
    )
    circular = models.ForeignKey(
        Circular,
        models.PROTECT,
        related_name="result_reports",
        verbose_name="thông tư",
    )
    plan = models.ForeignKey(
        ImprovementPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="result_reports",
        verbose_name="kế hoạch",
    )
    period = models.CharField(
        "kỳ báo cáo", max_length=10, choices=Period, default=Period.YEAR
    )
    status = models.CharField(
        "trạng thái", max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    form = models.CharField(
        "cách trình bày",
        max_length=11,
        choices=ReportForm,
        default=ReportForm.STAND_ALONE,
    )
    grouping = models.CharField(
        "cách xếp nội dung",
        max_length=14,
        choices=Grouping,
        default=Grouping.LEVEL_FIRST,
    )

    document_type = models.CharField(
        "loại văn bản",
        max_length=2,
        choices=DocumentKind,
        default=DocumentKind.REPORT,
    )
    addressees = models.TextField("kính gửi", blank=True)
    sections = models.JSONField("các mục", default=list, blank=True)
    remarks = models.TextField("nhận xét chung", blank=True)
    remarks_source = models.TextField(blank=True)

    objects = ResultReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "báo cáo kết quả"
        ordering = ["-school_year__first_year", "school__name", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year", "period"],
                name="one_result_report_per_period",
                violation_error_message="Trường đã có báo cáo kết quả của kỳ này.",
            ),
            # An annex goes under the number of its plan.
            models.CheckConstraint(
                condition=~Q(status="issued")
                | Q(issued_on__isnull=False)
                & (Q(number__isnull=False) | Q(form="annex")),
                name="issued_report_has_number_and_date",
            ),
        ]

    def __str__(self):
        period = "" if self.period == Period.YEAR else f" {self.get_period_display()}"
        return f"{self.school} {self.school_year}{period}"

    def get_absolute_url(self):
        return reverse("reports:result", args=[self.pk])

    @property
    def layout(self):
        return layout_for(self.circular)

    # The form of the result is the same for both generations.
    groups_by_standard = True

    @property
    def is_open(self):
        """Whether its texts may still change."""
        return self.status in OPEN_STATUSES

    @property
    def is_annex(self):
        return self.form == ReportForm.ANNEX

    @property
    def period_name(self):
        """The period within a sentence: "năm học 2024-2025"."""
        semester = "" if self.period == Period.YEAR else "học kỳ I "
        return f"{semester}năm học {self.school_year}"


class ResultRow(models.Model):
    """One line of the result table. `sources` maps a cell to the text it was prefilled
    with; `source_key` is the plan's line, and stays when that line is gone."""

    report = models.ForeignKey(ResultReport, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField("thứ tự")
    source_row = models.ForeignKey(
        ActionRow,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="result_rows",
        verbose_name="dòng kế hoạch",
    )
    source_key = models.PositiveBigIntegerField(null=True, blank=True)
    sources = models.JSONField(default=dict, blank=True)
    standard = models.ForeignKey(
        Standard, models.PROTECT, null=True, blank=True, verbose_name="tiêu chuẩn"
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, verbose_name="tiêu chí"
    )
    education_level = models.ForeignKey(
        EducationLevel, models.PROTECT, null=True, blank=True, verbose_name="cấp học"
    )
    level = models.CharField("mức", max_length=10, blank=True)
    criterion_title = models.CharField("tên tiêu chí", max_length=300, blank=True)
    is_late = models.BooleanField("chậm so với kế hoạch", default=False)

    planned = models.TextField("xây dựng đầu năm", blank=True)
    adjusted = models.TextField("đã được điều chỉnh", blank=True)
    done = models.TextField("đã triển khai xong", blank=True)
    in_progress = models.TextField("đang triển khai hoặc chậm", blank=True)
    not_done = models.TextField("chưa triển khai", blank=True)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "dòng báo cáo"
        ordering = ["report_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "source_key"], name="one_result_per_plan_row"
            )
        ]

    def __str__(self):
        code = self.criterion.code if self.criterion else ""
        return f"{code} {self.planned}".strip()[:60] or f"Dòng {self.pk}"
