"""How long a line of Times New Roman is: needed for the rules under it (H04, T02).

Word has no length that follows a text, so the length is reckoned here, from the widths
of the face, in thousandths of an em. Vietnamese letters are as wide as their base
letter; only the horn makes ơ and ư wider.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from math import ceil

from reports.official.measures import MM_PER_PT

_HORN = "\N{COMBINING HORN}"
_UNKNOWN = 556

# Bold, because every text with a rule under it is bold.
_BOLD = {
    220: "|",
    250: " ,.·\N{NO-BREAK SPACE}",
    278: "'/\\il",
    333: "!()-:;[]`fjt\N{LEFT SINGLE QUOTATION MARK}’",
    389: "Is",
    394: "{}",
    400: "°",
    444: "cerz",
    500: "#$*0123456789?J_agovxy–“”«»§",
    520: "~",
    554: "ơ",
    555: '"',
    556: "Sbdhknpquđ",
    570: "+<=>",
    581: "^",
    600: "ư",
    611: "FP",
    667: "BELTZ",
    722: "ACDNRUVXYwĐ",
    778: "GHKOQƠ",
    796: "Ư",
    833: "&m",
    930: "@",
    944: "M",
    1000: "%W—…",
}
# Where the place in the name of an office begins ("xã hội" is none).
_UNIT = re.compile(
    r" (?=(?:phường|xã(?! hội)|đặc khu|thị trấn|thị xã|quận|huyện|thành phố|tỉnh) )",
    re.IGNORECASE,
)
_WIDTHS = {letter: width for width, letters in _BOLD.items() for letter in letters}


def bold_width_mm(text: str, size_pt: float) -> float:
    """Length of one line of bold text."""
    return sum(_em_width(letter) for letter in text) / 1000 * size_pt * MM_PER_PT


@lru_cache(maxsize=1024)
def _em_width(letter: str) -> int:
    return _WIDTHS.get(_base(letter), _UNKNOWN)


@lru_cache(maxsize=256)
def balanced_width_mm(text: str, size_pt: float, available_mm: int) -> int:
    """The narrowest measure in which `text` still takes no more lines.

    "TRƯỜNG TIỂU HỌC / NGUYỄN SƠN HÀ" instead of "TRƯỜNG TIỂU HỌC NGUYỄN SƠN / HÀ".
    """
    fewest = line_count(text, size_pt, available_mm)
    width = available_mm
    while width > 1 and line_count(text, size_pt, width - 1) == fewest:
        width -= 1
    # One millimetre to spare: programs round the advance of a letter differently.
    return min(width + 1, available_mm)


def name_width_mm(text: str, size_pt: float, available_mm: int) -> int:
    """The measure in which the name of an office wraps before its place, where it needs
    two lines: "PHÒNG VĂN HÓA - XÃ HỘI / PHƯỜNG AN PHƯỚC"."""
    places = [found.start() for found in _UNIT.finditer(text)]
    if places and line_count(text, size_pt, available_mm) == 2:
        first, second = text[: places[-1]], text[places[-1] + 1 :]
        longer = max(bold_width_mm(line, size_pt) for line in (first, second))
        width = ceil(longer) + 1
        is_so = last_line(text, size_pt, width) == second
        if width <= available_mm and is_so:
            return width
    return balanced_width_mm(text, size_pt, available_mm)


def line_count(text: str, size_pt: float, width_mm: float) -> int:
    """How many lines a paragraph takes, were it bold: a little more than it does."""
    return 1 + sum(1 for _ in _breaks(text.split(), size_pt, width_mm))


def last_line(text: str, size_pt: float, width_mm: float) -> str:
    words = text.split()
    start = max(_breaks(words, size_pt, width_mm), default=0)
    return " ".join(words[start:])


def _breaks(words: list[str], size_pt: float, width_mm: float) -> Iterator[int]:
    """Which words begin a new line."""
    space = bold_width_mm(" ", size_pt)
    used = 0.0
    for index, word in enumerate(words):
        length = bold_width_mm(word, size_pt)
        if used and used + space + length > width_mm:
            used = length
            yield index
        else:
            used += length + (space if used else 0)


def _base(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter)
    if _HORN in decomposed:
        return unicodedata.normalize("NFC", decomposed[0] + _HORN)
    return decomposed[0]
