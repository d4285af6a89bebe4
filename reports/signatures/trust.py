"""The certificates the administrator trusts, and whether a signer's leads to one.

Revocation is not asked for: a school's server often has no way out, and an answer that
differs with the network would be worse than none.
"""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from reports.signatures.verdict import Problem

# Certificates a signature brings along. Real ones bring two or three; with many that
# claim to have issued each other, the search for a path would not end.
MOST_IN_CHAIN = 6

# A certificate limited to these alone was not made for people who sign.
_FOR_MACHINES = {
    ExtendedKeyUsageOID.SERVER_AUTH,
    ExtendedKeyUsageOID.CODE_SIGNING,
    ExtendedKeyUsageOID.TIME_STAMPING,
    ExtendedKeyUsageOID.OCSP_SIGNING,
}


class TrustListError(ValueError):
    """A text of the list holds no certificate; the message is for the administrator."""


class TrustList:
    """The anchors: root or issuing certificates as PEM; one text may hold several."""

    def __init__(self, pems: Iterable[str] = ()) -> None:
        self.anchors = tuple(each for pem in pems for each in _certificates(pem))

    def __bool__(self) -> bool:
        return bool(self.anchors)

    def pems(self) -> tuple[str, ...]:
        return tuple(each.public_bytes(Encoding.PEM).decode() for each in self.anchors)

    def chain_is_trusted(
        self,
        certificate: x509.Certificate,
        chain: Iterable[x509.Certificate],
        at: datetime,
    ) -> bool:
        """Whether `certificate` may sign documents and leads to an anchor, both `at` that
        moment (aware)."""
        return self.problem(certificate, chain, at) is None

    def problem(
        self,
        certificate: x509.Certificate,
        chain: Iterable[x509.Certificate],
        at: datetime,
    ) -> Problem | None:
        """What stands against `certificate`, the plainest reason first."""
        if at > certificate.not_valid_after_utc:
            return Problem.EXPIRED
        if at < certificate.not_valid_before_utc:
            return Problem.NOT_YET_VALID
        if not may_sign(certificate):
            return Problem.UNFIT
        if not self._leads_to_anchor(certificate, chain, at):
            return Problem.UNTRUSTED
        return None

    def context(self, at: datetime) -> ValidationContext:
        """For pyHanko: the anchors `at` that moment, nothing fetched from the network."""
        return ValidationContext(
            trust_roots=[to_asn1(each) for each in self.anchors],
            moment=at,
            allow_fetching=False,
        )

    def _leads_to_anchor(
        self,
        certificate: x509.Certificate,
        chain: Iterable[x509.Certificate],
        at: datetime,
    ) -> bool:
        validator = CertificateValidator(
            to_asn1(certificate),
            [to_asn1(each) for each in islice(chain, MOST_IN_CHAIN)],
            self.context(at),
        )
        try:
            asyncio.run(validator.async_validate_path())
        # ValueError: certificates whose parts contradict each other.
        except (PathError, ValidationError, ValueError):
            return False
        return True


def may_sign(certificate: x509.Certificate) -> bool:
    """By the usages it is limited to; without such limits it may."""
    usage = _extension(certificate, x509.KeyUsage)
    if usage and not (usage.digital_signature or usage.content_commitment):
        return False
    purposes = _extension(certificate, x509.ExtendedKeyUsage)
    return purposes is None or not set(purposes) <= _FOR_MACHINES


def to_asn1(certificate: x509.Certificate) -> asn1.Certificate:
    """The same certificate in the library pyHanko works with."""
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def _extension(certificate: x509.Certificate, kind):
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except (x509.ExtensionNotFound, ValueError):  # ValueError: two of a kind, or broken
        return None


def _certificates(pem: str) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem.encode())
    except ValueError as error:
        message = "Nội dung này không phải chứng thư số dạng PEM."
        raise TrustListError(message) from error
