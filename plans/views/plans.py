"""The list of plans, a plan, and what surrounds its sections."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import ListView

from plans import carrying, commenting, completeness, drafting, sign_off, workflow
from plans.editing import PlanLockedError
from plans.forms import HeaderForm, SectionForm
from plans.models import ImprovementPlan
from plans.presenting import default_subject, section_views
from plans.tables import BY_SLUG
from plans.views.access import (
    get_plan,
    is_htmx,
    posted,
    schools_where,
    tell_removed_controls,
)
from plans.views.beginning import begin
from qualityplan.frame import chosen_school_year
from schools.permissions import Ability, may, require

# Of the changes of single lines, which stand below the milestones.
_MOST_CHANGES = 50
NOT_SAVED = "Phần bạn gõ còn nguyên dưới đây nhưng chưa được lưu; hãy chép lại nếu cần."


class PlanList(ListView):
    """The plans of the chosen school year that this person may see."""

    paginate_by = 50

    def get_queryset(self):
        self.school_year = chosen_school_year(self.request)
        plans = ImprovementPlan.objects.for_user(self.request.user).with_row_count()
        plans = plans.select_related("school", "school_year", "circular")
        return plans.filter(school_year=self.school_year).order_by("school__name", "pk")

    def get_context_data(self, **kwargs):
        may_create = bool(schools_to_plan_for(self.request.user))
        return super().get_context_data(
            school_year=self.school_year, may_create=may_create, **kwargs
        )


def schools_to_plan_for(user):
    """Ids of the schools where `user` holds a role that may begin a plan."""
    return schools_where(user, Ability.CREATE_PLAN)


def plan_create(request):
    return begin(
        request,
        ability=Ability.CREATE_PLAN,
        start=drafting.create_plan,
        done="Đã lập kế hoạch",
        template="plans/plan_create.html",
    )


def plan_detail(request, pk):
    plan = get_plan(request, pk)
    events = list(plan.events.select_related("actor"))
    threads = commenting.threads_of(plan)
    context = {
        "plan": plan,
        "subject": plan.subject or default_subject(plan),
        "sections": section_views(plan),
        "may_write": plan.is_open
        and may(request.user, Ability.WRITE_ROWS, plan.school),
        "may_arrange": plan.is_open
        and may(request.user, Ability.ARRANGE_PLAN, plan.school),
        "may_carry": plan.is_issued
        and may(request.user, Ability.CREATE_PLAN, plan.school)
        and carrying.may_go_on(plan),
        "transitions": workflow.available(plan, request.user),
        "last_note": next((e for e in events if e.note and e.actor_id), None),
        "signed": sign_off.last_sign_off(plan, events),
        "comments": commenting.by_place(threads),
        "comments_url": reverse("plans:comments", args=[plan.pk]),
        "open_comments": commenting.open_count(threads),
        "may_review": may(request.user, Ability.COMMENT_PLAN, plan.school),
    }
    return render(request, "plans/plan_detail.html", context)


def plan_gaps(request, pk):
    """What is missing before the plan can be submitted."""
    plan = get_plan(request, pk)
    gaps = completeness.gaps(plan)
    context = {
        "plan": plan,
        "blocking": [gap for gap in gaps if gap.blocks],
        "advice": [gap for gap in gaps if not gap.blocks],
        "may_submit": workflow.SUBMIT in workflow.available(plan, request.user),
    }
    return render(request, "plans/plan_gaps.html", context)


def plan_history(request, pk):
    plan = get_plan(request, pk)
    context = {
        "plan": plan,
        "events": plan.events.select_related("actor"),
        "changes": plan.line_changes.select_related("actor")[:_MOST_CHANGES],
        "tables": set(BY_SLUG),
    }
    return render(request, "plans/plan_history.html", context)


def plan_section(request, pk, section_pk):
    plan = get_plan(request, pk)
    require(request.user, Ability.WRITE_ROWS, plan.school)
    section = get_object_or_404(plan.sections, pk=section_pk, content="text")
    if section.spec is not None and section.spec.editing == "locked":
        raise PermissionDenied
    if not plan.is_open and request.method != "POST":
        return refused(request, plan, PlanLockedError(plan))
    form = SectionForm(posted(request), section=section)

    def save(**told):
        text = form.cleaned_data["text"]
        drafting.save_section(plan, section, text=text, **told)

    if _is_stored(request, form, save):
        messages.success(request, f"Đã lưu mục “{section.title}”.")
        return redirect(f"{plan.get_absolute_url()}#muc-{section.pk}")
    context = {"plan": plan, "section": section, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/plan_section.html", context, status=status)


def plan_header(request, pk):
    plan = get_plan(request, pk)
    require(request.user, Ability.ARRANGE_PLAN, plan.school)
    if not plan.is_open and request.method != "POST":
        return refused(request, plan, PlanLockedError(plan))
    form = HeaderForm(posted(request), plan=plan)

    def save(**told):
        drafting.save_header(plan, **form.texts(), **told)

    if _is_stored(request, form, save):
        messages.success(request, "Đã lưu phần đầu và phần cuối của văn bản.")
        return redirect(plan)
    context = {"plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/plan_header.html", context, status=status)


def _is_stored(request, form, save):
    """Whether `form` came with a post and `save` stored it. Where something came between,
    the form says so, with what was typed still in it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save(by=request.user, seen=form.seen_texts)
    except PlanLockedError as error:
        form.add_error(None, f"{error} {NOT_SAVED}")
        return False
    except drafting.TextsChangedError as error:
        form.show_theirs(error.stored)
        return False
    tell_removed_controls(request, form)
    return True


def refused(request, plan, error):
    """Show the plan again, with the reason why the deed was refused."""
    messages.error(request, str(error))
    if is_htmx(request):
        return HttpResponse(headers={"HX-Redirect": plan.get_absolute_url()})
    return redirect(plan)
