"""The structure for system administrators: who, where, under whom."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

from schools.models import (
    Authority,
    Membership,
    ReviewSetting,
    School,
    SchoolYear,
    Supervision,
    User,
)

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
