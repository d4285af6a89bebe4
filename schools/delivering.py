"""Sending what waits in the outbox (`Mail`). A mail server that fails loses nothing: the
mail waits and is tried again, after longer and longer pauses, for three days."""

import hashlib
import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from schools.models import Mail

logger = logging.getLogger(__name__)

# Before the second try, the third …; the last one is kept. The first must be longer than
# EMAIL_TIMEOUT: until it is over, nobody else takes the mail.
PAUSES = tuple(timedelta(minutes=m) for m in (5, 15, 60, 4 * 60))
GIVES_UP_AFTER = timedelta(days=3)
NOT_A_USER_ANY_MORE = "Tài khoản của người nhận đã ngừng hoạt động."


def pause_after(attempts):
    """How long to wait after so many tries, the first being 1."""
    return PAUSES[min(attempts, len(PAUSES)) - 1]


def waiting(now):
    """The mails that may be sent at `now`, the oldest first."""
    due = Mail.objects.filter(sent_at__isnull=True, next_try_at__lte=now)
    return due.select_related("recipient").order_by("created_at", "pk")


def claim(mail, now):
    """Take `mail` for sending, and say whether it was still to be had. One UPDATE decides
    between workers on both databases; no transaction stays open while the mail server is
    spoken to. Whoever dies with it leaves it to the next after the pause."""
    unclaimed = Mail.objects.filter(
        pk=mail.pk, sent_at__isnull=True, next_try_at=mail.next_try_at
    )
    mail.attempts += 1
    mail.next_try_at = now + pause_after(mail.attempts)
    taken = unclaimed.update(attempts=mail.attempts, next_try_at=mail.next_try_at)
    return taken == 1


def deliver(now=None):
    """Send what waits. Returns when to try again what could not be sent, or None.

    A server that cannot be reached ends the run, the others wait for the next; a single
    mail that it refuses does not."""
    failed = []
    connection = None
    for mail in waiting(now or timezone.now()):
        if not claim(mail, now or timezone.now()):
            continue
        try:
            connection = connection or _open_connection()
        except Exception as error:  # noqa: BLE001 - whatever the backend raises
            failed.append(_keep(mail, error))
            break
        if not _send(mail, connection):
            failed.append(mail.next_try_at)
            # After an error the state of the connection is unknown.
            _close(connection)
            connection = None
    if connection is not None:
        _close(connection)
    return min((at for at in failed if at is not None), default=None)


def _open_connection():
    connection = get_connection()
    connection.open()
    return connection


def _close(connection):
    try:
        connection.close()
    except Exception:  # noqa: BLE001 - the mails are gone or kept by now
        logger.warning("The connection to the mail server did not close.")


def _send(mail, connection):
    """Send one claimed mail; whether it went out (or never has to)."""
    if not mail.recipient.is_active:
        _settle(mail, next_try_at=None, trouble=NOT_A_USER_ANY_MORE)
        return True
    try:
        _message(mail, connection).send()
    except Exception as error:  # noqa: BLE001 - whatever the backend raises
        _keep(mail, error)
        return False
    _settle(mail, sent_at=timezone.now(), next_try_at=None, trouble="")
    return True


def _message(mail, connection):
    """Text only, to one address. The Message-ID follows from the key: should a mail go out
    twice after all (a machine stopped between sending and noting), a mailbox can tell."""
    digest = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
    host = settings.SITE_URL.split("://")[-1].split("/")[0].split(":")[0]
    return EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.recipient.email],
        connection=connection,
        headers={
            "Message-ID": f"<{digest}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _keep(mail, error):
    """Note the trouble; the mail waits, or is given up. When it is tried next, or None."""
    trouble = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    is_too_old = mail.next_try_at > mail.created_at + GIVES_UP_AFTER
    next_try_at = None if is_too_old else mail.next_try_at
    _settle(mail, next_try_at=next_try_at, trouble=trouble)
    logger.warning("Mail %s was not sent (try %s).", mail.pk, mail.attempts)
    return next_try_at


def _settle(mail, **fields):
    for name, value in fields.items():
        setattr(mail, name, value)
    mail.save(update_fields=[*fields])
