"""Whether a picture is one, whole, and not too large to open."""

from django.core.exceptions import ValidationError
from PIL import Image

MAX_PIXELS = 80_000_000  # a phone's largest photographs; below Pillow's own warning
_START_OF_SCAN = 0xDA
# Everything Pillow raises on broken or hostile files, by its documentation and practice.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError)


def check_picture(upload, picture_format):
    """Raise ValidationError unless `upload` is a whole picture in `picture_format`."""
    width, height = _checked(upload, picture_format, _verify)
    if width * height > MAX_PIXELS:
        raise ValidationError(
            f"Ảnh quá lớn ({width} x {height} điểm ảnh). Hãy thu nhỏ ảnh rồi chọn lại."
        )
    if picture_format == "JPEG" and not _has_end(upload):
        raise _broken()


def _checked(upload, picture_format, look):
    upload.seek(0)
    try:
        with Image.open(upload, formats=[picture_format]) as picture:
            size = picture.size
            if size[0] * size[1] <= MAX_PIXELS:
                look(picture)
            return size
    except Image.DecompressionBombError:
        raise ValidationError(
            "Ảnh có quá nhiều điểm ảnh. Hãy thu nhỏ ảnh rồi chọn lại."
        ) from None
    except _BROKEN:
        raise _broken() from None


def _verify(picture):
    picture.verify()


def _broken():
    return ValidationError(
        "Ảnh bị hỏng hoặc chưa tải hết. Hãy mở ảnh gốc kiểm tra rồi chọn lại."
    )


def _has_end(upload):
    """Whether the end marker follows the picture's data. Pillow's verify() looks at the
    head of a JPEG only, and what its decoder forgives is a setting of the process."""
    upload.seek(0)
    content = upload.read()
    at = 2
    while content[at : at + 1] == b"\xff" and at + 4 <= len(content):
        if content[at + 1] == _START_OF_SCAN:
            return content.find(b"\xff\xd9", at) > 0
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False
