from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from qualityplan.folding import FoldedField
from schools.enums import OFFICE_ROLES, SCHOOL_ROLES, Role
from schools.models.authority import Authority, ends_after_start
from schools.models.school import School
from schools.scoping import DatedQuerySet


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        fields |= {"is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


@dataclass(frozen=True)
class Standing:
    """What a person holds today: roles by school, roles by authority. `authority_ids`
    contains the branches below each authority as well, to look at."""

    memberships: tuple["Membership", ...]
    roles_at_school: dict[int, frozenset[str]]
    roles_at_authority: dict[int, frozenset[str]]

    @property
    def school_ids(self):
        return list(self.roles_at_school)

    @property
    def authority_ids(self):
        return list(self.roles_at_authority)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. What they may do depends on their memberships alone;
    `is_superuser` is the system administrator, who acts in nobody's name."""

    email = models.EmailField("e-mail", unique=True)
    full_name = models.CharField("họ và tên", max_length=100)
    search_name = FoldedField("tên để tìm", of="full_name")
    is_active = models.BooleanField("được đăng nhập", default=True)
    is_staff = models.BooleanField("vào được trang quản trị", default=False)
    gets_deed_mails = models.BooleanField(
        "nhận thư khi hồ sơ được trình, trả lại, duyệt, góp ý", default=True
    )
    gets_deadline_mails = models.BooleanField("nhận thư nhắc hạn", default=True)
    gets_digest_mails = models.BooleanField("nhận thư tổng hợp hằng tuần", default=True)
    created_at = models.DateTimeField("lập lúc", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = verbose_name_plural = "người dùng"
        ordering = ["full_name"]

    def __str__(self):
        return self.full_name or self.email

    def clean(self):
        """One mailbox, one account: an e-mail is stored in small letters everywhere."""
        super().clean()
        self.email = type(self).objects.normalize_email(self.email).lower()

    def get_full_name(self):
        return self.full_name

    @cached_property
    def standing(self):
        """This person's `Standing` today: two queries at most, once a request."""
        at_school, at_authority = {}, {}
        memberships = self.memberships.on(timezone.localdate())
        memberships = tuple(memberships.select_related("school", "authority"))
        for held in memberships:
            roles, key = (
                (at_school, held.school_id)
                if held.school_id
                else (at_authority, held.authority_id)
            )
            roles.setdefault(key, set()).add(held.role)
        if at_authority:
            _spread_to_branches(at_authority)
        return Standing(
            memberships,
            {key: frozenset(roles) for key, roles in at_school.items()},
            {key: frozenset(roles) for key, roles in at_authority.items()},
        )


def _spread_to_branches(roles):
    """Let whoever holds a role at an authority look at its branches: a province sees
    its communes, but does not act in their place. `roles` maps authority to roles."""
    below = {}
    for pk, parent in Authority.objects.values_list("pk", "parent"):
        below.setdefault(parent, []).append(pk)
    open_ids, seen = list(roles), set()
    while open_ids:
        for pk in below.get(open_ids.pop(), ()):
            if pk not in seen:
                seen.add(pk)
                roles.setdefault(pk, set()).add(Role.OFFICE_VIEWER)
                open_ids.append(pk)


# One place, and a role that there is at such a place.
ROLE_FITS_PLACE = Q(
    school__isnull=False, authority__isnull=True, role__in=sorted(SCHOOL_ROLES)
) | Q(school__isnull=True, authority__isnull=False, role__in=sorted(OFFICE_ROLES))


class Membership(models.Model):
    """A role at one school or at one authority, from one day to another."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name="người dùng"
    )
    school = models.ForeignKey(
        School,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="trường",
    )
    authority = models.ForeignKey(
        Authority,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="cơ quan",
    )
    role = models.CharField("vai trò", max_length=20, choices=Role)
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "vai trò"
        constraints = [
            models.CheckConstraint(
                condition=ROLE_FITS_PLACE,
                name="membership_role_fits_place",
                violation_error_message="Chọn đúng một nơi: vai trò của trường đi với "
                "một trường, vai trò của cơ quan đi với một cơ quan.",
            ),
            ends_after_start("membership_ends_after_start"),
        ]

    def __str__(self):
        return (
            f"{self.user}: {self.get_role_display()} – {self.school or self.authority}"
        )
