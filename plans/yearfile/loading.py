"""Storing the plans of year files: all files of a call, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
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
from plans.yearfile.reading import READERS, read_file
from plans.yearfile.schools import add_level, create_school, find_school, supervise
from schools.enums import LevelOfSchooling
from schools.models import SchoolYear

MAX_FAULTS = 20
LOADED = "nap"  # the deed in the plan's history


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


@dataclass(frozen=True)
class Kind:
    """A kind of contents beyond plans: how it is read (as `READERS` have it) and how it
    is stored (as `store_plan` does)."""

    key: str
    data: type
    read: Callable
    store: Callable


def load_files(paths, *, school_name="", more=()):
    """Store the contents of the files at `paths`; `more` are the `Kind`s that are taken
    beside plans. Raises YearFileError with all faults."""
    readers = READERS | {kind.key: kind.read for kind in more}
    stores = {PlanData: store_plan} | {kind.data: kind.store for kind in more}
    sources = [read_file(p, school_name=school_name, readers=readers) for p in paths]
    _refuse_same(sources)
    with transaction.atomic():
        changed = []
        for data_type, store in stores.items():  # plans first, then what is about them
            for source in sources:
                for data in source.contents:
                    if type(data) is data_type:
                        changed += store(data, source)
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
    if plan and effective(data, plan) == effective(plan_data(plan), plan):
        return []
    changed = [year] if is_new_year else []
    school, changed_school = ready_school(data, school, year)
    plan = plan or ImprovementPlan.objects.create(
        school=school, school_year=year, circular=found.circular
    )
    is_stored = _store(data, plan, found, source)
    return [*changed, *changed_school, plan] if is_stored else []


def known_school(data, report):
    """The school that `data` names, if it is here; of another level it is a fault."""
    school = find_school(data.school) if data.school.name else None
    if school is not None:
        _check_level(data, school, report)
    return school


def _check_level(data, school, report):
    held, asked = school.level_key, data.school.education_level
    if held is not None and asked and held != asked:
        report.fault(
            f"{data.school_path}.education_level",
            f"{school} trong hệ thống là cấp {LevelOfSchooling(held).label}, không phải "
            f"{LevelOfSchooling(asked).label}.",
        )


def ready_school(data, school, year):
    """The school, and what had to be created or changed for it."""
    changed = []
    if school is None:
        school = create_school(data.school)
        changed.append(school)
    elif school.level_key is None:
        add_level(school, data.school)
        changed.append(school)
    if data.school.superior:
        changed += supervise(school, data.school.superior, year)
    return school, changed


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
