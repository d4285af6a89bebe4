"""The register of outgoing documents of a school or of an office."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.generic import ListView

from plans.views.access import posted
from reports import register
from reports.enums import EntryState
from reports.filing import WRITERS
from reports.models import RegisterEntry
from reports.official.register import register_document
from reports.official.workbook import write_xlsx
from reports.register_forms import EntryForm, WithdrawForm
from reports.signing_state import may_in_name_of
from reports.views.documents import as_attachment
from schools.models import Authority, School
from schools.permissions import Ability

_BODIES = {"truong": School, "co-quan": Authority}
_PAPERS = WRITERS | {"xlsx": write_xlsx}


def get_body(request, kind, pk):
    """The school or the office, if it is one that this person may see; else 404."""
    if kind not in _BODIES:
        raise Http404
    return get_object_or_404(_BODIES[kind].objects.for_user(request.user), pk=pk)


def _may_keep(user, body):
    return may_in_name_of(user, Ability.KEEP_REGISTER, body)


def _require_keeping(user, body):
    if not _may_keep(user, body):
        raise PermissionDenied


def _entries(body, year):
    """The lines of one calendar year; 404 for one that has no book."""
    if not 2018 <= year <= 2100:
        raise Http404
    return register.entries_of(body).filter(year=year)


def registers(request):
    """One's own registers; the only one there is opens at once."""
    standing, year = request.user.standing, timezone.localdate().year
    own = [("truong", pk) for pk in standing.school_ids]
    own += [
        ("co-quan", pk)
        for pk, roles in standing.roles_at_authority.items()
        if roles & {"office_leader", "office_officer"}
    ]
    if len(own) == 1:
        kind, pk = own[0]
        return RegisterPage.as_view()(request, kind=kind, pk=pk, year=year)
    bodies = [(kind, pk, get_body(request, kind, pk)) for kind, pk in own]
    return render(request, "reports/registers.html", {"bodies": bodies, "year": year})


class RegisterPage(ListView):
    """The lines of one body and calendar year, the newest first."""

    template_name = "reports/register.html"
    paginate_by = 100

    def get_queryset(self):
        kind, pk, year = (self.kwargs[name] for name in ("kind", "pk", "year"))
        self.body = get_body(self.request, kind, pk)
        entries = _entries(self.body, year).select_related("document")
        return entries.defer("document__snapshot").order_by("-dated", "-pk")

    def get_context_data(self, **kwargs):
        own = register.entries_of(self.body).values_list("year", flat=True)
        years = set(own.order_by().distinct()) | {timezone.localdate().year}
        return super().get_context_data(
            body=self.body,
            years=sorted(years | {self.kwargs["year"]}, reverse=True),
            may_keep=_may_keep(self.request.user, self.body),
            formats=(("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel")),
            **self.kwargs,
            **kwargs,
        )


def register_add(request, kind, pk):
    """Keep the next number, or write down one that was given on paper."""
    body = get_body(request, kind, pk)
    _require_keeping(request.user, body)
    form = EntryForm(posted(request), body=body)
    if request.method == "POST" and form.is_valid():
        try:
            entry = form.enter(by=request.user)
        except register.NumberError as error:
            form.add_error("number", str(error))
        else:
            word = "Đã ghi" if entry.is_paper else "Đã giữ"
            messages.success(request, f"{word} số {entry} vào sổ.")
            return redirect("reports:register", kind, pk, entry.year)
    context = {"body": body, "form": form, "kind": kind, "pk": pk}
    context["year"] = timezone.localdate().year
    return render(request, "reports/register_add.html", context)


def register_withdraw(request, pk):
    """Say that a document no longer counts; its line stays."""
    entries = RegisterEntry.objects.for_user(request.user)
    entry = get_object_or_404(entries.select_related("school", "authority"), pk=pk)
    _require_keeping(request.user, entry.body)
    kind = "truong" if entry.school_id else "co-quan"
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            register.withdraw(entry, reason=form.cleaned_data["reason"])
        except register.NumberError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Đã ghi thu hồi văn bản {entry} trong sổ.")
        return redirect("reports:register", kind, entry.body.pk, entry.year)
    is_withdrawn = entry.state == EntryState.WITHDRAWN
    context = {"entry": entry, "form": form, "kind": kind, "is_withdrawn": is_withdrawn}
    return render(request, "reports/register_withdraw.html", context)


def register_download(request, kind, pk, year, file_format):
    """The book of one year, in the order of its numbers."""
    body = get_body(request, kind, pk)
    if file_format not in _PAPERS:
        raise Http404
    entries = _entries(body, year).order_by("series", "number", "number_suffix")
    paper = register_document(body, year, entries)
    return as_attachment(
        _PAPERS[file_format](paper), f"So van ban di {year}.{file_format}"
    )
