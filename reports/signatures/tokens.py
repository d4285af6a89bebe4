"""A key in a PKCS#11 token of the server: it never leaves the token.

Personal USB tokens are not for this, they stick in the signer's own machine: there one
downloads, signs and uploads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from threading import Lock

import pkcs11
from cryptography import x509
from pkcs11.util.ec import encode_ecdsa_signature

from reports.signatures.keys import SigningKey, check_dates, check_key, issuers_of
from reports.signatures.subjects import SignerKind, kind_of

NO_MODULE = (
    "Không mở được thư viện của thiết bị ký trên máy chủ. Hãy báo quản trị hệ thống."
)
NO_DEVICE = (
    "Không thấy thiết bị ký «{label}» trên máy chủ. Hãy báo quản trị hệ thống kiểm tra "
    "thiết bị có cắm hay không."
)
WRONG_PIN = "Mã PIN của thiết bị ký không đúng."
PIN_LOCKED = (
    "Mã PIN của thiết bị ký đã bị khóa vì nhập sai nhiều lần. "
    "Hãy liên hệ nơi cấp thiết bị."
)
NO_KEY = "Thiết bị ký không có khóa «{label}» kèm chứng thư số của khóa đó."
REFUSED = "Thiết bị ký không thực hiện được việc ký. Hãy thử lại hoặc báo quản trị."

# A token knows one login for the whole process.
_LOCK = Lock()


class TokenError(Exception):
    """The token cannot sign; the message is for the person who wants to sign."""


@dataclass(frozen=True)
class TokenKey:
    """A `SigningKey` in an open session; of no use after it."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    _private: pkcs11.PrivateKey = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        try:
            if self._private.key_type is pkcs11.KeyType.RSA:
                return self._private.sign(
                    data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS
                )
            digest = sha256(data).digest()
            signature = self._private.sign(digest, mechanism=pkcs11.Mechanism.ECDSA)
        except pkcs11.PKCS11Error as error:
            raise TokenError(REFUSED) from error
        return encode_ecdsa_signature(signature)

    @property
    def kind(self) -> SignerKind:
        return kind_of(self.certificate)


@contextmanager
def open_token(
    module_path: str,
    token_label: str,
    pin: str,
    key_label: str,
    *,
    at: datetime | None = None,
) -> Iterator[SigningKey]:
    """The key `key_label` of a token, for as long as the block runs.

    The certificate is the one with the identifier (CKA_ID) of the key: labels of
    certificates differ from maker to maker. Raises `TokenError`, and `KeyFileError` outside the certificate's dates.
    """
    with _LOCK, _session(module_path, token_label, pin) as session:
        yield _key(session, key_label, at or datetime.now(UTC))


@contextmanager
def _session(module_path: str, token_label: str, pin: str) -> Iterator[pkcs11.Session]:
    try:
        token = pkcs11.lib(module_path).get_token(token_label=token_label)
        session = token.open(user_pin=pin)
    except pkcs11.NoSuchToken as error:
        raise TokenError(NO_DEVICE.format(label=token_label)) from error
    except pkcs11.PinLocked as error:
        raise TokenError(PIN_LOCKED) from error
    except (pkcs11.PinIncorrect, pkcs11.PinLenRange, pkcs11.PinInvalid) as error:
        raise TokenError(WRONG_PIN) from error
    # The library itself: missing, not one, or not willing.
    except (RuntimeError, OSError, pkcs11.PKCS11Error) as error:
        raise TokenError(NO_MODULE) from error
    try:
        yield session
    finally:
        session.close()


def _key(session: pkcs11.Session, label: str, at: datetime) -> TokenKey:
    try:
        private = session.get_key(
            object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=label
        )
        found = list(_certificates(session))
        identifier = private[pkcs11.Attribute.ID]
        certificate = next(each for own, each in found if own == identifier)
    except (
        pkcs11.NoSuchKey,
        pkcs11.MultipleObjectsReturned,
        StopIteration,
        ValueError,  # a certificate that is none
    ) as error:
        raise TokenError(NO_KEY.format(label=label)) from error
    check_key(certificate.public_key())
    check_dates(certificate, at)
    chain = issuers_of(certificate, [each for _, each in found])
    return TokenKey(certificate, chain, private)


def _certificates(
    session: pkcs11.Session,
) -> Iterator[tuple[bytes, x509.Certificate]]:
    kind = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}
    for each in session.get_objects(kind):
        content = each[pkcs11.Attribute.VALUE]
        yield each[pkcs11.Attribute.ID], x509.load_der_x509_certificate(content)
