"""One signature of a PDF."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import KeyUsageConstraints
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from reports.signatures.keys import KeyFileError, check_key
from reports.signatures.roles import FIELD_NAMES
from reports.signatures.subjects import kind_of, organisation, signer_name
from reports.signatures.trust import MOST_IN_CHAIN, TrustList
from reports.signatures.verdict import (
    UNREADABLE,
    Problem,
    SignatureVerdict,
    SignerKind,
)

_GOOD_DIGESTS = {"sha256", "sha384", "sha512"}
# Certificates for signing here have one of the two, not always both.
_USAGES = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)
_LAST = 10**9  # where a signature stands in the file whose revision cannot be read


@dataclass(frozen=True)
class Examined:
    """A signature, or a time stamp over the whole file (which has no `verdict`)."""

    revision: int  # of the file, from 0, in which it was made
    covers_whole_file: bool
    verdict: SignatureVerdict | None = None
    file_problem: Problem | None = None


def unreadable() -> Examined:
    return Examined(_LAST, covers_whole_file=False, verdict=UNREADABLE)


def examined(
    embedded: EmbeddedPdfSignature, trust: TrustList, at: datetime
) -> Examined:
    """Raises `ValueError` and its kin for what cannot be read as a signature."""
    if len(embedded.signed_data["certificates"]) > MOST_IN_CHAIN:
        raise ValueError("More certificates than anybody needs")
    if embedded.sig_object_type == "/DocTimeStamp":
        return _file_stamp(embedded, trust, at)
    status = asyncio.run(
        async_validate_pdf_signature(
            embedded, trust.context(at), key_usage_settings=_USAGES
        )
    )
    verdict = _verdict(embedded, status, trust, at)
    return Examined(embedded.signed_revision, verdict.covers_whole_file, verdict)


def _file_stamp(
    embedded: EmbeddedPdfSignature, trust: TrustList, at: datetime
) -> Examined:
    status = asyncio.run(async_validate_pdf_timestamp(embedded, trust.context(at)))
    problem = None
    if not (status.intact and status.valid):
        problem = Problem.BAD_TIMESTAMP
    elif not status.trusted:
        problem = Problem.UNTRUSTED_TIMESTAMP
    return Examined(embedded.signed_revision, _covers(status), file_problem=problem)


def _verdict(
    embedded: EmbeddedPdfSignature,
    status: PdfSignatureStatus,
    trust: TrustList,
    at: datetime,
) -> SignatureVerdict:
    certificate = _certificate(embedded.signer_cert)
    stamped, stamp_problem = _time_stamp(status)
    claimed = status.signer_reported_dt
    distrust = _distrust(embedded, certificate, trust, (stamped or at, claimed))
    is_intact = status.intact and status.valid
    problems = (
        _integrity_problem(status),
        # Of changed bytes nothing further can be said.
        _coverage_problem(status) if is_intact else None,
        distrust,
        _weakness(embedded, certificate),
        stamp_problem,
    )
    return SignatureVerdict(
        signer_name=signer_name(certificate),
        organisation=organisation(certificate),
        signed_at=claimed,
        timestamped_at=stamped,
        is_intact=is_intact,
        is_trusted=distrust is None,
        covers_whole_file=is_intact and _covers(status),
        kind=_kind(certificate, embedded.field_name),
        problems=tuple(each for each in problems if each),
    )


def _kind(certificate: x509.Certificate, field: str) -> SignerKind:
    """Where the certificate does not say, the name of the field does: ours tell in
    which role somebody signed, and the signature covers it."""
    kind = kind_of(certificate)
    if kind is not SignerKind.UNKNOWN:
        return kind
    roles = [role for role, name in FIELD_NAMES.items() if field.startswith(name)]
    return SignerKind(roles[0]) if roles else kind


def _integrity_problem(status: PdfSignatureStatus) -> Problem | None:
    if not status.intact:
        return Problem.CHANGED
    return None if status.valid else Problem.FORGED


def _covers(status) -> bool:
    """Whether nothing came later but proofs of validity."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    # `NONE` would be bytes at the end that belong to no revision.
    return (
        status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
        and status.modification_level == ModificationLevel.LTA_UPDATES
    )


def _coverage_problem(status: PdfSignatureStatus) -> Problem | None:
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return Problem.PARTIAL
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return None
    level = status.modification_level
    is_allowed = level is not None and level <= ModificationLevel.FORM_FILLING
    return None if is_allowed and status.docmdp_ok else Problem.TEXT_ADDED


def _distrust(
    embedded: EmbeddedPdfSignature,
    certificate: x509.Certificate,
    trust: TrustList,
    moments: tuple[datetime | None, ...],
) -> Problem | None:
    chain = [_certificate(each) for each in embedded.other_embedded_certs]
    for moment in moments:
        problem = moment and trust.problem(certificate, chain, moment)
        if problem:
            return problem
    return None


def _time_stamp(
    status: PdfSignatureStatus,
) -> tuple[datetime | None, Problem | None]:
    """The time that is proved, or why it is not."""
    stamp = status.timestamp_validity
    if stamp is None:
        return None, None
    if not (stamp.intact and stamp.valid):
        return None, Problem.BAD_TIMESTAMP
    if not stamp.trusted:
        return None, Problem.UNTRUSTED_TIMESTAMP
    return stamp.timestamp, None


def _weakness(
    embedded: EmbeddedPdfSignature, certificate: x509.Certificate
) -> Problem | None:
    try:
        check_key(certificate.public_key())
    except KeyFileError:
        return Problem.WEAK
    return None if embedded.md_algorithm in _GOOD_DIGESTS else Problem.WEAK


def _certificate(found) -> x509.Certificate:
    return x509.load_der_x509_certificate(found.dump())
