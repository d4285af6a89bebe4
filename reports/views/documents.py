"""Issued documents: the list of a plan's, and the stored bytes of each."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plans.views.access import get_plan
from qualityplan.downloads import attachment
from reports.filenames import issued_name
from reports.models import IssuedDocument
from reports.package.papers import may_pack
from reports.signing_state import with_turns
from schools.permissions import Ability, may

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def plan_documents(request, pk):
    """Every issue of the plan and of the reports about it, each with its own files."""
    plan = get_plan(request, pk)
    documents = IssuedDocument.objects.for_user(request.user).about(plan)
    context = {
        "plan": plan,
        "documents": with_turns(documents).select_related(
            "report", "created_by", "publication"
        ),
        "may_pack": may_pack(request.user, plan.school),
        "may_publish": may(request.user, Ability.PUBLISH, plan.school),
        "formats": (("docx", "Word"), ("pdf", "PDF")),
    }
    return render(request, "reports/plan_documents.html", context)


def document_download(request, pk, file_format):
    """The bytes of one issue, as they were signed and filed."""
    documents = IssuedDocument.objects.for_user(request.user).with_owner()
    document = get_object_or_404(documents, pk=pk)
    stored = document.files.filter(format=file_format).first()
    if stored is None:
        raise Http404
    name = issued_name(document, file_format)
    return handed_out(request, stored, name, back=document.owner)


def handed_out(request, stored, name, *, back):
    """The response with a stored file; never with bytes that are not those filed."""
    if not stored.is_intact:
        messages.error(
            request,
            "Tệp đã ban hành không còn nguyên vẹn nên không được tải về. Hãy báo ngay "
            "cho người quản trị hệ thống.",
        )
        return redirect(back)
    return as_attachment(bytes(stored.content), name)


def as_attachment(content, name):
    content_type = CONTENT_TYPES[name.rpartition(".")[2]]
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = attachment(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
