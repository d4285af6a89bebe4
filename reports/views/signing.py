"""The page on which an issued document is signed, and its signed copies."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)

from reports import signing
from reports.checking import signed_name
from reports.enums import SignedBy, SigningWay
from reports.filenames import issued_name
from reports.models import IssuedDocument
from reports.publishing import most_signed
from reports.signing_forms import FORMS
from reports.signing_state import SigningState, may_keep_seal
from reports.signing_verdict import HOW_TO_TRUST
from reports.views.documents import handed_out
from schools.models import School

_NEXT = {
    SignedBy.PERSON: "Chữ ký của người ký hợp lệ. Bước tiếp theo: văn thư ký bằng chữ ký "
    "số của cơ quan.",
    SignedBy.ORGANISATION: "Chữ ký hợp lệ. Văn bản đã ký xong.",
}
_SCANNED = "Đã nhận bản quét của văn bản ký tay. Văn bản đã ký xong trên giấy."
_CLOSED = "Chưa làm được: văn bản đang ở bước khác. Dưới đây là việc cần làm bây giờ."


def get_document(request, pk):
    """The document, if it is one that this person may see; else 404."""
    documents = IssuedDocument.objects.for_user(request.user).with_owner()
    documents = documents.select_related("inspection__authority", "register_entry")
    return get_object_or_404(documents, pk=pk)


@sensitive_post_parameters()
@sensitive_variables()
def sign(request, pk):
    """Where the signing is, what is signed already and by whom, and the next step."""
    document = get_document(request, pk)
    state = SigningState(document)
    if request.method != "POST":
        return _page(request, state)
    way = request.POST.get("way")
    if way not in _offered():
        raise Http404
    if not state.may_take(request.user, way):
        raise PermissionDenied
    if not state.is_open_to(way):
        messages.error(request, _CLOSED)
        return redirect("reports:signing", pk)
    form = FORMS[way](request.POST, request.FILES, state=state)
    return _taken(request, state, form) or _page(request, state, form, status=422)


@sensitive_variables()
def _taken(request, state, form):
    """The answer when the form did its work; None when there is an error to show."""
    if not form.is_valid():
        return None
    asked = request.POST.get("signed_by")
    signed_by = asked if asked in SignedBy.values else None
    try:
        files = form.take(by=request.user, signed_by=signed_by)
    except signing.OvertakenError as overtaken:
        messages.error(request, str(overtaken))
        return redirect("reports:signing", state.document.pk)
    except signing.RefusedError as refused:
        form.add_error(None, list(refused.reasons))
        return None
    if files is None:
        return None
    is_scan = form.way == SigningWay.SCAN
    messages.success(request, _SCANNED if is_scan else _NEXT[files[0].signed_by])
    return redirect("reports:signing", state.document.pk)


def _offered():
    """The ways that this installation knows."""
    ways = set(SigningWay.values)
    return ways if settings.PKCS11_MODULE else ways - {SigningWay.SERVER}


def _page(request, state, form=None, status=200):
    offered = _offered()
    ways = [way for way in state.ways(request.user) if way in offered]
    forms = [
        form if form is not None and form.way == way else FORMS[way](state=state)
        for way in ways
    ]
    copies = _copies(state)
    context = {
        "state": state,
        "document": state.document,
        "owner_url": state.document.owner.get_absolute_url(),
        "steps": _steps(state),
        "forms": forms,
        "form": form,
        "picture": signing.picture_for(state, request.user) if forms else None,
        "copies": copies,
        "has_earlier": not all(copy["is_latest"] for copy in copies),
        "seal_url": _seal_url(state, request.user),
        "token_label": settings.PKCS11_KEY_LABEL,
        "how_to_trust": HOW_TO_TRUST,
    }
    return render(request, "reports/signing/page.html", context, status=status)


def _seal_url(state, user):
    """Where this person may look at the seal, or add one; empty for others."""
    body = state.body
    if body is None or not may_keep_seal(user, body):
        return ""
    kind = "truong" if isinstance(body, School) else "co-quan"
    return reverse("reports:seal-image", args=[kind, body.pk])


def _steps(state):
    """(title, words, "done" | "now" | "later") of each."""
    scan = state.scan
    person, body = state.by_person, state.by_organisation
    names = ", ".join(each.name or each.capacity for each in state.signatories)
    now = None if state.is_withdrawn else state.step
    end = "done" if state.is_done else "later"
    on_paper = "ký tay trên bản giấy"
    return (
        ("Ban hành", f"{state.document.number_and_symbol}", "done"),
        (
            "Người ký",
            f"{names or 'chưa ghi tên'}{f', {on_paper}' if scan and not person else ''}",
            "done" if person or body else "now" if now else "later",
        ),
        (
            "Cơ quan",
            f"{state.body or 'chưa rõ'}{', đóng dấu trên bản giấy' if scan else ''}",
            "done" if body else "now" if now == SignedBy.ORGANISATION else "later",
        ),
        ("Xong", state.words if state.is_done else "Bản có đủ chữ ký", end),
    )


def _copies(state):
    """The signed files, those with the most signatures first, PDF before Word; each with
    whether its bytes are still those that were taken in."""
    stored = list(state.document.signed_files.select_related("created_by"))
    latest = SignedBy.ORGANISATION if state.by_organisation else SignedBy.PERSON
    stored.sort(key=lambda file: (file.signed_by != latest, file.format != "pdf"))
    return [
        {
            "file": file,
            "name": signed_name(file),
            "is_latest": file.signed_by == latest,
            "is_intact": file.is_intact,
        }
        for file in stored
    ]


def signed_download(request, pk, file_format):
    """The copy with the most signatures; the issued one while nobody signed."""
    document = get_document(request, pk)
    stored = most_signed(document, file_format)
    if stored is None:
        raise Http404
    is_signed = hasattr(stored, "signed_by")
    name = copy_name(document, file_format, "da ky" if is_signed else "")
    return handed_out(request, stored, name, back=_page_of(document))


def copy_download(request, pk, signed_by, file_format):
    """One signed copy, or the scan."""
    document = get_document(request, pk)
    stored = document.signed_files.filter(
        signed_by=signed_by, format=file_format
    ).first()
    if stored is None:
        raise Http404
    word = {"person": "nguoi ky", "organisation": "da ky"}[stored.signed_by]
    word = "ban quet" if stored.way == SigningWay.SCAN else word
    name = copy_name(document, file_format, word)
    return handed_out(request, stored, name, back=_page_of(document))


def copy_name(document, file_format, word):
    """As the issued file is called, with a word about the signatures."""
    stem, _, extension = issued_name(document, file_format).rpartition(".")
    return f"{stem}-{word}.{extension}" if word else f"{stem}.{extension}"


def _page_of(document):
    return reverse("reports:signing", args=[document.pk])
