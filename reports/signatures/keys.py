"""A key to sign with, out of a PKCS#12 file (.p12, .pfx).

File and passphrase live for one request only: nothing here writes, logs or caches them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12

from reports.signatures.keyfiles import is_pkcs12, rounds_of
from reports.signatures.subjects import SignerKind, kind_of
from reports.signatures.verdict import VIETNAM

LARGEST_BYTES = 100 * 1024
SMALLEST_RSA_BITS = 2048
# What the passphrase is stretched by: real files have 1 to 600,000 rounds; a made-up
# file with two thousand million of them would hold a worker for half an hour.
MOST_ROUNDS = 2_000_000

TOO_LARGE = (
    "Tệp khóa ký lớn hơn 100 KB, không giống tệp .p12 hay .pfx. "
    "Hãy chọn lại đúng tệp chữ ký số."
)
NOT_PKCS12 = (
    "Tệp này không phải tệp khóa ký PKCS#12. "
    "Hãy chọn tệp .p12 hoặc .pfx do nơi cấp chữ ký số giao."
)
LOCKED = "Mật khẩu của tệp khóa ký không đúng. Hãy gõ lại mật khẩu."
NO_KEY = (
    "Tệp không chứa khóa bí mật, chỉ có chứng thư số. Hãy xuất lại tệp kèm khóa bí mật."
)
NO_CERTIFICATE = (
    "Tệp không chứa chứng thư số của khóa ký. Hãy xuất lại tệp kèm chứng thư số."
)
OTHER_CERTIFICATE = (
    "Chứng thư số trong tệp không đi với khóa bí mật trong tệp. Hãy xuất lại tệp."
)
UNFIT_KEY = (
    "Loại khóa trong tệp không dùng được. "
    "Cần khóa RSA từ 2048 bit trở lên, hoặc khóa elliptic P-256 hay P-384."
)
EXPIRED = (
    "Chứng thư số đã hết hạn ngày {date}. Hãy gia hạn chữ ký số rồi ký bằng tệp mới."
)
NOT_YET_VALID = "Chứng thư số có hiệu lực từ ngày {date}, chưa dùng để ký được."


class KeyFileError(Exception):
    """The key cannot be used; the message is for the person who wants to sign."""


class SigningKey(Protocol):
    """What signing needs, whether the key lies in a file or in a token."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]  # the certificates above it, root perhaps too

    def sign(self, data: bytes) -> bytes:
        """The signature over `data` with SHA-256: PKCS#1 v1.5 for RSA, DER for ECDSA."""
        ...

    @property
    def kind(self) -> SignerKind:
        """Whom the certificate names."""
        ...


@dataclass(frozen=True)
class FileKey:
    """A `SigningKey` held in memory."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    _private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._private, rsa.RSAPrivateKey):
            return self._private.sign(data, padding.PKCS1v15(), SHA256())
        return self._private.sign(data, ec.ECDSA(SHA256()))

    @property
    def kind(self) -> SignerKind:
        return kind_of(self.certificate)


def load_pkcs12(
    data: bytes, passphrase: str, *, at: datetime | None = None
) -> SigningKey:
    """The key of a PKCS#12 file, if it may sign `at` that moment (aware; default now).

    Raises `KeyFileError` with a message in Vietnamese.
    """
    private, certificate, chain = _opened(data, passphrase)
    if private is None:
        raise KeyFileError(NO_KEY)
    if certificate is None:
        raise KeyFileError(NO_CERTIFICATE if not chain else OTHER_CERTIFICATE)
    check_key(private.public_key())
    if private.public_key() != certificate.public_key():
        raise KeyFileError(OTHER_CERTIFICATE)
    check_dates(certificate, at or datetime.now(UTC))
    return FileKey(certificate, issuers_of(certificate, chain), private)


def _opened(data: bytes, passphrase: str):
    if len(data) > LARGEST_BYTES:
        raise KeyFileError(TOO_LARGE)
    if not is_pkcs12(data) or rounds_of(data) > MOST_ROUNDS:
        raise KeyFileError(NOT_PKCS12)
    try:
        return pkcs12.load_key_and_certificates(data, passphrase.encode())
    except ValueError as error:
        # The frame was a PKCS#12: what does not open now is locked.
        raise KeyFileError(LOCKED) from error
    except UnsupportedAlgorithm as error:
        raise KeyFileError(UNFIT_KEY) from error


def issuers_of(
    certificate: x509.Certificate, others: Iterable[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Those of `others` that stand above `certificate`, the nearest first. Files and
    tokens hold more than that, even other people's certificates."""
    known = {each.subject: each for each in others}
    chain = []
    while certificate.issuer != certificate.subject and certificate.issuer in known:
        certificate = known.pop(certificate.issuer)
        chain.append(certificate)
    return tuple(chain)


def check_key(public) -> None:
    """Raises `KeyFileError` for a key that no verifier would accept today."""
    is_rsa = isinstance(public, rsa.RSAPublicKey)
    if is_rsa and public.key_size >= SMALLEST_RSA_BITS:
        return
    curves = (ec.SECP256R1, ec.SECP384R1)
    is_curve = isinstance(public, ec.EllipticCurvePublicKey)
    if is_curve and isinstance(public.curve, curves):
        return
    raise KeyFileError(UNFIT_KEY)


def check_dates(certificate: x509.Certificate, at: datetime) -> None:
    """Raises `KeyFileError` outside the validity of `certificate`."""
    if at > certificate.not_valid_after_utc:
        raise KeyFileError(EXPIRED.format(date=_day(certificate.not_valid_after_utc)))
    if at < certificate.not_valid_before_utc:
        date = _day(certificate.not_valid_before_utc)
        raise KeyFileError(NOT_YET_VALID.format(date=date))


def _day(moment: datetime) -> str:
    """As people here read it, whatever zone the server keeps."""
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
