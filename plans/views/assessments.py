"""Self-assessments: the list, one with its levels, the people, its begin and end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from criteria.attainment import explanation, missing_lines
from plans import assessing
from plans.assessed import reviews_in_order, sheet_of
from plans.assessment_forms import AssignForm, LevelFourForm, WishForm, labels_for
from plans.enums import AssessmentStatus
from plans.models import Assessment
from plans.views.access import posted, schools_where
from plans.views.beginning import begin
from qualityplan.frame import chosen_school_year
from schools.permissions import Ability, may, require


def get_assessment(request, pk):
    """The assessment, if it is one that this person may see; else 404."""
    assessments = Assessment.objects.for_user(request.user).with_header()
    return get_object_or_404(assessments, pk=pk)


class AssessmentList(ListView):
    """The assessments of the chosen school year that this person may see: by name and
    without their levels, for schools are never ranked."""

    paginate_by = 50

    def get_queryset(self):
        self.school_year = chosen_school_year(self.request)
        user = self.request.user
        found = Assessment.objects.for_user(user).with_review_counts(user)
        found = found.select_related("school", "school_year", "circular")
        return found.filter(school_year=self.school_year).order_by("school__name", "pk")

    def get_context_data(self, **kwargs):
        leads = schools_where(self.request.user, Ability.LEAD_ASSESSMENT)
        return super().get_context_data(
            school_year=self.school_year, may_begin=bool(leads), **kwargs
        )


def assessment_begin(request):
    return begin(
        request,
        ability=Ability.LEAD_ASSESSMENT,
        start=assessing.begin_assessment,
        done="Đã mở tự đánh giá",
        template="plans/assessment_begin.html",
    )


def assessment_detail(request, pk):
    assessment = get_assessment(request, pk)
    sheet = sheet_of(assessment)
    is_mine = request.GET.get("cua-toi") == "1"
    top = sheet.attainment.framework.top
    context = {
        "assessment": assessment,
        "sheet": sheet,
        "parts": [_part_view(part, request.user, is_mine) for part in sheet.parts],
        "is_mine": is_mine,
        "mine_count": sum(_is_of(line, request.user) for line in sheet.lines),
        "top": top,
        "may_lead": may(request.user, Ability.LEAD_ASSESSMENT, assessment.school),
        "may_write": may(request.user, Ability.ASSESS, assessment.school),
        "limitation_word": labels_for(assessment)["limitations"],
        **_wish(request, sheet, top),
    }
    return render(request, "plans/assessment_detail.html", context)


def _is_of(line, user):
    return line.review.assigned_to_id == user.pk


def _part_view(part, user, is_mine):
    """One level of schooling for the page: its explanation, its criteria by standard."""
    standards = {}
    for line in part.lines:
        if not is_mine or _is_of(line, user):
            standards.setdefault(line.review.criterion.standard, []).append(line)
    return {
        "part": part,
        "explanation": explanation(part.attainment),
        "standards": list(standards.items()),
    }


def _wish(request, sheet, top):
    """What is missing to the level asked for by `?mong-muon=2`; saves nothing."""
    form = WishForm(request.GET, top=top)
    wish = form.cleaned_data["wish"] if form.is_valid() else None
    if wish is None:
        following = min(top, (sheet.attainment.level or 0) + 1)
        return {"wish_form": form, "wish": None, "following": following}
    missing = [
        (part.label, missing_lines(part.attainment.missing_for(wish)))
        for part in sheet.parts
    ]
    return {"wish_form": form, "wish": wish, "missing": missing}


def assessment_assign(request, pk):
    assessment = get_assessment(request, pk)
    require(request.user, Ability.LEAD_ASSESSMENT, assessment.school)
    if not assessment.is_open:
        return refused(request, assessment, assessing.AssessmentLockedError(assessment))
    reviews = reviews_in_order(assessment)
    people = assessing.people_for(assessment.school)
    form = AssignForm(posted(request), people=people, reviews=reviews)
    if request.method == "POST" and form.is_valid():
        return _assign(request, assessment, form.cleaned_data)
    chosen = {int(pk) for pk in request.POST.getlist("reviews") if pk.isdigit()}
    context = {
        "assessment": assessment,
        "form": form,
        "reviews": reviews,
        "chosen": chosen,
    }
    status = 422 if form.errors else 200
    return render(request, "plans/assessment_assign.html", context, status=status)


def _assign(request, assessment, entered):
    person = entered["person"]
    try:
        count = assessing.assign(
            assessment, entered["reviews"], person, by=request.user
        )
    except assessing.AssessmentLockedError as error:
        return refused(request, assessment, error)
    messages.success(
        request,
        f"Đã giao {count} tiêu chí cho {person}."
        if person
        else f"Đã bỏ phân công {count} tiêu chí.",
    )
    return redirect("plans:assessment-assign", assessment.pk)


def level_four(request, pk):
    """The extra clauses of Mức 4; the circulars with two levels have none."""
    assessment = get_assessment(request, pk)
    clauses = list(assessment.circular.level_four_clauses.all())
    if not clauses:
        raise Http404
    may_write = may(request.user, Ability.ASSESS, assessment.school)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    found = dict(assessment.level_four_checks.values_list("clause_id", "is_met"))
    form = LevelFourForm(posted(request), clauses=clauses, found=found)
    if request.method == "POST" and form.is_valid():
        return _save_level_four(request, assessment, form)
    context = {
        "assessment": assessment,
        "form": form,
        "may_write": may_write and assessment.is_open,
    }
    return render(request, "plans/level_four.html", context)


def _save_level_four(request, assessment, form):
    try:
        assessing.save_level_four(assessment, by=request.user, found=form.found)
    except assessing.AssessmentLockedError as error:
        return refused(request, assessment, error)
    messages.success(request, "Đã lưu các khoản của Mức 4.")
    return redirect(assessment)


@require_POST
def assessment_finish(request, pk):
    return _end(request, pk, assessing.finish_assessment, AssessmentStatus.FINISHED)


@require_POST
def assessment_reopen(request, pk):
    return _end(request, pk, assessing.reopen_assessment, AssessmentStatus.OPEN)


def _end(request, pk, deed, target):
    assessment = get_assessment(request, pk)
    try:
        deed(assessment, by=request.user)
    except (assessing.NotReadyError, assessing.AssessmentLockedError) as error:
        return refused(request, assessment, error)
    messages.success(request, f"Tự đánh giá: {target.label.lower()}.")
    return redirect(assessment)


def refused(request, assessment, error):
    """Show the assessment again, with the reason why the deed was refused."""
    messages.error(request, str(error))
    return redirect(assessment)
