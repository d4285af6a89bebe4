"""Writing a result report: every change of its contents is one function here, and each
passes the guard `writing`. Issuing it is in `reports.issuing`."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction

from plans.citing import citation
from plans.editing import lock
from reports.enums import Period, ReportForm, ReportStatus
from reports.layout import FIELDS
from reports.models import ResultReport, ResultRow
from reports.prefilling import remarks_text, source_lines
from schools.permissions import Ability, require

AS_ABOVE = "Như trên"  # the first recipient of a report that is sent up (R02)


class ReportError(Exception):
    """The deed is not possible now; the message says why and what to do."""


class ReportLockedError(ReportError):
    """The report is submitted, approved or issued: its texts stay as they are."""

    def __init__(self, report):
        self.report = report
        state = report.get_status_display().lower()
        way = (
            ""
            if report.status == ReportStatus.ISSUED
            else " Muốn sửa, hãy rút lại hoặc đề nghị cơ quan quản lý trả lại báo cáo."
        )
        super().__init__(f"Báo cáo {state}, không sửa được nữa.{way}")


class ReportExistsError(ReportError):
    """There is a report for this plan and period already; `report` is that one."""

    def __init__(self, report):
        self.report = report
        super().__init__(
            f"Trường đã có báo cáo kết quả {report.period_name}; mỗi kỳ chỉ có một báo "
            "cáo."
        )


@contextmanager
def writing(report, *, by):
    """Yield `report`, fresh and locked, while its contents change; all or nothing.

    Raises PermissionDenied for a wrong role, ReportLockedError for an issued report."""
    with transaction.atomic():
        locked = lock_report(report)
        require(by, Ability.WRITE_REPORT, locked.school)
        if not locked.is_open:
            raise ReportLockedError(locked)
        yield locked
        locked.save(update_fields=["updated_at"])


def lock_report(report):
    reports = ResultReport.objects.with_header().select_for_update(of=("self",))
    return reports.get(pk=report.pk)


@transaction.atomic
def create_report(plan, *, period, form, by):
    """A draft on `plan`, prefilled from what is known of its year.

    Raises PermissionDenied, ReportExistsError for a second report of the period, and
    ReportError for a plan that was never issued."""
    plan = lock(plan)
    require(by, Ability.WRITE_REPORT, plan.school)
    if not plan.is_issued:
        raise ReportError(
            f"Chưa lập báo cáo được: kế hoạch năm học {plan.school_year} chưa ban hành "
            "lần nào nên chưa có kết quả để báo cáo."
        )
    existing = ResultReport.objects.filter(
        school=plan.school, school_year=plan.school_year, period=period
    )
    if existing.exists():
        raise ReportExistsError(existing.select_related("school_year").get())
    try:
        with transaction.atomic():
            report = _new_report(plan, period, form)
    except IntegrityError:
        raise ReportExistsError(existing.get()) from None
    _add_rows(report, source_lines(plan, period))
    return report


def _new_report(plan, period, form):
    remarks = remarks_text(plan, period)
    report = ResultReport(
        school=plan.school,
        school_year=plan.school_year,
        circular=plan.circular,
        plan=plan,
        period=period,
        form=form,
        grouping=plan.grouping,
        standard_titles=plan.standard_titles,
        closing_rows=plan.closing_rows,
        remarks=remarks,
        remarks_source=remarks,
        annex_note=f"(Kèm theo {citation(plan)} của {plan.school})",
    )
    held = plan.school.supervision_on(
        plan.school_year.clamp(plan.issued_on or plan.school_year.starts_on)
    )
    superior = _addressee(held.authority) if held else ""
    report.addressees = superior if form == ReportForm.STAND_ALONE else ""
    report.introduction = (
        f"Thực hiện {citation(plan)}, {plan.school} báo cáo kết quả thực hiện kế hoạch "
        f"cải tiến chất lượng giáo dục {report.period_name} như sau:"
        if form == ReportForm.STAND_ALONE
        else ""
    )
    if form == ReportForm.STAND_ALONE:
        report.recipients = "\n".join((AS_ABOVE, "Lưu: VT, HĐTĐG"))
    report.save(force_insert=True)
    return report


def _addressee(authority):
    """The office with the words its letterhead has before its name: "Ủy ban nhân dân
    Phường An Phước" for an office that is recorded as "Phường An Phước"."""
    header, name = authority.header_line, authority.name
    start = header.casefold().find(name.casefold())
    if start <= 0:
        return name
    before = header[:start].strip()
    return f"{before if before == 'UBND' else before.capitalize()} {name}"


def _add_rows(report, lines):
    """Rows for the `lines` that the report does not have yet; all get their place."""
    held = {row.source_key: row for row in report.rows.all() if row.source_key}
    loose = [row for row in report.rows.all() if not row.source_key]
    added = [_new_row(report, line) for line in lines if line.key not in held]
    by_key = held | {row.source_key: row for row in added}
    known = [by_key[line.key] for line in lines]
    ordered = known + [row for row in held.values() if row not in known] + loose
    for position, row in enumerate(ordered, start=1):
        row.position = position
    ResultRow.objects.bulk_create(added)
    old = [row for row in ordered if row not in added]
    ResultRow.objects.bulk_update(old, ["position"])
    return len(added)


def _new_row(report, line):
    return ResultRow(
        report=report,
        source_row=line.row,
        source_key=line.key,
        sources=line.texts,
        standard=line.standard,
        criterion=line.criterion,
        education_level_id=line.education_level_id,
        level=line.level,
        criterion_title=line.criterion_title,
        is_late=line.is_late,
        **line.texts,
    )


def add_missing_rows(report, *, by):
    """Rows for what an adjustment added to the plan since; how many there were."""
    with writing(report, by=by) as locked:
        if locked.plan is None:
            return 0
        return _add_rows(locked, source_lines(locked.plan, locked.period))


def save_row(report, row, *, by, is_late, **texts):
    with writing(report, by=by) as locked:
        stored = locked.rows.get(pk=row.pk)
        stored.is_late = is_late
        for name, text in texts.items():
            setattr(stored, name, text)
        stored.save(update_fields=["is_late", *texts])
    return stored


def take_from_source(report, row, field, *, by, keep_text=False):
    """Fill the cell `field` of `row` with what its source says now; `keep_text` keeps
    the cell and only takes note of what the source says."""
    with writing(report, by=by) as locked:
        lines = source_lines(locked.plan, locked.period) if locked.plan else []
        stored = locked.rows.get(pk=row.pk)
        line = next((each for each in lines if each.key == stored.source_key), None)
        if line is None or field not in FIELDS or field not in line.texts:
            raise ReportError("Ô này không có nguồn trong kế hoạch để lấy lại.")
        stored.sources = stored.sources | {field: line.texts[field]}
        if not keep_text:
            setattr(stored, field, line.texts[field])
            stored.is_late = line.is_late
        stored.save(update_fields=["sources", "is_late", field])
    return stored


def save_header(report, *, by, **texts):
    """Store what stands above and below the table. A report that is sent up names its
    addressee once, and the recipients begin with "Như trên" (R02)."""
    with writing(report, by=by) as locked:
        for name, value in texts.items():
            setattr(locked, name, value)
        if not locked.is_annex and locked.addressees.strip():
            recipients = locked.recipients.split("\n") if locked.recipients else []
            if not recipients or recipients[0].casefold() != AS_ABOVE.casefold():
                locked.recipients = "\n".join((AS_ABOVE, *recipients))
        locked.save(update_fields=[*texts, "recipients"])


def take_remarks_from_source(report, *, by):
    with writing(report, by=by) as locked:
        if locked.plan is not None:
            text = remarks_text(locked.plan, locked.period)
            locked.remarks = locked.remarks_source = text
            locked.save(update_fields=["remarks", "remarks_source"])


def is_of_year(report):
    return report.period == Period.YEAR
