"""Plain Vietnamese text: how the whole product cleans, folds and names it."""

import re
import unicodedata

# What XML 1.0 (and so every DOCX and XLSX) forbids, and what no keyboard means to type.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

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


def fold(text):
    """`text` without accents, case or double blanks, for searching: "Hội đồng" is found
    by "hoi dong"."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(kept.casefold().split())


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
