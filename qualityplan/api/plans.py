"""Plans, result reports and inspections: lists by school and year, and each one whole as
a `qualityplan/1` object (docs: the year file)."""

from django.shortcuts import get_object_or_404
from ninja import FilterSchema, Query, Router
from ninja.pagination import paginate

from inspections.models import Inspection
from plans.models import ImprovementPlan
from plans.yearfile.dumping import dump_plan
from qualityplan.api.paging import Pages
from qualityplan.api.shapes import InspectionOut, PlanOut, ResultOut
from reports.models import ResultReport
from reports.yearfile.dumping import dump_result

router = Router(tags=["plans"])


class Choice(FilterSchema):
    """`school_year` is its first calendar year: 2026 for 2026-2027."""

    school: int | None = None
    school_year: int | None = None
    status: str | None = None

    def chosen(self, entries):
        paths = {
            "school": self.school,
            "school_year__first_year": self.school_year,
            "status": self.status,
        }
        wanted = {path: value for path, value in paths.items() if value is not None}
        return entries.filter(**wanted).order_by("-school_year__first_year", "pk")


def _of(model, request):
    return model.objects.for_user(request.user).select_related("school", "school_year")


@router.get("plans", response=list[PlanOut], url_name="plans")
@paginate(Pages)
def plan_list(request, choice: Query[Choice]):
    """Improvement plans, the newest year first."""
    plans = _of(ImprovementPlan, request).with_row_count()
    return choice.chosen(plans.select_related("school", "school_year", "circular"))


@router.get("plans/{int:plan_id}", response=dict, url_name="plan")
def plan_detail(request, plan_id: int):
    """One plan with all its texts, as `qualityplan/1`."""
    plans = ImprovementPlan.objects.for_user(request.user).with_header()
    return dump_plan(get_object_or_404(plans, pk=plan_id))


@router.get("results", response=list[ResultOut], url_name="results")
@paginate(Pages)
def result_list(request, choice: Query[Choice]):
    """Result reports, the newest year first."""
    return choice.chosen(_of(ResultReport, request))


@router.get("results/{int:result_id}", response=dict, url_name="result")
def result_detail(request, result_id: int):
    """One result report with all its texts, as `qualityplan/1`."""
    reports = ResultReport.objects.for_user(request.user).with_header()
    return dump_result(get_object_or_404(reports, pk=result_id))


@router.get("inspections", response=list[InspectionOut], url_name="inspections")
@paginate(Pages)
def inspection_list(request, choice: Query[Choice]):
    """Inspections, the newest year first."""
    return choice.chosen(_of(Inspection, request))
