"""The picture of a signature or a seal, as people upload it, made fit for the paper."""

import io
import zlib

from PIL import Image, ImageChops

LARGEST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
# What a printer can show of 50 mm; more would only make each signed file larger.
LONGEST_SIDE = 1200

TOO_LARGE = "Ảnh lớn hơn 2 MB. Hãy thu nhỏ ảnh rồi tải lên lại."
NOT_PNG = "Tệp này không phải ảnh PNG đọc được. Hãy chọn ảnh PNG nền trong suốt."
EMPTY = "Ảnh chỉ có nền, không thấy nét nào. Hãy chọn ảnh khác."


class PictureError(Exception):
    """The picture cannot be used; the message is for the person who uploaded it."""


def opened(png: bytes) -> Image.Image:
    """The picture with transparent ground (E03, E04), cut to what is drawn on it.

    White ground becomes transparent: an opaque seal would hide the signature and the
    text under it. Raises `PictureError`.
    """
    picture = _decoded(png)
    if picture.getchannel("A").getextrema() == (255, 255):
        picture.putalpha(_ink(picture))
    drawn = picture.getchannel("A").point(lambda alpha: 255 if alpha > 8 else 0)
    edges = drawn.getbbox()
    if edges is None:
        raise PictureError(EMPTY)
    picture = picture.crop(edges)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return picture


def _decoded(png: bytes) -> Image.Image:
    if len(png) > LARGEST_BYTES:
        raise PictureError(TOO_LARGE)
    try:
        picture = Image.open(io.BytesIO(png), formats=["PNG"])
        if picture.width * picture.height > MOST_PIXELS:
            raise PictureError(TOO_LARGE)
        # WeasyPrint has told Pillow to put up with half a file; this does not.
        picture.verify()
        return Image.open(io.BytesIO(png), formats=["PNG"]).convert("RGBA")
    except Image.DecompressionBombError as error:
        raise PictureError(TOO_LARGE) from error
    # Pillow's answer to a broken file is any of these.
    except (OSError, SyntaxError, ValueError, zlib.error) as error:
        raise PictureError(NOT_PNG) from error


def _ink(picture: Image.Image) -> Image.Image:
    """How much of each point is not white."""
    red, green, blue, _ = picture.split()
    return ImageChops.invert(ImageChops.darker(ImageChops.darker(red, green), blue))
