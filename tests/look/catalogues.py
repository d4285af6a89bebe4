"""Reading of gettext sources, for the tests of the Vietnamese catalogue."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (\".*\")")


@dataclass
class Entry:
    """One message of a .po file; `files` are the sources that use it."""

    texts: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    @property
    def msgid(self):
        return self.texts["msgid"]

    @property
    def context(self):
        return self.texts.get("msgctxt")

    @property
    def plural(self):
        return self.texts.get("msgid_plural")

    @property
    def key(self):
        """The key that gettext files it under."""
        name = f"{self.context}\x04{self.msgid}" if self.context else self.msgid
        return (name, 0) if self.plural else name

    @property
    def translation(self):
        return self.texts.get("msgstr[0]" if self.plural else "msgstr", "")


def read_po(path):
    """The entries of a .po file without its header."""
    entries, entry, last = [], Entry(), ""
    for line in [*Path(path).read_text(encoding="utf-8").splitlines(), ""]:
        if not line:
            if entry.texts.get("msgid"):
                entries.append(entry)
            entry = Entry()
        elif line.startswith("#:"):
            entry.files |= {place.partition(":")[0] for place in line[2:].split()}
        elif match := _KEYWORD.fullmatch(line):
            last, text = match.groups()
            entry.texts[last] = ast.literal_eval(text)
        elif line.startswith('"'):
            entry.texts[last] += ast.literal_eval(line)
    return entries
