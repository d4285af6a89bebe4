"""What the pages of the overview share: who may look, tabs and filters, workbooks."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from qualityplan.downloads import attachment
from qualityplan.frame import chosen_school_year
from reports.overview.scope import LEVELS, OVERDUE, STATES
from reports.overview.workbook import write_table
from reports.views.documents import CONTENT_TYPES

PAGE_SIZE = 50
TABS = (
    ("reports:overview", "Các trường"),
    ("reports:overview-heat", "Theo tiêu chí"),
    ("reports:overview-standards", "Theo tiêu chuẩn"),
    ("reports:overview-years", "Qua các năm học"),
)


class KnownPaginator(Paginator):
    """Pages of a list whose length has been counted already."""

    def __init__(self, length):
        super().__init__(range(length), PAGE_SIZE)


def chosen_year(request):
    """The chosen school year; 403 for people of no office. None while there is none."""
    user = request.user
    if not (user.standing.roles_at_authority or user.is_superuser):
        raise PermissionDenied
    return chosen_school_year(request)


def page_frame(request, year, filters, held):
    """What all pages of the overview share."""
    plain = filters.without_state()
    named = sorted((o for o in held.values() if o.pk), key=lambda office: office.name)
    return {
        "school_year": year,
        "filters": filters,
        "query": filters.query(),
        "offices": named,
        "levels": LEVELS.items(),
        "tabs": [
            (f"{reverse(name)}{plain.query()}", label, request.path == reverse(name))
            for name, label in TABS
        ],
    }


def no_year(request):
    return render(request, "reports/overview/no_year.html")


def year_or_404(request):
    year = chosen_year(request)
    if year is None:
        raise Http404
    return year


def workbook(title, columns, rows, filters, held, *more):
    """The answer with a table as a workbook; what it is about stands on a second sheet."""
    office = held.get(filters.office)
    state = "Quá hạn" if filters.state == OVERDUE else STATES.get(filters.state)
    facts = (
        ("Bảng", title),
        ("Năm học", filters.year),
        *more,
        ("Cơ quan quản lý", office.name if office and office.pk else "Tất cả"),
        ("Cấp học", LEVELS.get(filters.level, "Tất cả")),
        ("Trạng thái", state or "Tất cả"),
        ("Tên trường có", filters.text or "–"),
        ("Lập lúc", f"{timezone.localtime():%H:%M ngày %d/%m/%Y}"),
    )
    content = write_table(title, columns, rows, facts)
    name = f"Tổng quan {filters.year} - {title}.xlsx"
    headers = {"Content-Disposition": attachment(name)}
    return HttpResponse(content, content_type=CONTENT_TYPES["xlsx"], headers=headers)
