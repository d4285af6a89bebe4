"""Names of folders and files in a package: readable, allowed on every system, unique."""

import re
import unicodedata

# Windows forbids these; a control or direction character would show another name.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")
_LONGEST = 80


def fit(text):
    """`text` as a part of a path: one line, no separators, at most 80 characters; Windows
    drops dots and blanks at the end, so they go."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    text = " ".join(_FORBIDDEN.sub("-", text).split())[:_LONGEST].strip(" .")
    return f"{text}_" if _RESERVED.match(text) else text or "khong ten"


class Unique:
    """Gives each name once: a second "A" becomes "A (2)"; case does not tell them apart."""

    def __init__(self):
        self._seen = set()

    def __call__(self, stem, extension=""):
        ending = f".{extension}" if extension else ""
        number, name = 1, f"{stem}{ending}"
        while name.casefold() in self._seen:
            number += 1
            name = f"{stem} ({number}){ending}"
        self._seen.add(name.casefold())
        return name
