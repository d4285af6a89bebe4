from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from qualityplan.folding import FoldedField
from schools.enums import LevelOfSchooling, NumberSeries, SchoolType
from schools.scoping import SchoolQuerySet

symbol_validator = RegexValidator(
    r"^[0-9A-ZÀ-ỸĐ&.\-]{1,15}$",
    "Ký hiệu viết bằng chữ in hoa hoặc chữ số, không có dấu cách, tối đa 15 ký tự "
    "(ví dụ: NSH, TH-AP).",
)


class EducationLevel(models.Model):
    """One level of schooling (cấp học), as a row so that schools and circulars can be
    joined on it."""

    code = models.CharField(
        "mã", max_length=20, primary_key=True, choices=LevelOfSchooling
    )

    class Meta:
        verbose_name = verbose_name_plural = "cấp học"

    def __str__(self):
        return self.get_code_display()


class School(models.Model):
    """Cơ sở giáo dục. Which office it stands under on which day is `Supervision`."""

    name = models.CharField("tên trường", max_length=200, unique=True)
    search_name = FoldedField("tên để tìm", of="name")
    education_levels = models.ManyToManyField(
        EducationLevel, related_name="schools", verbose_name="cấp học"
    )
    school_type = models.CharField(
        "loại hình", max_length=10, choices=SchoolType, default=SchoolType.PUBLIC
    )
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    place = models.CharField(
        "địa danh ghi trên văn bản",
        max_length=100,
        blank=True,
        help_text="Tên xã, phường nơi trường đóng, ví dụ: Phường An Phước "
        "(Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4).",
    )
    symbol = models.CharField(
        "ký hiệu trên văn bản",
        max_length=15,
        blank=True,
        validators=[symbol_validator],
        help_text="Phần chữ viết tắt tên trường trong số, ký hiệu, ví dụ: NSH trong "
        "“Số: 05/KH-NSH”.",
    )
    number_series = models.CharField(
        "cách đánh số văn bản",
        max_length=8,
        choices=NumberSeries,
        default=NumberSeries.PER_TYPE,
    )
    is_active = models.BooleanField("đang hoạt động", default=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "trường"
        verbose_name_plural = "trường"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("schools:detail", args=[self.pk])

    @property
    def level_codes(self):
        """Codes of the school's levels in the order of schooling."""
        held = {level.code for level in self.education_levels.all()}
        return [code for code in LevelOfSchooling.values if code in held]

    @property
    def level_key(self):
        """The one level a catalogue is chosen by: `multi_level` for several."""
        codes = self.level_codes
        if len(codes) > 1:
            return LevelOfSchooling.MULTI_LEVEL
        return LevelOfSchooling(codes[0]) if codes else None

    @property
    def head_title(self):
        """Who signs for it: a centre of continuing education has a director."""
        is_centre = self.level_codes == [LevelOfSchooling.CONTINUING]
        return "GIÁM ĐỐC" if is_centre else "HIỆU TRƯỞNG"

    def supervision_on(self, day):
        """The `Supervision` in force on `day`, or None. Reads what is prefetched as
        `supervisions`, so that lists stay at one query."""
        held = [s for s in self.supervisions.all() if s.covers(day)]
        return max(held, key=lambda s: s.starts_on or day.min, default=None)
