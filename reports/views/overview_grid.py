"""The grid of schools and criteria, what stands behind a cell of it, and the standards."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from criteria.models import Criterion
from plans.enums import ISSUED_STATUSES
from plans.models import Assessment, ImprovementPlan
from plans.tallies import total
from reports.overview import circulars, drawing, heat, standards, tables
from reports.overview.drilling import criterion_rows, reviews_of
from reports.overview.scope import (
    STATES,
    Filters,
    in_state,
    narrowed,
    number,
    office_schools,
    offices,
)
from reports.views.overview_frame import (
    PAGE_SIZE,
    KnownPaginator,
    chosen_year,
    no_year,
    page_frame,
    workbook,
    year_or_404,
)
from schools.models import School

# Of plans that are not issued the standards count nothing.
_ISSUED_STATES = {key: STATES[key] for key in STATES if key in ISSUED_STATUSES}


class _Grid:
    """The schools of one circular, as the grid and the standards read them, in any state
    or in one of `states`."""

    def __init__(self, request, year, states=STATES):
        self.year, self.states = year, states
        self.filters = Filters.of(request.GET, year).within(states)
        self.offices = offices(request.user, year)
        schools = narrowed(office_schools(request.user, year), self.filters)
        self.all_schools = in_state(schools, self.filters.state)
        schools = circulars.with_circular(self.all_schools, year)
        self.choices = circulars.choices(schools, year)
        asked = number(request.GET.get("thongtu", ""))
        self.choice = circulars.chosen(self.choices, asked)
        # Where all follow one circular, nothing is left to ask of each.
        self.schools = schools
        if len(self.choices) > 1:
            self.schools = schools.filter(self.choice.condition())

    @property
    def circular(self):
        return self.choice.circular

    def context(self, request):
        return {
            **page_frame(request, self.year, self.filters, self.offices),
            "plan_states": self.states.items(),
            "choices": self.choices,
            "choice": self.choice,
        }


def _kind(request):
    asked = request.GET.get("xem", "")
    return asked if asked in heat.KINDS else heat.LEVEL


def overview_heat(request):
    """Schools and criteria of one circular; three things to look at."""
    year = chosen_year(request)
    if year is None:
        return no_year(request)
    grid, kind = _Grid(request, year), _kind(request)
    context = {**grid.context(request), "kind": kind, "kind_name": heat.KINDS[kind]}
    if grid.choice is not None:
        context |= _grid_page(request, grid, kind)
    return render(request, "reports/overview/heat.html", context)


def _grid_page(request, grid, kind):
    page = KnownPaginator(grid.choice.count).get_page(request.GET.get("page"))
    first = (page.number - 1) * PAGE_SIZE
    criteria = heat.criteria_of(grid.circular)
    schools = heat.grid_schools(grid.schools, first, first + PAGE_SIZE)
    pk = grid.circular.pk
    return {
        "kinds": [
            (grid.filters.query(thongtu=pk, xem=key), label, key == kind)
            for key, label in heat.KINDS.items()
        ],
        "query": grid.filters.query(thongtu=pk, xem=kind),
        "year_query": f"?nam={grid.year.name}",
        "criteria": criteria,
        "rows": heat.grid_rows(kind, schools, criteria, grid.circular, grid.year),
        "page_obj": page,
    }


def overview_heat_download(request):
    grid, kind = _Grid(request, year_or_404(request)), _kind(request)
    if grid.choice is None:
        raise Http404
    criteria = heat.criteria_of(grid.circular)
    return workbook(
        heat.KINDS[kind],
        tables.heat_columns(criteria),
        tables.heat_rows(kind, grid.schools, criteria, grid.circular, grid.year),
        grid.filters,
        grid.offices,
        ("Thông tư", str(grid.circular)),
    )


def overview_criterion(request, school_pk, criterion_pk):
    """What a cell of the grid was counted from: a school's rows and what it found."""
    user = request.user
    # A stranger learns nothing of the school; its own people are told that they may not.
    get_object_or_404(School.objects.for_user(user), pk=school_pk)
    year = year_or_404(request)
    school = get_object_or_404(office_schools(user, year), pk=school_pk)
    criteria = Criterion.objects.select_related("standard__circular")
    criterion = get_object_or_404(criteria, pk=criterion_pk)
    plan = ImprovementPlan.objects.for_user(user).filter(
        school=school, school_year=year
    )
    assessment = Assessment.objects.for_user(user).filter(
        school=school, school_year=year
    )
    circular = criterion.standard.circular
    back = Filters(year=year.name).query(thongtu=circular.pk)
    context = {
        "school_year": year,
        "school": school,
        "criterion": criterion,
        "plan": plan.select_related("circular").first(),
        "rows": criterion_rows(plan, criterion, year),
        "reviews": reviews_of(assessment, criterion, circular, year),
        "back": f"{reverse('reports:overview-heat')}{back}",
    }
    return render(request, "reports/overview/criterion.html", context)


def overview_standards(request):
    """Progress by standard over all schools of one circular."""
    year = chosen_year(request)
    if year is None:
        return no_year(request)
    grid = _Grid(request, year, _ISSUED_STATES)
    context = grid.context(request)
    if grid.choice is not None:
        listed = standards.standard_tallies(grid.all_schools, grid.circular)
        tally = total(listed)
        context |= {
            "query": grid.filters.query(thongtu=grid.circular.pk),
            "rows": [(tables.standard_name(s), s.tally) for s in listed],
            "tally": tally,
            "chart": drawing.standards_chart(listed),
        }
    return render(request, "reports/overview/standards.html", context)


def overview_standards_download(request):
    grid = _Grid(request, year_or_404(request), _ISSUED_STATES)
    if grid.choice is None:
        raise Http404
    listed = standards.standard_tallies(grid.all_schools, grid.circular)
    return workbook(
        "Theo tiêu chuẩn",
        tables.standard_columns(total(listed)),
        tables.standard_rows(listed),
        grid.filters,
        grid.offices,
        ("Thông tư", str(grid.circular)),
    )
