"""The grid of schools and criteria: what a school reached, planned, or is late with. Each
cell is a word or a number, and leads to what it was counted from."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from criteria.attainment import attain, framework_of, result_name
from criteria.models import Criterion
from plans import schedules
from plans.enums import ISSUED_STATUSES, AssessmentStatus, Progress
from plans.models import ActionRow, CriterionReview
from reports.overview.scope import in_order
from schools.enums import LevelOfSchooling

LEVEL, PLANNED, LATE = "muc", "so-dong", "cham"
KINDS = {
    LEVEL: "Mức đạt",
    PLANNED: "Số nội dung kế hoạch",
    LATE: "Nội dung chậm",
}
# Stand in an address for a school and a criterion.
_SCHOOL, _CRITERION = 7_000_000_001, 7_000_000_002
_SHORT = {"Không đạt Mức 1": "Không đạt", "Chưa xem xét": "Chưa", "Không xét": "–"}
_FIELDS = (
    "pk",
    "name",
    "year_plan__pk",
    "year_plan__status",
    "year_assessment__pk",
    "year_assessment__status",
)


@dataclass(frozen=True)
class Cell:
    """`text` is what stands in the grid, `words` all of it; `code` names a colour that
    says nothing the text does not. `is_link`: there is something to lead to."""

    text: str
    words: str
    code: str = "none"
    is_link: bool = False


@dataclass(frozen=True)
class GridSchool:
    pk: int
    name: str
    plan: int | None
    plan_status: str | None
    assessment: int | None
    assessment_status: str | None

    @property
    def is_assessed(self):
        return self.assessment_status == AssessmentStatus.FINISHED

    @property
    def is_issued(self):
        return self.plan_status in ISSUED_STATUSES


@dataclass(frozen=True)
class GridColumn:
    """A cell with the criterion it stands under, and the page behind it."""

    criterion: Criterion
    cell: Cell
    url: str


@dataclass(frozen=True)
class GridRow:
    school: GridSchool
    columns: tuple[GridColumn, ...]


def criteria_of(circular):
    """The columns, in the circular's order, with what each asks for."""
    found = Criterion.objects.filter(standard__circular=circular)
    found = found.select_related("standard").prefetch_related("requirements")
    return list(found.order_by("standard__number", "position"))


def grid_schools(schools, first=0, last=None):
    """Those `schools` (of `with_circular`) from `first` to before `last`, by name."""
    return [
        GridSchool(*found)
        for found in in_order(schools).values_list(*_FIELDS)[first:last]
    ]


def grid_rows(kind, schools, criteria, circular, school_year):
    """The `GridRow` of each of `schools` (`GridSchool`s): one query."""
    make = {LEVEL: _levels, PLANNED: _planned, LATE: _late}[kind]
    cell = make(schools, criteria, circular, school_year)
    return [
        GridRow(
            school,
            tuple(
                GridColumn(
                    criterion, cell(school, criterion), behind(school, criterion)
                )
                for criterion in criteria
            ),
        )
        for school in schools
    ]


@lru_cache(maxsize=1)
def _address():
    """The page behind a cell, worded once: a page of the grid has 1,400 of them."""
    return reverse("reports:overview-criterion", args=[_SCHOOL, _CRITERION])


def behind(school, criterion):
    address = _address().replace(str(_SCHOOL), str(school.pk))
    return address.replace(str(_CRITERION), str(criterion.pk))


# --- level reached ---------------------------------------------------------------------


def _levels(schools, criteria, circular, school_year):
    day = school_year.clamp(timezone.localdate())
    framework = framework_of(circular, criteria, (), day)
    by_code = {criterion.code: criterion.pk for criterion in criteria}
    finished = [school.assessment for school in schools if school.is_assessed]
    reached = {}
    for (assessment, schooling), checks in _checks(finished).items():
        for result in attain(framework, checks).criteria:
            key = assessment, by_code[result.code]
            reached.setdefault(key, []).append((schooling, result))

    def cell(school, criterion):
        if not school.is_assessed:
            is_begun = school.assessment is not None
            words = "Đang tự đánh giá" if is_begun else "Chưa tự đánh giá"
            return Cell("Chưa", words)
        return _level_cell(reached.get((school.assessment, criterion.pk), ()))

    return cell


def _checks(assessments):
    """{(assessment, level of schooling): {requirement: is met}}."""
    found = {}
    reviews = CriterionReview.objects.filter(assessment__in=assessments).order_by()
    for assessment, schooling, requirement, is_met in reviews.values_list(
        "assessment",
        "level_of_schooling",
        "checks__requirement",
        "checks__is_met",
    ):
        checks = found.setdefault((assessment, schooling), {})
        if requirement is not None:
            checks[requirement] = is_met
    return found


def _level_cell(results):
    """Of several levels of schooling the lowest counts (57/2026 Điều 15.2)."""
    if not results:
        return Cell("Chưa", "Chưa xem xét")
    _, lowest = min(results, key=lambda found: (found[1].level, found[1].ceiling))
    name = result_name(lowest)
    words = name
    if len(results) > 1:
        each = (f"{LevelOfSchooling(s).label}: {result_name(r)}" for s, r in results)
        words = f"{name}, mức thấp nhất trong các cấp học ({'; '.join(each)})"
    code = "none" if lowest.is_untouched or not lowest.top else f"level-{lowest.level}"
    return Cell(_SHORT.get(name, name), words, code, is_link=True)


# --- rows planned, rows late -----------------------------------------------------------


def _planned(schools, criteria, circular, school_year):
    rows = ActionRow.objects.filter(plan__in=_plans(schools)).order_by()
    counted = {
        (plan, criterion): count
        for plan, criterion, count in rows.values_list("plan", "criterion").annotate(
            count=Count("pk")
        )
    }

    def cell(school, criterion):
        if school.plan is None:
            return Cell("Chưa", "Chưa lập kế hoạch")
        count = counted.get((school.plan, criterion.pk), 0)
        return _count_cell(count, "nội dung trong kế hoạch", "some")

    return cell


def _late(schools, criteria, circular, school_year):
    issued = _plans(school for school in schools if school.is_issued)
    late = {}
    for key in _late_keys(issued, school_year):
        late[key] = late.get(key, 0) + 1

    def cell(school, criterion):
        if not school.is_issued:
            return Cell("Chưa", "Chưa ban hành kế hoạch")
        count = late.get((school.plan, criterion.pk), 0)
        return _count_cell(count, "nội dung chậm", "late")

    return cell


def _plans(schools):
    return [school.plan for school in schools if school.plan is not None]


def _count_cell(count, words, code):
    if not count:
        return Cell("0", f"Không có {words}", "zero")
    return Cell(str(count), f"{count} {words}", code, is_link=True)


def _late_keys(plans, school_year):
    """(plan, criterion) of every late row of `plans`."""
    today, first_year = timezone.localdate(), school_year.first_year
    rows = ActionRow.objects.filter(plan__in=plans).exclude(progress=Progress.DONE)
    rows = rows.order_by().values_list("plan", "criterion", "schedule")
    return [
        (plan, criterion)
        for plan, criterion, schedule in rows
        if is_past(schedule, first_year, today)
    ]


def is_past(schedule, first_year, today):
    """Whether the time written as `schedule` lies wholly before `today`: a row that is not
    done by then is late. Of words that tell no date, nobody can say so."""
    span = _span(schedule, first_year)
    return span is not None and span[1] < today


# The same few wordings stand on thousands of rows.
_span = lru_cache(maxsize=4096)(schedules.parse)
