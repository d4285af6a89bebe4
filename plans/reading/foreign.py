"""Files of a wrong kind, told by what they are: their names promise much."""

import re

from plans.reading import refusals

_BEGINNINGS = (
    (b"%PDF-", refusals.PDF),
    (b"{\\rtf", refusals.RICH_TEXT),
    (b"Rar!", refusals.ARCHIVE.format(kind="RAR")),
    (b"7z\xbc\xaf\x27\x1c", refusals.ARCHIVE.format(kind="7-Zip")),
    (b"\x1f\x8b", refusals.ARCHIVE.format(kind="GZ")),
    (b"\xff\xd8\xff", refusals.PICTURE),
    (b"\x89PNG\r\n", refusals.PICTURE),
    (b"GIF8", refusals.PICTURE),
    (b"II*\0", refusals.PICTURE),
    (b"MM\0*", refusals.PICTURE),
    (b"PK\x05\x06", refusals.OTHER_ZIP),  # a ZIP without a part
)
_WEB = re.compile(rb"<!doctype html|<html\b|<table\b|^mime-version:", re.IGNORECASE)
_FLAT = re.compile(rb"mso-application|<pkg:package|<w:worddocument|office:document\b")
_LOOKED_AT = 4_096


def foreign_kind(content):
    """What to say of `content`, which is neither a ZIP nor a file of an older Office."""
    start = content[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n")
    for beginning, message in _BEGINNINGS:
        if start.startswith(beginning):
            return message
    if _FLAT.search(start.lower()):
        return refusals.FLAT_XML
    if _WEB.search(start):
        return refusals.WEB_PAGE
    return refusals.TEXT if _is_text(start) else refusals.NOT_OFFICE


def _is_text(start):
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):  # "Unicode text" of Excel
        return True
    # The last letter may be cut in the middle.
    text = start.decode("utf-8", "ignore")
    is_whole = len(start) - len(text.encode()) < 4
    return (
        is_whole
        and bool(text)
        and all(c.isprintable() or c in "\t\r\n\f" for c in text)
    )
