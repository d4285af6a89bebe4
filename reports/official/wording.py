"""The words of an official text as they are printed, the same for every writer."""

import re
import unicodedata
from collections.abc import Sequence

# What XML 1.0 cannot hold. The app strips these on input, too; a writer must survive
# whatever an import or an old database hands it.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_BULLET = re.compile(r"^[-–]\s+")


def clean(text: str) -> str:
    """NFC (P04), one kind of line end, nothing that XML forbids."""
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text)


def cell_lines(text: str) -> tuple[str, ...]:
    """The paragraphs of a cell; blank ones stay, except at the ends."""
    lines = clean(text).replace("\t", " ").strip().split("\n")
    return tuple(line.strip() for line in lines)


def body_lines(text: str) -> tuple[str, ...]:
    """The paragraphs of a body text; their distance is a rule (P08), not blank lines."""
    return tuple(line for line in cell_lines(text) if line)


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def recipient_lines(recipients: Sequence[str]) -> tuple[str, ...]:
    """R01: `- …;` on each line, the last one ends with a full stop."""
    return _dashed(recipients)


def addressee_lines(addressees: Sequence[str]) -> tuple[str, ...]:
    """R02: one addressee on the line of the label, several on a line each."""
    if len(bare := _bare_items(addressees)) <= 1:
        return tuple(f"Kính gửi: {item}" for item in bare)
    return ("Kính gửi:", *_dashed(addressees))


def _dashed(items: Sequence[str]) -> tuple[str, ...]:
    bare = _bare_items(items)
    marks = [";"] * (len(bare) - 1) + ["."]
    return tuple(f"- {item}{mark}" for item, mark in zip(bare, marks, strict=False))


def _bare_items(items: Sequence[str]) -> tuple[str, ...]:
    """Data may come with bullet and mark, as typed in Word: they are ours to set."""
    bare = (_BULLET.sub("", one_line(item)).rstrip(" ;.") for item in items)
    return tuple(item for item in bare if item)
