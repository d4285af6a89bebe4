"""What an office sees of all its schools: the list, and the years. Only for people of
offices; a school is never shown beside others to itself."""

from django.shortcuts import render

from qualityplan.frame import school_years
from reports.overview import drawing, tables, years
from reports.overview.schools import Overview
from reports.overview.scope import STATES, Filters, narrowed, office_schools, offices
from reports.views.overview_frame import (
    PAGE_SIZE,
    KnownPaginator,
    chosen_year,
    no_year,
    page_frame,
    workbook,
    year_or_404,
)


def overview(request):
    """Every school's state in the year, 50 a page, with the number in each state."""
    year = chosen_year(request)
    if year is None:
        return no_year(request)
    found = Overview(request.user, year, Filters.of(request.GET, year))
    page = KnownPaginator(found.count).get_page(request.GET.get("page"))
    first = (page.number - 1) * PAGE_SIZE
    context = {
        **page_frame(request, year, found.filters, found.offices),
        "counts": found.counts,
        "total": found.total,
        "rows": found.rows(first, first + PAGE_SIZE) if found.count else [],
        "page_obj": page,
    }
    return render(request, "reports/overview/schools.html", context)


def overview_download(request):
    year = year_or_404(request)
    found = Overview(request.user, year, Filters.of(request.GET, year))
    return workbook(
        "Các trường",
        tables.SCHOOL_COLUMNS,
        tables.school_rows(found.rows()),
        found.filters,
        found.offices,
    )


def overview_years(request):
    """The last school years beside each other."""
    year = chosen_year(request)
    if year is None:
        return no_year(request)
    filters, columns = _years(request, year)
    context = {
        **page_frame(request, year, filters, offices(request.user, year)),
        "columns": columns,
        "states": STATES.values(),
        "states_chart": drawing.states_chart(columns),
        "rows_chart": drawing.rows_chart(columns),
    }
    return render(request, "reports/overview/years.html", context)


def _years(request, year):
    """The filters, and the columns of the years that end with the chosen one."""
    filters = Filters.of(request.GET, year).without_state()
    schools = narrowed(office_schools(request.user, year), filters)
    known = [y for y in school_years(request) if y.first_year <= year.first_year]
    return filters, years.year_columns(schools, known[: years.MOST_YEARS])


def overview_years_download(request):
    year = year_or_404(request)
    filters, columns = _years(request, year)
    return workbook(
        "Qua các năm học",
        tables.YEAR_COLUMNS,
        tables.year_rows(columns),
        filters,
        offices(request.user, year),
    )
