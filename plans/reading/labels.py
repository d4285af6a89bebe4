"""How levels, standards and criteria are written, in all the ways schools write them."""

import re
from dataclasses import dataclass

from plans.reading.stream import UNSEEN
from qualityplan.text import fold
from schools.enums import LevelOfSchooling

_LEVEL_NUMBERS = r"[1-4](?:\s*(?:,|;|/|-|–|va|&)\s*(?:muc\s*)?[1-4])*"
# Folded, so that "MỤC 2" for "MỨC 2" is taken as it was meant.
_LEVEL = re.compile(rf"^(?:dat\s+)?muc(?:\s+do)?\s*({_LEVEL_NUMBERS})\s*[:.]?$")
_LEVEL_CELL = re.compile(rf"^(?:muc(?:\s+do)?\s*)?({_LEVEL_NUMBERS})\s*[:.]?$")
_STANDARD = re.compile(
    r"^\W*ti[êe]u\s+chu[ẩâaả]n\s*(?:số\s*)?(\d{1,2}|[IV]{1,4})\b\s*[:.\-–—)]*\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_STANDARD_CELL = re.compile(r"^(\d{1,2})\s*[:.\-–—)]*\s*(.*)$", re.DOTALL)
_CRITERION = re.compile(
    r"^\W*(?:ti[êe]u\s+ch[íi]|T\s*/?\s*C)\s*(?:số\s*)?[:.]?\s*"
    r"(\d{1,2})\s*[.,]\s*(\d{1,2})(?!\d)\s*[:.,\-–—)]*\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CRITERION_BARE = re.compile(
    r"^\W*(\d)\s*[.,]\s*(\d{1,2})(?![\d%])\s*[:.\-–—)]*\s*(.*)$", re.DOTALL
)
_CRITERION_SHORT = re.compile(
    r"^\W*ti[êe]u\s+ch[íi]\s*(\d{1,2})(?!\s*[.,]?\s*\d)\s*[:.\-–—)]*\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(r"^([1-9]\d?)\.?$")
_ROMANS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_SCHOOLINGS = {
    fold(label): code
    for code, label in LevelOfSchooling.choices
    if code != LevelOfSchooling.MULTI_LEVEL
} | {
    "thcs": LevelOfSchooling.LOWER_SECONDARY,
    "thpt": LevelOfSchooling.UPPER_SECONDARY,
}


@dataclass(frozen=True)
class Named:
    """A standard ("3") or a criterion ("3.5") with the title written beside it."""

    code: str
    title: str = ""


def level(text, *, in_column=False):
    """ "2" or "1, 2, 3" of a level row; None for any other text. In a column of its own
    the bare number is enough."""
    pattern = _LEVEL_CELL if in_column else _LEVEL
    found = pattern.match(fold(text.translate(UNSEEN)))
    if found is None:
        return None
    numbers = [int(digit) for digit in re.findall(r"[1-4]", found[1])]
    if re.search(r"\d\s*[-–]\s*(?:muc\s*)?\d", found[1]) and len(numbers) == 2:
        numbers = list(range(numbers[0], numbers[1] + 1))
    return ", ".join(str(number) for number in sorted(set(numbers)))


def standard(text, *, in_column=False):
    text = text.translate(UNSEEN)
    found = _STANDARD.match(text)
    if found is None and in_column:
        found = _STANDARD_CELL.match(text)
    if found is None:
        return None
    number = _ROMANS.get(found[1].upper(), 0) or (
        int(found[1]) if found[1].isdecimal() else 0
    )
    return Named(str(number), _title(found[2])) if number else None


def criterion(text, standard_number=None, *, in_column=False):
    """The criterion that `text` names. "Tiêu chí 4" counts within the standard; beside a
    column of standards the bare number does as well."""
    text = " ".join(text.translate(UNSEEN).split())
    if in_column and standard_number and _BARE.match(text):
        return Named(f"{standard_number}.{int(_BARE.match(text)[1])}")
    found = _CRITERION.match(text) or _CRITERION_BARE.match(text)
    if found is not None and int(found[1]) and int(found[2]):
        return Named(f"{int(found[1])}.{int(found[2])}", _title(found[3]))
    found = _CRITERION_SHORT.match(text)
    if found is not None and standard_number and int(found[1]):
        return Named(f"{standard_number}.{int(found[1])}", _title(found[2]))
    return None


def criterion_in_words(text):
    """Whether the word itself stands before the number of a criterion."""
    text = " ".join(text.split())
    return any(p.match(text) for p in (_CRITERION, _CRITERION_SHORT))


def names_another(title):
    """Whether what stands behind the number of a criterion is the next one's number."""
    rest = re.sub(r"^\W*(?:và|hoặc|đến)\s+", "", title)
    return criterion(rest) is not None


def own_level(title):
    """The level that stands alone behind the number of a criterion: "(Mức 2)"."""
    return level(title.strip("() "))


def schooling(text):
    """The level of schooling that a row over the whole table names, or None."""
    return _SCHOOLINGS.get(re.sub(r"^(?:[ivx\d]+\.\s*)?(?:cap\s+)?", "", fold(text)))


def _title(text):
    return " ".join(text.split())
