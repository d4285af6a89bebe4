"""A DOCX as a package of parts: their content types, the relationships between them, and
the form in which relationships are signed.

ECMA-376 part 2 (Open Packaging Conventions). The file may be hostile: `plans.reading`
checks the archive before anything in it is parsed.
"""

import hashlib
import posixpath
import re
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree

from plans.reading import packages, refusals
from plans.reading.refusals import DocumentRefused
from reports.signatures import word_names as names
from reports.signatures.verdict import Problem

LARGEST_BYTES = 30 * 1024**2  # as `Problem.TOO_LARGE` says it
_REFUSALS = {
    refusals.EMPTY: Problem.DAMAGED,
    refusals.BROKEN: Problem.DAMAGED,
    refusals.TWICE: Problem.DAMAGED,
    refusals.ENCRYPTED: Problem.ENCRYPTED,
    refusals.BOMB: Problem.BOMB,
    refusals.TOO_MANY_PARTS.format(limit=packages.MAX_MEMBERS): Problem.BOMB,
    refusals.TOO_LONG: Problem.TOO_COMPLEX,
    refusals.ENTITIES: Problem.ENTITIES,
    refusals.MACROS: Problem.ACTIVE_CONTENT,
    refusals.EXTERNAL: Problem.ACTIVE_CONTENT,
    refusals.EMBEDDED: Problem.ACTIVE_CONTENT,
}
_RELATIONSHIPS = re.compile(r"(?:^|/)_rels/[^/]*\.rels$")
_TYPES = "[Content_Types].xml"
# Bytes of XML that are parsed here, of one part and of all; real ones stay below 100 KB.
_LARGEST_XML = 2 * 1024**2
_MOST_XML = 8 * 1024**2
_MAIN_TYPE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)


class WordRefused(Exception):  # noqa: N818 - what happened to the file
    """The file is not taken; `problem` says why."""

    def __init__(self, problem: Problem):
        super().__init__(problem.sentence)
        self.problem = problem


@dataclass(frozen=True)
class Relationship:
    """From one part to another, or to an address outside (`is_external`)."""

    id: str
    type: str
    target: str
    is_external: bool = False


class WordPackage:
    """The parts of the DOCX in `content`, read when they are asked for.

    Raises `WordRefused` here and in every method for a file that is not sound.
    """

    def __init__(self, content: bytes):
        self._archive = _opened(content)
        self.names = tuple(
            name for name in self._archive.namelist() if not name.endswith("/")
        )
        if _TYPES not in self.names:
            raise WordRefused(Problem.NOT_WORD)
        self._known, self._links, self._parsed_bytes = set(self.names), {}, 0
        self._defaults, self._overrides = self._read_types()
        if not any(self.content_type(name) == _MAIN_TYPE for name in self.names):
            raise WordRefused(Problem.NOT_WORD)
        self._digests = {}

    def entries(self):
        """The directory of the archive, folders included."""
        return self._archive.infolist()

    def read(self, name: str) -> bytes:
        with _refusing():
            return packages.read_part(self._archive, name)

    def digest(self, name: str, method: str = "sha256") -> bytes:
        """Of the bytes of a part; `method` as `hashlib` names it."""
        if (name, method) not in self._digests:
            self._digests[name, method] = hashlib.new(method, self.read(name)).digest()
        return self._digests[name, method]

    def content_type(self, name: str) -> str:
        """ "" for a part whose type the package does not tell."""
        low = f"/{name}".lower()
        extension = posixpath.basename(low).rpartition(".")[2]
        return self._overrides.get(low) or self._defaults.get(extension, "")

    def relationships(self, name: str) -> tuple[Relationship, ...]:
        """What the .rels part `name` holds; none if there is no such part."""
        if name not in self._known:
            return ()
        if name not in self._links:
            found = tuple(_relationship(element) for element in self.parsed(name))
            ids = {relationship.id for relationship in found}
            if len(ids) < len(found) or "" in ids:
                raise WordRefused(Problem.DAMAGED)
            self._links[name] = found
        return self._links[name]

    def parsed(self, name: str) -> etree._Element:
        if name not in self._known:
            raise WordRefused(Problem.DAMAGED)
        size = self._archive.getinfo(name).file_size
        self._parsed_bytes += size
        if size > _LARGEST_XML or self._parsed_bytes > _MOST_XML:
            raise WordRefused(Problem.TOO_COMPLEX)
        return parsed(self.read(name))

    def _read_types(self):
        defaults, overrides = {}, {}
        for element in self.parsed(_TYPES):
            kind = element.get("ContentType", "")
            if element.tag == names.qualified(names.TYPES, "Default"):
                key, table = element.get("Extension", ""), defaults
            else:
                key, table = element.get("PartName", ""), overrides
            if key.lower() in table:  # which of the two holds is anybody's guess
                raise WordRefused(Problem.DAMAGED)
            table[key.lower()] = kind
        return defaults, overrides


def _opened(content: bytes):
    if len(content) > LARGEST_BYTES:
        raise WordRefused(Problem.TOO_LARGE)
    with _refusing():
        if not content.startswith(b"PK\x03\x04"):
            packages.family(content)  # a locked one has its own words
            raise WordRefused(Problem.NOT_WORD)
        return packages.open_package(content)


@contextmanager
def _refusing():
    """The refusals of the reader, in the words of a signed file: who saved it once more,
    as the reader advises, would lose the signature."""
    try:
        yield
    except DocumentRefused as error:
        problem = _REFUSALS.get(str(error), Problem.NOT_WORD)
        raise WordRefused(problem) from None


def parsed(content: bytes) -> etree._Element:
    """The root of an XML part: no entities, and nothing but elements in it.

    A comment inside a digest would end the text lxml reads, but not the text that was
    signed; nobody who signs writes one.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise WordRefused(Problem.DAMAGED) from None
    around = (*root.itersiblings(preceding=True), *root.itersiblings())
    is_plain = all(isinstance(node.tag, str) for node in root.iter())
    if around or not is_plain or root.getroottree().docinfo.doctype:
        raise WordRefused(Problem.DAMAGED)
    return root


def _relationship(element) -> Relationship:
    mode = element.get("TargetMode", "Internal")
    is_known = element.tag == names.qualified(names.RELATIONSHIPS, "Relationship")
    if not is_known or mode not in ("Internal", "External"):
        raise WordRefused(Problem.DAMAGED)
    return Relationship(
        element.get("Id", ""),
        element.get("Type", ""),
        element.get("Target", ""),
        mode == "External",
    )


def is_relationships(name: str) -> bool:
    return bool(_RELATIONSHIPS.search(name))


def relationships_name(source: str) -> str:
    """The .rels part of the part `source`; of the package itself for ""."""
    folder, base = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def source_name(name: str) -> str:
    """The part whose relationships the .rels part `name` holds; "" for the package."""
    folder, base = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def target_name(source: str, relationship: Relationship) -> str:
    """The part a relationship of the part `source` leads to."""
    target = relationship.target.partition("#")[0]
    if not target:
        return source
    folder = "" if target.startswith("/") else posixpath.dirname(source)
    return posixpath.normpath(posixpath.join(folder, target.lstrip("/")))


def relationships_form(relationships) -> bytes:
    """What is digested of a .rels part: these relationships sorted by Id as strings,
    each with its mode, in canonical form (ECMA-376-2, 12.2.4.26)."""
    root = etree.Element(
        names.qualified(names.RELATIONSHIPS, "Relationships"),
        nsmap={None: names.RELATIONSHIPS},
    )
    for each in sorted(relationships, key=lambda one: one.id):
        etree.SubElement(
            root,
            names.qualified(names.RELATIONSHIPS, "Relationship"),
            Id=each.id,
            Target=each.target,
            TargetMode="External" if each.is_external else "Internal",
            Type=each.type,
        )
    return canonical(root)


def canonical(element: etree._Element) -> bytes:
    """Inclusive C14N of the part of a document below `element`.

    By way of a text: lxml canonicalises an inner element with empty `xmlns=""` in its
    descendants, and the tree of one as the whole document.
    """
    return etree.tostring(
        etree.fromstring(etree.tostring(element, with_tail=False)), method="c14n"
    )
