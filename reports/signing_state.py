"""How far the signing of an issued document is, and who takes the next step.

Decree 30/2020 (E01, E02): the competent person signs first; then the clerk, who keeps the
register, applies the organisation's signature, alone and only on a text already signed.
A scan of the copy signed and sealed by hand stands for both.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, Prefetch

from qualityplan.text import lines
from reports import register
from reports.enums import EntryState, SignedBy, SigningWay
from reports.models import IssuedDocument, SignedFile
from reports.official.inspection_facts import without_honorific
from schools.models import School
from schools.permissions import ABILITIES, Ability, may_at_office

HERE = (SigningWay.KEY_FILE, SigningWay.SERVER)  # the key comes to the document


@dataclass(frozen=True)
class Signatory:
    """One room to sign in on the paper; `name` is empty where it is written by hand."""

    capacity: str
    name: str

    @property
    def in_sentence(self):
        """Whoever is to sign there. "KT. HIỆU TRƯỞNG PHÓ HIỆU TRƯỞNG" is for the paper."""
        is_plain = self.capacity and "." not in self.capacity
        return self.capacity.lower() if is_plain else self.name


def may_in_name_of(user, ability, body):
    """Whether `user` may do the deed `ability` in the name of `body` itself, a school or
    an office: an office signs nothing for its schools, so only a role at the school
    itself counts there."""
    if not isinstance(body, School):
        return may_at_office(user, ability, body)
    if not user.is_authenticated or not user.is_active:
        return False
    roles = user.standing.roles_at_school.get(body.pk, frozenset())
    return any(ability in ABILITIES[role] for role in roles)


def may_keep_seal(user, body):
    """The seal of a school is kept by its head, that of an office by its leader."""
    is_school = isinstance(body, School)
    return may_in_name_of(
        user, Ability.EDIT_SCHOOL if is_school else Ability.SIGN, body
    )


def with_signatures(documents):
    """`documents` with all that `SigningState` reads for a list, in two queries more,
    and without their contents."""
    files = SignedFile.objects.defer("content", "verdict")
    documents = documents.defer("snapshot").select_related("register_entry")
    return documents.prefetch_related(Prefetch("signed_files", files))


def with_turns(documents):
    """`documents` with all that `SigningState` reads to tell who signs next, as well in
    two queries, and of their contents only the rooms to sign in."""
    documents = with_signatures(documents).select_related("inspection__authority")
    return documents.with_owner().annotate(kept_signatures=F("snapshot__signatures"))


def newest_document(owner):
    """The last issue of a plan, a report or an inspection, without its contents; None
    where nothing was issued here."""
    return with_turns(owner.issued_documents.order_by("-pk")).first()


class SigningState:
    """What is signed of `document`, and what may be done next. Reads the files of the
    document without their bytes."""

    def __init__(self, document):
        self.document = document

    @cached_property
    def files(self):
        """The signed files, in the order in which they came."""
        if "signed_files" in getattr(self.document, "_prefetched_objects_cache", {}):
            return sorted(self.document.signed_files.all(), key=lambda file: file.pk)
        return list(self.document.signed_files.defer("content").order_by("pk"))

    def _file(self, signed_by, file_format="pdf"):
        wanted = (signed_by, file_format)
        return next((f for f in self.files if (f.signed_by, f.format) == wanted), None)

    @property
    def scan(self):
        return next((f for f in self.files if f.way == SigningWay.SCAN), None)

    @property
    def by_person(self):
        return self._file(SignedBy.PERSON)

    @property
    def by_organisation(self):
        return self._file(SignedBy.ORGANISATION)

    @cached_property
    def is_withdrawn(self):
        entry = getattr(self.document, "register_entry", None)
        return entry is not None and entry.state == EntryState.WITHDRAWN

    @property
    def is_done(self):
        return self.by_organisation is not None

    @property
    def step(self):
        """In whose name the document is signed next; None when it is signed, or when it
        was withdrawn."""
        if self.is_done or self.is_withdrawn:
            return None
        return SignedBy.ORGANISATION if self.by_person else SignedBy.PERSON

    @property
    def words(self):
        """The state for a list."""
        if self.scan:
            return "Đã ký trên giấy, có bản quét"
        if self.is_done:
            return "Đã ký số đủ"
        if self.is_withdrawn:
            return "Đã thu hồi"
        if self.by_person:
            return "Người ký đã ký, chờ cơ quan ký"
        return "Chưa ký"

    @property
    def next_words(self):
        """Who takes the next step, for those who look on; empty when nobody does."""
        if self.step is None:
            return ""
        if self.step == SignedBy.ORGANISATION:
            return "Chờ văn thư đóng dấu"
        if len(self.signatories) > 1:
            return f"Chờ {len(self.signatories)} người ký"
        who = "".join(each.in_sentence for each in self.signatories)
        return f"Chờ {who or 'người'} ký"

    # --- who, by the paper ------------------------------------------------------------

    @cached_property
    def body(self):
        """The school or the office that issued it; None where nobody knows."""
        return register.body_of(self.document.owner)

    @cached_property
    def signatories(self):
        """The rooms to sign in, in the order of the paper."""
        document = self.document
        if hasattr(document, "kept_signatures"):  # read by `with_turns`
            kept = document.kept_signatures
        else:
            kept = document.snapshot.get("signatures")
        if kept is None:
            kept = document.owner.signatures
        return tuple(
            Signatory(
                " ".join(lines(entry.get("capacity", ""))),
                without_honorific(entry.get("name", "")).strip(),
            )
            for entry in kept
        )

    @property
    def names_are_known(self):
        """Whether every room to sign in has a name: who signs by key is compared with it."""
        names = [each.name for each in self.signatories]
        return bool(names) and all(names)

    # --- what a person may do ---------------------------------------------------------

    def may_take(self, user, way):
        """Whether `user` may ever use `way` for the step that is next. Bringing in what was
        signed elsewhere is the clerk's; using a key for the person is the signer's own."""
        ability = Ability.KEEP_REGISTER
        if way in HERE and self.step == SignedBy.PERSON:
            ability = Ability.SIGN
        return self.body is not None and may_in_name_of(user, ability, self.body)

    @property
    def turn(self):
        """The ability of those whose turn it is in the name of `body`; None when it is
        nobody's. What no single key can sign is signed elsewhere, and brought in."""
        if self.step is None or self.body is None:
            return None
        is_by_key = self.step == SignedBy.PERSON and self.is_open_to(HERE[0])
        return Ability.SIGN if is_by_key else Ability.KEEP_REGISTER

    def is_turn_of(self, user):
        turn = self.turn
        return turn is not None and may_in_name_of(user, turn, self.body)

    def is_open_to(self, way):
        """Whether `way` leads anywhere now."""
        if self.step is None:
            return False
        if way == SigningWay.SCAN:
            return True
        if not self.names_are_known:
            return False
        # Keys of several people never meet in one request.
        is_alone = len(self.signatories) == 1
        return way == SigningWay.TOKEN or self.step != SignedBy.PERSON or is_alone

    def ways(self, user):
        """The ways that `user` may go now, the plainest first."""
        return [
            way
            for way in SigningWay
            if self.is_open_to(way) and self.may_take(user, way)
        ]


def state_of(document):
    """Fresh from the database, whatever `document` remembers."""
    documents = IssuedDocument.objects.with_owner().select_related(
        "inspection__authority", "register_entry"
    )
    return SigningState(documents.get(pk=document.pk))
