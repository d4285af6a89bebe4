"""Rows that a page break tore in two."""

import re

_ENDED = re.compile(r"[.;:!?…)”\"]\s*$")
_BULLET = re.compile(r"^(?:[-–+*•·]|\d+[.)]\s|[a-zđ]\)\s)")
_NEW_ROW_CELLS = 3


def continues(before, filled):
    """Whether `filled` (cells by key) goes on with the row `before`: a row with few cells
    is none of its own, one with many goes on where most of its sentences were torn."""
    if len(filled) < _NEW_ROW_CELLS:
        return True
    torn = sum(_is_torn(before.get(key, ""), text) for key, text in filled.items())
    return 2 * torn >= len(filled)


def joined(before, after):
    """The two halves of a cell: one line where a sentence was torn, else two."""
    if not before or not after:
        return before or after
    return f"{before} {after}" if _is_torn(before, after) else f"{before}\n{after}"


def _is_torn(before, after):
    if not before or _ENDED.search(before) or _BULLET.match(after):
        return False
    return not after[:1].isupper()
