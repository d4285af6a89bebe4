"""Who was there, and what was found for each row of the plan."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.enums import Duty, Result, Side
from inspections.models.inspection import Inspection
from plans.models import ActionRow


class Attendee(models.Model):
    """One person of the team or of the school, as the record names them. `user` is set
    for a member of the team who works in the application."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="attendees")
    side = models.CharField("phía", max_length=6, choices=Side)
    position = models.PositiveSmallIntegerField("thứ tự")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspection_duties",
    )
    name = models.CharField("họ và tên", max_length=150, blank=True)
    job = models.CharField("chức vụ, đơn vị công tác", max_length=200, blank=True)
    duty = models.CharField(
        "nhiệm vụ", max_length=9, choices=Duty, default=Duty.MEMBER, blank=True
    )
    is_present = models.BooleanField("có mặt", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "thành phần"
        ordering = ["inspection_id", "-side", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "user"],
                condition=Q(user__isnull=False),
                name="one_place_per_person_in_an_inspection",
                violation_error_message="Người này đã có trong thành phần.",
            ),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(side="team", duty="leader"),
                name="one_leader_per_inspection",
                violation_error_message="Đoàn kiểm tra chỉ có một trưởng đoàn.",
            ),
        ]

    def __str__(self):
        return self.name


class Finding(models.Model):
    """What the team found for one row of the plan. The row's texts are those of the plan;
    `place` and `content` keep them in words should the row go."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings")
    row = models.ForeignKey(
        ActionRow, models.SET_NULL, null=True, related_name="findings"
    )
    position = models.PositiveIntegerField("thứ tự")
    place = models.CharField("tiêu chí", max_length=300, blank=True)
    content = models.TextField("nội dung kế hoạch", blank=True)
    result = models.CharField("kết quả", max_length=9, choices=Result, blank=True)
    remark = models.TextField("nhận xét", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "kết quả kiểm tra từng nội dung"
        ordering = ["inspection_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "row"], name="one_finding_per_row"
            )
        ]

    def __str__(self):
        return self.place or f"Nội dung {self.position}"
