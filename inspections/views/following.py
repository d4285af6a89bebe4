"""Recommendations after the inspection: the list, one of them, answers and the word of
the office, the way into the school's plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from criteria.queries import criteria_with_requirements
from inspections import following
from inspections.editing import InspectionError, may_follow_up
from inspections.enums import FollowUp
from inspections.follow_forms import AnswerForm, SettleForm, TakeForm
from inspections.taking_into_plan import open_plans, take
from inspections.views.access import refused
from plans.editing import PlanLockedError
from plans.views.access import posted, tell_removed_controls
from schools.permissions import Ability, may

PER_PAGE = 50


def follow_up_list(request):
    """The recommendations this person may see, the next due first."""
    state = request.GET.get("loc", "")
    found = following.narrow(following.followed(request.user), state)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "tasks": following.tasks(page.object_list),
        "filters": [
            (key, label, key == state) for key, label in following.FILTERS.items()
        ],
        "state": state,
    }
    return render(request, "inspections/follow_up_list.html", context)


def _get(request, pk):
    found = following.followed(request.user)
    found = found.prefetch_related("inspection__school__supervisions")
    return get_object_or_404(found, pk=pk)


def follow_up(request, pk):
    """One recommendation with all that was answered; the school writes here."""
    held = _get(request, pk)
    may_reply = may(request.user, Ability.REPLY, held.inspection.school)
    form = None
    if may_reply or request.method == "POST":
        form = AnswerForm(posted(request), evidence=following.evidence_for(held))
    if request.method == "POST":
        if not may_reply:
            raise PermissionDenied
        if form.is_valid():
            return _answer(request, held, form)
    return _page(request, held, form, may_reply)


def _page(request, held, form, may_reply, word_form=None):
    school = held.inspection.school
    may_decide = may_follow_up(request.user, held.inspection)
    may_write = may(request.user, Ability.WRITE_ROWS, school)
    is_settled = held.state == FollowUp.CLOSED
    answers = held.answers.select_related("author").prefetch_related("evidence")
    context = {
        "recommendation": held,
        "inspection": held.inspection,
        "countdown": following.countdown(held, timezone.localdate()),
        "answers": answers,
        "form": None if is_settled else form,
        "may_reply": may_reply and not is_settled,
        "may_decide": may_decide and not is_settled,
        "word_form": word_form or SettleForm(),
        "plans": open_plans(school) if may_write and not is_settled else (),
    }
    has_errors = any(f is not None and f.errors for f in (form, word_form))
    status = 422 if has_errors else 200
    return render(request, "inspections/follow_up.html", context, status=status)


def _answer(request, held, form):
    try:
        following.answer(
            held,
            by=request.user,
            text=form.cleaned_data["text"],
            evidence=form.chosen(),
        )
    except InspectionError as error:
        return refused(request, error, request.path)
    tell_removed_controls(request, form)
    messages.success(
        request, "Đã gửi câu trả lời. Cơ quan kiểm tra sẽ xem và kết luận ở trang này."
    )
    return redirect("inspections:follow-up", held.pk)


@require_POST
def follow_up_word(request, pk):
    """The office says: put right, or not yet."""
    held = _get(request, pk)
    if not may_follow_up(request.user, held.inspection):
        raise PermissionDenied
    form = SettleForm(request.POST)
    is_back = request.POST.get("word") == "back"
    if form.is_valid() and is_back and not form.cleaned_data["note"].strip():
        form.add_error("note", "Hãy ghi điều nhà trường còn phải làm.")
    if not form.is_valid():
        return _page(request, held, None, False, form)
    deed = following.send_back if is_back else following.settle
    try:
        deed(held, by=request.user, note=form.cleaned_data["note"])
    except InspectionError as error:
        return refused(request, error, _url(held))
    tell_removed_controls(request, form)
    done = (
        "Đã đề nghị nhà trường làm tiếp." if is_back else "Đã kết luận: đã khắc phục."
    )
    messages.success(request, done)
    return redirect(_url(held))


def _url(held):
    return reverse("inspections:follow-up", args=[held.pk])


def follow_up_take(request, pk, plan_pk):
    """A new row of the plan from the recommendation."""
    held = _get(request, pk)
    school = held.inspection.school
    if not may(request.user, Ability.WRITE_ROWS, school):
        raise PermissionDenied
    plan = get_object_or_404(open_plans(school), pk=plan_pk)
    criteria = criteria_with_requirements(plan.circular)
    form = TakeForm(posted(request), plan=plan, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        try:
            row = take(held, plan, by=request.user, criterion=form.criterion)
        except (InspectionError, PlanLockedError) as error:
            return refused(request, error, plan)
        messages.success(
            request, "Đã đưa kiến nghị vào kế hoạch. Hãy viết tiếp các ô còn lại."
        )
        return redirect("plans:line-edit", plan.pk, "dong", row.pk)
    context = {"recommendation": held, "plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "inspections/follow_up_take.html", context, status=status)
