"""Lines added, copied, moved, deleted and merged in the editing grid. A new or changed
line comes back as the markup that the page itself uses."""

from django.http import Http404, JsonResponse

from plans import cell_lines, cell_undo
from plans.cell_gaps import all_gaps
from plans.grid_rows import row_html
from plans.tables import BY_SLUG
from plans.views.access import get_plan
from plans.views.json_answers import BadRequestError, answers, members, posted

_MISSING = type(None)


def _plan_and_table(request, pk, slug):
    """The plan and a table that its form has."""
    plan = get_plan(request, pk)
    table = BY_SLUG.get(slug)
    if table is None or not table.columns(plan.layout):
        raise Http404
    return plan, table


def _shown(plan, table, line, **more):
    """The answer that shows `line` as it is now."""
    line = table.lines(plan).get(pk=line.pk)
    html = row_html(table, line, plan)
    return JsonResponse({"html": html, "line": line.pk, "gaps": all_gaps(plan), **more})


@answers("POST")
def cells_add(request, pk):
    slug, after, texts, place = posted(
        request,
        table=str,
        after=(int, _MISSING),
        texts=(dict, _MISSING),
        place=(dict, _MISSING),
    )
    texts = texts or {}
    if not all(isinstance(text, str) for text in texts.values()):
        raise BadRequestError
    plan, table = _plan_and_table(request, pk, slug)
    line = cell_lines.add_line(
        table, plan, by=request.user, after=after, place=_place(place), texts=texts
    )
    return _shown(plan, table, line)


def _place(data):
    if data is None:
        return None
    names = ("standard", "criterion", "level", "education_level")
    words = (str, _MISSING)
    shape = {"standard": (int, _MISSING), **dict.fromkeys(names[1:], words)}
    return dict(zip(names, members(data, **shape), strict=True))


@answers("POST")
def cells_duplicate(request, pk):
    slug, key = posted(request, table=str, line=int)
    plan, table = _plan_and_table(request, pk, slug)
    line = cell_lines.duplicate_line(table, plan, key, by=request.user)
    return _shown(plan, table, line)


@answers("POST")
def cells_move(request, pk):
    slug, key, step = posted(request, table=str, line=int, step=int)
    if step not in (-1, 1):
        raise BadRequestError
    plan, table = _plan_and_table(request, pk, slug)
    moved = cell_lines.move_line(table, plan, key, by=request.user, step=step)
    return JsonResponse({"moved": moved})


@answers("POST")
def cells_delete(request, pk):
    slug, key = posted(request, table=str, line=int)
    plan, table = _plan_and_table(request, pk, slug)
    undo = cell_lines.delete_line(table, plan, key, by=request.user)
    return JsonResponse({"undo": undo, "gaps": all_gaps(plan)})


@answers("POST")
def cells_undelete(request, pk):
    (token,) = posted(request, undo=str)
    plan = get_plan(request, pk)
    table, line, into = cell_undo.undelete(plan, token, by=request.user)
    if into is None:
        return _shown(plan, table, line)
    into = table.lines(plan).get(pk=into.pk)
    also = {"line": into.pk, "html": row_html(table, into, plan)}
    return _shown(plan, table, line, into=also)


@answers("POST")
def cells_merge(request, pk):
    slug, into, away = posted(request, table=str, into=int, **{"from": int})
    plan, table = _plan_and_table(request, pk, slug)
    line, undo = cell_lines.merge_lines(table, plan, into, away, by=request.user)
    return _shown(plan, table, line, undo=undo)
