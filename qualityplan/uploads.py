"""What may come in as a file: the kinds, the size, and a look at the content itself. Each
refusal is a `ValidationError` that says in plain words what is wrong and what to do."""

import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from qualityplan.pictures import check_picture
from qualityplan.zipped import check_office_file

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Kind:
    """An allowed kind of file; `magic` is how its content begins."""

    extension: str
    name: str
    content_type: str
    magic: bytes


PDF = Kind("pdf", "tệp PDF", "application/pdf", b"%PDF-")
DOCX = Kind("docx", "tệp Word", f"{_OFFICE}.wordprocessingml.document", b"PK\x03\x04")
XLSX = Kind("xlsx", "tệp Excel", f"{_OFFICE}.spreadsheetml.sheet", b"PK\x03\x04")
PNG = Kind("png", "ảnh PNG", "image/png", b"\x89PNG\r\n\x1a\n")
JPEG = Kind("jpg", "ảnh JPEG", "image/jpeg", b"\xff\xd8\xff")
BY_EXTENSION = {
    "pdf": PDF,
    "docx": DOCX,
    "xlsx": XLSX,
    "png": PNG,
    "jpg": JPEG,
    "jpeg": JPEG,
}
ALLOWED_NAMES = "PDF, Word (.docx), Excel (.xlsx), ảnh PNG hoặc JPEG"
# Before Word 2007, and whatever Office protects with a password.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def max_bytes():
    return settings.EVIDENCE_MAX_MB * 1024 * 1024


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Keeps no more of a file on the disk than is allowed; the rest is read off and
    dropped, and the size told is the true one, so that the form can refuse it."""

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= max_bytes() + self.chunk_size:
            super().receive_data_chunk(raw_data, start)


def check_upload(upload):
    """The `Kind` of `upload`; raises ValidationError where name, size or content will
    not do. Leaves the file at its beginning."""
    if not upload.size:
        raise ValidationError(
            "Tệp rỗng (0 byte). Hãy mở tệp gốc kiểm tra rồi chọn lại."
        )
    if upload.size > max_bytes():
        raise ValidationError(
            f"Tệp nặng {upload.size / 1024 / 1024:.1f} MB, quá mức "
            f"{settings.EVIDENCE_MAX_MB} MB. Hãy nén hoặc tách tệp; tệp lớn hơn thì để "
            "trên kho của trường và ghi đường dẫn."
        )
    kind = _claimed_kind(upload.name)
    _check_beginning(upload, kind)
    _LOOKS[kind](upload)
    upload.seek(0)
    return kind


def _claimed_kind(name):
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension not in BY_EXTENSION:
        told = f"Không nhận tệp .{extension}" if extension else "Tên tệp không có đuôi"
        raise ValidationError(f"{told}. Chỉ nhận {ALLOWED_NAMES}.")
    return BY_EXTENSION[extension]


def _check_beginning(upload, kind):
    upload.seek(0)
    start = upload.read(16)
    if start.startswith(kind.magic):
        return
    if start.startswith(_OLD_OFFICE):
        raise ValidationError(
            "Tệp thuộc định dạng Office cũ hoặc có đặt mật khẩu. Hãy mở tệp, bỏ mật "
            "khẩu và lưu lại thành .docx, .xlsx hoặc PDF."
        )
    others = (known for known in BY_EXTENSION.values() if start.startswith(known.magic))
    real = next((known.name for known in others), "loại khác")
    if start.startswith(DOCX.magic):
        real = "tệp nén"
    raise ValidationError(
        f"Tên tệp ghi .{kind.extension} nhưng nội dung là {real}. Hãy lưu lại đúng "
        "định dạng rồi chọn lại."
    )


def _check_pdf(upload):
    upload.seek(max(0, upload.size - 2048))
    if b"%%EOF" not in upload.read():
        raise ValidationError(
            "Tệp PDF không có phần cuối, có thể bị ngắt khi tải hoặc quét. Hãy tạo lại "
            "tệp rồi chọn lại."
        )


_LOOKS = {
    PDF: _check_pdf,
    DOCX: lambda upload: check_office_file(upload, "docx"),
    XLSX: lambda upload: check_office_file(upload, "xlsx"),
    PNG: lambda upload: check_picture(upload, "PNG"),
    JPEG: lambda upload: check_picture(upload, "JPEG"),
}


def clean_file_name(name, longest=200):
    """The name a person gave their file, fit to be shown and offered again: no folders,
    no control or direction characters, not too long; the extension stays."""
    base = name.replace("\\", "/").rpartition("/")[2]
    base = unicodedata.normalize("NFC", base)
    # Cf: U+202E would show "gpj.exe" as "exe.jpg".
    base = "".join(c for c in base if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    base = " ".join(_FORBIDDEN.sub(" ", base).split())
    stem, dot, extension = base.rpartition(".")
    if not dot:
        stem, extension = base, ""
    stem = stem.strip(". ")[: longest - len(extension) - 1].rstrip() or "tep"
    return f"{stem}{dot}{extension}"
