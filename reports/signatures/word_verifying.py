"""What the signatures of a DOCX are worth.

LibreOffice, Apache POI, Aspose.Words and xmlsec1 all call a file valid to which a part or
a relationship was added, or in which a signed part changed its type; two of them do not
look at the issuer. This looks at all of it.
"""

from datetime import UTC, datetime

from reports.signatures import word_names as names
from reports.signatures.subjects import kind_of, organisation, signer_name
from reports.signatures.trust import TrustList
from reports.signatures.verdict import (
    UNREADABLE,
    FileVerdict,
    Problem,
    SignatureVerdict,
)
from reports.signatures.word_coverage import (
    document_parts,
    document_relationships,
    expected,
    origins,
    signature_parts,
)
from reports.signatures.word_package import (
    WordPackage,
    WordRefused,
    is_relationships,
    relationships_form,
)
from reports.signatures.word_signature import (
    ListedPart,
    PackageSignature,
    SignatureUnreadable,
)

_MOST_SIGNATURES = 10


def verify_docx(
    docx_bytes: bytes, *, trust: TrustList, issued: bytes | None = None
) -> FileVerdict:
    """The verdict on each signature of the file, and whether it is `issued` (a DOCX of
    ours) but for the signatures. A file of any other kind is a verdict as well."""
    try:
        package = WordPackage(docx_bytes)
        parts = signature_parts(package)
        if not parts:
            return FileVerdict((), None, (Problem.NO_SIGNATURE,))
        if len(parts) > _MOST_SIGNATURES:
            return FileVerdict((), None, (Problem.TOO_COMPLEX,))
        signatures = tuple(_verdict(package, part, trust) for part in parts)
        is_issued = None if issued is None else _is_same(package, WordPackage(issued))
    except WordRefused as refused:
        return FileVerdict((), None, (refused.problem,))
    problems = (Problem.OTHER_DOCUMENT,) if is_issued is False else ()
    return FileVerdict(signatures, is_issued, problems)


def _verdict(package: WordPackage, part: str, trust: TrustList) -> SignatureVerdict:
    try:
        signature = PackageSignature(package.parsed(part))
        found = [*signature.problems()]
    except SignatureUnreadable:
        return UNREADABLE
    found += _part_problems(package, signature.parts)
    if package.content_type(part) != names.SIGNATURE_TYPE or len(origins(package)) > 1:
        found.append(Problem.TYPE_CHANGED)
    missing = _coverage_problems(package, signature.parts)
    moment = signature.signed_at
    distrust = trust.problem(
        signature.certificate, signature.chain, moment or datetime.now(UTC)
    )
    problems = (*found, *missing, *([distrust] if distrust else []))
    return SignatureVerdict(
        signer_name=signer_name(signature.certificate),
        organisation=organisation(signature.certificate),
        signed_at=moment,
        timestamped_at=None,
        is_intact=not found,
        is_trusted=distrust is None,
        covers_whole_file=not missing,
        kind=kind_of(signature.certificate),
        problems=tuple(dict.fromkeys(problems)),
    )


# --- what the signature lists, against the package --------------------------------


def _part_problems(package: WordPackage, parts: tuple[ListedPart, ...]):
    known = set(package.names)
    for part in parts:
        if part.name not in known or not _is_whole(package, part):
            yield Problem.CHANGED
        elif part.content_type != package.content_type(part.name):
            yield Problem.TYPE_CHANGED


def _is_whole(package: WordPackage, part: ListedPart) -> bool:
    if part.ids is None:
        method = part.digest.method  # an outdated one is reported elsewhere
        return not method or package.digest(part.name, method) == part.digest.value
    if not is_relationships(part.name):
        return False
    signed = [each for each in package.relationships(part.name) if each.id in part.ids]
    return len(signed) == len(part.ids) and part.digest.is_of(
        relationships_form(signed)
    )


def _coverage_problems(package: WordPackage, parts: tuple[ListedPart, ...]):
    """What of the document the signature does not list."""
    listed = {part.name: part for part in parts}
    found = []
    for wanted in expected(package):
        part = listed.get(wanted.name)
        if wanted.ids is None and part is None:
            found.append(Problem.PART_UNSIGNED)
        elif wanted.ids is not None and not _covers(part, wanted.ids):
            found.append(Problem.LINK_ADDED)
    return tuple(found)


def _covers(part: ListedPart | None, ids: frozenset[str]) -> bool:
    """A .rels part that is signed as it lies there covers all that is in it."""
    return part is not None and (part.ids is None or ids <= part.ids)


# --- the issued document ----------------------------------------------------------


def _is_same(package: WordPackage, issued: WordPackage) -> bool:
    """Whether both hold the same parts, types and relationships, signatures aside."""
    return _contents(package) == _contents(issued)


def _contents(package: WordPackage):
    return {
        name: (
            package.content_type(name),
            document_relationships(package, name)
            if is_relationships(name)
            else package.digest(name),
        )
        for name in document_parts(package)
    }
