"""Pictures of signatures and seals, made fit for paper."""

import io

from PIL import Image, ImageStat

from reports.signatures.pdf_image import opened

_CHANNELS = {"red": 0, "green": 1, "blue": 2}
_MORE = 1.2  # so much stronger than the others is a colour, not a shade of grey


def fit_picture(png):
    """`png` as it will stand on paper: cut to what is drawn, on transparent ground.
    Raises `PictureError`."""
    target = io.BytesIO()
    opened(png).save(target, "PNG", optimize=True)
    return target.getvalue()


def has_colour(png, colour):
    """Whether what is drawn is mostly `colour`, "red" or "blue"."""
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    means = ImageStat.Stat(picture.convert("RGB"), mask=picture.getchannel("A")).mean
    wanted = means.pop(_CHANNELS[colour])
    return wanted > _MORE * max(means)
