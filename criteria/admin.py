"""The catalogues, to look at. They change by `manage.py load_catalogue` alone."""

from django.contrib import admin

from criteria.models import (
    Circular,
    Criterion,
    Crosswalk,
    LevelFourClause,
    Requirement,
    Standard,
)
from qualityplan.text import fold


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Circular)
class CircularAdmin(ReadOnlyAdmin):
    list_display = ["number", "annex", "short", "effective_from", "effective_to"]
    search_fields = ["number", "short", "title"]


@admin.register(Standard)
class StandardAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "circular"]
    list_filter = ["circular"]
    list_select_related = ["circular"]
    search_fields = ["title"]


@admin.register(Criterion)
class CriterionAdmin(ReadOnlyAdmin):
    list_display = ["code", "title", "standard", "is_mandatory"]
    list_filter = ["standard__circular", "is_mandatory"]
    list_select_related = ["standard"]
    search_fields = ["search_text"]
    search_help_text = "Mã, tên hoặc nội dung; có dấu hay không dấu đều được."

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))


@admin.register(Requirement)
class RequirementAdmin(ReadOnlyAdmin):
    list_display = ["criterion", "level", "point", "reference", "repealed_on"]
    list_filter = ["criterion__standard__circular", "level", "confidence"]
    list_select_related = ["criterion"]
    search_fields = ["summary", "reference", "criterion__code"]


@admin.register(LevelFourClause)
class LevelFourClauseAdmin(ReadOnlyAdmin):
    list_display = ["circular", "number", "reference"]
    list_filter = ["circular"]
    list_select_related = ["circular"]
    search_fields = ["summary", "reference"]


@admin.register(Crosswalk)
class CrosswalkAdmin(ReadOnlyAdmin):
    list_display = ["criterion", "strength", "note"]
    list_filter = ["criterion__standard__circular", "strength"]
    list_select_related = ["criterion"]
    search_fields = ["note", "criterion__code", "criterion__search_text"]
