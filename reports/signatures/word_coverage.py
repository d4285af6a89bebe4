"""What a signature of a DOCX has to cover: all that makes the document.

The same list is what signing writes down and what verifying asks for; Word and the other
programs ask only for the digests of what a signature lists, so that they would still call
a file valid to which parts or relationships were added.
"""

from dataclasses import dataclass

from reports.signatures import word_names as names
from reports.signatures.word_package import (
    Relationship,
    WordPackage,
    is_relationships,
    relationships_name,
    source_name,
    target_name,
)

_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class PartReference:
    """A part as a signature lists it; of a .rels part the relationships it signs."""

    name: str
    content_type: str
    ids: frozenset[str] | None = None  # None: the bytes of the part are signed

    @property
    def uri(self) -> str:
        return f"/{self.name}?ContentType={self.content_type}"


def expected(package: WordPackage) -> tuple[PartReference, ...]:
    """The references of a signature that covers the whole of `package`."""
    left_out = _unsigned_names(package)
    found = []
    for name in package.names:
        if name in left_out:
            continue
        if not is_relationships(name):
            found.append(PartReference(name, package.content_type(name)))
        elif ids := frozenset(each.id for each in signed_relationships(package, name)):
            found.append(PartReference(name, names.RELATIONSHIPS_TYPE, ids))
    return tuple(found)


def signed_relationships(package: WordPackage, name: str) -> tuple[Relationship, ...]:
    """Those of the .rels part `name` that belong to the document."""
    found = package.relationships(name)
    if source_name(name):
        return found
    return tuple(each for each in found if each.type not in names.UNSIGNED)


def origins(package: WordPackage) -> tuple[str, ...]:
    """The parts from which the signatures are found; no more than one is allowed."""
    return tuple(
        target_name("", each)
        for each in package.relationships(relationships_name(""))
        if each.type == names.ORIGIN
    )


def signature_parts(package: WordPackage) -> tuple[str, ...]:
    """The parts that hold a signature, in the order in which they were added."""
    return tuple(
        target_name(origin, each)
        for origin in origins(package)
        for each in package.relationships(relationships_name(origin))
        if each.type == names.SIGNATURE
    )


def own_parts(package: WordPackage) -> frozenset[str]:
    """The parts that belong to the signatures and not to the document."""
    found = origins(package)
    links = (relationships_name(origin) for origin in found)
    return frozenset((*found, *links, *signature_parts(package)))


def document_parts(package: WordPackage) -> frozenset[str]:
    """All parts but those of the signatures, properties included."""
    return frozenset(package.names) - own_parts(package) - {_TYPES}


def document_relationships(package: WordPackage, name: str) -> frozenset[Relationship]:
    """Those of the .rels part `name` but for the way to the signatures."""
    found = package.relationships(name)
    if source_name(name):
        return frozenset(found)
    return frozenset(each for each in found if each.type != names.ORIGIN)


def _unsigned_names(package: WordPackage) -> frozenset[str]:
    """Parts that nothing of the document leads to: a relationship of an unsigned type to
    a part of the document takes nothing out."""
    own = own_parts(package)
    properties = {
        target_name("", each)
        for each in package.relationships(relationships_name(""))
        if each.type in names.UNSIGNED and not each.is_external
    }
    reached = {
        target_name(source_name(name), each)
        for name in package.names
        if is_relationships(name) and name not in own
        for each in signed_relationships(package, name)
        if not each.is_external
    }
    return own | (properties - reached) | {_TYPES}
