"""The page that leads from one year's plan to the next."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from plans import carrying
from plans.carrying_form import CarryOverForm
from plans.views.access import get_plan, posted
from schools.permissions import Ability, may


def carry_over(request, pk):
    """What goes on, what begins afresh and what stays behind; then the deed."""
    plan = get_plan(request, pk)
    if not may(request.user, Ability.CREATE_PLAN, plan.school):
        raise PermissionDenied
    year = carrying.year_after(plan)
    found = carrying.proposal(plan, year)
    context = {"plan": plan, "year": year, "found": found}
    if found.obstacle:
        return _refused(request, found, context)
    form = CarryOverForm(posted(request), proposal=found)
    if request.method == "POST" and form.is_valid():
        return _carry(request, plan, year, form)
    context |= {
        "form": form,
        "choices": form.choices_of(found.rows),
        "left_choices": form.choices_of(found.left_rows),
        "ticked_texts": form.data.getlist("texts")
        if form.is_bound
        else [text.key for text in found.texts],
    }
    status = 422 if form.is_bound else 200
    return render(request, "plans/plan_carry_over.html", context, status=status)


def _refused(request, found, context):
    """Why nothing can be carried: as the page, or as the answer to a deed."""
    if request.method == "POST":
        messages.error(request, f"Chưa chuyển được: {found.obstacle}")
        return redirect(found.target or found.plan)
    return render(request, "plans/plan_carry_over.html", context)


def _carry(request, plan, year, form):
    try:
        outcome = carrying.carry_over(
            plan,
            year,
            by=request.user,
            rows=form.chosen_rows(),
            texts=form.cleaned_data["texts"],
        )
    except carrying.CarryOverError as error:
        messages.error(request, f"Chưa chuyển được: {error}")
        return redirect(plan)
    if outcome.is_new:
        messages.success(
            request,
            f"Đã lập kế hoạch năm học {year} và chuyển {outcome.row_count} nội dung. "
            "Hãy sửa thời gian, số liệu của từng nội dung theo năm mới.",
        )
    elif outcome.row_count or outcome.text_count:
        counts = (outcome.row_count, "nội dung"), (outcome.text_count, "mục lời văn")
        added = " và ".join(f"{count} {what}" for count, what in counts if count)
        messages.success(request, f"Đã chuyển thêm {added}.")
    else:
        messages.info(request, "Không có gì mới: các mục đã chọn được chuyển từ trước.")
    return redirect(outcome.plan)
