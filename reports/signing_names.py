"""Whether the holder of a certificate is whom the document names."""

import re

from qualityplan.text import fold
from reports.enums import SignedBy
from reports.signatures.subjects import SignerKind
from schools.models import School

_WRONG_PERSON = (
    "Người ký trên chứng thư số là “{holder}”, còn văn bản in tên người ký là “{printed}”. "
    "Chỉ người có tên trên văn bản mới ký được; hãy dùng đúng chữ ký số của người đó."
)
_WRONG_BODY = (
    "Chứng thư số là của “{holder}”, còn văn bản do “{printed}” ban hành. Hãy dùng chữ ký "
    "số của cơ quan ban hành."
)
_NEEDS_BODY = "“{holder}” là chứng thư số của cá nhân. Bước này cần chữ ký số của cơ quan: {printed}."
_NEEDS_PERSON = (
    "“{holder}” là chứng thư số của cơ quan. Bước này cần chữ ký số của người ký: "
    "{printed}. Người ký phải ký trước, cơ quan ký sau."
)
_BODY_FIRST = (
    "Chữ ký của cơ quan ({holder}) đứng trước chữ ký của người ký. Theo Nghị định "
    "30/2020/NĐ-CP, người có thẩm quyền ký trước, cơ quan ký sau. Hãy ký lại từ bản đã "
    "ban hành."
)
_MISSING = (
    "Tệp còn thiếu chữ ký số của: {printed}. Những người này ký nối tiếp trên cùng một tệp "
    "rồi mới nộp."
)

_SHORTENED = (
    ("trung hoc pho thong", "thpt"),
    ("trung hoc co so", "thcs"),
    ("tieu hoc", "th"),
    ("mam non", "mn"),
    ("uy ban nhan dan", "ubnd"),
)


class HolderError(Exception):
    """Somebody else's certificate; the message names both."""


def printed_names(state):
    return tuple(each.name for each in state.signatories)


def body_name(state):
    return str(state.body)


def is_named(holder, state):
    """Whether the person `holder` is one of those printed under the text: accents, case
    and blanks aside, for certificates are often written in capitals or without accents."""
    return fold(holder) in {fold(name) for name in printed_names(state)}


def role_of(holder, organisation, kind, state):
    """As what the holder of a certificate signs this document.

    Raises HolderError for somebody whom the document does not name. A certificate that
    does not say whether it is a person's or a body's is taken by its name alone; one
    that names a person at the body is the person's, whatever field it signs in."""
    is_person = is_named(holder, state)
    is_body = _is_body(holder, state) or (
        not is_person and _is_body(organisation, state)
    )
    if kind != SignerKind.ORGANISATION and is_person:
        return SignedBy.PERSON
    if kind != SignerKind.PERSON and is_body:
        return SignedBy.ORGANISATION
    if kind == SignerKind.ORGANISATION:
        raise HolderError(_WRONG_BODY.format(holder=holder, printed=body_name(state)))
    raise HolderError(_WRONG_PERSON.format(holder=holder, printed=_listed(state)))


def check_holder(holder, organisation, kind, state):
    """Whether a key may take the step that is next, before anything is signed."""
    if state.step == SignedBy.ORGANISATION and kind == SignerKind.PERSON:
        raise HolderError(_NEEDS_BODY.format(holder=holder, printed=body_name(state)))
    if state.step == SignedBy.PERSON and kind == SignerKind.ORGANISATION:
        raise HolderError(_NEEDS_PERSON.format(holder=holder, printed=_listed(state)))
    if role_of(holder, organisation, kind, state) != state.step:
        raise HolderError(_WRONG_BODY.format(holder=holder, printed=body_name(state)))


def step_of(signatures, state):
    """In whose name a file with these signatures (`SignatureVerdict`, in the order they
    were made) is signed: by all the persons, or by the organisation after them.

    Raises HolderError where somebody else signed, somebody is missing, or the
    organisation did not sign last."""
    roles = [
        role_of(each.signer_name, each.organisation, each.kind, state)
        for each in signatures
    ]
    persons = roles.count(SignedBy.PERSON)
    if SignedBy.ORGANISATION in roles[:persons] or not persons:
        first = signatures[roles.index(SignedBy.ORGANISATION)]
        raise HolderError(_BODY_FIRST.format(holder=first.signer_name))
    signed = {fold(each.signer_name) for each in signatures[:persons]}
    missing = [name for name in printed_names(state) if fold(name) not in signed]
    if missing:
        raise HolderError(_MISSING.format(printed=", ".join(missing)))
    return roles[-1]


def _listed(state):
    return ", ".join(printed_names(state))


def _is_body(name, state):
    """A certificate may add the place after a comma ("Trường …, phường …") or shorten what
    the body is; beyond that the names must be one: schools are called "Hòa Bình" and
    "Hòa Bình 2"."""
    known = {_bare(each) for each in _names_of(state)} - {""}
    return bool({_bare(name), _bare(re.split("[,(]", name)[0])} & known)


def _names_of(state):
    body, issuer = state.body, state.document.owner.issuer_line
    if isinstance(body, School):
        return (body.name, issuer)
    return (body.name, body.header_line, f"{body.office_name} {body.name}", issuer)


def _bare(name):
    text = " ".join(re.findall(r"\w+", fold(name)))
    for long, short in _SHORTENED:
        text = text.replace(long, short)
    return text
