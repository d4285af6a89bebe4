"""How a person gets an account: by an invitation that works once."""

from django.conf import settings
from django.db import models

from schools.enums import Role
from schools.models.authority import Authority
from schools.models.people import ROLE_FITS_PLACE
from schools.models.school import School


class Invitation(models.Model):
    """An open door for one person to one role. Only the digest (SHA-256) of its secret is
    stored; the link itself is shown or mailed once."""

    email = models.EmailField("e-mail")
    full_name = models.CharField("họ và tên", max_length=100)
    role = models.CharField("vai trò", max_length=20, choices=Role)
    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    authority = models.ForeignKey(
        Authority, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    ends_on = models.DateField("vai trò đến hết ngày", null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("đã dùng lúc", null=True, blank=True)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "lời mời"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=ROLE_FITS_PLACE, name="invitation_role_fits_place"
            )
        ]

    def __str__(self):
        return f"{self.email}: {self.get_role_display()}"
