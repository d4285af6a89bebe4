"""The paper of a plan: looked at, downloaded, issued."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from plans import completeness, workflow
from plans.tables import BY_SLUG
from plans.views.access import get_plan, posted
from reports.filenames import document_name
from reports.filing import WRITERS, current_file
from reports.forms import IssueForm
from reports.issuing import issue_plan
from reports.official.checking import with_empty_cells_named
from reports.official.markup import paginated
from reports.official.plan import plan_document
from reports.official.stylesheet import paper_css
from reports.register import NumberError
from reports.views.documents import as_attachment, handed_out
from schools.permissions import Ability, may


def plan_preview(request, pk):
    """The plan as sheets of paper, page by page as it will print."""
    plan = get_plan(request, pk)
    link = None
    if plan.is_open and may(request.user, Ability.WRITE_ROWS, plan.school):
        link = _edit_links(plan, request.user)
    pages = paginated(plan_document(plan), link)
    blocking = 0
    if link is not None:
        pages = with_empty_cells_named(pages)
        blocking = sum(gap.blocks for gap in completeness.gaps(plan))
    context = {
        "plan": plan,
        "pages": pages,
        "can_edit": link is not None,
        "gap_count": blocking,
    }
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
    stored = current_file(plan, file_format)
    name = document_name(plan, file_format)
    if stored is not None:
        return handed_out(request, stored, name, back=plan)
    return as_attachment(WRITERS[file_format](plan_document(plan)), name)


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
    form = IssueForm(posted(request), document=plan, signer=request.user.full_name)
    if request.method == "POST" and form.is_valid():
        return _issue(request, plan, form)
    return render(request, "reports/plan_issue.html", {"plan": plan, "form": form})


def _issue(request, plan, form):
    try:
        document = issue_plan(plan, by=request.user, **form.entered())
    except (workflow.TransitionError, NumberError) as error:
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
