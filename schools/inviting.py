"""Invitations: a link that opens one role to one person, once, for seven days."""

import hashlib
import logging
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from schools.mailing import PRODUCT, absolute
from schools.models import Invitation, School, User
from schools.people import (
    WRONG_ROLE,
    PeopleError,
    add_role,
    fresh,
    not_ended,
    reach,
    require_reach,
    role_fits,
)

logger = logging.getLogger(__name__)

VALID_FOR = timedelta(days=7)
# What one person may send within 24 hours: enough for an office's first day, too few to
# flood anybody.
MOST_A_DAY = 200
MOST_TO_ONE = 5
_BYTES = 32  # of the secret
TOO_MANY = (
    f"Bạn đã gửi {MOST_A_DAY} lời mời trong 24 giờ qua, là mức nhiều nhất. Hãy mời tiếp "
    "vào ngày mai, hoặc nhập danh sách người dùng và vai trò từ tệp."
)
TOO_MANY_TO_ONE = (
    f"Bạn đã gửi {MOST_TO_ONE} lời mời đến e-mail này trong 24 giờ qua. Hãy hỏi người được "
    "mời xem thư có nằm trong mục thư rác không, hoặc mời lại vào ngày mai."
)
STOPPED = (
    "Tài khoản với e-mail này đã ngừng hoạt động; hãy báo người quản trị hệ thống."
)
GONE = "Lời mời không còn dùng được. Hãy xin người mời gửi lời mời mới."


def digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def link(secret):
    return absolute(reverse("invitation", args=[secret]))


@transaction.atomic
def invite(*, by, email, full_name, role, place, ends_on=None):
    """The new `Invitation` and its secret, which is stored nowhere. An earlier one that is
    still open for the same e-mail, role and place ends.

    Raises PermissionDenied out of reach, PeopleError where the role does not fit the
    place, is held already, the account is stopped, or `by` sent too many already."""
    if not require_reach(fresh(by)).holds(place):
        raise PermissionDenied
    if not role_fits(role, place):
        raise PeopleError(WRONG_ROLE)
    email = email.lower()
    where = {"school" if isinstance(place, School) else "authority": place}
    person = User.objects.filter(email=email).first()
    if person is not None:
        if not person.is_active:
            raise PeopleError(STOPPED)
        if not_ended(person.memberships.filter(role=role, **where)).exists():
            raise PeopleError(f"{person} đã có vai trò này ở {place}.")
    now = timezone.now()
    _check_number(by, email, now)
    open_invitations(now).filter(email=email, role=role, **where).update(expires_at=now)
    secret = secrets.token_urlsafe(_BYTES)
    invitation = Invitation.objects.create(
        email=email,
        full_name=full_name,
        role=role,
        ends_on=ends_on,
        digest=digest(secret),
        expires_at=now + VALID_FOR,
        created_by=by,
        **where,
    )
    return invitation, secret


def _check_number(by, email, now):
    """Cancelled and used ones count too: their mails went out. Invitations sent at the
    same moment are counted one after another."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    sent = Invitation.objects.filter(
        created_by=by, created_at__gt=now - timedelta(hours=24)
    )
    if sent.filter(email=email).count() >= MOST_TO_ONE:
        raise PeopleError(TOO_MANY_TO_ONE)
    if sent.count() >= MOST_A_DAY:
        raise PeopleError(TOO_MANY)


def mail(invitation, secret):
    """Send the link; whether the mail server took it. It does not go through the outbox,
    which would keep the secret: whoever invites is told, and has the link."""
    body = render_to_string(
        "mail/invitation.txt", {"invitation": invitation, "url": link(secret)}
    )
    message = EmailMessage(
        subject=f"[{PRODUCT}] Lời mời nhận vai trò {invitation.get_role_display()}",
        body=body.strip(),
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        return bool(message.send())
    except Exception:  # noqa: BLE001 - whatever the mail server says; no action is lost
        logger.warning("The invitation %s was not mailed.", invitation.pk)
        return False


def open_invitations(now):
    return Invitation.objects.filter(used_at__isnull=True, expires_at__gt=now)


def invitations(found):
    """Those into the `Reach` `found` that were not used, the newest first."""
    listed = Invitation.objects.filter(authority__in=found.office_ids)
    listed |= Invitation.objects.filter(school__in=found.schools.values("pk"))
    listed = listed.filter(used_at__isnull=True)
    return listed.select_related("school", "authority", "created_by")


def cancel(invitation):
    """Close the link. False where it was used or over already."""
    now = timezone.now()
    return bool(open_invitations(now).filter(pk=invitation.pk).update(expires_at=now))


def find(secret):
    """The open invitation of this link, or None. One from somebody who does not keep the
    people there any more is void, and one to a role whose last day is over."""
    found = open_invitations(timezone.now()).filter(digest=digest(secret))
    found = found.exclude(ends_on__lt=timezone.localdate())
    invitation = found.select_related("school", "authority", "created_by").first()
    return invitation if invitation and _inviter_may(invitation) else None


def _inviter_may(invitation):
    keeper = invitation.created_by
    found = reach(keeper) if keeper else None
    return bool(found and found.holds(invitation.school or invitation.authority))


def account_of(invitation):
    """Who has an account with the invited e-mail, or None."""
    return User.objects.filter(email=invitation.email).first()


@transaction.atomic
def accept_new(secret, full_name, password):
    """Make the account with the role; the person.

    Raises PeopleError where the link is over, or an account has come into being since;
    ValidationError for a password that Django's validators refuse."""
    invitation = _take(secret)
    if account_of(invitation) is not None:
        raise PeopleError(
            "E-mail này đã có tài khoản. Hãy đăng nhập rồi mở lại đường dẫn."
        )
    person = User(email=invitation.email, full_name=full_name)
    validate_password(password, person)
    person.set_password(password)
    person.save()
    _give(invitation, person)
    return person


@transaction.atomic
def accept_existing(secret, person):
    """Give the role to the signed-in `person`, who must be the one invited.

    Raises PeopleError where the link is over, PermissionDenied for somebody else."""
    invitation = _take(secret)
    if person.email != invitation.email or not person.is_active:
        raise PermissionDenied
    _give(invitation, person)


def _take(secret):
    """The invitation, marked as used; of two who open it at once, one gets it."""
    invitation = find(secret)
    now = timezone.now()
    if invitation is None or not open_invitations(now).filter(pk=invitation.pk).update(
        used_at=now
    ):
        raise PeopleError(GONE)
    return invitation


def _give(invitation, person):
    add_role(
        person,
        invitation.role,
        invitation.school or invitation.authority,
        by=invitation.created_by,
        ends_on=invitation.ends_on,
    )
