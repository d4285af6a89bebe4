"""Certificates and key files made at test time: nobody's secrets, nothing on disk.

Keys are RSA-2048 (what people's files hold) and made once per process, five of them.
"""

from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import keys as asn1_keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from reports.signatures.keys import FileKey, issuers_of
from reports.signatures.trust import TrustList, to_asn1

PASSPHRASE = "matkhau-ký-2026"
PRINCIPAL = "Nguyễn Thị Minh Hòa"
SCHOOL = "Trường Tiểu học Hoa Sen"

_ROOT = "Kiểm thử Root CA"


@cache
def private_key(owner):
    """One key for each owner's name."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def authority(name=_ROOT):
    """A self-signed authority of that name."""
    key = private_key(name)
    subject = _name(common_name=name, organisation=name)
    return _certificate(subject, key, subject, key, is_authority=True)


def foreign_authority():
    """An authority that no trust list of the tests knows."""
    return authority("Nơi cấp lạ CA")


@cache
def intermediate_authority():
    """An authority under the root, as public authorities have them."""
    name, root = "Kiểm thử Issuing CA", authority()
    return _certificate(
        _name(common_name=name, organisation=name),
        private_key(name),
        root.subject,
        private_key(_ROOT),
        is_authority=True,
    )


@cache
def person(name=PRINCIPAL, *, issuer=authority, **options):
    """The certificate of a person; `days` = (from, to) around now, `purposes`."""
    subject = _name(common_name=name, user_id="CCCD:079180001234")
    return _leaf(subject, private_key("person"), issuer, **options)


@cache
def organisation(name=SCHOOL, *, issuer=authority, **options):
    """The certificate of a school as a body."""
    subject = _name(common_name=name, organisation=name, user_id="MST:0301234567")
    return _leaf(subject, private_key("organisation"), issuer, **options)


@cache
def namesake_authority():
    """Another authority that calls itself as the root does."""
    key, subject = private_key("namesake"), authority().subject
    return _certificate(subject, key, subject, key, is_authority=True)


def person_key(certificate=None):
    """A `SigningKey` in memory."""
    certificate = certificate or person()
    chain = issuers_of(certificate, [intermediate_authority(), authority()])
    return FileKey(certificate, chain, private_key("person"))


def key_of(private):
    """A `SigningKey` of the principal with that private key."""
    root = authority()
    certificate = _certificate(
        person().subject, private, root.subject, private_key(_ROOT)
    )
    return FileKey(certificate, (root,), private)


def organisation_key(certificate=None):
    return FileKey(
        certificate or organisation(), (authority(),), private_key("organisation")
    )


def expired_person():
    return person(days=(-400, -30))


def future_person():
    return person(days=(30, 400))


def foreign_person():
    return person(issuer=foreign_authority)


def nameless():
    """A certificate that does not say whom it names: a name and no number."""
    return _leaf(_name(common_name="Văn thư"), private_key("person"), authority)


def person_below_intermediate():
    """A person's certificate that leads to the root over an issuing authority."""
    return person(issuer=intermediate_authority)


def trust():
    """The administrator's list: the test authority alone."""
    return TrustList([pem(authority())])


def pem(certificate):
    return certificate.public_bytes(Encoding.PEM).decode()


@cache
def person_file(passphrase=PASSPHRASE):
    """A .p12 as a person has it."""
    return key_file(person(), private_key("person"), passphrase)


@cache
def organisation_file(passphrase=PASSPHRASE):
    return key_file(organisation(), private_key("organisation"), passphrase)


def key_file(certificate, key, passphrase=PASSPHRASE, chain=None, encryption=None):
    """PKCS#12 bytes; `certificate` or `key` may be None."""
    return pkcs12.serialize_key_and_certificates(
        "Chữ ký số".encode(),
        key,
        certificate,
        [authority()] if chain is None else chain,
        encryption or BestAvailableEncryption(passphrase.encode()),
    )


def time_stamper(at=None, *, issuer=authority):
    """A time stamping authority in this process, of the test authority."""
    certificate = _leaf(
        _name(common_name="Kiểm thử TSA"),
        private_key("tsa"),
        issuer,
        purposes=(ExtendedKeyUsageOID.TIME_STAMPING,),
        days=(-3650, 3650),
    )
    der = private_key("tsa").private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )
    return DummyTimeStamper(
        to_asn1(certificate), asn1_keys.PrivateKeyInfo.load(der), fixed_dt=at
    )


def _leaf(subject, key, issuer, *, days=(-365, 365), purposes=()):
    parent = issuer()
    name = parent.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    return _certificate(
        subject, key, parent.subject, private_key(name), days=days, purposes=purposes
    )


def _certificate(
    subject, key, issuer, issuer_key, *, is_authority=False, days=None, purposes=()
):
    start, end = days or (-3650, 3650)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=start))
        .not_valid_after(now + timedelta(days=end))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(_usage(is_authority=is_authority), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, is_authority):
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(*, common_name, organisation=None, user_id=None):
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.USER_ID, user_id),
        (NameOID.COMMON_NAME, common_name),
    ]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])
