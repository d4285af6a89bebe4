"""Invitations: sending one, and the page it opens."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from qualityplan.throttling import limited
from schools import inviting
from schools.people import PeopleError, require_reach
from schools.people_forms import AcceptForm, InvitationForm
from schools.views.people import PAGE_SIZE


def invite(request):
    """The form; the answer shows the link, this once."""
    found = require_reach(request.user)
    form = InvitationForm(
        request.POST if request.method == "POST" else None, reach=found
    )
    if request.method == "POST" and form.is_valid():
        try:
            invitation, secret = inviting.invite(by=request.user, **form.cleaned_data)
        except PeopleError as error:
            form.add_error("email", str(error))
        else:
            context = {
                "invitation": invitation,
                "link": inviting.link(secret),
                "is_mailed": inviting.mail(invitation, secret),
            }
            return render(request, "schools/people/invited.html", context)
    status = 422 if form.errors else 200
    return render(request, "schools/people/invite.html", {"form": form}, status=status)


def invitation_list(request):
    """Links that nobody has used."""
    found = require_reach(request.user)
    listed = inviting.invitations(found)
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "now": timezone.now()}
    return render(request, "schools/people/invitations.html", context)


@require_POST
def invitation_cancel(request, pk):
    found = require_reach(request.user)
    invitation = get_object_or_404(inviting.invitations(found), pk=pk)
    if inviting.cancel(invitation):
        messages.success(
            request, f"Đã hủy lời mời {invitation.email}; đường dẫn không mở được nữa."
        )
    else:
        messages.info(request, "Lời mời này đã hết hạn hoặc đã được dùng.")
    return redirect("schools:invitations")


@login_not_required
@limited("invitation", times=30, seconds=600)
def invitation(request, secret):
    """What the link opens: a new account, or a further role for an old one."""
    found = inviting.find(secret)
    if found is None:
        return _answer(request, "account/invitation_gone.html", {}, status=410)
    account = inviting.account_of(found)
    context = {"invitation": found, "account": account}
    if account is None and not request.user.is_authenticated:
        return _new_account(request, secret, found)
    if account is not None and account == request.user:
        return _further_role(request, secret, context)
    return _answer(request, "account/invitation_sign_in.html", context)


def _new_account(request, secret, found):
    data = request.POST if request.method == "POST" else None
    form = AcceptForm(data, initial={"full_name": found.full_name})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            person = inviting.accept_new(secret, told["full_name"], told["password"])
        except ValidationError as error:
            form.add_error("password", error)
        except PeopleError as error:
            form.add_error(None, str(error))
        else:
            login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(
                request, "Đã lập tài khoản. Lần sau đăng nhập bằng e-mail."
            )
            return redirect("home")
    context = {"invitation": found, "form": form}
    status = 422 if form.errors else 200
    return _answer(request, "account/invitation.html", context, status=status)


def _further_role(request, secret, context):
    if request.method == "POST":
        try:
            inviting.accept_existing(secret, request.user)
        except PeopleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Đã nhận vai trò mới.")
        return redirect("home")
    return _answer(request, "account/invitation_accept.html", context)


def _answer(request, template, context, status=200):
    """No cache keeps a page whose address opens a door."""
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response
