"""Sổ đăng ký văn bản đi: the numbers a body has given in a calendar year (Decree 30/2020
Điều 15, rules N01-N07)."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from reports.enums import EntryState
from reports.models.issued import IssuedDocument
from schools.models import Authority, School

_ONE_BODY = Q(school__isnull=False, authority__isnull=True) | Q(
    school__isnull=True, authority__isnull=False
)


class RegisterScopedQuerySet(models.QuerySet):
    def for_user(self, user):
        """The registers of schools and of offices that `user` may see."""
        schools = School.objects.for_user(user).values("pk")
        offices = Authority.objects.for_user(user).values("pk")
        return self.filter(Q(school__in=schools) | Q(authority__in=offices))


class NumberSeriesOfYear(models.Model):
    """What is locked while a number is given, so that numbers have neither gaps nor
    doubles: one row for each series of a body in a calendar year. `document_type` is empty
    where one series serves all types."""

    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="+"
    )
    authority = models.ForeignKey(
        Authority, models.CASCADE, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField("năm")
    document_type = models.CharField("loại văn bản", max_length=4, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_ONE_BODY, name="series_of_one_body"),
            models.UniqueConstraint(
                fields=["school", "year", "document_type"],
                condition=Q(school__isnull=False),
                name="one_series_per_school_year_and_type",
            ),
            models.UniqueConstraint(
                fields=["authority", "year", "document_type"],
                condition=Q(authority__isnull=False),
                name="one_series_per_office_year_and_type",
            ),
        ]

    def __str__(self):
        return f"{self.document_type or 'mọi loại'} {self.year}"


class RegisterEntry(models.Model):
    """One line of the register: a number, given once and never again. `series` is the
    document type whose series the number belongs to, empty for the common one.
    `is_paper` says that the number was given outside the application."""

    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="register"
    )
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="register"
    )
    year = models.PositiveSmallIntegerField("năm")
    series = models.CharField("dãy số", max_length=4, blank=True)
    number = models.PositiveIntegerField("số", validators=[MinValueValidator(1)])
    number_suffix = models.CharField("phần thêm vào số", max_length=3, blank=True)
    document_type = models.CharField("loại văn bản", max_length=4)
    symbol = models.CharField("ký hiệu", max_length=15, blank=True)
    dated = models.DateField("ngày tháng văn bản")
    subject = models.TextField("tên loại và trích yếu nội dung", blank=True)
    signer = models.CharField("người ký", max_length=150, blank=True)
    recipients = models.TextField("nơi nhận văn bản", blank=True)
    keeper = models.CharField("đơn vị, người nhận bản lưu", max_length=200, blank=True)
    copies = models.PositiveSmallIntegerField("số lượng bản", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    state = models.CharField(
        "tình trạng", max_length=9, choices=EntryState, default=EntryState.USED
    )
    reason = models.CharField("lý do thu hồi", max_length=300, blank=True)
    is_paper = models.BooleanField("đã cho số trên giấy", default=False)
    document = models.OneToOneField(
        IssuedDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="register_entry",
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = RegisterScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "sổ văn bản đi"
        ordering = ["-year", "series", "-number"]
        constraints = [
            models.CheckConstraint(condition=_ONE_BODY, name="entry_of_one_body"),
            models.UniqueConstraint(
                fields=["school", "year", "series", "number", "number_suffix"],
                condition=Q(school__isnull=False),
                name="one_number_per_school_year_and_series",
                violation_error_message="Số này đã có trong sổ.",
            ),
            models.UniqueConstraint(
                fields=["authority", "year", "series", "number", "number_suffix"],
                condition=Q(authority__isnull=False),
                name="one_number_per_office_year_and_series",
                violation_error_message="Số này đã có trong sổ.",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.WITHDRAWN) | ~Q(reason=""),
                name="withdrawn_entry_has_a_reason",
            ),
        ]

    def __str__(self):
        tail = f"-{self.symbol}" if self.symbol else ""
        return f"{self.number:02d}{self.number_suffix}/{self.document_type}{tail}"

    @property
    def body(self):
        """The school or the office whose register it is."""
        return self.school or self.authority
