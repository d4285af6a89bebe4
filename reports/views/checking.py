"""Pages that need no sign-in: checking a document by its code, and what a school shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from qualityplan.throttling import limited
from qualityplan.uploads import max_bytes
from reports.checking import checked, sha256_of
from reports.filenames import issued_name
from reports.models import IssuedDocument
from reports.official.check_mark import normalised
from reports.publishing import (
    PublishingError,
    public_documents,
    public_file,
    public_school,
    publish,
    unpublish,
)
from reports.views.documents import as_attachment

_often = limited("check", times=60, seconds=600)


@login_not_required
@_often
def check_start(request):
    """Where a code is typed."""
    typed = request.GET.get("ma", "").strip()
    if typed:
        code = normalised(typed)
        if code:
            return redirect("reports:check", code)
    return render(request, "reports/check_start.html", {"typed": typed})


@login_not_required
@_often
def check(request, code):
    """What is known of the document with this code, and whether a file is a copy of it."""
    found = checked(code)
    if found is None:
        context = {"typed": code, "is_unknown": True}
        return render(request, "reports/check_start.html", context, status=404)
    context = {"found": found}
    if request.method == "POST":
        context["answer"] = _compared(request.FILES.get("file"), found)
    return render(request, "reports/check.html", context)


def _compared(upload, found):
    """("good" or "bad", a sentence)."""
    if upload is None or not upload.size:
        return ("bad", "Chưa có tệp nào. Hãy chọn tệp cần đối chiếu.")
    if upload.size > max_bytes():
        return ("bad", "Tệp quá lớn, không thể là văn bản này.")
    name = found.says_of(sha256_of(upload))
    if name:
        return ("good", f"Tệp giống hệt bản đang lưu: {name}.")
    return (
        "bad",
        "Tệp khác với mọi bản đang lưu của văn bản này. Có thể tệp đã bị sửa, được lưu "
        "lại bằng chương trình khác, hoặc là văn bản khác. Hãy hỏi cơ quan ban hành.",
    )


@method_decorator(login_not_required, name="dispatch")
@method_decorator(limited("public", times=300, seconds=600), name="dispatch")
class PublicPage(ListView):
    """The documents one school shows to everybody."""

    template_name = "reports/public_page.html"
    paginate_by = 50

    def get_queryset(self):
        self.school = _school(self.kwargs["pk"])
        return public_documents(self.school).defer("snapshot")

    def get_context_data(self, **kwargs):
        return super().get_context_data(school=self.school, **kwargs)


@login_not_required
@limited("public", times=300, seconds=600)
def public_download(request, pk, document_pk):
    """The official PDF, for everybody."""
    document = get_object_or_404(public_documents(_school(pk)), pk=document_pk)
    stored = public_file(document)
    if stored is None or not stored.is_intact:
        raise Http404
    return as_attachment(bytes(stored.content), issued_name(document, "pdf"))


def _school(pk):
    school = public_school(pk)
    if school is None:
        raise Http404
    return school


@require_POST
def document_publish(request, pk):
    """Show a document to everybody, or no longer."""
    documents = IssuedDocument.objects.for_user(request.user).with_owner()
    document = get_object_or_404(documents, pk=pk)
    if request.POST.get("publish") == "no":
        unpublish(document, by=request.user)
        messages.success(request, "Đã thôi công khai văn bản.")
        return redirect(_documents_url(document))
    try:
        publish(document, by=request.user)
    except PublishingError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            "Đã công khai văn bản: ai có địa chỉ trang công khai của trường cũng tải được "
            "bản PDF.",
        )
    return redirect(_documents_url(document))


def _documents_url(document):
    plan = document.plan or (document.report and document.report.plan)
    if plan is None:
        return document.owner.get_absolute_url()
    return reverse("reports:plan-documents", args=[plan.pk])
