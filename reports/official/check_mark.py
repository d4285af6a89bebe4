"""The check mark at the foot of an official text: its code, its words and its QR.

The QR is drawn from its modules, so that the same address gives the same bytes in every
release of the picture libraries.
"""

import base64
import re
import secrets
from html import escape
from io import BytesIO

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

from reports.official import measures
from reports.official.document import CheckMark, Document
from reports.official.wording import one_line

# Crockford's base 32: no I, L, O and U, which people read as 1, 0 and V.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP_LENGTH = 5  # two groups: 50 bits, far more than anybody can try out
_READ_AS = str.maketrans("ILO", "110")
_BETWEEN = re.compile(r"[\s\-–—.]+")
_PIXELS_PER_MODULE = 10  # 600 dpi and more at the size it is printed in


def new_code() -> str:
    """A code nobody can guess, as it is printed: "7K3QX-M0RTA"."""
    letters = [secrets.choice(ALPHABET) for _ in range(2 * GROUP_LENGTH)]
    return _grouped("".join(letters))


def normalised(typed: str) -> str:
    """The code somebody typed or heard, as it is printed; "" for what can be none."""
    letters = _BETWEEN.sub("", typed.upper()).translate(_READ_AS)
    is_code = len(letters) == 2 * GROUP_LENGTH and set(letters) <= set(ALPHABET)
    return _grouped(letters) if is_code else ""


def _grouped(letters: str) -> str:
    return f"{letters[:GROUP_LENGTH]}-{letters[GROUP_LENGTH:]}"


# --- words ------------------------------------------------------------------------


def check_mark_text(mark: CheckMark) -> str:
    return one_line(f"Mã tra cứu: {mark.code} · {mark.url}")


def check_mark_description(mark: CheckMark) -> str:
    """The QR in words, for those who do not see it."""
    return one_line(f"Mã QR dẫn đến trang tra cứu văn bản: {mark.url}")


def check_mark_html(document: Document) -> str:
    """ "" without a mark. The picture is a `data:` address: paper follows no other."""
    mark = document.check_mark
    if mark is None:
        return ""
    picture = base64.b64encode(qr_svg(mark.url).encode()).decode()
    return (
        f'<div class="check-mark"><img src="data:image/svg+xml;base64,{picture}"'
        f' alt="{escape(check_mark_description(mark))}">'
        f"<p>{escape(check_mark_text(mark))}</p></div>"
    )


def set_foot(part, mark: CheckMark | None) -> None:
    """The words into `part` of a workbook's printed footer; no picture can stand there."""
    if mark is None:
        return
    part.text = check_mark_text(mark).replace("&", "&&")  # one "&" orders the printer
    part.font = f"{measures.FONT_FAMILIES[0]},Regular"
    part.size = measures.CHECK_MARK_PT


# --- pictures ---------------------------------------------------------------------


def qr_modules(text: str) -> list[list[bool]]:
    """The rows of the QR of `text`, True for a dark module; no border."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    return code.get_matrix()


def qr_svg(text: str) -> str:
    """Black modules on white, one unit each: sharp on paper and on every screen."""
    rows = qr_modules(text)
    count = len(rows)
    path = "".join(
        f"M{column} {line}h1v1h-1z"
        for line, row in enumerate(rows)
        for column, is_dark in enumerate(row)
        if is_dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {count} {count}" '
        'shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{count}v{count}H0z"/>'
        f'<path fill="#000" d="{path}"/></svg>'
    )


def qr_png(text: str) -> bytes:
    """The same as a picture of black and white pixels, for Word."""
    rows = qr_modules(text)
    picture = Image.new("1", (len(rows), len(rows)), 1)
    picture.putdata([0 if is_dark else 1 for row in rows for is_dark in row])
    side = len(rows) * _PIXELS_PER_MODULE
    target = BytesIO()
    picture.resize((side, side), Image.Resampling.NEAREST).save(target, "PNG")
    return target.getvalue()
