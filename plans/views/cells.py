"""Cells as they are typed: saved, read back, restored, explained. The addresses are called
by the editing grid; without JavaScript there is the form of each line."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from plans.cell_changes import changes_of_cell
from plans.cell_gaps import all_gaps
from plans.cell_help import help_for
from plans.cell_tables import CELL_TABLES, cell_name, column_of, why_fixed
from plans.cells import CellsRefusedError, Edit, save_cells
from plans.grid_rows import token
from plans.views.access import get_plan
from plans.views.json_answers import BadRequestError, answers, clock, members, posted
from schools.permissions import Ability, may

MOST_EDITS = 2000
_MOST_SENT = 50


@answers("POST")
def cells(request, pk):
    """Save cells, all or none."""
    (asked,) = posted(request, edits=list)
    if not 1 <= len(asked) <= MOST_EDITS:
        raise BadRequestError
    edits = [_edit(data) for data in asked]
    if len({(e.table.slug, e.line, e.field) for e in edits}) < len(edits):
        raise BadRequestError  # of two texts for one cell, which?
    return _saved(*save_cells(pk, edits, by=request.user))


def _edit(data):
    slug, line, field, text, seen = members(
        data, table=str, line=int, field=str, text=str, seen=str
    )
    sent = data.get("sent") or []
    if not isinstance(sent, list) or len(sent) > _MOST_SENT:
        raise BadRequestError
    if not all(isinstance(text, str) for text in sent):
        raise BadRequestError
    return Edit(cell_table(slug), line, field, text, seen, tuple(sent))


def cell_table(slug):
    """The table named `slug`; 404 for none of a plan's."""
    if slug not in CELL_TABLES:
        raise Http404
    return CELL_TABLES[slug]


def _saved(saved, gaps):
    return JsonResponse(
        {
            "saved": [
                {
                    **one.edit.place,
                    "text": one.text,
                    "seen": token(one.text),
                    "note": one.note,
                }
                for one in saved
            ],
            "at": clock(timezone.now()),
            "gaps": {"rows": gaps},
            "removed": sum(one.removed for one in saved),
        }
    )


@answers("POST")
def cell_restore(request, pk):
    """Bring back the text that a cell had before one of its changes."""
    change_pk, field, seen = posted(request, change=int, field=str, seen=str)
    plan = get_plan(request, pk)
    change = get_object_or_404(plan.line_changes, pk=change_pk)
    if change.table not in CELL_TABLES or field not in change.changes:
        raise Http404
    table = CELL_TABLES[change.table]
    edit = Edit(table, change.line_id, field, change.changes[field][0], seen)
    if column_of(table, plan, field) is None:
        raise CellsRefusedError([(edit, "Phần này không khôi phục trong bảng được.")])
    deed = f"Khôi phục phần chữ của {table.line}"
    return _saved(*save_cells(pk, [edit], by=request.user, deed=deed))


@answers("GET")
def cells_gaps(request, pk):
    return JsonResponse({"gaps": all_gaps(get_plan(request, pk))})


def _asked_cell(request, pk):
    """The plan, table, line and column that the address asks for."""
    plan = get_plan(request, pk)
    table = cell_table(request.GET.get("table", ""))
    column = column_of(table, plan, request.GET.get("field", ""))
    key = request.GET.get("line", "")
    if column is None or not (key.isascii() and key.isdigit()):
        raise Http404
    return plan, table, get_object_or_404(table.lines(plan), pk=int(key)), column


@answers("GET")
def cell_history(request, pk):
    """Who changed a cell, when, from what to what."""
    plan, table, line, column = _asked_cell(request, pk)
    may_write = plan.is_open and may(request.user, Ability.WRITE_ROWS, plan.school)
    context = {
        "name": cell_name(table, line, column),
        "entries": changes_of_cell(plan, table, line.pk, column.field),
        "may_restore": may_write and not why_fixed(line, column.field),
    }
    return render(request, "plans/cells/history.html", context)


@answers("GET")
def cell_help(request, pk):
    """What helps in a cell, beside it."""
    plan, table, line, column = _asked_cell(request, pk)
    text = request.GET.get("text")
    context = {
        "help": help_for(plan, table, line, column, text),
        "day": plan.school_year.clamp(timezone.localdate()),
        "school_year": plan.school_year,
    }
    return render(request, "plans/cells/help.html", context)
