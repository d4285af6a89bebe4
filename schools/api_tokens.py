"""Secrets that let a program read in a person's place."""

import datetime
import hashlib
import secrets

from django.utils import timezone

from schools.models import ApiToken

PREFIX = "qp_"  # so that a secret that leaks is recognised
MOST = 5
LONGEST = datetime.timedelta(days=366)
_SEEN_EVERY = datetime.timedelta(minutes=5)


class TokenError(Exception):
    """The token cannot be made; the message says why and what to do."""


def make_token(user, *, name, expires_on):
    """A new `ApiToken` and its secret, which is nowhere else.

    Raises TokenError for one too many and for a day that is past or too far off."""
    today = timezone.localdate()
    if not today <= expires_on <= today + LONGEST:
        raise TokenError("Ngày hết hạn phải từ hôm nay đến tối đa một năm sau.")
    if user.api_tokens.filter(expires_on__gte=today).count() >= MOST:
        raise TokenError(
            f"Mỗi người có tối đa {MOST} mã đang dùng. Hãy xóa mã không cần nữa trước."
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    token = user.api_tokens.create(
        name=name, digest=digest(secret), expires_on=expires_on
    )
    return token, secret


def digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def owner_of(secret):
    """The person `secret` reads for, or None where it is unknown, out of date, or its
    owner may no longer sign in."""
    found = ApiToken.objects.filter(
        digest=digest(secret),
        expires_on__gte=timezone.localdate(),
        user__is_active=True,
    )
    token = found.select_related("user").first()
    if token is None:
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _SEEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.user
