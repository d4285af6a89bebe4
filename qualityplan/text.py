"""Plain Vietnamese text: how the whole product cleans, folds and names it."""

import re
import unicodedata

# What XML 1.0 (and so every DOCX and XLSX) forbids, and what no keyboard means to type.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ROMAN = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)

# Longest text of one cell or section. The longest seen in real plans has 4,000
# characters; twenty pages pasted by mistake should be told, not stored.
MAX_TEXT = 30_000


def control_characters(text):
    """The control characters in `text`, in order, as `U+0007`."""
    return [f"U+{ord(found):04X}" for found in _CONTROL.findall(text)]


def clean(text):
    """`text` in NFC, with LF line ends and without control characters; blanks at the
    ends of lines and empty lines at both ends go."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def one_line(text):
    """`text` cleaned, on one line, without invisible characters and double blanks."""
    text = "".join(c for c in clean(text) if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


def fold(text):
    """`text` without accents, case or double blanks, for searching: "Hội đồng" is found
    by "hoi dong"."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(kept.casefold().split())


def spelling_key(text):
    """`text` without case and without regard to which vowel of a syllable carries the
    tone: UỶ and ỦY, HOÀ and HÒA are two ways of writing the same."""
    return " ".join(_tone_last(word) for word in text.casefold().split())


def _tone_last(word):
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in letters if char in _TONES)
    return "".join(char for char in letters if char not in _TONES) + tones


def lines(text):
    """The non-empty lines of `text`."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def roman(number):
    """`number`, 1 or more, in Roman numerals, as sections are numbered (rule B03)."""
    if number < 1:
        raise ValueError(f"no Roman numeral for section {number}")
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
