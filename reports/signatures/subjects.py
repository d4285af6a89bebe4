"""Whom a certificate names: a person or an organisation, and by what name."""

import re
from enum import StrEnum

from cryptography import x509
from cryptography.x509.oid import NameOID

# The certificate authorities of Vietnam put the number of a person's or a body's paper
# into UID: "CCCD:…", "CMND:…", "HC:…" (passport); "MST:…" (tax), "MNS:…" (budget).
_PERSON = re.compile(
    r"(?:CCCD|CMND|CMT|CMTND|CC|HC|HOCHIEU|PASSPORT|BHXH)\s*[:=]", re.IGNORECASE
)
_ORGANISATION = re.compile(r"(?:MST|MNS|MSDN|MDV|QD|GPKD)\s*[:=]", re.IGNORECASE)
_NUMBERS = (NameOID.USER_ID, NameOID.SERIAL_NUMBER, NameOID.ORGANIZATION_IDENTIFIER)
_NAMELESS = "Không rõ tên"


class SignerKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


def kind_of(certificate: x509.Certificate) -> SignerKind:
    """By the numbers in the subject, then by its names; unknown where neither tells."""
    subject = certificate.subject
    numbers = " ".join(_values(subject, *_NUMBERS))
    if _PERSON.search(numbers) or _values(subject, NameOID.SURNAME, NameOID.GIVEN_NAME):
        return SignerKind.PERSON
    names = _values(subject, NameOID.COMMON_NAME)
    bodies = _values(subject, NameOID.ORGANIZATION_NAME)
    has_number = bool(_values(subject, NameOID.ORGANIZATION_IDENTIFIER))
    names_itself = bool(set(map(_folded, names)) & set(map(_folded, bodies)))
    if _ORGANISATION.search(numbers) or has_number or names_itself:
        return SignerKind.ORGANISATION
    return SignerKind.UNKNOWN


def signer_name(certificate: x509.Certificate) -> str:
    subject = certificate.subject
    names = _values(subject, NameOID.COMMON_NAME)
    bodies = _values(subject, NameOID.ORGANIZATION_NAME)
    return (names or bodies or [_NAMELESS])[0]


def organisation(certificate: x509.Certificate) -> str:
    """The body of the subject (O); empty where none stands."""
    return (_values(certificate.subject, NameOID.ORGANIZATION_NAME) or [""])[0]


def _values(name: x509.Name, *oids: x509.ObjectIdentifier) -> list[str]:
    found = (each for oid in oids for each in name.get_attributes_for_oid(oid))
    texts = (each.value for each in found if isinstance(each.value, str))
    return [" ".join(text.split()) for text in texts if text.strip()]


def _folded(text: str) -> str:
    return text.casefold()
