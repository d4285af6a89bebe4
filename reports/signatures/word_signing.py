"""Signing a DOCX: an OPC package signature, made with lxml and the signer's key.

LibreOffice 7.4, xmlsec1 1.2.37 and Apache POI 4.0.1 call these signatures valid, and
Aspose.Words those of an experiment of the same form. Word itself was never asked.
"""

import posixpath
import zipfile
from datetime import UTC, datetime
from io import BytesIO

from lxml import etree

from reports.signatures import word_names as names
from reports.signatures.keys import SigningKey
from reports.signatures.word_coverage import expected, origins, signature_parts
from reports.signatures.word_markup import signature_xml
from reports.signatures.word_package import (
    WordPackage,
    is_relationships,
    parsed,
    relationships_name,
)

# For the page that offers it.
WHERE_TRIED = (
    "Chữ ký trong tệp Word đã được kiểm tra bằng LibreOffice, xmlsec1 và Apache POI; "
    "chưa được kiểm tra bằng Microsoft Word."
)
_ROOT_LINKS = relationships_name("")
_TYPES = "[Content_Types].xml"
# As the writer of our DOCX does: the time of signing stands in the signature.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def sign_docx(
    docx_bytes: bytes, key: SigningKey, *, signed_at: datetime | None = None
) -> bytes:
    """The file with one more signature; every part of the document stays as it is.

    `signed_at` (aware, default now) is the time the signature claims. Earlier signatures
    stay valid. Raises `WordRefused` for a file that is no sound DOCX.
    """
    package = WordPackage(docx_bytes)
    changed = _without_blanks(package)
    moment = (signed_at or datetime.now(UTC)).astimezone(UTC)
    xml = signature_xml(package, expected(package), key, moment)
    origin, changed[_ROOT_LINKS] = _with_origin(package, changed)
    folder = posixpath.dirname(origin)
    part, links = _free_part(package, folder), relationships_name(origin)
    changed[links] = _with_link(
        changed.get(links) or _content(package, links),
        names.SIGNATURE,
        posixpath.basename(part),
    )
    added = {part: xml} if origin in package.names else {origin: b"", part: xml}
    changed[_TYPES] = _with_types(package.read(_TYPES), origin, part)
    return _written(package, changed | added)


def _with_origin(package: WordPackage, changed: dict) -> tuple[str, bytes]:
    """The part all signatures hang on, and the relationships of the package with it."""
    links = changed.get(_ROOT_LINKS) or package.read(_ROOT_LINKS)
    if known := origins(package):
        return known[0], links
    return names.ORIGIN_PART, _with_link(links, names.ORIGIN, names.ORIGIN_PART)


def _without_blanks(package: WordPackage) -> dict[str, bytes]:
    """The .rels parts that hold blanks between their elements, without them: libxmlsec,
    and so LibreOffice, would call the signature wrong. Their signed form has none."""
    found = {}
    for name in filter(is_relationships, package.names):
        root = package.parsed(name)
        if root.text or any(element.tail for element in root):
            root.text = None
            for element in root:
                element.tail = None
            found[name] = _serialised(root)
    return found


def _content(package: WordPackage, name: str) -> bytes:
    if name in package.names:
        return package.read(name)
    tag = names.qualified(names.RELATIONSHIPS, "Relationships")
    return _serialised(etree.Element(tag, nsmap={None: names.RELATIONSHIPS}))


def _with_link(content: bytes, kind: str, target: str) -> bytes:
    root = parsed(content)
    taken = {element.get("Id") for element in root}
    number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    etree.SubElement(
        root,
        names.qualified(names.RELATIONSHIPS, "Relationship"),
        {"Id": f"rId{number}", "Type": kind, "Target": target},
    )
    return _serialised(root)


def _free_part(package: WordPackage, folder: str) -> str:
    taken = {name.lower() for name in (*package.names, *signature_parts(package))}
    numbers = range(1, len(taken) + 2)
    wanted = (posixpath.join(folder, f"sig{number}.xml") for number in numbers)
    return next(name for name in wanted if name.lower() not in taken)


def _with_types(content: bytes, origin: str, part: str) -> bytes:
    root = parsed(content)
    default = names.qualified(names.TYPES, "Default")
    extension = origin.rpartition(".")[2]
    known = {element.get("Extension", "").lower() for element in root.iter(default)}
    if extension.lower() not in known:
        values = {"Extension": extension, "ContentType": names.ORIGIN_TYPE}
        element = etree.Element(default, values)
        root.insert(0, element)
    values = {"PartName": f"/{part}", "ContentType": names.SIGNATURE_TYPE}
    etree.SubElement(root, names.qualified(names.TYPES, "Override"), values)
    return _serialised(root)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _written(package: WordPackage, changed: dict[str, bytes]) -> bytes:
    """The archive with the parts of `changed` in place of the old ones or at its end."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in package.entries():
            if entry.filename in changed:
                content = changed.pop(entry.filename)
            else:
                content = b"" if entry.is_dir() else package.read(entry.filename)
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.external_attr = entry.external_attr
            archive.writestr(copy, content, zipfile.ZIP_DEFLATED)
        for name, content in changed.items():
            archive.writestr(
                zipfile.ZipInfo(name, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED
            )
    return target.getvalue()
