"""The preview as the page on which a plan is checked before it is submitted: what was left
empty says so, on the screen only."""

import re
from dataclasses import replace

# An empty cell of a row with its link; the first, column TT, is empty by the form itself.
_ROW = re.compile(r'<tr id="[^"]*"[^>]*>.*?</tr>', re.DOTALL)
_EMPTY = re.compile(r'(?<=</td>)<td( class="[^"]*")?>(?=</td>|<a class="paper-edit")')
_WORDS = '<span class="not-entered">Không nhập</span>'


def with_empty_cells_named(pages):
    """`pages` of `markup.paginated`, with "Không nhập" in every empty cell of a row that
    can be edited. Texts are escaped, so that no text looks like a cell."""
    return tuple(replace(page, html=_ROW.sub(_named, page.html)) for page in pages)


def _named(match):
    row = match.group()
    return _EMPTY.sub(rf"\g<0>{_WORDS}", row) if 'class="paper-edit"' in row else row
