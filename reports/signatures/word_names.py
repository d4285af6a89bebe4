"""The names a signature in a DOCX is written with: namespaces, types, algorithms, ids.

ECMA-376 part 2, XML-DSig, XAdES 1.3.2, MS-OFFCRYPTO 2.5.2.
"""

# --- namespaces -------------------------------------------------------------------

_OPC = "http://schemas.openxmlformats.org/package/2006"
TYPES = f"{_OPC}/content-types"
RELATIONSHIPS = f"{_OPC}/relationships"
PACKAGE_SIGNATURE = f"{_OPC}/digital-signature"
XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
OFFICE = "http://schemas.microsoft.com/office/2006/digsig"

# --- content types and types of relationship --------------------------------------

_PACKAGE_TYPE = "application/vnd.openxmlformats-package"
RELATIONSHIPS_TYPE = f"{_PACKAGE_TYPE}.relationships+xml"
ORIGIN_TYPE = f"{_PACKAGE_TYPE}.digital-signature-origin"
SIGNATURE_TYPE = f"{_PACKAGE_TYPE}.digital-signature-xmlsignature+xml"

ORIGIN = f"{RELATIONSHIPS}/digital-signature/origin"
SIGNATURE = f"{RELATIONSHIPS}/digital-signature/signature"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Office changes these parts at every saving and leaves them out of its signatures; a
# signed core.xml makes Apache POI fail.
UNSIGNED = frozenset(
    {
        ORIGIN,
        f"{RELATIONSHIPS}/metadata/core-properties",
        f"{RELATIONSHIPS}/metadata/thumbnail",
        f"{_DOCUMENT}/extended-properties",
        f"{_DOCUMENT}/custom-properties",
    }
)

# --- algorithms -------------------------------------------------------------------

C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
RELATIONSHIP_TRANSFORM = f"{_OPC}/RelationshipTransform"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
# As `hashlib` names them. SHA-1 and MD5 are not here: they prove nothing today.
DIGESTS = {
    SHA256: "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}

# --- ids inside a signature, as Office writes them --------------------------------

SIGNATURE_ID = "idPackageSignature"
PACKAGE_OBJECT = "idPackageObject"
OFFICE_OBJECT = "idOfficeObject"
OFFICE_DETAILS = "idOfficeV1Details"
SIGNED_PROPERTIES = "idSignedProperties"
SIGNATURE_TIME = "idSignatureTime"

OBJECT_REFERENCE = f"{XMLDSIG}Object"
PROPERTIES_REFERENCE = "http://uri.etsi.org/01903#SignedProperties"

# --- parts ------------------------------------------------------------------------

FOLDER = "_xmlsignatures"
ORIGIN_PART = f"{FOLDER}/origin.sigs"


def qualified(namespace: str, name: str) -> str:
    """As lxml writes the name of an element."""
    return f"{{{namespace}}}{name}"
