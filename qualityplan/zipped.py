"""Whether a Word or Excel file is what it says. What its directory claims is weighed
before anything in it is unpacked; nothing in it may run or fetch code."""

import re
import struct
import zipfile
import zlib

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.core.exceptions import ValidationError

MAX_MEMBERS = 2_000
MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 150
RATIO_FROM = 10 * 1024 * 1024  # below this no bomb is worth the name
MAX_DIRECTORY = 2 * 1024 * 1024
MAX_PART = 2 * 1024 * 1024  # of the parts we read as XML

_MAIN = {
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
}
_TYPES = "[Content_Types].xml"
_END = struct.Struct("<4s4H2LH")  # end of central directory
_REMOTE = re.compile(r"(?i)^(https?|ftp|mhtml):|^file:/*(?!/*[a-z]:)|^\\\\")
_FETCHED = ("attachedtemplate", "oleobject", "frame", "subdocument", "control")


def check_office_file(upload, extension):
    """Raise ValidationError unless `upload` is a sound docx or xlsx without code."""
    _check_directory_size(upload)
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            _check_claims(archive.infolist())
            _check_contents(archive, extension)
            if archive.testzip() is not None:
                raise zipfile.BadZipFile
    except (DefusedXmlException, ParseError, KeyError):
        raise _broken(extension) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise ValidationError(
            "Tệp bị hỏng hoặc chưa tải hết. Hãy mở tệp gốc kiểm tra rồi chọn lại."
        ) from None


def _broken(extension):
    name = "Word" if extension == "docx" else "Excel"
    return ValidationError(
        f"Tên tệp ghi .{extension} nhưng bên trong không phải tệp {name}. Hãy lưu lại "
        f"từ {name} rồi chọn lại."
    )


def _bomb():
    return ValidationError(
        "Tệp nén bất thường: bung ra sẽ lớn quá mức cho phép. Hãy lưu lại tệp hoặc "
        "chuyển sang PDF."
    )


def _check_directory_size(upload):
    """The end record is 22 bytes; reading a directory of a million names is not cheap."""
    upload.seek(max(0, upload.size - 65_557))
    tail = upload.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise ValidationError(
            "Tệp không có phần cuối, có thể bị ngắt khi tải. Hãy chọn lại tệp gốc."
        )
    _, _, _, _, members, directory, *_ = _END.unpack_from(tail, at)
    if members > MAX_MEMBERS or directory > MAX_DIRECTORY:
        raise _bomb()


def _check_claims(members):
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or total > MAX_TOTAL:
        raise _bomb()
    if total > RATIO_FROM and total > packed * MAX_RATIO:
        raise _bomb()
    names = [member.filename.lower() for member in members]
    if len(set(names)) < len(names) or any(_is_astray(name) for name in names):
        raise ValidationError(
            "Bên trong tệp có tên phần không hợp lệ. Hãy lưu lại tệp."
        )
    if any(member.flag_bits & 1 for member in members):
        raise ValidationError("Tệp có đặt mật khẩu. Hãy bỏ mật khẩu rồi chọn lại.")


def _is_astray(name):
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _check_contents(archive, extension):
    names = archive.namelist()
    types = _read(archive, _TYPES)
    for name in names:
        low = name.lower()
        if "vbaproject" in low or "/activex/" in low or "/oleobject" in low:
            raise _code()
    declared = {
        (part.get("PartName") or "").lstrip("/"): part.get("ContentType") or ""
        for part in types
    }
    if any(
        "macroenabled" in t.lower() or "vba" in t.lower() for t in declared.values()
    ):
        raise _code()
    mains = [name for name, kind in declared.items() if kind.endswith(_MAIN[extension])]
    if len(mains) != 1 or mains[0] not in names:
        raise _broken(extension)
    for name in names:
        low = name.lower()
        if low.endswith(".rels"):
            _check_links(_read(archive, name))
        elif low.startswith("xl/externallinks/"):
            _check_data_exchange(_read(archive, name))


def _code():
    return ValidationError(
        "Tệp có chứa macro hoặc đối tượng chạy được. Hãy lưu lại thành .docx, .xlsx "
        "không có macro, hoặc PDF."
    )


def _check_links(links):
    """A web address in the text is fine; a template or object fetched from afar is not."""
    for link in links:
        kind = (link.get("Type") or "").rpartition("/")[2].lower()
        target = link.get("Target") or ""
        if kind in _FETCHED and _REMOTE.search(target):
            raise _code()


def _check_data_exchange(part):
    """DDE starts a program on the reader's machine."""
    if any(element.tag.endswith("}ddeLink") for element in part.iter()):
        raise _code()


def _read(archive, name):
    if archive.getinfo(name).file_size > MAX_PART:
        raise _bomb()
    return fromstring(archive.read(name), forbid_dtd=True)
