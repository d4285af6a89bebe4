from django.core.validators import MinValueValidator
from django.db import models


class OfficialText(models.Model):
    """What every text that is issued under the school's name carries: words above and
    below its table, number and date, letterhead, signatures. The letterhead fields are
    empty while it is a draft: the school's record of the day applies. Issuing writes
    them down for good."""

    title = models.CharField("tên loại", max_length=100, blank=True)
    subject = models.TextField("trích yếu", blank=True)
    legal_bases = models.TextField("căn cứ", blank=True)
    introduction = models.TextField("lời dẫn", blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    closing_rows = models.TextField("dòng cuối bảng", blank=True)
    standard_titles = models.JSONField(default=dict, blank=True)
    annex_note = models.TextField("ghi chú kèm theo", blank=True)

    number = models.PositiveIntegerField(
        "số", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    superior_line = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    issuer_line = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    place = models.CharField("địa danh", max_length=100, blank=True)
    symbol = models.CharField("ký hiệu", max_length=15, blank=True)
    # Of each: capacity, name, and second_title where one stands above the name (S03).
    signatures = models.JSONField("người ký", default=list, blank=True)
    is_issued_outside = models.BooleanField("ban hành ngoài hệ thống", default=False)

    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        abstract = True
