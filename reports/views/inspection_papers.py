"""The record of an inspection on paper: looked at, downloaded, taken along as a blank form,
issued."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from inspections import workflow
from inspections.enums import InspectionStatus
from inspections.views.access import get_inspection, inspection_to_read
from plans.views.access import posted
from reports.filenames import blank_form_name, document_name
from reports.filing import WRITERS, current_file
from reports.inspection_forms import RecordIssueForm
from reports.issuing_record import issue_record
from reports.official.inspection import inspection_document
from reports.official.markup import paginated
from reports.official.workbook import write_xlsx
from reports.register import NumberError
from reports.views.documents import as_attachment, handed_out
from schools.models import School

_WRITERS = WRITERS | {"xlsx": write_xlsx}


def inspection_preview(request, pk):
    """The record as sheets of paper, page by page as it will print."""
    inspection = inspection_to_read(request, pk)
    may_issue = workflow.may_perform(workflow.ISSUE, inspection, request.user)
    context = {
        "inspection": inspection,
        "pages": paginated(_paper(request, inspection)),
        "may_issue": may_issue and inspection.status in workflow.ISSUE.sources,
    }
    return render(request, "reports/inspection_preview.html", context)


def inspection_download(request, pk, file_format):
    """The issued bytes where the record was issued here, else the paper as it now is."""
    inspection = inspection_to_read(request, pk)
    writer = _writer(file_format)
    stored = current_file(inspection, file_format)
    name = document_name(inspection, file_format)
    if stored is not None:
        return handed_out(request, stored, name, back=inspection)
    return as_attachment(writer(_paper(request, inspection)), name)


def inspection_blank(request, pk, file_format):
    """The form to fill in by hand: the school, its plan and the team, nothing of the day."""
    inspection = get_inspection(request, pk)
    content = _writer(file_format)(_paper(request, inspection, blank=True))
    return as_attachment(content, blank_form_name(inspection, file_format))


def _paper(request, inspection, *, blank=False):
    """The `Document` for this person. Starting opens the school's papers to visitors from
    elsewhere: before, theirs has room for the plan in its place."""
    is_planned = inspection.status == InspectionStatus.PLANNED
    schools = School.objects.for_user(request.user).filter(pk=inspection.school_id)
    if is_planned and not schools.exists():
        inspection.plan = None
    return inspection_document(inspection, blank=blank)


def _writer(file_format):
    if file_format not in _WRITERS:
        raise Http404
    return _WRITERS[file_format]


def inspection_issue(request, pk):
    """Number, date and signers; then the record is a document."""
    inspection = get_inspection(request, pk)
    if not workflow.may_perform(workflow.ISSUE, inspection, request.user):
        raise PermissionDenied
    if inspection.status not in workflow.ISSUE.sources:
        messages.error(
            request,
            "Chưa ban hành được: cuộc kiểm tra đang ở trạng thái "
            f"“{inspection.get_status_display()}”. Hãy kết thúc kiểm tra trước.",
        )
        return redirect(inspection)
    form = RecordIssueForm(posted(request), inspection=inspection)
    if request.method == "POST" and form.is_valid():
        return _issue(request, inspection, form)
    context = {"inspection": inspection, "form": form}
    return render(request, "reports/inspection_issue.html", context)


def _issue(request, inspection, form):
    try:
        document = issue_record(inspection, by=request.user, **form.entered())
    except (workflow.TransitionError, NumberError) as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            f"Đã ban hành biên bản, {document.number_and_symbol}. Nội dung không sửa được "
            "nữa; tải bản Word hoặc PDF ở dưới.",
        )
    return redirect(inspection)
