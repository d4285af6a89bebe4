"""The pictures that go onto the page with a signature: a person's own, a body's seal."""

import base64

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from plans.views.access import posted
from reports.models import SignatureImage
from reports.signatures.pdf_place import SEAL_MM
from reports.signing_forms import PictureForm
from reports.signing_pictures import has_colour
from reports.signing_state import may_keep_seal
from reports.views.register import get_body
from schools.permissions import ABILITIES, OFFICE_ABILITIES, Ability

_PALE = {
    "blue": "Đã lưu, nhưng nét chữ trong ảnh không phải màu xanh. Nghị định 30/2020/NĐ-CP "
    "quy định hình chữ ký màu xanh.",
    "red": "Đã lưu, nhưng con dấu trong ảnh không phải màu đỏ. Nghị định 30/2020/NĐ-CP quy "
    "định hình con dấu màu đỏ.",
}


def signature_image(request):
    """One's own signature; for those who sign somewhere."""
    if not any(map(_signs, request.user.standing.memberships)):
        raise PermissionDenied
    context = {
        "title": "Hình chữ ký của tôi",
        "owner_name": request.user.full_name,
        "is_seal": False,
        "back": reverse("home"),
    }
    return _edited(request, {"user": request.user}, "blue", context)


def _signs(held):
    """Whether a membership lets its holder sign."""
    given = ABILITIES if held.school_id else OFFICE_ABILITIES
    return Ability.SIGN in given[held.role]


def seal_image(request, kind, pk):
    """The seal of a school or of an office, for those who keep it (else 403)."""
    body = get_body(request, kind, pk)
    if not may_keep_seal(request.user, body):
        raise PermissionDenied
    is_school = kind == "truong"
    context = {
        "title": "Hình con dấu",
        "owner_name": str(body),
        "is_seal": True,
        "seal_mm": SEAL_MM,
        "back": body.get_absolute_url() if is_school else reverse("home"),
    }
    owner = {"school" if is_school else "authority": body}
    return _edited(request, owner, "red", context)


def _edited(request, owner, colour, context):
    if request.method == "POST" and "delete" in request.POST:
        SignatureImage.objects.filter(**owner).delete()
        messages.success(request, "Đã xóa hình. Chữ ký số sau này không kèm hình.")
        return redirect(request.path)
    form = PictureForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        SignatureImage.objects.update_or_create(
            **owner, defaults={"content": form.picture}
        )
        if has_colour(form.picture, colour):
            messages.success(
                request, "Đã lưu hình. Lần ký sau hình này nằm trên trang."
            )
        else:
            messages.warning(request, _PALE[colour])
        return redirect(request.path)
    stored = SignatureImage.objects.filter(**owner).first()
    context |= {"form": form, "picture": stored, "data": _data(stored)}
    status = 422 if form.errors else 200
    return render(request, "reports/signing/picture.html", context, status=status)


def _data(stored):
    """The picture inside the page: it has no address of its own."""
    if stored is None:
        return ""
    return f"data:image/png;base64,{base64.b64encode(stored.content).decode()}"
