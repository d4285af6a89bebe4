"""A token of the server, played by SoftHSM: the key signs and never comes out."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from pkcs11.util import ec as ec_util
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from reports.signatures import keys, tokens
from reports.signatures.keys import KeyFileError
from reports.signatures.subjects import SignerKind
from reports.signatures.tokens import TokenError, open_token
from tests.factories import certificates
from tests.reports import pdfsignatures as made

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
)
MODULE = next((each for each in MODULES if Path(each).exists()), None)
LABEL, PIN = "Truong", "87654321"

pytestmark = pytest.mark.skipif(
    not (MODULE and shutil.which("softhsm2-util")),
    reason="SoftHSM is not installed (apt-get install softhsm2)",
)


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A token with three keys: the school's, an elliptic one, an expired one."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(
        f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n"
    )
    os.environ["SOFTHSM2_CONF"] = str(settings)
    command = ["softhsm2-util", "--init-token", "--free", "--label", LABEL]
    command += ["--pin", PIN, "--so-pin", PIN]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    library = pkcs11.lib(MODULE)
    library.reinitialize()
    with library.get_token(token_label=LABEL).open(rw=True, user_pin=PIN) as session:
        _fill(session)
    yield LABEL
    del os.environ["SOFTHSM2_CONF"]


def _fill(session):
    school = certificates.private_key("organisation")
    _put(session, "truong", b"\1", school, certificates.organisation())
    person = certificates.private_key("person")
    _put(session, "cu", b"\2", person, certificates.expired_person())
    curve = ec.generate_private_key(ec.SECP256R1())
    _put(session, "duong-cong", b"\3", curve, certificates.key_of(curve).certificate)
    _put_certificate(session, b"\4", certificates.authority())
    _put(session, "tran", b"\5", person, None)


def _put(session, label, identifier, key, certificate):
    attributes = _decoded(key) | {
        pkcs11.Attribute.TOKEN: True,
        pkcs11.Attribute.LABEL: label,
        pkcs11.Attribute.ID: identifier,
        pkcs11.Attribute.SIGN: True,
    }
    session.create_object(attributes)
    if certificate:
        _put_certificate(session, identifier, certificate)


def _decoded(key):
    shape = PrivateFormat.TraditionalOpenSSL
    der = key.private_bytes(Encoding.DER, shape, NoEncryption())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return ec_util.decode_ec_private_key(der)
    return decode_rsa_private_key(der)


def _put_certificate(session, identifier, certificate):
    attributes = decode_x509_certificate(certificate.public_bytes(Encoding.DER))
    session.create_object(
        attributes
        # Not the label of the key: makers name them as they like.
        | {
            pkcs11.Attribute.TOKEN: True,
            pkcs11.Attribute.LABEL: "Certificate",
            pkcs11.Attribute.ID: identifier,
        }
    )


def refusal(*arguments):
    with pytest.raises(TokenError) as raised, open_token(*arguments):
        pass
    return str(raised.value)


def test_the_school_seals_from_its_token(token):
    with open_token(MODULE, token, PIN, "truong") as key:
        assert key.kind is SignerKind.ORGANISATION
        assert key.chain == (certificates.authority(),)
        pdf = made.sealed(made.by_person(), key)
    verdict = made.verdict(pdf)
    assert verdict.is_valid, verdict.sentences()
    assert verdict.signatures[1].signer_name == certificates.SCHOOL


def test_an_elliptic_key(token):
    with open_token(MODULE, token, PIN, "duong-cong") as key:
        pdf = made.signed(made.issued(), key)
    assert made.verdict(pdf).is_valid


def test_the_token_can_be_opened_again(token):
    for _ in range(2):
        with open_token(MODULE, token, PIN, "truong") as key:
            assert key.sign(b"abc")


def test_what_goes_wrong_has_its_own_message(token):
    assert refusal(MODULE, token, "12345678", "truong") == tokens.WRONG_PIN
    no_key = tokens.NO_KEY.format(label="x")
    assert refusal(MODULE, token, PIN, "x") == no_key
    no_certificate = tokens.NO_KEY.format(label="tran")
    assert refusal(MODULE, token, PIN, "tran") == no_certificate
    no_device = tokens.NO_DEVICE.format(label="Khác")
    assert refusal(MODULE, "Khác", PIN, "truong") == no_device
    assert refusal("/no/such.so", token, PIN, "truong") == tokens.NO_MODULE


def test_an_expired_certificate_does_not_sign(token):
    with pytest.raises(KeyFileError) as raised, open_token(MODULE, token, PIN, "cu"):
        pass
    assert str(raised.value).startswith(keys.EXPIRED.split("{")[0])
    then = datetime.now(UTC) - timedelta(days=200)
    with open_token(MODULE, token, PIN, "cu", at=then) as key:
        assert key.kind is SignerKind.PERSON
