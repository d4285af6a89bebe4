"""Signing a PDF: PAdES, as an incremental update after the bytes that were issued.

The person signs first, with the image of the handwritten signature; then the
organisation, with the image of the seal over a third of it (decree 30/2020, E01-E04).
Number and date are on the page before the first signature.
"""

import asyncio
import io
from dataclasses import dataclass

from asn1crypto.algos import SignedDigestAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils import layout, misc
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reports.signatures import pdf_place
from reports.signatures.keys import SigningKey
from reports.signatures.pdf_image import opened
from reports.signatures.roles import FIELD_NAMES, Role
from reports.signatures.trust import to_asn1

TIMESTAMP_SECONDS = 10  # to wait for the authority

# Room for the signature in the file, in bytes: what a time stamp and each certificate
# may need beside the signature itself.
_SIGNATURE_ROOM = 4_096
_TIMESTAMP_ROOM = 16_384

NO_TIMESTAMP = (
    "Máy chủ cấp dấu thời gian không trả lời, văn bản chưa được ký. "
    "Hãy thử lại sau ít phút hoặc ký không kèm dấu thời gian."
)
NOT_SIGNABLE = "Không ký được tệp PDF này vì tệp bị hỏng. Hãy lấy lại bản đã ban hành."


class SigningError(Exception):
    """Nothing was signed; the message is for the person who wants to sign."""


@dataclass(frozen=True)
class Appearance:
    """The picture beside the digital signature.

    `png`: signature in blue or seal in red, transparent ground. `width_mm`: the seal's
    own width; a signature is fitted into its room instead. `signatory`: in which of the
    paper's rooms to sign, from 0 in reading order; None is the last, that is the one
    who issues.
    """

    png: bytes
    width_mm: float = pdf_place.SEAL_MM
    signatory: int | None = None


def sign_pdf(
    pdf: bytes,
    key: SigningKey,
    *,
    role: Role,
    appearance: Appearance | None = None,
    reason: str = "",
    timestamper: TimeStamper | None = None,
) -> bytes:
    """`pdf` with one more signature; the result begins with the bytes of `pdf`.

    `timestamper`: see `timestamper_at`; without one the time is the server's word.
    Raises `SigningError`; `PictureError` when the picture is none.
    """
    role = Role(role)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signer = _signer(writer.prev, key, role, appearance, reason, timestamper)
        reserved = _reserved(key, timestamper)
        signed = asyncio.run(signer.async_sign_pdf(writer, bytes_reserved=reserved))
    except (TimestampRequestError, OSError) as error:
        raise SigningError(NO_TIMESTAMP) from error
    except (misc.PdfError, KeyError, ValueError, RecursionError) as error:
        raise SigningError(NOT_SIGNABLE) from error
    return signed.getvalue()


def timestamper_at(url: str, timeout: float = TIMESTAMP_SECONDS) -> TimeStamper:
    """A time stamping authority (RFC 3161) on the network."""
    return HTTPTimeStamper(url, timeout=timeout)


def _signer(
    reader: PdfFileReader,
    key: SigningKey,
    role: Role,
    appearance: Appearance | None,
    reason: str,
    timestamper: TimeStamper | None,
) -> signers.PdfSigner:
    name = _free_name(reader, FIELD_NAMES[role])
    details = signers.PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason or None,
    )
    style, place = _drawn(reader, role, appearance)
    field = SigFieldSpec(
        name, on_page=place.page if place else 0, box=place.box if place else None
    )
    return signers.PdfSigner(
        details,
        KeySigner(key),
        timestamper=timestamper,
        stamp_style=style,
        new_field_spec=field,
    )


def _drawn(reader: PdfFileReader, role: Role, appearance: Appearance | None):
    """How and where the picture stands; an invisible signature has neither."""
    if appearance is None:
        return None, None
    picture = opened(appearance.png)
    shape = picture.width / picture.height
    if role is Role.PERSON:
        place = pdf_place.person_place(reader, shape, appearance.signatory)
    else:
        width = min(
            max(appearance.width_mm, pdf_place.SMALLEST_SEAL_MM),
            pdf_place.LARGEST_SEAL_MM,
        )
        place = pdf_place.seal_place(reader, width, shape, appearance.signatory)
    left, bottom, right, top = place.box
    # Of the size of the field: nothing is left to be scaled.
    size = layout.BoxConstraints(right - left, top - bottom)
    image = PdfImage(picture, name=str(role), box=size)
    layout_rule = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MIN,
        y_align=layout.AxisAlignment.ALIGN_MIN,
        inner_content_scaling=layout.InnerScaling.NO_SCALING,
    )
    style = StaticStampStyle(
        border_width=0, background=image, background_layout=layout_rule
    )
    return style, place


def _free_name(reader: PdfFileReader, name: str) -> str:
    taken = {full for full, _, _ in enumerate_sig_fields(reader)}
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}{number}"
    return free


def _reserved(key: SigningKey, timestamper: TimeStamper | None) -> int:
    """Hexadecimal digits to leave free for the signature."""
    certificates = (key.certificate, *key.chain)
    room = _SIGNATURE_ROOM + sum(len(to_asn1(each).dump()) for each in certificates)
    return 2 * (room + (_TIMESTAMP_ROOM if timestamper else 0))


class KeySigner(signers.Signer):
    """A `SigningKey` as pyHanko wants it."""

    def __init__(self, key: SigningKey) -> None:
        self._key = key
        public = key.certificate.public_key()
        is_rsa = isinstance(public, rsa.RSAPublicKey)
        store = SimpleCertificateStore()
        store.register_multiple(to_asn1(each) for each in key.chain)
        super().__init__(
            signing_cert=to_asn1(key.certificate),
            cert_registry=store,
            signature_mechanism=SignedDigestAlgorithm(
                {"algorithm": "sha256_rsa" if is_rsa else "sha256_ecdsa"}
            ),
        )

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError(f"Keys here sign with SHA-256, not {digest_algorithm}")
        return self._key.sign(data)
