"""What the ways of a plan and of a result report have in common: how a deed is described,
what each asks for, and how it is written down."""

from dataclasses import dataclass

from django.db.models import TextChoices

from schools.enums import ReviewMode
from schools.permissions import Ability


class TransitionError(Exception):
    """The deed is not possible now; the message says why and what to do."""


@dataclass(frozen=True)
class Transition:
    """One deed. `target` None leaves the state as it is; `ability` None means whoever
    approves in this office and year; `mode` limits it to one way of approving. `done` is
    the past tense for messages and the history."""

    key: str
    label: str
    done: str
    sources: frozenset
    target: TextChoices | None
    ability: Ability | None = None
    needs_note: bool = False
    note_label: str = "Ghi chú (nếu có)"
    is_main: bool = False  # the step forward: the page's one primary button
    mode: ReviewMode | None = None
    is_sign_off: bool = False  # it names the contents that were read


def require_note(transition, note):
    """Raises TransitionError where the deed must be explained and is not."""
    if transition.needs_note and not note.strip():
        raise TransitionError(f"Hãy ghi: {transition.note_label.lower()}.")


def require_complete(transition, gaps):
    """Raises TransitionError if one of the `gaps` of the contents blocks the deed."""
    missing = [gap for gap in gaps if gap.blocks]
    if missing:
        raise TransitionError(
            f"Chưa {transition.label.lower().removesuffix(' duyệt')} được: còn "
            f"{len(missing)} chỗ chưa đủ. Xem danh sách “Còn thiếu” và bấm vào từng dòng "
            "để bổ sung."
        )


def digest_to_sign(transition, document, digest_of, *, seen, name):
    """The digest of the contents that a sign-off names; "" for other deeds. Raises
    TransitionError if it is not the one that the person has `seen`."""
    if not transition.is_sign_off:
        return ""
    digest = digest_of(document)
    if seen not in (None, digest):
        raise TransitionError(
            f"{name} vừa thay đổi so với bản bạn đã xem. Hãy xem lại nội dung mới rồi "
            "quyết định."
        )
    return digest


def record(transition, document, *, by, note, changes, digest):
    """Store the deed with its `changes` of the header; returns its event."""
    fields = {**(changes or {})}
    if transition.target is not None:
        fields["status"] = transition.target
    for name, value in fields.items():
        setattr(document, name, value)
    document.save(update_fields=[*fields, "updated_at"])
    return document.events.create(
        actor=by,
        deed=transition.key,
        label=transition.done,
        note=note.strip(),
        content_digest=digest,
    )
