"""Comments: the list, a new one, answers, done and not done. The pages of plans and those
of result reports (`reports.views.comments`) are these."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from plans import commenting
from plans.commenting import MAX_COMMENT, CommentError, Line
from plans.forms import PlainForm
from plans.views.access import get_plan, posted, tell_removed_controls
from qualityplan.fields import PlainTextField
from schools.permissions import Ability, may


@dataclass(frozen=True)
class Talk:
    """What is talked about: plans or reports. `names` are the URL names of the pages by
    what they do, `head` the template of their title."""

    names: dict
    head: str
    places: Callable
    obstacle: Callable
    comment: Callable
    reply: Callable


PLANS = Talk(
    names={
        "list": "plans:comments",
        "add": "plans:comment-add",
        "reply": "plans:comment-reply",
        "resolve": "plans:comment-resolve",
        "reopen": "plans:comment-reopen",
        "text": "plans:detail",
        "after": "plans:office-review",
        "paper": "reports:plan-comments",
        "download": "reports:plan-comments-download",
    },
    head="plans/_plan_head.html",
    places=commenting.plan_places,
    obstacle=commenting.obstacle,
    comment=commenting.comment_on_plan,
    reply=commenting.reply_on_plan,
)


class CommentForm(PlainForm):
    """A comment, or an answer to one."""

    text = PlainTextField.area(
        rows=4,
        max_length=MAX_COMMENT,
        label="Góp ý",
        error_messages={"required": "Hãy viết nội dung góp ý."},
    )

    def __init__(self, data=None, *, line=None, field="", **kwargs):
        super().__init__(data, initial={"field": field}, **kwargs)
        if line is not None and len(line.cells) > 1:
            whole = ("", "Cả phần này" if line.pk is None else "Cả dòng")
            choices = [(key, label) for key, (label, _) in line.cells.items()]
            self.fields["field"] = forms.ChoiceField(
                label="Ô được góp ý",
                choices=[whole, *choices],
                required=False,
                error_messages={
                    "invalid_choice": "Dòng này không có ô đó. Hãy chọn lại ô."
                },
            )
            self.order_fields(["field", "text"])


class ReplyForm(CommentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Trả lời"
        self.fields["text"].error_messages["required"] = "Hãy viết câu trả lời."


def plan_comments(request, pk):
    return comment_list(request, PLANS, get_plan(request, pk))


def plan_comment_add(request, pk):
    return comment_add(request, PLANS, get_plan(request, pk))


@require_POST
def plan_comment_reply(request, pk, comment_pk):
    return comment_reply(request, PLANS, get_plan(request, pk), comment_pk)


@require_POST
def plan_comment_resolve(request, pk, comment_pk):
    return comment_mark(request, PLANS, get_plan(request, pk), comment_pk, True)


@require_POST
def plan_comment_reopen(request, pk, comment_pk):
    return comment_mark(request, PLANS, get_plan(request, pk), comment_pk, False)


# --- the pages of both ----------------------------------------------------------------


def comment_list(request, talk, owner, bound=None):
    """All comments; `bound` maps the key of a comment to the answer that was refused."""
    threads = commenting.threads_of(owner, talk.places(owner))
    may_reply = commenting.may_reply(owner.school, request.user)
    is_office = may(request.user, Ability.COMMENT_PLAN, owner.school)
    context = {
        "owner": owner,
        "talk": talk,
        "threads": [
            (thread, _reply_form(thread, bound or {}) if may_reply else None)
            for thread in threads
        ],
        "open_count": commenting.open_count(threads),
        "may_comment": is_office and not talk.obstacle(owner),
        "may_resolve": is_office,
        "refused": next(iter(bound.values())) if bound else None,
    }
    status = 422 if bound else 200
    return render(request, "plans/comments/list.html", context, status=status)


def _reply_form(thread, bound):
    if thread.comment.is_resolved:
        return None
    return bound.get(thread.comment.pk) or _new_reply(None, thread.comment.pk)


def _new_reply(data, pk):
    return ReplyForm(data, auto_id=f"tra-loi-{pk}-%s")


def comment_add(request, talk, owner):
    """Asked for with `?bang=dong&dong=12&o=goal`: table, line and cell; nothing of it for
    the whole text."""
    if not may(request.user, Ability.COMMENT_PLAN, owner.school):
        raise PermissionDenied
    table, number = request.GET.get("bang", ""), request.GET.get("dong", "")
    line_id = int(number) if number.isascii() and number.isdigit() else None
    line = talk.places(owner).find(table, line_id)
    refusal = talk.obstacle(owner) if line else commenting.GONE
    if refusal and request.method != "POST":
        messages.error(request, refusal)
        return redirect(talk.names["list"], owner.pk)
    line = line or Line(table, line_id, "Chỗ không còn trong văn bản", {})
    form = CommentForm(posted(request), line=line, field=request.GET.get("o", ""))
    if request.method == "POST" and form.is_valid():
        written = _comment(request, talk, owner, line, form)
        if written is not None:
            return written
    context = {
        "owner": owner,
        "talk": talk,
        "line": line,
        "form": form,
        "back": _place_url(talk, owner, line),
    }
    status = 422 if form.errors else 200
    return render(request, "plans/comments/add.html", context, status=status)


def _comment(request, talk, owner, line, form):
    """Write the comment and go back to its place; None where the form now says why it
    was not written, with what was typed still in it."""
    place = {"table": line.table, "line_id": line.pk, "field": ""}
    try:
        talk.comment(owner, **(place | form.cleaned_data), by=request.user)
    except CommentError as error:
        form.add_error(None, str(error))
        return None
    tell_removed_controls(request, form)
    messages.success(request, "Đã gửi góp ý. Trường thấy ngay và trả lời được.")
    return redirect(_place_url(talk, owner, line))


def _place_url(talk, owner, line):
    url = reverse(talk.names["after"], args=[owner.pk])
    if line.pk is not None:
        return f"{url}#{line.table}-{line.pk}"
    return f"{url}#phan-dau" if line.table else url


def comment_url(talk, owner, *, table="", line_id=None, field=""):
    """Where a comment on that place is written."""
    asked = {"bang": table, "dong": line_id, "o": field}
    asked = {name: value for name, value in asked.items() if value}
    url = reverse(talk.names["add"], args=[owner.pk])
    return f"{url}?{urlencode(asked)}" if asked else url


def comment_reply(request, talk, owner, comment_pk):
    comment = _comment_of(owner, comment_pk)
    if not commenting.may_reply(owner.school, request.user):
        raise PermissionDenied
    form = _new_reply(request.POST, comment.pk)
    if not form.is_valid():
        return comment_list(request, talk, owner, {comment.pk: form})
    text = form.cleaned_data["text"]
    try:
        talk.reply(owner, comment, text=text, by=request.user)
    except CommentError as error:
        messages.error(request, f"{error} Câu trả lời chưa được gửi: “{text}”")
    else:
        tell_removed_controls(request, form)
        messages.success(request, "Đã gửi câu trả lời.")
    return _to_thread(talk, owner, comment)


def comment_mark(request, talk, owner, comment_pk, is_done):
    comment = _comment_of(owner, comment_pk)
    deed = commenting.resolve if is_done else commenting.reopen
    is_new = deed(owner, comment, by=request.user)
    state = "đã xong" if is_done else "chưa xong"
    if is_new:
        messages.success(request, f"Góp ý được đánh dấu {state}.")
    else:
        messages.info(request, f"Góp ý này {state} từ trước rồi; không có gì thay đổi.")
    return _to_thread(talk, owner, comment)


def _comment_of(owner, pk):
    """A comment of this text that is not itself an answer; else 404."""
    return get_object_or_404(owner.comments.filter(parent=None), pk=pk)


def _to_thread(talk, owner, comment):
    url = reverse(talk.names["list"], args=[owner.pk])
    return redirect(f"{url}#gop-y-{comment.pk}")
