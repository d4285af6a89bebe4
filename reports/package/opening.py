"""A package before anything of it is believed: every member is there, is what the manifest
says, and is no larger than it may be."""

import contextlib
import hashlib
import re
import zipfile
import zlib

from qualityplan.strict_json import shown
from reports.package import (
    DOCUMENTS,
    EVIDENCE,
    EVIDENCE_BOOK,
    MANIFEST,
    PAPERS,
    REGISTER,
    REGISTER_BOOK,
    YEARS,
    PackageError,
)

_MB = 1024**2
_NAMES = re.compile(
    rf"{re.escape(PAPERS)}|{re.escape(REGISTER)}|{re.escape(REGISTER_BOOK)}"
    rf"|{re.escape(EVIDENCE_BOOK)}"
    rf"|{DOCUMENTS}(?!\.)[^/\\\x00-\x1f\x7f]{{1,200}}"
    rf"|{YEARS}[a-z0-9][a-z0-9 ()-]{{0,200}}\.json"
    rf"|{EVIDENCE}[0-9a-f]{{64}}\.[a-z0-9]{{1,8}}"
)
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_NEEDED = (PAPERS, REGISTER)
_MAX_MEMBERS = 50_000
_MAX_TEXT = 64 * _MB  # what is read as JSON
_MAX_DOCUMENT = 64 * _MB
_MAX_MEMBER = 1024 * _MB
_MAX_RATIO = 50  # JSON and drawings shrink to a tenth; a bomb to a thousandth
_FREE = 8 * _MB  # what may unfold without being asked how
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1

_NOT_ZIP = "không phải gói lưu trữ (ZIP), hoặc tệp bị cắt cụt."
_SPOILT = "thành phần {} bị hỏng trong ZIP; hãy lấy lại bản gốc của gói."


@contextlib.contextmanager
def opened(path):
    """The `Package` in the file at `path`, checked from end to end. Raises PackageError."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise PackageError(_NOT_ZIP) from None
    with archive:
        yield Package(archive)


class Package:
    """`sums` maps each member but the manifest to its SHA-256."""

    def __init__(self, archive):
        self._zip = archive
        self._check_members()
        self.sums = self._manifest()
        self._check_names()
        self._check_sums()

    def names(self, folder):
        return [name for name in self.sums if name.startswith(folder)]

    def read(self, name):
        """The bytes of a member: what is read whole is small."""
        return b"".join(self.chunks(name))

    def chunks(self, name):
        try:
            with self._zip.open(name) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
        ):
            raise PackageError(_SPOILT.format(shown(name))) from None

    def _check_members(self):
        infos = self._zip.infolist()
        if len(infos) > _MAX_MEMBERS:
            raise PackageError(f"có {len(infos)} thành phần, tối đa {_MAX_MEMBERS}.")
        seen, packed, unpacked = set(), 0, 0
        for info in infos:
            if info.filename in seen:
                raise PackageError(f"thành phần {shown(info.filename)} có hai lần.")
            seen.add(info.filename)
            _check_member(info)
            packed, unpacked = packed + info.compress_size, unpacked + info.file_size
        if unpacked > _FREE + _MAX_RATIO * packed:
            raise PackageError(
                "các thành phần mở ra lớn hơn gói quá nhiều lần; đây không phải gói do "
                "hệ thống lập."
            )

    def _manifest(self):
        if MANIFEST not in self._zip.namelist():
            raise PackageError(f"thiếu {MANIFEST}; đây không phải gói lưu trữ.")
        sums = {}
        try:
            lines = self.read(MANIFEST).decode().split("\n")
        except UnicodeDecodeError:
            raise PackageError(f"{MANIFEST} không phải UTF-8.") from None
        for number, line in enumerate(filter(None, lines), start=1):
            found = _LINE.fullmatch(line)
            if found is None or found[2] in sums:
                raise PackageError(f"{MANIFEST}: dòng {number} không đúng dạng.")
            sums[found[2]] = found[1]
        return sums

    def _check_names(self):
        held = set(self._zip.namelist()) - {MANIFEST}
        for name in (*self.sums, *_NEEDED):
            if name not in held:
                raise PackageError(f"thiếu thành phần {shown(name)}.")
        for name in sorted(held - set(self.sums)):
            raise PackageError(
                f"thừa thành phần {shown(name)}, không có trong {MANIFEST}."
            )

    def _check_sums(self):
        for name, expected in self.sums.items():
            digest = hashlib.sha256()
            for chunk in self.chunks(name):
                digest.update(chunk)
            if digest.hexdigest() != expected:
                raise PackageError(
                    f"thành phần {shown(name)} không còn nguyên vẹn: SHA-256 khác với "
                    f"{MANIFEST}."
                )
            is_evidence = name.startswith(EVIDENCE)
            if is_evidence and not name.startswith(f"{EVIDENCE}{expected}."):
                raise PackageError(f"tên {shown(name)} không phải SHA-256 của tệp.")


def _check_member(info):
    name = info.filename
    if name != MANIFEST and not _NAMES.fullmatch(name):
        raise PackageError(f"thành phần {shown(name)} có tên không được phép.")
    if info.flag_bits & _ENCRYPTED:
        raise PackageError(f"thành phần {shown(name)} có mật khẩu.")
    most = _MAX_MEMBER
    if name.endswith(".json") or name == MANIFEST:
        most = _MAX_TEXT
    elif name.startswith(DOCUMENTS):
        most = _MAX_DOCUMENT
    if info.file_size > most:
        raise PackageError(
            f"thành phần {shown(name)} khai {info.file_size // _MB} MB, tối đa "
            f"{most // _MB} MB."
        )
