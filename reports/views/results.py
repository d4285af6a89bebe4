"""Result reports: the list, one report, its begin, its head and foot, what is missing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from plans import commenting
from plans.sign_off import last_sign_off
from plans.views.access import get_plan, posted, tell_removed_controls
from qualityplan.frame import chosen_school_year
from reports import completeness, differing, resulting, workflow
from reports.commenting import obstacle as report_obstacle
from reports.layout import COLUMNS, default_subject
from reports.models import ResultReport, ResultRow
from reports.official.result import grouped_rows
from reports.presenting import sources_of, table_rows
from reports.result_forms import NewReportForm, ReportHeaderForm
from reports.resulting import ReportError, ReportExistsError
from reports.views.access import get_report, refused
from schools.permissions import Ability, may


class ResultList(ListView):
    """The reports of the chosen school year that this person may see."""

    paginate_by = 50

    def get_queryset(self):
        self.school_year = chosen_school_year(self.request)
        reports = ResultReport.objects.for_user(self.request.user).with_row_count()
        reports = reports.select_related("school", "school_year")
        return reports.filter(school_year=self.school_year).order_by(
            "school__name", "period", "pk"
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(school_year=self.school_year, **kwargs)


def plan_results(request, pk):
    """The reports on one plan, and where a new one is begun."""
    plan = get_plan(request, pk)
    reports = ResultReport.objects.for_user(request.user).filter(
        school=plan.school_id, school_year=plan.school_year_id
    )
    form = NewReportForm(posted(request))
    may_write = may(request.user, Ability.WRITE_REPORT, plan.school)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if form.is_valid():
            return _create(request, plan, form)
    context = {
        "plan": plan,
        "reports": reports.select_related("school", "school_year").with_row_count(),
        "form": form,
        "may_write": may_write and plan.is_issued,
    }
    return render(request, "reports/plan_results.html", context)


def _create(request, plan, form):
    try:
        report = resulting.create_report(plan, by=request.user, **form.cleaned_data)
    except ReportExistsError as error:
        messages.info(request, f"{error} Đây là báo cáo đó.")
        return redirect(error.report)
    except ReportError as error:
        messages.error(request, str(error))
        return redirect(plan)
    messages.success(
        request,
        f"Đã lập báo cáo kết quả {report.period_name}, điền sẵn từ kế hoạch và những gì "
        "đã ghi nhận trong năm. Hãy xem lại từng dòng.",
    )
    return redirect(report)


def result_detail(request, pk):
    report = get_report(request, pk)
    events = list(report.events.select_related("actor"))
    signed = last_sign_off(report, events, workflow.content_digest)
    items = list(grouped_rows(report))
    held = [item for item in items if isinstance(item, ResultRow)]
    # A report on its first way has no deed behind it, and nothing to be compared with.
    changes = _changes(report, held, signed) if events else differing.Changes()
    sources = sources_of(report)
    rows = table_rows(items, sources, changes.rows)
    known = {row.source_key for row in held}
    may_write = report.is_open and may(
        request.user, Ability.WRITE_REPORT, report.school
    )
    threads = commenting.threads_of(report)
    context = {
        "report": report,
        "columns": COLUMNS,
        "rows": rows,
        "transitions": workflow.available(report, request.user),
        "last_note": next((e for e in events if e.note and e.actor_id), None),
        "signed": signed,
        "changes": changes,
        "was_sent_before": changes.previous or _times_sent(events) > 1,
        "comments": commenting.by_place(threads),
        "comments_url": reverse("reports:result-comments", args=[report.pk]),
        "open_comments": commenting.open_count(threads),
        "may_comment": not report_obstacle(report)
        and may(request.user, Ability.COMMENT_PLAN, report.school),
        "changed": sum(1 for view in rows if view.has_changed_source),
        "missing": sum(1 for key in sources if key not in known),
        "subject": report.subject or default_subject(report),
        "may_write": may_write,
    }
    return render(request, "reports/result_detail.html", context)


def _times_sent(events):
    return sum(e.deed in (workflow.SUBMIT.key, workflow.ISSUE.key) for e in events)


def _changes(report, rows, signed):
    """What became different since the submission before: history, once the office has
    agreed to just this text (`signed`)."""
    if signed and not signed.is_changed and not signed.taken_back:
        return differing.Changes()
    return differing.changes(report, rows)


def result_gaps(request, pk):
    """What is missing before the report can be issued."""
    report = get_report(request, pk)
    context = {
        "report": report,
        "blocking": completeness.gaps(report) if report.is_open else [],
        "steps": [t for t in workflow.available(report, request.user) if t.is_main],
    }
    return render(request, "reports/result_gaps.html", context)


def result_header(request, pk):
    report = get_report(request, pk, Ability.WRITE_REPORT)
    form = ReportHeaderForm(posted(request), report=report)
    if request.method == "POST" and form.is_valid():
        try:
            resulting.save_header(report, by=request.user, **form.texts())
        except ReportError as error:
            return refused(request, report, error)
        tell_removed_controls(request, form)
        messages.success(request, "Đã lưu phần đầu và phần cuối của báo cáo.")
        return redirect(report)
    context = {"report": report, "form": form}
    return render(request, "reports/result_header.html", context)


@require_POST
def result_remarks(request, pk):
    """The remarks below the table as the reviews of the plan now say them."""
    report = get_report(request, pk, Ability.WRITE_REPORT)
    try:
        resulting.take_remarks_from_source(report, by=request.user)
    except ReportError as error:
        return refused(request, report, error)
    messages.success(
        request, "Đã lấy lại nhận xét chung từ bảng theo dõi của kế hoạch."
    )
    return redirect("reports:result-header", report.pk)


@require_POST
def result_update(request, pk):
    """Rows for what the plan has gained since the report was begun."""
    report = get_report(request, pk, Ability.WRITE_REPORT)
    try:
        count = resulting.add_missing_rows(report, by=request.user)
    except ReportError as error:
        return refused(request, report, error)
    messages.success(request, f"Đã thêm {count} dòng từ kế hoạch.")
    return redirect(report)
