"""The paper of a plan: looked at, downloaded, issued."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from plans import workflow
from plans.tables import BY_SLUG
from plans.views.access import get_plan, posted
from reports.filenames import attachment, document_name
from reports.forms import IssueForm
from reports.issuing import WRITERS, issue_plan
from reports.models import IssuedFile
from reports.official.markup import paginated
from reports.official.plan import plan_document
from reports.official.stylesheet import paper_css
from schools.permissions import Ability, may

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def plan_preview(request, pk):
    """The plan as sheets of paper, page by page as it will print."""
    plan = get_plan(request, pk)
    link = None
    if plan.is_open and may(request.user, Ability.WRITE_ROWS, plan.school):
        link = _edit_links(plan, request.user)
    pages = paginated(plan_document(plan), link)
    context = {"plan": plan, "pages": pages, "can_edit": link is not None}
    return render(request, "reports/plan_preview.html", context)


def _edit_links(plan, user):
    """From a `ref` on the paper to the page where its text is typed."""
    locked = {
        s.pk for s in plan.sections.all() if s.spec and s.spec.editing == "locked"
    }
    may_arrange = may(user, Ability.ARRANGE_PLAN, plan.school)

    def link(ref):
        kind, _, pk = ref.rpartition("-")
        if ref == "dau-cuoi":
            return reverse("plans:header", args=[plan.pk]) if may_arrange else None
        if kind in BY_SLUG:
            return reverse("plans:line-edit", args=[plan.pk, kind, pk])
        if kind == "muc" and int(pk) not in locked:
            return reverse("plans:section", args=[plan.pk, pk])
        return None

    return link


def plan_download(request, pk, file_format):
    """The issued bytes where the plan was issued here, else the paper as it now is."""
    plan = get_plan(request, pk)
    if file_format not in WRITERS:
        raise Http404
    stored = IssuedFile.objects.filter(document__plan=plan, format=file_format)
    stored = stored.order_by("-document__pk").first()
    if stored is not None and not stored.is_intact:
        messages.error(
            request,
            "Tệp đã ban hành không còn nguyên vẹn nên không được tải về. Hãy báo ngay "
            "cho người quản trị hệ thống.",
        )
        return redirect(plan)
    content = stored.content if stored else WRITERS[file_format](plan_document(plan))
    response = HttpResponse(bytes(content), content_type=CONTENT_TYPES[file_format])
    response["Content-Disposition"] = attachment(document_name(plan, file_format))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def plan_issue(request, pk):
    """Number, date and signer; then the plan is a document."""
    plan = get_plan(request, pk)
    if not workflow.may_perform(workflow.ISSUE, plan, request.user):
        raise PermissionDenied
    if plan.status not in workflow.ISSUE.sources:
        messages.error(
            request,
            f"Chưa ban hành được: kế hoạch đang ở trạng thái "
            f"“{plan.get_status_display()}”.",
        )
        return redirect(plan)
    form = IssueForm(posted(request), plan=plan, signer=request.user.full_name)
    if request.method == "POST" and form.is_valid():
        return _issue(request, plan, form)
    return render(request, "reports/plan_issue.html", {"plan": plan, "form": form})


def _issue(request, plan, form):
    entered = form.cleaned_data
    try:
        document = issue_plan(
            plan,
            by=request.user,
            number=entered["number"],
            issued_on=entered["issued_on"],
            symbol=entered["symbol"],
            place=entered["place"],
            signature=form.signature(),
        )
    except workflow.TransitionError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            f"Đã ban hành kế hoạch, {document.number_and_symbol}. Văn bản không sửa được "
            "nữa; tải bản Word hoặc PDF ở dưới.",
        )
    return redirect(plan)


@cache_control(public=True, max_age=3600)
def paper_stylesheet(request):
    """How paper looks on the screen, from the decree's measures."""
    return HttpResponse(paper_css(), content_type="text/css; charset=utf-8")
