"""Inspections, to look at. They are written on their own pages alone."""

from django.contrib import admin

from criteria.admin import ReadOnlyAdmin
from inspections.models import Inspection, InspectionRound


@admin.register(InspectionRound)
class InspectionRoundAdmin(ReadOnlyAdmin):
    list_display = ["title", "authority", "school_year", "starts_on", "ends_on"]
    list_filter = ["school_year"]
    list_select_related = ["authority", "school_year"]
    search_fields = ["title"]


@admin.register(Inspection)
class InspectionAdmin(ReadOnlyAdmin):
    list_display = ["school", "school_year", "authority", "status", "planned_on"]
    list_filter = ["school_year", "status"]
    list_select_related = ["school", "school_year", "authority"]
    search_fields = ["school__name"]
