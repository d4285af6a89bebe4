"""A person's own tokens for programs that read the JSON API."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.api_tokens import TokenError, make_token
from schools.token_form import TokenForm


def api_tokens(request):
    """The list, and a new one; its secret is shown on this answer only."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    secret = None
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = make_token(request.user, **form.cleaned_data)
        except TokenError as error:
            form.add_error("expires_on", str(error))
        else:
            form = TokenForm()
    context = {
        "form": form,
        "secret": secret,
        "tokens": request.user.api_tokens.all(),
        "today": timezone.localdate(),
    }
    return render(request, "schools/api_tokens.html", context)


@require_POST
def api_token_delete(request, pk):
    """A program that held this secret reads nothing from now on."""
    token = get_object_or_404(request.user.api_tokens, pk=pk)
    token.delete()
    messages.success(
        request, f"Đã xóa mã “{token.name}”; chương trình đó không đọc nữa."
    )
    return redirect("api-tokens")
