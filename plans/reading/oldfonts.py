"""Text typed for fonts of the time before Unicode: VNI-Times, .VnTime (TCVN3). It looks
right in those fonts only; to every program it is other letters."""

import re

from plans.reading.stream import Grid, Para

_A = "âêùøûõïáàåãäéèúüë"
# A base letter of VNI with the sign for its accent, as no word of Vietnamese has them
# ("hoàn" and "nguyên" do have others), or "ñ" and "ö" for đ and ư: "Tieâu", "ñöôïc".
_VNI = re.compile(
    rf"[ae][{_A}]|o[âùøûõïåä]|[uy][ùøûï]|ñ[^\W\d_]|ö[ôõùøûïnmcptuia]", re.IGNORECASE
)
# A sign between two letters, or a capital inside a word: "c¶i tiÕn", "®¹t".
_TCVN3 = re.compile(
    "[a-z][\xa8-\xac\xae\xb5-\xb7\xb8\xb9\xbb-\xbeÆ-ÖØ-Þß][a-z]"
    r"|(?<!\w)®[^\W\d_¨©ª]"
    "|®[\xb5-\xb9¨©ª]|[a-z][\xb5\xb6\xb8](?!\\w)"
)
_WORD = re.compile(r"\S*[^\W\d_]\S*")


def is_old(text):
    """Whether `text` is typed for such a font. One foreign name ("Müller") makes none."""
    if not (_VNI.search(text) or _TCVN3.search(text)):
        return False  # nearly every text: no need to look at each word
    words = _WORD.findall(text)
    old = sum(bool(_VNI.search(word) or _TCVN3.search(word)) for word in words)
    return old >= 2 or (old == 1 and len(words) <= 2)


def places(blocks):
    """Where such text stands, in order, each place once."""
    found = {}
    for block in blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                if any(is_old(cell.text) for cell in row.filled):
                    found[row.place] = True
        elif isinstance(block, Para) and is_old(block.text):
            found[block.place] = True
    return list(found)
