"""One criterion of a self-assessment, and the way of its limitation into a plan."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from criteria.attainment import criterion_lines
from plans import assessing
from plans.assessed import criterion_result, found_of, law_day, reviews_in_order
from plans.assessment_forms import PlanChoiceForm, ReviewForm, labels_for
from plans.editing import PlanLockedError
from plans.taking import (
    AlreadyTakenError,
    CannotTakeError,
    plans_for,
    plans_left_for,
    take_limitation,
    taken_rows,
    why_no_plan,
    why_not,
)
from plans.views.access import posted, tell_removed_controls
from plans.views.assessments import get_assessment, refused
from schools.permissions import Ability, may, require


def _get_review(request, pk, review_pk):
    assessment = get_assessment(request, pk)
    reviews = assessment.reviews.select_related("criterion__standard", "assigned_to")
    reviews = reviews.prefetch_related("criterion__requirements", "evidence")
    review = get_object_or_404(reviews, pk=review_pk)
    review.assessment = assessment  # with what the permission checks read
    return review


def review_edit(request, pk, review_pk):
    """Read by everybody inside; written by those who assess, while it is open."""
    review = _get_review(request, pk, review_pk)
    may_assess = may(request.user, Ability.ASSESS, review.assessment.school)
    if request.method == "POST" and not may_assess:
        raise PermissionDenied
    found = found_of(review)
    form = _form(posted(request), review, found)
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, review, form)
        except assessing.AssessmentLockedError as error:
            return refused(request, review.assessment, error)
        except assessing.ReviewChangedError as error:
            _keep_typed_text(form, error)
    return _review_page(request, review, form, found, may_assess)


def _form(data, review, found):
    day = law_day(review.assessment)
    asked = review.criterion.requirements.all()
    in_force = [r for r in asked if not r.is_repealed(day)]
    return ReviewForm(data, review=review, requirements=in_force, found=found)


def _save(request, review, form):
    assessing.save_review(
        review,
        by=request.user,
        texts=form.texts,
        found=form.found,
        is_finished=form.cleaned_data["is_finished"],
        seen_at=_moment(form.cleaned_data["seen_at"]),
    )
    tell_removed_controls(request, form)
    messages.success(request, f"Đã lưu tiêu chí {review.criterion.code}.")
    following = _neighbours(review)[1]
    if "next" in request.POST and following is not None:
        return redirect(following)
    return redirect(review)


def _moment(text):
    """When the text the writer started from was saved; None where that is not told."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _keep_typed_text(form, error):
    """Show what was typed once more; saved again, it takes the other's place."""
    form.add_error(None, str(error))
    form.data = form.data.copy()
    form.data["seen_at"] = error.review.updated_at.isoformat()
    form.is_in_conflict = True


def _review_page(request, review, form, found, may_assess):
    assessment, criterion = review.assessment, review.criterion
    result = criterion_result(assessment, criterion, found)
    before, after = _neighbours(review)
    day = law_day(assessment)
    context = {
        "assessment": assessment,
        "review": review,
        "criterion": criterion,
        "form": form,
        "result": result,
        "lines": criterion_lines(result),
        "repealed": [r for r in criterion.requirements.all() if r.is_repealed(day)],
        "before": before,
        "after": after,
        "may_write": may_assess and assessment.is_open,
        "may_take": bool(review.limitations)
        and may(request.user, Ability.WRITE_ROWS, assessment.school)
        and plans_left_for(review).exists(),
        "may_record": may(request.user, Ability.RECORD, assessment.school),
        "taken": taken_rows(source_review=review).get(review.pk, []),
        "limitation_word": labels_for(assessment)["limitations"],
    }
    status = 422 if form.errors else 200
    return render(request, "plans/review.html", context, status=status)


def _neighbours(review):
    """The criteria before and after this one; None at the ends."""
    ordered = reviews_in_order(review.assessment)
    place = [other.pk for other in ordered].index(review.pk)
    return (
        ordered[place - 1] if place else None,
        ordered[place + 1] if place + 1 < len(ordered) else None,
    )


def limitations(request, pk):
    """All limitations found, and where each has gone."""
    assessment = get_assessment(request, pk)
    taken = taken_rows(source_review__assessment=assessment)
    reviews = [r for r in reviews_in_order(assessment) if r.limitations.strip()]
    plans = list(plans_for(assessment))
    context = {
        "assessment": assessment,
        "lines": [_limitation_line(r, taken.get(r.pk, []), plans) for r in reviews],
        "taken_count": sum(review.pk in taken for review in reviews),
        "plans": plans,
        "why_no_plan": "" if plans else why_no_plan(assessment),
        "labels": labels_for(assessment),
        "may_take": may(request.user, Ability.WRITE_ROWS, assessment.school),
    }
    return render(request, "plans/limitations.html", context)


def _limitation_line(review, rows, plans):
    """The review, the rows it has become, and whether a plan is left to take it."""
    taken = {row.plan_id for row in rows}
    return review, rows, any(plan.pk not in taken for plan in plans)


def review_take(request, pk, review_pk):
    """Take the limitation into a plan: at once where one plan is open, else asked."""
    review = _get_review(request, pk, review_pk)
    assessment = review.assessment
    require(request.user, Ability.WRITE_ROWS, assessment.school)
    plans = plans_left_for(review)
    back = reverse("plans:limitations", args=[assessment.pk])
    if not plans:
        messages.error(request, why_not(review))
        return redirect(back)
    data = posted(request)
    if data is not None and len(plans) == 1:
        data = {"plan": plans[0].pk}
    is_asking = data is not None and "plan" not in data  # the button, not the choice
    form = PlanChoiceForm(None if is_asking else data, plans=plans)
    if form.is_bound and form.is_valid():
        return _take(request, review, form.cleaned_data["plan"], back)
    context = {"assessment": assessment, "review": review, "form": form}
    return render(request, "plans/review_take.html", context)


def _take(request, review, plan, back):
    try:
        row = take_limitation(review, plan, by=request.user)
    except (AlreadyTakenError, CannotTakeError, PlanLockedError) as error:
        messages.error(request, str(error))
        return redirect(back)
    suggested = review.assessment.circular_id != plan.circular_id
    messages.success(
        request,
        f"Đã đưa vào kế hoạch năm học {plan.school_year}. Hãy viết tiếp mục tiêu, việc "
        "làm, thời gian và người phụ trách."
        + (" Tiêu chí theo thông tư mới là gợi ý, hãy kiểm tra lại." * suggested),
    )
    return redirect(f"{plan.get_absolute_url()}#dong-{row.pk}")
