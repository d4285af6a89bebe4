"""Opening an office file that may be hostile: everything is checked before anything is
parsed, and every refusal has its own words."""

import io
import re
import zipfile
import zlib

from plans.reading import refusals
from plans.reading.foreign import foreign_kind
from plans.reading.refusals import DocumentRefused

MAX_BYTES = 25 * 1024**2
MAX_MEMBERS = 2_000
MAX_UNPACKED = 200 * 1024**2
MAX_PART = 20 * 1024**2  # one XML part; 40 pages of a plan take about two
# What a parsed tree costs is its nodes and attributes, not its bytes.
MAX_TAGS = 400_000  # "<" in one part; 40 pages of a plan take about 100,000
MAX_ATTRIBUTES = 600_000
MAX_RATIO = 120
_RATIO_FROM = 4 * 1024**2  # below this a high ratio does no harm
# A central directory larger than this holds far more members than are allowed; the
# module zipfile would first make an object of each.
_MAX_DIRECTORY = 1024**2
_MEMBER_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)

WORD, EXCEL = "docx", "xlsx"
_MAIN_PARTS = (
    (rb"wordprocessingml\.(document|template)\.main\+xml", WORD),
    (rb"spreadsheetml\.(sheet|template)\.main\+xml", EXCEL),
)
_ODF_KINDS = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_MACRO_PART = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/|basic/|scripts/)"
)
_EMBEDDED_PART = re.compile(r"(^|/)(embeddings|activex|ctrlprops)/|(^|/)object \d+/")
_EXTERNAL_PART = re.compile(r"(^|/)externallinks/")
_RELATIONSHIP = re.compile(rb"<[\w:]*Relationship\b[^>]*>")
_TYPE = re.compile(rb"""\bType\s*=\s*["']([^"']*)["']""")
_EXTERNAL = re.compile(rb"""\bTargetMode\s*=\s*["']External["']""")
_OBJECT_TYPES = (b"/oleobject", b"/package", b"/control")


def check_size(count):
    if count == 0:
        raise DocumentRefused(refusals.EMPTY)
    if count > MAX_BYTES:
        raise DocumentRefused(refusals.TOO_LARGE.format(limit=MAX_BYTES // 1024**2))


def family(content):
    """What the bytes are by their own word: ".docx", ".xlsx", or an older kind that has
    to be converted (".doc", ".xls", ".odt", ".ods")."""
    check_size(len(content))
    if content.startswith(_COMPOUND):
        return _compound_family(content)
    if content.startswith(b"PK\x03\x04"):
        return _zip_family(content)
    raise DocumentRefused(foreign_kind(content))


def _compound_family(content):
    def holds(name):
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise DocumentRefused(refusals.ENCRYPTED)
    if holds("_VBA_PROJECT"):
        raise DocumentRefused(refusals.MACROS)
    if holds("WordDocument"):
        return ".doc"
    if holds("Workbook") or holds("Book\0"):
        return ".xls"
    raise DocumentRefused(refusals.NOT_OFFICE)


def _zip_family(content):
    with open_package(content) as package:
        names = set(package.namelist())
        if "[Content_Types].xml" in names:
            types = read_part(package, "[Content_Types].xml")
            if b"macroEnabled" in types:
                raise DocumentRefused(refusals.MACROS)
            for pattern, kind in _MAIN_PARTS:
                if re.search(pattern, types):
                    return f".{kind}"
            if b"presentationml" in types:
                raise DocumentRefused(refusals.SLIDES)
            raise DocumentRefused(refusals.NOT_OFFICE)
        if "mimetype" in names:
            suffix = _ODF_KINDS.get(read_part(package, "mimetype").strip())
            if suffix:
                return suffix
            raise DocumentRefused(refusals.NOT_OFFICE)
    raise DocumentRefused(refusals.OTHER_ZIP)


def open_package(content):
    """The ZIP file in `content`, its parts checked; the caller closes it."""
    _check_directory(content)
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except _MEMBER_FAULTS:
        raise DocumentRefused(refusals.BROKEN) from None
    _check_members(package.infolist())
    _check_parts(package)
    return package


def _check_directory(content):
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 66_000))
    if end < 0 or len(content) < end + 22:
        raise DocumentRefused(refusals.BROKEN)
    size = int.from_bytes(content[end + 12 : end + 16], "little")
    count = int.from_bytes(content[end + 10 : end + 12], "little")
    if size > _MAX_DIRECTORY or count > MAX_MEMBERS:
        raise DocumentRefused(refusals.TOO_MANY_PARTS.format(limit=MAX_MEMBERS))


def _check_members(members):
    if len(members) > MAX_MEMBERS:
        raise DocumentRefused(refusals.TOO_MANY_PARTS.format(limit=MAX_MEMBERS))
    if len({member.filename.casefold() for member in members}) < len(members):
        raise DocumentRefused(refusals.TWICE)
    if any(member.flag_bits & 1 for member in members):
        raise DocumentRefused(refusals.ENCRYPTED)
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or _is_inflated(unpacked, packed):
        raise DocumentRefused(refusals.BOMB)
    if any(_is_inflated(m.file_size, m.compress_size) for m in members):
        raise DocumentRefused(refusals.BOMB)
    for member in members:
        _check_name(member.filename.casefold())


def _is_inflated(unpacked, packed):
    return unpacked > _RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1)


def _check_name(name):
    for pattern, message in (
        (_MACRO_PART, refusals.MACROS),
        (_EMBEDDED_PART, refusals.EMBEDDED),
        (_EXTERNAL_PART, refusals.EXTERNAL),
    ):
        if pattern.search(name):
            raise DocumentRefused(message)


def _check_parts(package):
    for name in package.namelist():
        if name.casefold().endswith((".xml", ".rels", ".vml")):
            content = read_part(package, name)
            _check_entities(content)
            if name.casefold().endswith(".rels"):
                _check_relationships(content)


def _check_entities(content):
    # Without the zero bytes, so that UTF-16 hides nothing.
    plain = content.replace(b"\0", b"") if b"\0" in content[:200] else content
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise DocumentRefused(refusals.ENTITIES)


def _check_relationships(content):
    for found in _RELATIONSHIP.finditer(content):
        kind = _TYPE.search(found[0])
        kind = kind[1].lower() if kind else b""
        if kind.endswith(_OBJECT_TYPES):
            raise DocumentRefused(refusals.EMBEDDED)
        if kind.endswith(b"/vbaproject"):
            raise DocumentRefused(refusals.MACROS)
        if _EXTERNAL.search(found[0]) and not kind.endswith(b"/hyperlink"):
            raise DocumentRefused(refusals.EXTERNAL)


def read_part(package, name):
    """The bytes of the XML part `name`; a part too large to be parsed is refused."""
    if package.getinfo(name).file_size > MAX_PART:
        raise DocumentRefused(refusals.TOO_LONG)
    try:
        content = package.read(name)
    except _MEMBER_FAULTS:
        raise DocumentRefused(refusals.BROKEN) from None
    if content.count(b"<") > MAX_TAGS or content.count(b"=") > MAX_ATTRIBUTES:
        raise DocumentRefused(refusals.TOO_LONG)
    return content
