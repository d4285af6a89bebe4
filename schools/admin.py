"""The structure for system administrators: who, where, under whom."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from schools.models import (
    Authority,
    Mail,
    Membership,
    ReviewSetting,
    School,
    SchoolYear,
    Supervision,
    User,
)
from schools.tasks import deliver_mails

MAIL_STATES = {"waiting": "Đang chờ", "failed": "Không gửi được", "sent": "Đã gửi"}

admin.site.site_header = admin.site.site_title = "Quản trị hệ thống"
admin.site.index_title = "Cơ cấu và tài khoản"
admin.site.unregister(Group)


class MembershipInline(admin.TabularInline):
    model = Membership
    autocomplete_fields = ["user", "school", "authority"]
    extra = 0


class SupervisionInline(admin.TabularInline):
    model = Supervision
    autocomplete_fields = ["school", "authority"]
    extra = 0


@admin.register(User)
class PersonAdmin(UserAdmin):
    ordering = ["full_name"]
    list_display = ["full_name", "email", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["full_name", "email"]
    filter_horizontal = []
    readonly_fields = ["last_login"]
    inlines = [MembershipInline]
    fieldsets = [
        (None, {"fields": ["email", "full_name", "password"]}),
        ("Quyền", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Thời điểm", {"fields": ["last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "full_name", "password1", "password2"]})
    ]


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin):
    list_display = ["name", "school_type", "place", "symbol", "is_active"]
    list_filter = ["education_levels", "school_type", "is_active"]
    search_fields = ["name"]
    inlines = [SupervisionInline, MembershipInline]


class ReviewSettingInline(admin.TabularInline):
    model = ReviewSetting
    extra = 0


@admin.register(Authority)
class AuthorityAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "parent", "starts_on", "ends_on"]
    list_filter = ["kind"]
    search_fields = ["name", "office_name"]
    autocomplete_fields = ["parent"]
    inlines = [ReviewSettingInline, MembershipInline]


admin.site.register(SchoolYear)


class MailStateFilter(admin.SimpleListFilter):
    title = "tình trạng"
    parameter_name = "tinh-trang"

    def lookups(self, request, model_admin):
        return MAIL_STATES.items()

    def queryset(self, request, queryset):
        if self.value() not in MAIL_STATES:
            return queryset
        is_unsent = self.value() != "sent"
        found = queryset.filter(sent_at__isnull=is_unsent)
        if not is_unsent:
            return found
        return found.filter(next_try_at__isnull=self.value() == "failed")


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):
    """The outbox, to look at: what waits, what failed and why. Mails are written by what
    happens; here they can only be sent again."""

    list_display = [
        "created_at",
        "to",
        "subject",
        "state",
        "attempts",
        "trouble",
    ]
    list_filter = [MailStateFilter]
    search_fields = ["recipient__email", "recipient__full_name", "subject"]
    list_select_related = ["recipient"]
    date_hierarchy = "created_at"
    actions = ["send_again"]

    @admin.display(description="người nhận", ordering="recipient__full_name")
    def to(self, mail):
        return mail.recipient

    @admin.display(description="tình trạng")
    def state(self, mail):
        return MAIL_STATES[mail.state]

    @admin.action(description="Gửi lại những thư chưa gửi được", permissions=["view"])
    def send_again(self, request, queryset):
        unsent = queryset.filter(sent_at__isnull=True)
        count = unsent.update(next_try_at=timezone.now())
        transaction.on_commit(deliver_mails.enqueue, robust=True)
        self.message_user(request, f"Sẽ gửi lại {count} thư.")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
