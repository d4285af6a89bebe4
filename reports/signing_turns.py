"""Whose turn it is to sign: for the home page, and as mails to those people."""

from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from reports.enums import EntryState, SignedBy
from reports.models import IssuedDocument, SignedFile
from reports.signing_state import SigningState, may_in_name_of, state_of, with_turns
from schools.mailing import (
    absolute,
    letter,
    people_at_schools,
    people_of_offices,
    post,
)
from schools.models import School
from schools.permissions import Ability

_OWNERS = ("plan", "report", "inspection")
_ABILITIES = (Ability.SIGN, Ability.KEEP_REGISTER)


def waiting_for(user, year):
    """The `SigningState` of each document of the school year that waits for `user`, the
    oldest first; of a plan, report or record only the newest issue. Two queries at most,
    and none for who signs nowhere."""
    schools, offices = _signing_places(user)
    if year is None or not (schools or offices):
        return []
    of_year = Q()
    for owner in _OWNERS:
        of_year |= Q(**{f"{owner}__school_year": year})
    documents = IssuedDocument.objects.for_user(user).filter(
        Q(plan__school__in=schools)
        | Q(report__school__in=schools)
        | Q(inspection__authority__in=offices),
        of_year,
    )
    states = map(SigningState, with_turns(_unsigned(documents)).order_by("pk"))
    return [state for state in states if state.is_turn_of(user)]


def _signing_places(user):
    """Keys of the schools and of the offices in whose name `user` may sign something."""
    schools, offices = set(), set()
    for held in user.standing.memberships:
        body = held.school or held.authority
        if any(may_in_name_of(user, ability, body) for ability in _ABILITIES):
            (schools if held.school_id else offices).add(body.pk)
    return schools, offices


def _unsigned(documents):
    """Those of `documents` that lack a signature, without what was withdrawn or issued
    again."""
    sealed = SignedFile.objects.filter(
        document=OuterRef("pk"), signed_by=SignedBy.ORGANISATION, format="pdf"
    )
    same_owner = Q()
    for owner in _OWNERS:
        same_owner |= Q(**{owner: OuterRef(owner)})
    later = IssuedDocument.objects.filter(same_owner, pk__gt=OuterRef("pk"))
    withdrawn = Q(register_entry__state=EntryState.WITHDRAWN)
    return documents.filter(~Exists(sealed), ~Exists(later)).exclude(withdrawn)


# --- mails ----------------------------------------------------------------------------

# What the reader is asked to do, by the step and by whether a key takes it here.
_SIGN = "Mời Thầy/Cô ký tại:"
_SEAL = "Người ký đã ký. Mời Thầy/Cô ký tiếp bằng chữ ký số của cơ quan tại:"
_BRING_IN = (
    "Văn bản này được ký bên ngoài hệ thống (mỗi người ký bằng thiết bị của mình, hoặc ký "
    "tay trên giấy). Khi có đủ chữ ký, mời Thầy/Cô nộp bản đã ký tại:"
)


def tell_next(document, *, by):
    """Write the mails to those whose turn it now is to sign `document`, but for `by`, who
    knows. In the transaction of what brought it there: an issue or a signature."""
    state = state_of(document)
    if state.turn is None:
        return
    is_school = isinstance(state.body, School)
    find = people_at_schools if is_school else people_of_offices
    people = find([state.body.pk], state.turn).get(state.body.pk, [])
    write = partial(_letter, state)
    post(write(p) for p in people if p.gets_deed_mails and p != by)


def _letter(state, person):
    document = state.document
    return letter(
        "signing",
        key=f"signing-{document.pk}-{state.step}-{person.pk}",
        recipient=person,
        subject=f"Văn bản chờ ký – {state.body}",
        body=state.body,
        document=document,
        asked=_asked(state),
        url=absolute(reverse("reports:signing", args=[document.pk])),
    )


def _asked(state):
    if state.step == SignedBy.ORGANISATION:
        return _SEAL
    return _SIGN if state.turn == Ability.SIGN else _BRING_IN
