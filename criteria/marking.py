"""Where the words of a search stand in a text, accents or not."""

from dataclasses import dataclass
from functools import lru_cache

from qualityplan.text import fold

_fold_char = lru_cache(maxsize=2048)(fold)


@dataclass(frozen=True)
class Piece:
    text: str
    is_match: bool


def marked(text, terms):
    """`text` in pieces: those that match one of the folded `terms`, and the rest."""
    folded, origins = _folded_with_origins(text)
    hits = set()
    for term in filter(None, terms):
        start = folded.find(term)
        while start >= 0:
            hits.update(origins[start : start + len(term)])
            start = folded.find(term, start + 1)
    return _pieces(text, hits)


def _folded_with_origins(text):
    """`text` folded, and for each character of it the index it comes from."""
    folded, origins = [], []
    for index, char in enumerate(text):
        for part in " " if char.isspace() else _fold_char(char):
            folded.append(part)
            origins.append(index)
    return "".join(folded), origins


def _pieces(text, hits):
    pieces, start = [], 0
    for index in range(1, len(text) + 1):
        if index == len(text) or (index in hits) != (start in hits):
            pieces.append(Piece(text[start:index], start in hits))
            start = index
    return pieces
