"""The XML of a signature in a DOCX, element for element as Office writes it.

MS-OFFCRYPTO 2.5.2 names what must be there. Nothing is indented: blanks would be signed.
"""

import base64
import hashlib
from collections.abc import Iterable
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from reports.signatures import word_names as names
from reports.signatures.keys import SigningKey
from reports.signatures.word_coverage import PartReference, signed_relationships
from reports.signatures.word_package import WordPackage, canonical, relationships_form

_TIME_FORMAT = "YYYY-MM-DDThh:mm:ssTZD"
_NIL = "{00000000-0000-0000-0000-000000000000}"
# What Office notes about the machine; there is no screen here, and no picture of a
# signature in the text.
_DETAILS = (
    ("SetupID", ""),
    ("SignatureText", ""),
    ("SignatureImage", ""),
    ("SignatureComments", ""),
    ("WindowsVersion", "10.0"),
    ("OfficeVersion", "16.0"),
    ("ApplicationVersion", "16.0"),
    ("Monitors", "1"),
    ("HorizontalResolution", "1920"),
    ("VerticalResolution", "1080"),
    ("ColorDepth", "32"),
    ("SignatureProviderId", _NIL),
    ("SignatureProviderUrl", ""),
    ("SignatureProviderDetails", "9"),
    ("SignatureType", "1"),
)


def signature_xml(
    package: WordPackage,
    references: Iterable[PartReference],
    key: SigningKey,
    moment: datetime,
) -> bytes:
    """The part with the signature of `key` over `references`; `moment` is in UTC."""
    root = etree.Element(_ds("Signature"), {"Id": names.SIGNATURE_ID}, _default())
    info = _element(root, "SignedInfo")
    value = _element(root, "SignatureValue")
    certificate = _element(_element(root, "KeyInfo"), "X509Data")
    der = key.certificate.public_bytes(Encoding.DER)
    # Of the leaf alone: with its issuer beside it Aspose.Words refuses the signature.
    _element(certificate, "X509Certificate").text = _base64(der)
    time = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    signed = (
        (names.PACKAGE_OBJECT, _package_object(root, package, references, time)),
        (names.OFFICE_OBJECT, _office_object(root)),
        (names.SIGNED_PROPERTIES, _properties_object(root, key.certificate, time)),
    )
    _method(info, "CanonicalizationMethod", names.C14N)
    is_curve = isinstance(key.certificate.public_key(), ec.EllipticCurvePublicKey)
    _method(
        info, "SignatureMethod", names.ECDSA_SHA256 if is_curve else names.RSA_SHA256
    )
    for name, element in signed:
        _own_reference(info, name, element)
    value.text = _base64(_signed(key, canonical(info)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _signed(key: SigningKey, data: bytes) -> bytes:
    public, signature = key.certificate.public_key(), key.sign(data)
    if not isinstance(public, ec.EllipticCurvePublicKey):
        return signature
    # XML-DSig wants both numbers at full length, not as DER.
    length = (public.curve.key_size + 7) // 8
    return b"".join(
        number.to_bytes(length, "big") for number in decode_dss_signature(signature)
    )


# --- the parts of the package, and the time ---------------------------------------


def _package_object(root, package, references, time: str):
    own = _element(root, "Object", Id=names.PACKAGE_OBJECT)
    manifest = _element(own, "Manifest")
    for reference in references:
        _part_reference(manifest, package, reference)
    holder = _element(_element(own, "SignatureProperties"), "SignatureProperty")
    holder.set("Id", names.SIGNATURE_TIME)
    holder.set("Target", f"#{names.SIGNATURE_ID}")
    space = names.PACKAGE_SIGNATURE
    stamp = etree.SubElement(
        holder, names.qualified(space, "SignatureTime"), nsmap={"mdssi": space}
    )
    for name, text in (("Format", _TIME_FORMAT), ("Value", time)):
        etree.SubElement(stamp, names.qualified(space, name)).text = text
    return own


def _part_reference(manifest, package: WordPackage, reference: PartReference) -> None:
    element = _element(manifest, "Reference", URI=reference.uri)
    if reference.ids is None:
        _digest(element, package.digest(reference.name))
        return
    signed = [
        each
        for each in signed_relationships(package, reference.name)
        if each.id in reference.ids
    ]
    transforms = _element(element, "Transforms")
    chosen = _method(transforms, "Transform", names.RELATIONSHIP_TRANSFORM)
    space = names.PACKAGE_SIGNATURE
    for each in signed:
        etree.SubElement(
            chosen,
            names.qualified(space, "RelationshipReference"),
            {"SourceId": each.id},
            {"mdssi": space},
        )
    _method(transforms, "Transform", names.C14N)
    _digest(element, hashlib.sha256(relationships_form(signed)).digest())


# --- what Office notes, and XAdES -------------------------------------------------


def _office_object(root):
    own = _element(root, "Object", Id=names.OFFICE_OBJECT)
    holder = _element(_element(own, "SignatureProperties"), "SignatureProperty")
    holder.set("Id", names.OFFICE_DETAILS)
    holder.set("Target", f"#{names.SIGNATURE_ID}")
    space = names.OFFICE
    details = etree.SubElement(
        holder, names.qualified(space, "SignatureInfoV1"), nsmap={None: space}
    )
    for name, text in _DETAILS:
        etree.SubElement(details, names.qualified(space, name)).text = text
    return own


def _properties_object(root, certificate: x509.Certificate, time: str):
    """Who signed and when, as XAdES wants it said under the signature."""
    qualifying = etree.SubElement(
        _element(root, "Object"),
        _xd("QualifyingProperties"),
        {"Target": f"#{names.SIGNATURE_ID}"},
        {"xd": names.XADES},
    )
    own = etree.SubElement(
        qualifying, _xd("SignedProperties"), Id=names.SIGNED_PROPERTIES
    )
    signed = etree.SubElement(own, _xd("SignedSignatureProperties"))
    etree.SubElement(signed, _xd("SigningTime")).text = time
    holder = etree.SubElement(signed, _xd("SigningCertificate"))
    cert = etree.SubElement(holder, _xd("Cert"))
    der = certificate.public_bytes(Encoding.DER)
    _digest(
        etree.SubElement(cert, _xd("CertDigest")),
        hashlib.sha256(der).digest(),
    )
    serial = etree.SubElement(cert, _xd("IssuerSerial"))
    _element(serial, "X509IssuerName").text = certificate.issuer.rfc4514_string()
    _element(serial, "X509SerialNumber").text = str(certificate.serial_number)
    policy = etree.SubElement(signed, _xd("SignaturePolicyIdentifier"))
    etree.SubElement(policy, _xd("SignaturePolicyImplied"))
    return own


# --- small tools ------------------------------------------------------------------


def _own_reference(info, name: str, element) -> None:
    """What of the signature file itself is signed."""
    is_properties = name == names.SIGNED_PROPERTIES
    kind = names.PROPERTIES_REFERENCE if is_properties else names.OBJECT_REFERENCE
    reference = _element(info, "Reference", URI=f"#{name}", Type=kind)
    if is_properties:
        _method(_element(reference, "Transforms"), "Transform", names.C14N)
    _digest(reference, hashlib.sha256(canonical(element)).digest())


def _digest(parent, digest: bytes) -> None:
    _method(parent, "DigestMethod", names.SHA256)
    _element(parent, "DigestValue").text = _base64(digest)


def _method(parent, name: str, algorithm: str):
    return _element(parent, name, Algorithm=algorithm)


def _element(parent, name: str, **attributes: str):
    return etree.SubElement(parent, _ds(name), attributes)


def _default() -> dict:
    return {None: names.XMLDSIG}


def _ds(name: str) -> str:
    return names.qualified(names.XMLDSIG, name)


def _xd(name: str) -> str:
    return names.qualified(names.XADES, name)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
