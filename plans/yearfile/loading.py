"""Storing the plans of year files: all files of a call, or nothing."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import transaction

from plans.editing import PlanLockedError, editing
from plans.enums import PlanStatus
from plans.letterhead import plan_day, recorded_letterhead
from plans.models import ImprovementPlan
from plans.yearfile.checking import references
from plans.yearfile.contents import write_contents
from plans.yearfile.data import PlanData
from plans.yearfile.dumping import effective, plan_data
from plans.yearfile.kinds import Kind
from plans.yearfile.reading import PLAN, READERS, read_file
from plans.yearfile.records import ASSESSMENT_KIND, EVIDENCE_KIND
from plans.yearfile.schools import known_school, ready_school
from plans.yearfile.year_dumping import LOADED, year_data
from plans.yearfile.year_loading import write_year
from schools.models import SchoolYear

MAX_FAULTS = 20


class YearFileError(Exception):
    """Nothing was stored; `lines` says why, each with file and JSON path."""

    def __init__(self, lines):
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class Outcome:
    """What a call created or changed, and what the caller should know."""

    changed: list  # model instances, in the order of their creation
    notes: list[str]


def load_files(paths, *, school_name="", more=()):
    """Store the contents of the files at `paths`; `more` are the `Kind`s that are taken
    beside plans. Raises YearFileError with all faults."""
    kinds = (*KINDS, *more)
    readers = READERS | {kind.key: kind.read for kind in kinds}
    stores = {kind.data: kind.store for kind in kinds}
    sources = [read_file(p, school_name=school_name, readers=readers) for p in paths]
    _refuse_same(sources)
    with transaction.atomic():
        changed = []
        for data_type, store in stores.items():  # plans first, then what is about them
            for source in sources:
                for data in source.contents:
                    if type(data) is data_type:
                        changed += store(data, source)
        for source in sources:
            for write in source.later:
                write()
        lines = [line for source in sources for line in _fault_lines(source)]
        if lines:
            raise YearFileError(lines)
    notes = [f"{s.name}: {note}" for s in sources for note in s.report.notes]
    return Outcome(list(dict.fromkeys(changed)), notes)


def _fault_lines(source):
    faults = source.report.faults
    lines = [f"{source.name}: {fault}" for fault in faults[:MAX_FAULTS]]
    if len(faults) > MAX_FAULTS:
        lines.append(f"{source.name}: … và {len(faults) - MAX_FAULTS} lỗi khác.")
    return lines


def _refuse_same(sources):
    seen = {}
    for source in sources:
        for data in source.contents:
            key = (data.noun, data.school.name, data.first_year, data.period)
            if data.school.name and data.first_year and key in seen:
                source.report.fault(
                    data.at("school_year"),
                    f"{data.noun} của {data.school.name} cho năm học này đã có trong "
                    f"{seen[key]}.",
                )
            seen.setdefault(key, source.name)


def store_plan(data, source):
    """Store one plan unless its file has faults; the rows created or changed."""
    report = source.report
    found = references(data, report)
    school = known_school(data, report)
    if report.faults:
        return []
    year, is_new_year = SchoolYear.objects.get_or_create(first_year=data.first_year)
    plan = ImprovementPlan.objects.with_header()
    plan = plan.filter(school=school, school_year=year).first()
    if plan and not _may_write_year(plan, data, report):
        return []
    if plan and effective(data, plan) == effective(plan_data(plan), plan):
        return _changed_year(plan, data, found, source)
    changed = [year] if is_new_year else []
    school, changed_school = ready_school(data, school, year)
    plan = plan or ImprovementPlan.objects.create(
        school=school, school_year=year, circular=found.circular
    )
    is_stored = _store(data, plan, found, source)
    if not is_stored:
        return []
    if data.year is not None:
        source.later.append(partial(write_year, plan, data, found, source))
    return [*changed, *changed_school, plan]


def _may_write_year(plan, data, report):
    """What is recorded here already is never overwritten by a file."""
    held = year_data(plan)
    if data.year is None or held.is_empty or held.says_the_same(data.year):
        return True
    report.fault(
        data.at("events"),
        f"những gì đã ghi nhận về kế hoạch năm học {plan.school_year} của {plan.school} "
        "trong hệ thống khác với tệp nên không nạp đè được.",
    )
    return False


def _changed_year(plan, data, found, source):
    """The plan, where its paper is here and what happened to it is not."""
    if data.year is None or year_data(plan).says_the_same(data.year):
        return []
    if data.year.is_empty and plan.status != data.year.status and plan.is_issued:
        return []
    source.later.append(partial(write_year, plan, data, found, source))
    return [plan]


def _store(data, plan, found, source):
    """Whether the contents of `plan` could be replaced."""
    try:
        with editing(plan, by=None) as locked:
            _write(locked, data, found, source)
    except PlanLockedError:
        state = plan.get_status_display().lower()
        source.report.fault(
            data.at("school_year"),
            f"kế hoạch năm học {plan.school_year} của {plan.school} {state}; nội dung "
            "tệp khác với bản đang lưu nên không nạp đè được.",
        )
        return False
    return True


def _write(plan, data, found, source):
    document = data.document
    plan.circular = found.circular
    plan.number, plan.issued_on = document.number, document.issued_on
    plan.is_issued_outside = document.number is not None
    if plan.is_issued_outside:
        plan.status = PlanStatus.ISSUED
    write_letterhead(plan, data.school)
    write_contents(plan, data, found)
    plan.save()
    label = "Đã nạp từ tệp"
    if plan.is_issued_outside:
        label += ", ban hành ngoài hệ thống"
    plan.events.create(deed=LOADED, label=label, note=Path(source.name).name)


def write_letterhead(plan, school):
    """A draft follows the school's record in all that the file says no differently."""
    recorded = recorded_letterhead(plan.school, plan_day(plan))
    keeps_all = plan.is_issued_outside
    for name, field in (
        ("superior", "superior_line"),
        ("place", "place"),
        ("symbol", "symbol"),
    ):
        stated = getattr(school, name)
        is_known = stated == getattr(recorded, name)
        setattr(plan, field, stated if keeps_all or not is_known else "")


# In the order of storing: what is about plans comes after them.
KINDS = (
    Kind(PLAN, PlanData, READERS[PLAN], store_plan),
    ASSESSMENT_KIND,
    EVIDENCE_KIND,
)
