"""Writing mails into the outbox. That happens in the transaction of the deed they tell of:
either both stay or neither. They are sent after it, by a worker (`schools.tasks`)."""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from schools.models import Mail, Membership, User
from schools.permissions import ABILITIES, OFFICE_ABILITIES
from schools.tasks import deliver_mails

PRODUCT = "Cải tiến chất lượng"
_AT_ONCE = 200  # mails written by one statement
_SUBJECT_LENGTH = Mail._meta.get_field("subject").max_length


@dataclass(frozen=True)
class Letter:
    """A mail to be written. `key` is its identity: the same key is never mailed twice."""

    key: str
    recipient: User
    subject: str
    body: str


def letter(template, *, key, recipient, subject, **context):
    """The `Letter` that `templates/mail/<template>.txt` makes. Whatever line ends stand in
    `subject` become blanks: a header is one line."""
    context |= {
        "choice_url": absolute(reverse("mail-choice")),
        "site": settings.SITE_URL,
    }
    body = render_to_string(f"mail/{template}.txt", context)
    return Letter(key, recipient, _one_line(f"[{PRODUCT}] {subject}"), body.strip())


def _one_line(text):
    """As one line of printable characters, cut to what fits."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) <= _SUBJECT_LENGTH:
        return line
    return line[: _SUBJECT_LENGTH - 1].rstrip() + "…"


def absolute(path):
    """`path` of this site as a link that works in a mail."""
    return f"{settings.SITE_URL}{path}"


def post(letters):
    """Put `letters` into the outbox; those whose key is known are left out. How many are
    new. The worker is woken when the transaction has gone through."""
    letters = list({letter.key: letter for letter in letters}.values())
    with transaction.atomic():
        count = sum(
            _write(letters[start : start + _AT_ONCE])
            for start in range(0, len(letters), _AT_ONCE)
        )
        if count:
            # The task is a row of the queue: should that fail, the mails still wait in
            # the outbox for the next one.
            transaction.on_commit(deliver_mails.enqueue, robust=True)
    return count


def _write(letters):
    keys = [letter.key for letter in letters]
    known = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [Mail(**vars(letter)) for letter in letters if letter.key not in known]
    # Of two that post the same key at the same moment, the database takes one.
    Mail.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def people_by_place(place, pks, ability, table=ABILITIES):
    """Who may do `ability` today, by the pk of their school or authority (`place` is
    "school" or "authority"): lists of active users, each person once. One query. `table`
    says which roles may do it."""
    roles = [role for role, abilities in table.items() if ability in abilities]
    held = Membership.objects.on(timezone.localdate()).filter(
        role__in=roles, user__is_active=True, **{f"{place}__in": pks}
    )
    found = {}
    for membership in held.select_related("user").order_by("user__pk"):
        people = found.setdefault(getattr(membership, f"{place}_id"), {})
        people[membership.user_id] = membership.user
    return {pk: list(people.values()) for pk, people in found.items()}


people_at_schools = partial(people_by_place, "school")
people_at_offices = partial(people_by_place, "authority")
# Those who act in the name of the office itself, not at its schools.
people_of_offices = partial(people_by_place, "authority", table=OFFICE_ABILITIES)
