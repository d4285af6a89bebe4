"""Issued documents with all it takes to sign them: certificates that name whom the paper
names, and a trust list that knows who gave them."""

import hashlib

from django.core.files.uploadedfile import SimpleUploadedFile

from reports.admin import fingerprint
from reports.enums import SignedBy, SigningWay
from reports.models import SignedFile, TrustedCertificate
from reports.official.pdf import write_pdf
from reports.signatures.pdf_sign import sign_pdf
from reports.signatures.roles import Role
from tests.factories import certificates
from tests.factories.certificates import PASSPHRASE

SIGNER = "Nguyễn Thị Hoa"  # whom `issue_here` prints


def trust(certificate=None):
    """Put the test authority, or `certificate`, on the administrator's list."""
    certificate = certificate or certificates.authority()
    return TrustedCertificate.objects.create(
        name="Kiểm thử",
        pem=certificates.pem(certificate),
        sha256=fingerprint(certificate),
    )


def person_key(name=SIGNER):
    return certificates.person_key(certificates.person(name))


def school_key(school):
    return certificates.organisation_key(certificates.organisation(school.name))


def person_p12(name=SIGNER, **options):
    """The file of a person, to be uploaded."""
    return _p12(certificates.person(name, **options), "person")


def school_p12(school, **options):
    return _p12(certificates.organisation(school.name, **options), "organisation")


def _p12(certificate, owner):
    content = certificates.key_file(certificate, certificates.private_key(owner))
    return SimpleUploadedFile("chu-ky.p12", content)


def key_data(upload, signed_by, passphrase=PASSPHRASE, **more):
    """What the page posts to sign by a key file."""
    return {
        "way": "key_file",
        "signed_by": signed_by,
        "key_file": upload,
        "passphrase": passphrase,
        **more,
    }


def issued_pdf(document):
    return bytes(document.files.get(format="pdf").content)


def signed_elsewhere(pdf, *keys):
    """`pdf` as other programs would sign it: first key of a person, then of the body."""
    for key, role in zip(keys, (Role.PERSON, Role.ORGANISATION), strict=False):
        pdf = sign_pdf(pdf, key, role=role)
    return pdf


def pdf_file(content, name="da-ky.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def scan(text="Bản quét"):
    """Any PDF that is not the document."""
    from tests.reports import documents  # noqa: PLC0415 -- heavy, and for scans only

    return pdf_file(write_pdf(documents.document(subject=text)), "quet.pdf")


def store_signed(document, content=b"%PDF-signed", signed_by=SignedBy.PERSON):
    """A signed file as taking one in leaves it."""
    return SignedFile.objects.create(
        document=document,
        format="pdf",
        signed_by=signed_by,
        way=SigningWay.TOKEN,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        verdict={"signatures": [], "sentences": []},
    )


def png(content):
    return SimpleUploadedFile("hinh.png", content, content_type="image/png")
