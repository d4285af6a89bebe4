"""The paper of a result report: looked at, downloaded, issued."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from plans.transitions import TransitionError
from plans.views.access import posted
from reports import completeness, workflow
from reports.filenames import document_name
from reports.filing import WRITERS, current_file
from reports.forms import IssueForm
from reports.issuing import issue_report
from reports.official.markup import paginated
from reports.official.result import result_document
from reports.register import NumberError
from reports.resulting import ReportError
from reports.views.access import get_report, refused
from reports.views.documents import as_attachment, handed_out
from schools.permissions import Ability, may


def result_preview(request, pk):
    """The report as sheets of paper, page by page as it will print."""
    report = get_report(request, pk)
    link = None
    if report.is_open and may(request.user, Ability.WRITE_REPORT, report.school):
        link = _edit_links(report)
    pages = paginated(result_document(report), link)
    context = {"report": report, "pages": pages, "can_edit": link is not None}
    return render(request, "reports/result_preview.html", context)


def _edit_links(report):
    """From a `ref` on the paper to the page where its text is typed."""

    def link(ref):
        kind, _, pk = ref.rpartition("-")
        if kind == "dong":
            return reverse("reports:result-row", args=[report.pk, pk])
        return reverse("reports:result-header", args=[report.pk])

    return link


def result_download(request, pk, file_format):
    """The issued bytes where the report was issued here, else the paper as it now is."""
    report = get_report(request, pk)
    if file_format not in WRITERS:
        raise Http404
    stored = current_file(report, file_format)
    name = document_name(report, file_format)
    if stored is not None:
        return handed_out(request, stored, name, back=report)
    return as_attachment(WRITERS[file_format](result_document(report)), name)


def result_issue(request, pk):
    """Number, date and signer; then the report is a document."""
    report = get_report(request, pk, Ability.ISSUE_PLAN)
    refusal = workflow.why_not(workflow.ISSUE, report)
    if refusal:
        return refused(request, report, refusal)
    form = IssueForm(posted(request), document=report, signer=request.user.full_name)
    if request.method == "POST" and form.is_valid():
        return _issue(request, report, form)
    context = {
        "report": report,
        "form": form,
        "blocking": completeness.gaps(report),
    }
    return render(request, "reports/result_issue.html", context)


def _issue(request, report, form):
    try:
        document = issue_report(report, by=request.user, **form.entered())
    except (ReportError, TransitionError, NumberError) as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            f"Đã ban hành báo cáo, {document.number_and_symbol}. Văn bản không sửa được "
            "nữa; tải bản Word hoặc PDF ở dưới.",
        )
    return redirect(report)
