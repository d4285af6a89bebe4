"""Comments on result reports, and the comments on both plans and reports as an annex."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_POST

from plans import commenting
from plans.views import comments as pages
from plans.views.access import get_plan
from plans.views.comments import PLANS, Talk
from reports.commenting import (
    comment_on_report,
    obstacle,
    reply_on_report,
    report_places,
)
from reports.filenames import comments_name
from reports.filing import WRITERS
from reports.official.comments import comments_document
from reports.official.markup import page_html, paginated
from reports.views.access import get_report
from reports.views.documents import as_attachment

REPORTS = Talk(
    names={
        "list": "reports:result-comments",
        "add": "reports:result-comment-add",
        "reply": "reports:result-comment-reply",
        "resolve": "reports:result-comment-resolve",
        "reopen": "reports:result-comment-reopen",
        "text": "reports:result",
        "after": "reports:result",
        "paper": "reports:result-comments-paper",
        "download": "reports:result-comments-download",
    },
    head="reports/_result_head.html",
    places=report_places,
    obstacle=obstacle,
    comment=comment_on_report,
    reply=reply_on_report,
)
_FORMATS = WRITERS | {"html": lambda document: page_html(document).encode()}


def result_comments(request, pk):
    return pages.comment_list(request, REPORTS, get_report(request, pk))


def result_comment_add(request, pk):
    return pages.comment_add(request, REPORTS, get_report(request, pk))


@require_POST
def result_comment_reply(request, pk, comment_pk):
    report = get_report(request, pk)
    return pages.comment_reply(request, REPORTS, report, comment_pk)


@require_POST
def result_comment_resolve(request, pk, comment_pk):
    report = get_report(request, pk)
    return pages.comment_mark(request, REPORTS, report, comment_pk, True)


@require_POST
def result_comment_reopen(request, pk, comment_pk):
    report = get_report(request, pk)
    return pages.comment_mark(request, REPORTS, report, comment_pk, False)


def plan_comments_paper(request, pk):
    return _paper(request, PLANS, get_plan(request, pk))


def plan_comments_download(request, pk, file_format):
    return _download(PLANS, get_plan(request, pk), file_format)


def result_comments_paper(request, pk):
    return _paper(request, REPORTS, get_report(request, pk))


def result_comments_download(request, pk, file_format):
    return _download(REPORTS, get_report(request, pk), file_format)


def _document(talk, owner):
    return comments_document(owner, commenting.threads_of(owner, talk.places(owner)))


def _paper(request, talk, owner):
    """The annex as sheets of paper, page by page as it will print."""
    pages_of_paper = paginated(_document(talk, owner))
    context = {"owner": owner, "talk": talk, "pages": pages_of_paper}
    return render(request, "reports/comments/paper.html", context)


def _download(talk, owner, file_format):
    if file_format not in _FORMATS:
        raise Http404
    content = _FORMATS[file_format](_document(talk, owner))
    return as_attachment(content, comments_name(owner, file_format))
