"""The value of an XML signature, checked with the key of a certificate."""

import hashlib

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from reports.signatures.keys import KeyFileError, check_key

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_HASHES = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_RSA = {f"{_MORE}rsa-{name}": each for name, each in _HASHES.items()}
_ECDSA = {f"{_MORE}ecdsa-{name}": each for name, each in _HASHES.items()}
_MOST_BITS = 8192  # a longer key would only cost time


def is_sound(certificate: x509.Certificate, method: str) -> bool:
    """Whether key and method (as XML-DSig names it) still prove anything today."""
    try:
        public = certificate.public_key()
        check_key(public)
    except (KeyFileError, UnsupportedAlgorithm, ValueError):
        return False
    known = _ECDSA if isinstance(public, ec.EllipticCurvePublicKey) else _RSA
    return method in known and public.key_size <= _MOST_BITS


def is_value_of(
    certificate: x509.Certificate, method: str, value: bytes, data: bytes
) -> bool:
    """Whether `value` is the signature over `data`; key and `method` are sound."""
    public = certificate.public_key()
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(value, data, padding.PKCS1v15(), _RSA[method])
        else:
            public.verify(_as_der(value), data, ec.ECDSA(_ECDSA[method]))
    except InvalidSignature:
        return False
    return True


def fingerprint(certificate: x509.Certificate, method: str) -> bytes:
    """`method` as `hashlib` names it."""
    return hashlib.new(method, certificate.public_bytes(Encoding.DER)).digest()


def _as_der(value: bytes) -> bytes:
    """XML-DSig writes both numbers of an ECDSA signature one after the other."""
    middle = len(value) // 2
    return encode_dss_signature(
        int.from_bytes(value[:middle], "big"), int.from_bytes(value[middle:], "big")
    )
