"""The lines of the three tables: add, edit, duplicate, move, delete. Each deed is a plain
form post that leads back to the plan; htmx asks for the same and swaps the table."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from criteria.queries import criteria_with_requirements
from plans import commenting, drafting
from plans.editing import PlanLockedError
from plans.forms import LineForm
from plans.last_year import last_year
from plans.presenting import cell_text, place_text, table_view
from plans.tables import BY_SLUG
from plans.views.access import get_plan, is_htmx, posted, tell_removed_controls
from plans.views.plans import NOT_SAVED, refused
from schools.permissions import Ability, may

_CHANGED_MEANWHILE = (
    "Người khác vừa sửa dòng này. Phần bạn gõ vẫn còn nguyên dưới đây và chưa được lưu. "
    "Xem phần của người kia, gộp nếu cần, rồi bấm Lưu lần nữa."
)


def line_add(request, pk, slug):
    plan, table = _plan_and_table(request, pk, slug)
    line = table.model(plan=plan, position=0)
    return _edit(request, plan, table, line)


def line_edit(request, pk, slug, line_pk):
    plan, table = _plan_and_table(request, pk, slug)
    return _edit(request, plan, table, _line(plan, table, line_pk))


def _plan_and_table(request, pk, slug, ability=Ability.WRITE_ROWS):
    """The plan and the table, for somebody who may write in it and a form that has it."""
    plan = get_plan(request, pk)
    table = BY_SLUG.get(slug)
    if table is None or not table.columns(plan.layout):
        raise Http404
    if not may(request.user, ability, plan.school):
        raise PermissionDenied
    return plan, table


def _line(plan, table, line_pk):
    return get_object_or_404(table.lines(plan), pk=line_pk)


def _edit(request, plan, table, line):
    if not plan.is_open and request.method != "POST":
        return refused(request, plan, PlanLockedError(plan))
    criteria = criteria_with_requirements(plan.circular)
    is_asking = "show" in request.POST  # without JavaScript: show the requirements
    data = posted(request)
    form = LineForm(
        data,
        table=table,
        plan=plan,
        line=line,
        criteria=criteria,
        auto_id=_field_ids(request, table, line),
    )
    if data is not None and not is_asking and form.is_valid():
        return _save(request, plan, table, form)
    return _form_page(request, plan, table, line, form, is_asking)


def _save(request, plan, table, form):
    seen = request.POST.get("seen") or None
    line = form.filled_line()
    try:
        saved = drafting.save_line(table, plan, line, by=request.user, seen=seen)
    except PlanLockedError as error:
        form.add_error(None, f"{error} {NOT_SAVED}")
        return _form_page(request, plan, table, line, form)
    except drafting.LineChangedError as error:
        if error.stored is None:
            raise Http404 from None
        form.add_error(None, _CHANGED_MEANWHILE)
        return _form_page(request, plan, table, line, form, stored=error.stored)
    tell_removed_controls(request, form)
    return _changed(request, plan, table, saved.pk, f"Đã lưu {table.line}.")


def _field_ids(request, table, line):
    """Ids of the form's fields: plain on a page of its own, where links of the gap list
    lead to them; with the line's name inside the table, where several may be open."""
    return f"{table.slug}-{line.pk or 'moi'}-%s" if is_htmx(request) else "id_%s"


def _form_page(request, plan, table, line, form, is_asking=False, stored=None):
    """The form; `stored` is a colleague's version that came between, shown beside."""
    template = "plans/_line_editor.html" if is_htmx(request) else "plans/line_form.html"
    has_errors = form.is_bound and not is_asking
    context = {
        "plan": plan,
        "table": table,
        "columns": table.columns(plan.layout),
        "line": line,
        "form": form,
        "place": place_text(line) if line.pk else "",
        "criterion": form.by_pk.get(str(form["criterion"].value() or ""))
        if table.has_criterion
        else None,
        "day": plan.school_year.clamp(timezone.localdate()),
        "has_errors": has_errors,
        "last_year": last_year(line),
        "seen": _seen(request, plan, table, line, stored),
        "theirs": _theirs(plan, table, line, stored) if stored else (),
    }
    return render(request, template, context, status=422 if has_errors else 200)


def _seen(request, plan, table, line, stored):
    """The fingerprint of what this person has seen by now; a line not stored has none."""
    if stored is None and "seen" in request.POST:
        return request.POST["seen"]
    shown = stored or line
    return drafting.fingerprint(table, shown, plan.layout) if shown.pk else ""


def _theirs(plan, table, line, stored):
    """Column and text of the cells in which the stored line differs from the form's."""
    return [
        (column.label, cell_text(stored, column))
        for column in table.columns(plan.layout)
        if getattr(stored, column.field) != getattr(line, column.field)
    ]


def _changed(request, plan, table, line_pk, message):
    """Back to the plan at the line that changed; for htmx, the table as it now is."""
    if not is_htmx(request):
        messages.success(request, message)
        anchor = f"{table.slug}-{line_pk}" if line_pk else table.slug
        return redirect(f"{plan.get_absolute_url()}#{anchor}")
    context = {
        "plan": plan,
        "view": table_view(plan, table),
        "may_write": True,
        "may_arrange": may(request.user, Ability.ARRANGE_PLAN, plan.school),
        "focus_pk": line_pk,
        "message": message,
        "comments": commenting.by_place(commenting.threads_of(plan)),
        "comments_url": reverse("plans:comments", args=[plan.pk]),
    }
    return render(request, "plans/_table.html", context)


@require_POST
def line_duplicate(request, pk, slug, line_pk):
    plan, table = _plan_and_table(request, pk, slug)
    line = _line(plan, table, line_pk)
    try:
        copy = drafting.duplicate_line(table, plan, line, by=request.user)
    except PlanLockedError as error:
        return refused(request, plan, error)
    except drafting.LineChangedError:
        raise Http404 from None
    return _changed(request, plan, table, copy.pk, f"Đã nhân bản {table.line}.")


@require_POST
def line_move(request, pk, slug, line_pk):
    plan, table = _plan_and_table(request, pk, slug, Ability.ARRANGE_PLAN)
    line = _line(plan, table, line_pk)
    step = -1 if request.POST.get("direction") == "up" else 1
    try:
        moved = drafting.move_line(table, plan, line, by=request.user, step=step)
    except PlanLockedError as error:
        return refused(request, plan, error)
    except drafting.LineChangedError:
        raise Http404 from None
    message = (
        f"Đã chuyển {table.line} {'lên' if step < 0 else 'xuống'}."
        if moved
        else f"{table.line.capitalize()} đã ở {'đầu' if step < 0 else 'cuối'} nhóm; "
        "muốn chuyển sang nhóm khác, hãy sửa mức hoặc tiêu chí."
    )
    return _changed(request, plan, table, line.pk, message)


def line_delete(request, pk, slug, line_pk):
    plan, table = _plan_and_table(request, pk, slug, Ability.ARRANGE_PLAN)
    line = _line(plan, table, line_pk)
    if request.method != "POST":
        context = {
            "plan": plan,
            "table": table,
            "line": line,
            "place": place_text(line),
        }
        return render(request, "plans/line_delete.html", context)
    try:
        drafting.delete_line(table, plan, line, by=request.user)
    except PlanLockedError as error:
        return refused(request, plan, error)
    except drafting.LineChangedError:
        raise Http404 from None
    return _changed(request, plan, table, None, f"Đã xóa {table.line}.")


def requirements(request, pk):
    """The requirements of the criterion chosen in the form, for its side panel."""
    plan, _ = _plan_and_table(request, pk, "dong", Ability.VIEW)
    criteria = criteria_with_requirements(plan.circular).values()
    asked = request.GET.get("criterion", "")
    context = {
        "criterion": next((c for c in criteria if str(c.pk) == asked), None),
        "day": plan.school_year.clamp(timezone.localdate()),
    }
    return render(request, "plans/_requirements_panel.html", context)
