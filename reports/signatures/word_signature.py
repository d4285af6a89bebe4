"""One signature of a DOCX: what stands in its part, and whether it holds together.

Only what the signature's own value covers is read. Whether it covers the whole package is
for `word_verifying` to say.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from lxml import etree

from reports.signatures import word_names as names
from reports.signatures.verdict import Problem
from reports.signatures.word_algorithms import fingerprint, is_sound, is_value_of
from reports.signatures.word_package import canonical

_PATHS = {"ds": names.XMLDSIG, "xd": names.XADES, "md": names.PACKAGE_SIGNATURE}
_SIGNING_CERTIFICATES = (
    "xd:SignedSignatureProperties/xd:SigningCertificate/xd:Cert/xd:CertDigest",
    "xd:SignedSignatureProperties/xd:SigningCertificateV2/xd:Cert/xd:CertDigest",
)
_SIGNING_TIME = "xd:SignedSignatureProperties/xd:SigningTime"
_SIGNATURE_TIME = (
    "ds:SignatureProperties/ds:SignatureProperty/md:SignatureTime/md:Value"
)
_URI = re.compile(r"/([^?]+)\?ContentType=(.+)")
# More than Office writes; each costs a pass over what it names.
_MOST_OWN = 20
_MOST_PARTS = 4_000
_MOST_CERTIFICATES = 10


class SignatureUnreadable(Exception):  # noqa: N818 - what the part turned out to be
    """The part is no signature of the form Office writes."""


@dataclass(frozen=True)
class Digest:
    """A digest as it is claimed; `method` is `hashlib`'s name, "" for an outdated one."""

    method: str
    value: bytes

    def is_of(self, data: bytes) -> bool:
        return not self.method or hashlib.new(self.method, data).digest() == self.value


@dataclass(frozen=True)
class ListedPart:
    """A part as the signature's manifest names it."""

    name: str
    content_type: str
    digest: Digest
    ids: frozenset[str] | None  # of a .rels part: the relationships; None: its bytes


class PackageSignature:
    """The signature in the part `root`. Raises `SignatureUnreadable`."""

    def __init__(self, root: etree._Element):
        if root.tag != names.qualified(names.XMLDSIG, "Signature"):
            raise SignatureUnreadable
        self._info = _one(root, "ds:SignedInfo")
        self._value = _bytes(_one(root, "ds:SignatureValue"))
        self._method = _algorithm(self._info, "ds:SignatureMethod")
        self._form = _algorithm(self._info, "ds:CanonicalizationMethod")
        self._signed = _signed_elements(root, self._info)
        self._package = self._signed_one(_is_package_object)
        self._properties = self._signed_one(_is_properties)
        if self._package is None:
            raise SignatureUnreadable
        self._named = self._named_certificate()
        certificates = _certificates(root)
        self.certificate = next(filter(self._is_named, certificates), certificates[0])
        self.chain = tuple(each for each in certificates if each != self.certificate)
        self.parts = _listed_parts(self._package)

    @property
    def signed_at(self) -> datetime | None:
        """As the signer's machine said it."""
        return next((time for time in self._times() if time), None)

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong within the signature itself."""
        found = []
        if not all(digest.is_of(_canonical(each)) for each, digest in self._signed):
            times = set(self._times()) - {None}
            found.append(Problem.TIME_CHANGED if len(times) > 1 else Problem.CHANGED)
        if self._is_outdated():
            found.append(Problem.WEAK)
        elif not self._is_value_right():
            found.append(Problem.FORGED)
        return tuple(found)

    def _times(self):
        """Of XAdES, and of the package."""
        said = (
            "" if self._properties is None else _text(self._properties, _SIGNING_TIME)
        )
        return [_moment(said), _moment(_text(self._package, _SIGNATURE_TIME))]

    def _signed_one(self, is_wanted):
        found = [element for element, _ in self._signed if is_wanted(element)]
        if len(found) > 1:
            raise SignatureUnreadable
        return found[0] if found else None

    def _named_certificate(self):
        """The digest of the signer's certificate under the signature itself, where there
        is one: nobody can exchange the certificate then."""
        if self._properties is None:
            return None
        for path in _SIGNING_CERTIFICATES:
            if (found := self._properties.find(path, _PATHS)) is not None:
                return _digest(found)
        return None

    def _is_named(self, certificate):
        if self._named is None or not self._named.method:
            return True
        return fingerprint(certificate, self._named.method) == self._named.value

    def _is_outdated(self):
        digests = [digest for _, digest in self._signed]
        digests += [part.digest for part in self.parts]
        digests += [self._named] if self._named else []
        is_strong = all(digest.method for digest in digests)
        return not is_strong or not is_sound(self.certificate, self._method)

    def _is_value_right(self):
        return (
            self._form == names.C14N
            and self._is_named(self.certificate)
            and is_value_of(
                self.certificate, self._method, self._value, _canonical(self._info)
            )
        )


# --- what the signature covers of its own part ------------------------------------


def _signed_elements(root, info):
    """Each signed element of the part with its digest."""
    references = info.findall("ds:Reference", _PATHS)
    if not 1 <= len(references) <= _MOST_OWN:
        raise SignatureUnreadable
    elements = _by_id(root)
    found = []
    for reference in references:
        uri = reference.get("URI", "")
        element = elements.get(uri[1:]) if uri.startswith("#") else None
        forms = [each.get("Algorithm") for each in _transforms(reference)]
        if element is None or forms not in ([], [names.C14N]):
            raise SignatureUnreadable
        found.append((element, _digest(reference)))
    return found


def _by_id(root):
    found = {}
    for element in root.iter():
        if name := element.get("Id"):
            if name in found:  # which one is signed would depend on who reads
                raise SignatureUnreadable
            found[name] = element
    return found


def _is_package_object(element):
    is_object = element.tag == names.qualified(names.XMLDSIG, "Object")
    return is_object and element.get("Id") == names.PACKAGE_OBJECT


def _is_properties(element):
    return element.tag == names.qualified(names.XADES, "SignedProperties")


def _certificates(root):
    found = root.findall("ds:KeyInfo/ds:X509Data/ds:X509Certificate", _PATHS)
    if not 1 <= len(found) <= _MOST_CERTIFICATES:
        raise SignatureUnreadable
    try:
        return [_certificate(_bytes(each)) for each in found]
    except (ValueError, UnsupportedAlgorithm):
        raise SignatureUnreadable from None


def _certificate(der: bytes) -> x509.Certificate:
    """With everything asked for once that would complain of bad bytes only then."""
    found = x509.load_der_x509_certificate(der)
    found.public_key()
    _ = found.subject, found.issuer, found.not_valid_before_utc
    return found


# --- what it covers of the package ------------------------------------------------


def _listed_parts(package) -> tuple[ListedPart, ...]:
    references = _one(package, "ds:Manifest").findall("ds:Reference", _PATHS)
    parts = tuple(_listed_part(reference) for reference in references[:_MOST_PARTS])
    # Once each, as Office does: a large part listed a thousand times costs minutes.
    is_once = len({part.name for part in parts}) == len(references)
    if not is_once:
        raise SignatureUnreadable
    return parts


def _listed_part(reference) -> ListedPart:
    uri = _URI.fullmatch(reference.get("URI", ""))
    transforms = _transforms(reference)
    if uri is None:
        raise SignatureUnreadable
    ids = _relationship_ids(transforms) if transforms else None
    return ListedPart(uri[1], uri[2], _digest(reference), ids)


def _relationship_ids(transforms):
    forms = [transform.get("Algorithm") for transform in transforms]
    if forms != [names.RELATIONSHIP_TRANSFORM, names.C14N]:
        raise SignatureUnreadable
    wanted = names.qualified(names.PACKAGE_SIGNATURE, "RelationshipReference")
    if any(each.tag != wanted for each in transforms[0]):
        raise SignatureUnreadable
    return frozenset(each.get("SourceId", "") for each in transforms[0])


# --- small tools ------------------------------------------------------------------


def _canonical(element) -> bytes:
    try:
        return canonical(element)
    except etree.LxmlError:  # a namespace that is no full address
        raise SignatureUnreadable from None


def _transforms(reference):
    return reference.findall("ds:Transforms/ds:Transform", _PATHS)


def _digest(parent) -> Digest:
    method = names.DIGESTS.get(_algorithm(parent, "ds:DigestMethod"), "")
    return Digest(method, _bytes(_one(parent, "ds:DigestValue")))


def _algorithm(parent, path):
    return _one(parent, path).get("Algorithm", "")


def _one(parent, path):
    found = parent.findall(path, _PATHS)
    if len(found) != 1:
        raise SignatureUnreadable
    return found[0]


def _text(parent, path):
    return parent.findtext(path, "", _PATHS)


def _bytes(element) -> bytes:
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        raise SignatureUnreadable from None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else None
