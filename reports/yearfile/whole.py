"""Everything that a school year holds, as the objects of year files."""

from django.utils.text import slugify

from inspections.models import Inspection
from inspections.yearfile.dumping import dump_inspection
from plans.models import Assessment, Evidence, ImprovementPlan
from plans.yearfile.assessments import dump_assessment
from plans.yearfile.evidence import EvidenceList, dump_evidence
from plans.yearfile.year_dumping import dump_whole_plan
from qualityplan.text import fold
from reports.models import ResultReport
from reports.yearfile.dumping import dump_whole_result
from schools.models import School, SchoolYear

# By kind: the rows with their header, what writes one down, and the end of its file name.
KINDS = {
    "plan": (
        lambda: ImprovementPlan.objects.with_header().prefetch_related("sections"),
        dump_whole_plan,
        lambda plan: "",
    ),
    "assessment": (
        lambda: Assessment.objects.with_header(),
        dump_assessment,
        lambda assessment: "-tu-danh-gia",
    ),
    "result": (
        lambda: ResultReport.objects.with_header(),
        dump_whole_result,
        lambda report: f"-bao-cao-{slugify(report.period)}",
    ),
    "inspection": (
        lambda: Inspection.objects.with_header(),
        dump_inspection,
        lambda inspection: "-kiem-tra",
    ),
}


def dumps(*, kind=None, pk=None, school="", year=""):
    """(file name, key, JSON object) of everything that fits, in the order in which it
    loads: `kind` one of `KINDS`, `school` a name, `year` as "2026-2027"."""
    found = []
    for name, (stored, dump, tail) in KINDS.items():
        if name == (kind or name):
            chosen = _chosen(stored(), pk, school, year)
            found += [
                (_stem(each) + tail(each), each.pk, dump(each)) for each in chosen
            ]
    if kind is None:
        found += [
            (f"{_stem(held)}-minh-chung", held.pk, dump_evidence(held))
            for held in _evidence_lists(school, year)
        ]
    return found


def _chosen(rows, pk, school, year):
    rows = rows.order_by("school__name", "school_year__first_year", "pk")
    if pk is not None:
        rows = rows.filter(pk=pk)
    if school:
        rows = rows.filter(school__name=" ".join(school.split()))
    if year:
        school_year = SchoolYear.objects.named(year)
        rows = rows.filter(school_year=school_year) if school_year else rows.none()
    return rows


def _evidence_lists(school, year):
    keys = _chosen(Evidence.objects.all(), None, school, year)
    keys = dict.fromkeys(keys.values_list("school", "school_year"))
    schools = School.objects.in_bulk(key[0] for key in keys)
    years = SchoolYear.objects.in_bulk(key[1] for key in keys)
    return [EvidenceList(schools[a], years[b]) for a, b in keys]


def _stem(paper):
    return f"{slugify(fold(paper.school.name))[:80]}-{paper.school_year}"
