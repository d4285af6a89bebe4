"""A plan or a result report taken home as a workbook, and brought back."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from plans.cells import CellsChangedError, CellsRefusedError, LinesGoneError
from plans.editing import PlanLockedError
from plans.views.access import get_plan, posted
from qualityplan.forms import PlainHelper
from reports.incoming_reading import checked_content
from reports.resulting import ReportLockedError
from reports.roundtrip import applying, books
from reports.roundtrip.comparing import compare
from reports.roundtrip.problems import WorkbookRefusedError
from reports.roundtrip.reading import read_book
from reports.roundtrip.writing import write_book
from reports.views.access import get_report
from reports.views.documents import as_attachment
from schools.permissions import Ability, require

_REFUSALS = (
    CellsChangedError,
    CellsRefusedError,
    LinesGoneError,
    PlanLockedError,
    ReportLockedError,
    WorkbookRefusedError,
)


class ReturnForm(PlainHelper, forms.Form):
    file = forms.FileField(
        label="Tệp Excel đã điền",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Hãy chọn tệp Excel đã điền.",
            "empty": "Tệp rỗng: không có nội dung nào bên trong.",
        },
    )

    def clean_file(self):
        self.content = checked_content(self.cleaned_data["file"])
        return self.cleaned_data["file"]


@dataclass(frozen=True)
class Kind:
    """How one kind of paper is found, drawn as a workbook, and written."""

    get: object
    ability: Ability
    book_of: object
    apply: object
    locked: type
    url: str


KINDS = {
    books.PLAN: Kind(
        get_plan,
        Ability.WRITE_ROWS,
        books.plan_book,
        applying.apply_to_plan,
        PlanLockedError,
        "reports:plan-workbook",
    ),
    books.RESULT: Kind(
        get_report,
        Ability.WRITE_REPORT,
        books.result_book,
        applying.apply_to_result,
        ReportLockedError,
        "reports:result-workbook",
    ),
}


def _open_paper(request, kind, pk):
    """The paper, if this person may write it, and why it cannot be written now."""
    paper = KINDS[kind].get(request, pk)
    require(request.user, KINDS[kind].ability, paper.school)
    return paper, "" if paper.is_open else str(KINDS[kind].locked(paper))


def _locked(request, paper, reason):
    messages.error(request, reason)
    return redirect(paper)


def workbook(request, pk, kind):
    """Take home, bring back; what came back is shown beside what is stored."""
    paper, reason = _open_paper(request, kind, pk)
    if reason:
        return _locked(request, paper, reason)
    form = ReturnForm(posted(request), request.FILES or None)
    book = KINDS[kind].book_of(paper)
    context = {"paper": paper, "form": form, "kind": kind, "book": book}
    if request.method == "POST" and form.is_valid():
        try:
            comparison = compare(book, read_book(form.content, book))
        except WorkbookRefusedError as error:
            form.add_error("file", ValidationError(str(error)))
        else:
            context["comparison"] = comparison
            if not comparison.faults:  # without it the button does nothing
                context["carried"] = applying.carried(book, comparison, by=request.user)
            return render(request, "reports/roundtrip/changes.html", context)
    return render(request, "reports/roundtrip/workbook.html", context)


def workbook_download(request, pk, kind):
    paper, reason = _open_paper(request, kind, pk)
    if reason:
        return _locked(request, paper, reason)
    book = KINDS[kind].book_of(paper)
    name = f"{book.subject.name} - {paper.school.name} (de soan).xlsx"
    return as_attachment(write_book(book), name)


@require_POST
def workbook_apply(request, pk, kind):
    """Write what was looked over, all of it or nothing."""
    paper, reason = _open_paper(request, kind, pk)
    if reason:
        return _locked(request, paper, reason)
    told = request.POST.getlist("xung-dot")
    chosen = {int(n) for n in told if n.isdecimal() and len(n) < 10}
    try:
        accepted = applying.accepted_from(
            request.POST.get("thay-doi", ""), kind=kind, pk=paper.pk, by=request.user
        )
        cells = applying.chosen_cells(accepted, chosen)
        cell_count, line_count = KINDS[kind].apply(
            paper, accepted, cells, by=request.user, book_of=KINDS[kind].book_of
        )
    except _REFUSALS as error:
        messages.error(request, f"Chưa có gì được lưu. {error}")
        return redirect(KINDS[kind].url, pk)
    words = f"{cell_count} ô" + (f", {line_count} dòng mới" if line_count else "")
    messages.success(request, f"Đã nhận từ tệp Excel: {words}.")
    return redirect(paper)
