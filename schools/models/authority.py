from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from schools.enums import AuthorityKind, NumberSeries, ReviewMode
from schools.models.school import School, symbol_validator
from schools.models.school_year import SchoolYear
from schools.scoping import DatedQuerySet, SchoolScopedQuerySet


def ends_after_start(name):
    return models.CheckConstraint(
        condition=Q(starts_on__isnull=True)
        | Q(ends_on__isnull=True)
        | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
    )


class AuthorityQuerySet(DatedQuerySet):
    def for_user(self, user):
        """The authorities where `user` holds a role, with all their branches."""
        if user.is_superuser:
            return self
        return self.filter(pk__in=user.standing.authority_ids)


class Authority(models.Model):
    """Cơ quan quản lý: a people's committee together with the office that does its work
    in education. Districts ended on 30/06/2025."""

    name = models.CharField("tên", max_length=200, unique=True)
    kind = models.CharField("cấp", max_length=10, choices=AuthorityKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name="cơ quan cấp trên",
    )
    header_line = models.CharField(
        "dòng cơ quan chủ quản trên văn bản của trường",
        max_length=200,
        help_text="Chữ in hoa, ví dụ: ỦY BAN NHÂN DÂN PHƯỜNG AN PHƯỚC.",
    )
    office_name = models.CharField("tên phòng chuyên môn", max_length=200, blank=True)
    place = models.CharField("địa danh", max_length=100, blank=True)
    symbol = models.CharField(
        "ký hiệu trên văn bản",
        max_length=15,
        blank=True,
        validators=[symbol_validator],
        help_text="Phần chữ viết tắt trong số, ký hiệu, ví dụ: VHXH trong "
        "“Số: 05/BB-VHXH”.",
    )
    number_series = models.CharField(
        "cách đánh số văn bản",
        max_length=8,
        choices=NumberSeries,
        default=NumberSeries.PER_TYPE,
    )
    prints_check_mark = models.BooleanField(
        "in mã tra cứu trên văn bản",
        default=True,
        help_text="Mã và hình QR nhỏ ở chân văn bản, để người nhận đối chiếu với bản đã "
        "ban hành. Áp dụng cho văn bản của phòng và của các trường trực thuộc.",
    )
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "cơ quan quản lý"
        ordering = ["name"]
        constraints = [ends_after_start("authority_ends_after_start")]

    def __str__(self):
        return self.office_name or self.name

    def clean(self):
        seen, above = {self.pk}, self.parent
        while above is not None:
            if above.pk in seen:
                raise ValidationError(
                    {
                        "parent": "Cơ quan cấp trên không được nằm dưới chính cơ quan này."
                    }
                )
            seen.add(above.pk)
            above = above.parent


class SupervisionQuerySet(DatedQuerySet, SchoolScopedQuerySet):
    pass


class Supervision(models.Model):
    """Which office a school stands under from one day to another, and the header lines
    its papers carry in that time. A document of 2023 keeps the district's line."""

    school = models.ForeignKey(
        School, models.CASCADE, related_name="supervisions", verbose_name="trường"
    )
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="supervisions", verbose_name="cơ quan"
    )
    superior_line = models.CharField(
        "dòng cơ quan chủ quản",
        max_length=200,
        blank=True,
        help_text="Để trống thì lấy theo cơ quan.",
    )
    issuer_line = models.CharField(
        "dòng tên trường",
        max_length=200,
        blank=True,
        help_text="Để trống thì lấy tên trường, viết in hoa.",
    )
    place = models.CharField(
        "địa danh", max_length=100, blank=True, help_text="Để trống thì lấy của trường."
    )
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "trực thuộc"
        ordering = ["school", "starts_on"]
        constraints = [ends_after_start("supervision_ends_after_start")]

    def __str__(self):
        return f"{self.school} – {self.authority}"

    def covers(self, day):
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )

    def overlapping(self):
        """Other supervisions of the same school that share a day with this one."""
        others = Supervision.objects.filter(school=self.school).exclude(pk=self.pk)
        if self.starts_on:
            others = others.filter(
                Q(ends_on__isnull=True) | Q(ends_on__gte=self.starts_on)
            )
        if self.ends_on:
            others = others.filter(
                Q(starts_on__isnull=True) | Q(starts_on__lte=self.ends_on)
            )
        return others

    def clean(self):
        if self.school_id and self.overlapping().exists():
            raise ValidationError(
                "Trường đã có cơ quan quản lý khác trong khoảng thời gian này; hãy sửa "
                "ngày để hai khoảng không chồng lên nhau."
            )


class ReviewSetting(models.Model):
    """What an office decides for a school year: who approves plans and result reports,
    and by which days they are due. Without a row: plans by the office until 2025-2026, by
    the head of school since (57/2026 Điều 10.1); reports by the head of school; the days
    of `plans.deadlines`."""

    authority = models.ForeignKey(
        Authority, models.CASCADE, related_name="review_settings"
    )
    school_year = models.ForeignKey(SchoolYear, models.CASCADE, verbose_name="năm học")
    mode = models.CharField("cách duyệt kế hoạch", max_length=10, choices=ReviewMode)
    report_mode = models.CharField(
        "cách duyệt báo cáo kết quả",
        max_length=10,
        choices=ReviewMode,
        default=ReviewMode.SCHOOL,
    )
    plan_due_on = models.DateField("hạn nộp kế hoạch", null=True, blank=True)
    midyear_due_on = models.DateField("hạn đánh giá học kỳ I", null=True, blank=True)
    result_due_on = models.DateField("hạn nộp báo cáo kết quả", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "quy định của năm học"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "school_year"], name="one_review_setting_per_year"
            )
        ]

    def __str__(self):
        return f"{self.authority} {self.school_year}: {self.get_mode_display()}"
