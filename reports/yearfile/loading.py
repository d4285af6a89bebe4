"""Storing year files of all kinds: plans by their own app, result reports here."""

from django.db import transaction

from inspections.models import Inspection
from inspections.yearfile.loading import INSPECTION_KIND
from plans.models import ImprovementPlan
from plans.yearfile import loading as plan_files
from plans.yearfile.checking import references
from plans.yearfile.kinds import Kind
from plans.yearfile.loading import write_letterhead
from plans.yearfile.reading import RESULT
from plans.yearfile.schools import known_school, ready_school
from reports.enums import ReportForm, ReportStatus
from reports.models import ResultReport, ResultRow
from reports.register import body_of, described, holder, record_outside
from reports.yearfile.data import ResultData
from reports.yearfile.dumping import effective, result_data
from reports.yearfile.reading import read_result
from reports.yearfile.year import fitting, result_year, write_result_year
from schools.models import SchoolYear


def load_files(paths, *, school_name="", registers=True):
    """Store what the files at `paths` say of plans, results and inspections, all or
    nothing. Numbers of papers that were issued elsewhere go into the register, unless the
    register comes along (`registers`). Raises YearFileError with all faults."""
    with transaction.atomic():
        outcome = plan_files.load_files(
            paths, school_name=school_name, more=(RESULT_KIND, INSPECTION_KIND)
        )
        for plan in outcome.changed:
            if isinstance(plan, ImprovementPlan):
                _join_reports(plan)
        for document in outcome.changed if registers else ():
            if isinstance(document, ImprovementPlan | ResultReport | Inspection):
                outcome.notes.extend(_register(document))
    return outcome


def _register(document):
    """Write the number of a paper that was issued elsewhere into the register of its
    body; a note where the register has the number for something else."""
    document.refresh_from_db()  # it was written through the guard, on a row of its own
    body = body_of(document)
    is_outside = document.is_issued_outside and document.number and document.issued_on
    if body is None or not is_outside:
        return []
    year = document.issued_on.year
    before = holder(body, document.document_type, document.number, year)
    entry = record_outside(document)
    if before is None or before.subject == (document.subject or str(document)):
        return []
    return [
        f"số {entry.number:02d} năm {year} trong sổ văn bản đi đã ghi cho "
        f"{described(entry)}; sổ được giữ nguyên, hãy xem lại."
    ]


def _join_reports(plan):
    """A report that came into the system before its plan finds it now."""
    ResultReport.objects.filter(
        plan=None, school=plan.school_id, school_year=plan.school_year_id
    ).update(plan=plan)


def store_result(data, source):
    """Store one report unless its file has faults; the rows created or changed."""
    found = references(data, source.report)
    school = known_school(data, source.report)
    plan = _plan(school, data.first_year)
    stored = _stored(data, school)
    if stored is not None and not _may_write_year(data, stored, source.report):
        return []
    if stored is not None and _says_the_same(data, stored):
        return _changed_year(data, stored)
    _check_may_store(data, source, plan, stored)
    if source.report.faults:
        return []
    year, is_new_year = SchoolYear.objects.get_or_create(first_year=data.first_year)
    changed = [year] if is_new_year else []
    school, changed_school = ready_school(data, school, year)
    report = stored or ResultReport(school=school, school_year=year, period=data.period)
    _write(report, data, found, plan)
    if data.year is not None:
        write_result_year(report, data.year)
    return [*changed, *changed_school, report]


def _plan(school, first_year):
    plans = ImprovementPlan.objects.filter(
        school=school, school_year__first_year=first_year
    )
    return plans.first() if school else None


def _stored(data, school):
    if school is None:
        return None
    reports = ResultReport.objects.with_header().select_for_update(of=("self",))
    return reports.filter(
        school=school, school_year__first_year=data.first_year, period=data.period
    ).first()


def _says_the_same(data, stored):
    return effective(data, stored) == effective(result_data(stored), stored)


def _may_write_year(data, stored, report):
    """What is recorded here already is never overwritten by a file."""
    held = result_year(stored)
    if data.year is None or held.is_empty or held == fitting(data.year, stored):
        return True
    report.fault(
        data.at("events"),
        f"những gì đã ghi nhận về báo cáo kết quả {stored.period_name} của "
        f"{stored.school} trong hệ thống khác với tệp nên không nạp đè được.",
    )
    return False


def _changed_year(data, stored):
    """The report, where its paper is here and what happened to it is not."""
    if data.year is None or result_year(stored) == fitting(data.year, stored):
        return []
    if data.year.is_empty:
        return []
    write_result_year(stored, data.year)
    return [stored]


def _check_may_store(data, source, plan, stored):
    if plan is not None and not plan.is_issued:
        state = plan.get_status_display().lower()
        source.report.fault(
            data.at("school_year"),
            f"kế hoạch năm học {plan.school_year} của {plan.school} {state}, chưa ban "
            "hành lần nào nên chưa có kết quả để báo cáo.",
        )
    if stored is not None and not stored.is_open:
        source.report.fault(
            data.at("school_year"),
            f"báo cáo kết quả {stored.period_name} của {stored.school} đã ban hành; nội "
            "dung tệp khác với bản đang lưu nên không nạp đè được.",
        )


def _write(report, data, found, plan):
    document = data.document
    report.circular, report.plan = found.circular, plan
    report.form = ReportForm.ANNEX if data.is_annex else ReportForm.STAND_ALONE
    report.document_type, report.title = document.document_type, document.title
    report.subject, report.annex_note = document.subject, document.annex_note
    report.number, report.issued_on = document.number, document.issued_on
    report.is_issued_outside = data.is_issued
    if data.is_issued:
        report.status = ReportStatus.ISSUED
    for name in (
        "grouping",
        "legal_bases",
        "addressees",
        "introduction",
        "remarks",
        "closing_rows",
        "recipients",
        "standard_titles",
    ):
        setattr(report, name, getattr(data, name))
    report.sections = [_section(section) for section in data.sections]
    report.signatures = list(data.signatures)
    write_letterhead(report, data.school)
    report.save()
    report.rows.all().delete()
    ResultRow.objects.bulk_create(
        _row(report, position, line, found)
        for position, line in enumerate(data.rows, start=1)
    )


def _section(section):
    return {
        "title": section.title,
        "text": section.text,
        "number_in_source": section.number_in_source,
        "content": "rows" if section.holds_table else "text",
    }


def _row(report, position, line, found):
    return ResultRow(
        report=report,
        position=position,
        standard=found.standards.get(line.standard),
        criterion=found.criteria.get(line.criterion),
        education_level_id=line.education_level or None,
        level=line.level,
        criterion_title=line.criterion_title,
        **line.cells,
    )


RESULT_KIND = Kind(RESULT, ResultData, read_result, store_result)
